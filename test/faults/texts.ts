/** Texts and data that nobody expects: huge, strange, hostile. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { graphError } from './answers.ts';
import { endsWell, everywhere, type FaultClass, withRows, wordsOf } from './check.ts';
import { tracedId } from './lab/background.ts';
import type { Scene } from './lab/scene.ts';

const group = 'Texts and data';
const MINUTE_MS = 60_000;
const options = { speed: 4 } as const;

type Fields = Readonly<Record<string, unknown>>;

/** Adds rows with these fields to what is shown, some of them to the traced attempt. */
async function shownWith(scene: Scene, strange: readonly Fields[], told?: RegExp | undefined): Promise<void> {
  const { lab, mode, background } = scene;
  const rows = strange.map((fields, index) =>
    lab.log.add(lab.clock.now() - (30 + index) * MINUTE_MS, 0, {
      ...fields,
      ...(mode === 'trace' ? { correlationId: tracedId } : {}),
    }),
  );
  // Printed last: these rows are newer than those of the attempt.
  const expected =
    mode === 'trace' ? { ...background, traced: [...background.traced, ...rows].sort() } : withRows(background, rows);
  const started = lab.clock.now();
  const running = scene.start();
  await running.shows(expected);
  expect((lab.clock.now() - started) / lab.clock.speed).toBeLessThan(20_000);
  if (told !== undefined && mode !== 'screen') expect(wordsOf(running)).toMatch(told);
  const raw = running.printed();
  for (const sequence of ['\x1b]0;', '\x9b31m', '\u202e']) expect(raw.includes(sequence)).toBe(false);
  await endsWell(scene, running);
}

const identity = (signUpIdentifier: string) => ({
  signUpIdentity: { signUpIdentifier, signUpIdentifierType: 'emailAddress' },
});

const DEEP = 'a value too deep to be written at once';

/** Puts a value in place of a mark when the page is text: no JSON writer takes so many levels. */
function nestDeeply({ lab }: Scene): void {
  const levels = 5_000;
  lab.spoil = (page) => JSON.stringify(page).replace(JSON.stringify(DEEP), '['.repeat(levels) + ']'.repeat(levels));
}

const formulas = ['=1+1', 'x;=1+1', '+cmd', '@SUM(A1)', '\t=1'];

async function defusesFormulas(scene: Scene): Promise<void> {
  const { lab, mode } = scene;
  for (const [index, text] of formulas.entries()) {
    lab.log.add(lab.clock.now() - (30 + index) * MINUTE_MS, 0, { ...identity(text), appDisplayName: text });
  }
  const running = scene.startMode(mode, [
    '--since',
    '3h',
    '--output',
    'csv',
    ...(mode === 'stats' ? ['--by', 'app'] : []),
  ]);
  if (mode === 'tail') await running.until(() => running.printed().includes('person'), 'no rows');
  await endsWell(scene, running);
  for (const separator of [',', ';', '\t']) expect(formulasIn(running.printed(), separator), separator).toEqual([]);
}

/** Cells that a spreadsheet would run, when its list separator is this. */
function formulasIn(csv: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const character of `${csv}\n`) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === separator || character === '\n')) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return cells.filter((text) => /^[=+@]|^-(?!\d|$)/.test(text));
}

const TOKEN = `eyJ${'h'.repeat(20)}.eyJ${'p'.repeat(40)}.${'s'.repeat(43)}`;

async function redacts(scene: Scene): Promise<void> {
  const { lab, stage, mode } = scene;
  lab.intercept = () => graphError(403, 'Forbidden', `Bearer ${TOKEN} of ana.lima@contoso.com is refused`);
  const running = scene.start('--debug-log', 'debug.log');
  if (mode === 'screen') {
    await running.until(() => /Graph refuses|refused|403/.test(wordsOf(running)), 'no reason');
    await running.end();
  } else {
    // The other logs answer, which makes a trace of it.
    expect(await running.ended()).toBe(mode === 'trace' ? 0 : 4);
  }
  const log = await readFile(join(stage.home, 'debug.log'), 'utf8');
  expect(running.printed() + log).not.toContain(TOKEN);
  expect(running.printed() + log).not.toContain('ana.lima@contoso.com');
}

const noCsv = { because: 'has no CSV output' };

export const texts: readonly FaultClass[] = [
  everywhere({ group, title: 'A field of 1 MB that is not ASCII', options, fast: ['list'] }, (scene) =>
    shownWith(scene, [{ ...identity('ł'.repeat(500_000)), appDisplayName: '日本'.repeat(100_000) }]),
  ),
  everywhere(
    { group, title: 'JSON nested 5,000 levels deep in an unknown field', options, fast: ['tail'] },
    (scene) => {
      nestDeeply(scene);
      const printsEvents = ['list', 'tail', 'trace'].includes(scene.mode);
      return shownWith(scene, [{ newField: DEEP }], printsEvents ? /a value was left out of the event/ : undefined);
    },
  ),
  everywhere({ group, title: 'Names of Object.prototype as IDs and texts', options, fast: ['screen'] }, (scene) =>
    shownWith(scene, [
      { ...identity('__proto__'), appDisplayName: 'constructor', signUpIdentityProvider: 'toString' },
      ...(scene.mode === 'trace' ? [] : [{ correlationId: 'hasOwnProperty' }]),
    ]),
  ),
  everywhere({ group, title: 'Escape sequences and bidirectional overrides in texts', options }, (scene) =>
    shownWith(scene, [{ ...identity('\x1b]0;pwned\x07'), appDisplayName: '\u202egnp.exe \x9b31m' }]),
  ),
  everywhere(
    { group, title: 'Formulas in CSV, whatever the list separator', options, fast: ['list'] },
    defusesFormulas,
    {
      screen: noCsv,
      trace: noCsv,
    },
  ),
  everywhere({ group, title: 'An error text that repeats the token and an address', options, fast: ['list'] }, redacts),
  everywhere(
    { group, title: 'Fields of the wrong type, missing and unknown', options },
    (scene) =>
      shownWith(scene, [{ appId: 7, status: null, signUpIdentity: 'x', appliedEventListeners: {}, extra: [1] }]),
    { stats: { because: 'a row without a status has no outcome to count' } },
  ),
];
