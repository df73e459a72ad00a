/** The columns of the table when its rows are attempts: how each ended and where, then what is known of the person. */
import { type ColumnPlan, type ColumnSpec, planColumns, SIGN } from './columns.ts';
import { type TableShape, TIME_WIDTHS } from './event-columns.ts';

export type AttemptColumnName =
  | 'time'
  | 'result'
  | 'path'
  | 'took'
  | 'tries'
  | 'provider'
  | 'app'
  | 'who'
  | 'code'
  | 'meaning'
  | 'correlation';

/** Cells of the longest word, `no further event`; its sign and a space come before it. */
const OUTCOME_WORD = 16;

/** From this width on the path has room for most attempts, at the cost of what the pane tells as well. */
const ROOMY = 110;

const behindPath: readonly ColumnSpec<AttemptColumnName>[] = [
  { name: 'took', title: 'TOOK', least: 6, ideal: 6, share: 0, leaves: 5 },
  { name: 'tries', title: 'TRIES', least: 5, ideal: 5, share: 0, leaves: 3 },
  { name: 'provider', title: 'PROVIDER', least: 9, ideal: 14, share: 2, leaves: 4 },
  { name: 'app', title: 'APP', least: 10, ideal: 18, share: 2, leaves: 6 },
  { name: 'who', title: 'WHO', least: 16, ideal: 40, share: 4, leaves: null },
  { name: 'code', title: 'CODE', least: 7, ideal: 7, share: 0, leaves: 7 },
  { name: 'meaning', title: 'MEANING', least: 14, ideal: 30, share: 3, leaves: 2 },
  { name: 'correlation', title: 'CORR. ID', least: 9, ideal: 9, share: 0, leaves: 1 },
];

export function planAttemptColumns({ width, offset, time, signWidth }: TableShape): ColumnPlan<AttemptColumnName> {
  const [timeWidth, resultWidth] = [TIME_WIDTHS[time], OUTCOME_WORD + signWidth + 1];
  const pathLeast = width >= ROOMY ? 32 : 24;
  const specs: readonly ColumnSpec<AttemptColumnName>[] = [
    { name: 'time', title: 'STARTED', least: timeWidth, ideal: timeWidth, share: 0, leaves: null },
    { name: 'result', title: 'OUTCOME', least: resultWidth, ideal: resultWidth, share: 0, leaves: null, tight: SIGN },
    { name: 'path', title: 'PATH', least: pathLeast, ideal: 48, share: 6, leaves: null, tight: 8 },
    ...behindPath,
  ];
  return planColumns(specs, width, offset);
}
