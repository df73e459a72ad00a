/** The report: a finding as lines of plain text while the checks run, the end of it, the whole as JSON. Pure. */
import type { CheckState, Finding } from './finding.ts';

const WIDTH_COLUMNS = 80;
const NAME_COLUMNS = 15;

const words: Readonly<Record<CheckState, string>> = {
  pass: '+ pass',
  warn: '! warn',
  fail: 'x FAIL',
  skipped: '- skip',
};

/** A finding with what to do about it; ends with a line feed. */
export function findingText({ name, state, found, fix }: Finding): string {
  const left = `${words[state]}  ${name.padEnd(NAME_COLUMNS)}  `;
  const indent = ' '.repeat(left.length);
  const lines = [...wrapped(found, left.length), ...(fix === '' ? [] : wrapped(`Fix: ${fix}`, left.length))];
  return `${lines.map((line, index) => `${index === 0 ? left : indent}${line}`.trimEnd()).join('\n')}\n`;
}

/** How many of each, and what comes next. */
export function summaryText(findings: readonly Finding[]): string {
  const count = (state: CheckState) => findings.filter((finding) => finding.state === state).length;
  const warnings = count('warn');
  const parts = [
    `${count('pass')} passed`,
    `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
    `${count('fail')} failed`,
    `${count('skipped')} not checked`,
  ];
  const first = findings.find(({ state }) => state === 'fail');
  const next = first === undefined ? '' : ` Begin with: ${first.name}.`;
  return `\n${parts.join(', ')}.${next}\n`;
}

/** `{ ok, checks: [{ name, state, found, fix }] }`. */
export function reportJson(findings: readonly Finding[]): string {
  const checks = findings.map(({ name, state, found, fix }) => ({ name, state, found, fix }));
  return `${JSON.stringify({ ok: firstFailure(findings) === null, checks }, null, 2)}\n`;
}

/** The failure that decides the exit code. */
export function firstFailure(findings: readonly Finding[]): Finding | null {
  return findings.find(({ state }) => state === 'fail') ?? null;
}

/** Words that are longer than a line, such as addresses, stay whole so that they can be copied. */
function wrapped(text: string, indentColumns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && indentColumns + last.length + 1 + word.length <= WIDTH_COLUMNS) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
