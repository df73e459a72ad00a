/** The columns of the table when its rows are attempts: how each ended and where, then what is known of the person. */
import { type ColumnSet, type ColumnSpec, SIGN } from './columns.ts';

/** From this width on the path has room for most attempts, at the cost of what the pane tells as well. */
const ROOMY = 110;

const beforePath: readonly ColumnSpec[] = [
  { name: 'time', title: 'STARTED', least: 8, ideal: 8, share: 0 },
  { name: 'result', title: 'OUTCOME', least: 18, ideal: 18, share: 0, tight: SIGN },
];

const behindPath: readonly ColumnSpec[] = [
  { name: 'took', title: 'TOOK', least: 6, ideal: 6, share: 0 },
  { name: 'tries', title: 'TRIES', least: 5, ideal: 5, share: 0 },
  { name: 'provider', title: 'PROVIDER', least: 9, ideal: 14, share: 2 },
  { name: 'app', title: 'APP', least: 10, ideal: 18, share: 2 },
  { name: 'who', title: 'WHO', least: 16, ideal: 40, share: 4 },
  { name: 'code', title: 'CODE', least: 7, ideal: 7, share: 0 },
  { name: 'meaning', title: 'MEANING', least: 14, ideal: 30, share: 3 },
  { name: 'correlation', title: 'CORR. ID', least: 9, ideal: 9, share: 0 },
];

/** The columns for a table of `width` cells. */
export function attemptColumns(width: number): ColumnSet {
  const least = width >= ROOMY ? 32 : 24;
  return {
    specs: [...beforePath, { name: 'path', title: 'PATH', least, ideal: 48, share: 6, tight: 10 }, ...behindPath],
    leaveOrder: ['correlation', 'meaning', 'tries', 'provider', 'took', 'app', 'code'],
  };
}
