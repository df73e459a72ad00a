/** The results as the generated part of docs/reliability.md. Pure. */
import { type FaultClass, groups, isApplicable } from './check.ts';
import { type Mode, modes } from './lab/scene.ts';
import type { SoakCheck } from './soak-checks.ts';

export type Verdict = 'held' | 'failed' | 'not tried';

export interface Tried {
  readonly catalogue: readonly FaultClass[];
  readonly soak: readonly SoakCheck[];
  readonly verdictOn: (title: string, mode: Mode | 'soak') => Verdict;
}

const signs: Readonly<Record<Verdict, string>> = { held: '✓', failed: '✗', 'not tried': '?' };
const [BEGIN, END] = ['<!-- matrix -->', '<!-- /matrix -->'];

/** Puts the results between the markers of the page. Throws when they are not there. */
export function withMatrix(page: string, tried: Tried): string {
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (start === -1 || end < start) throw new Error('docs/reliability.md has no markers for the matrix');
  return `${page.slice(0, start + BEGIN.length)}\n${matrixText(tried)}${page.slice(end)}`;
}

/** The verdicts that a page holds. */
export function verdictsIn(page: string): Tried['verdictOn'] {
  const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const byTitle = new Map(rows.map(([, title = '', ...cells]) => [title, cells]));
  return (title, mode) => {
    const sign = byTitle.get(title)?.[mode === 'soak' ? 0 : modes.indexOf(mode)];
    return sign === signs.held ? 'held' : sign === signs.failed ? 'failed' : 'not tried';
  };
}

function matrixText({ catalogue, soak, verdictOn }: Tried): string {
  const cells = catalogue.flatMap((fault) =>
    modes.flatMap((mode) => (isApplicable(fault.checks[mode]) ? [verdictOn(fault.title, mode)] : [])),
  );
  const verdicts = [...cells, ...soak.map(({ title }) => verdictOn(title, 'soak'))];
  const held = verdicts.filter((verdict) => verdict === 'held').length;
  const sections = groups.map((group) => sectionText(group, catalogue, verdictOn));
  return [
    `${held} of ${verdicts.length} combinations hold.`,
    '',
    ...sections,
    '### Soak',
    '',
    '| log of 20 events a second | |',
    '|---|---|',
    ...soak.map(({ title }) => `| ${title} | ${signs[verdictOn(title, 'soak')]} |`),
    '',
  ].join('\n');
}

function sectionText(
  group: FaultClass['group'],
  catalogue: readonly FaultClass[],
  verdictOn: Tried['verdictOn'],
): string {
  const faults = catalogue.filter((fault) => fault.group === group);
  const rows = faults.map(({ title, checks }) => {
    const cells = modes.map((mode) => (isApplicable(checks[mode]) ? signs[verdictOn(title, mode)] : 'n/a'));
    return `| ${title} | ${cells.join(' | ')} |`;
  });
  const reasons = faults.flatMap(({ checks }) =>
    modes.flatMap((mode) => {
      const check = checks[mode];
      return isApplicable(check) ? [] : [check.because];
    }),
  );
  const because = reasons.length === 0 ? [] : [`n/a: ${[...new Set(reasons)].join('; ')}.`, ''];
  const head = [`### ${group}`, '', `| | ${modes.join(' | ')} |`, `|---${'|---'.repeat(modes.length)}|`];
  return [...head, ...rows, '', ...because].join('\n');
}
