/** The key table with keys changed and taken away. */
import { describe, expect, test } from 'vitest';
import { applyKeyOverrides, type KeyOverride, keyConflict } from '../../src/store/key-overrides.ts';
import { type KeyBinding, keyTable } from '../../src/store/keys.ts';

const bind = (
  place: KeyBinding['place'],
  keys: string,
  command: KeyBinding['command'],
  hint: string | null = null,
) => ({
  place,
  keys: keys.split(' '),
  command,
  hint,
  help: `${command} there`,
});

const table: readonly KeyBinding[] = [
  bind('table', 'j down', 'row.down', 'move'),
  bind('table', 'k up', 'row.up'),
  bind('pane', 'J', 'row.down', 'next event'),
  bind('stepper', 'right tab', 'stepper.nextField', 'field'),
  bind('stepper', 'l', 'stepper.nextField'),
  bind('everywhere', '?', 'help.open', 'all keys'),
];

/** Place, command and keys of each binding. */
function boundBy(...overrides: readonly KeyOverride[]): readonly string[] {
  return applyKeyOverrides(table, overrides).map(
    ({ place, command, keys }) => `${place} ${command}: ${keys.join(' ')}`,
  );
}

const untouched = boundBy();

describe('keys', () => {
  test.each<[what: string, overrides: readonly KeyOverride[], gone: readonly string[], come: readonly string[]]>([
    ['stay without overrides', [], [], []],
    [
      'of a command are replaced wherever it has any',
      [{ command: 'row.down', place: null, keys: ['n', 'f2'] }],
      ['table row.down: j down', 'pane row.down: J'],
      ['table row.down: n f2', 'pane row.down: n f2'],
    ],
    [
      'are replaced in one place',
      [{ command: 'row.down', place: 'pane', keys: ['n'] }],
      ['pane row.down: J'],
      ['pane row.down: n'],
    ],
    [
      'of one place go before those of all, in whatever order',
      [
        { command: 'row.down', place: 'pane', keys: ['x'] },
        { command: 'row.down', place: null, keys: ['n'] },
      ],
      ['table row.down: j down', 'pane row.down: J'],
      ['table row.down: n', 'pane row.down: x'],
    ],
    [
      'are taken away everywhere',
      [{ command: 'row.down', place: null, keys: [] }],
      ['table row.down: j down', 'pane row.down: J'],
      [],
    ],
    ['are taken away in one place', [{ command: 'row.down', place: 'pane', keys: [] }], ['pane row.down: J'], []],
    [
      'of a command that stands twice in a place become one binding',
      [{ command: 'stepper.nextField', place: null, keys: ['n'] }],
      ['stepper stepper.nextField: right tab', 'stepper stepper.nextField: l'],
      ['stepper stepper.nextField: n'],
    ],
    [
      'are given in a place where the command had none',
      [{ command: 'help.open', place: 'pane', keys: ['f1'] }],
      [],
      ['pane help.open: f1'],
    ],
  ])('%s', (_, overrides, gone, come) => {
    const bound = boundBy(...overrides);
    expect(untouched.filter((line) => !bound.includes(line))).toEqual(gone);
    expect(bound.filter((line) => !untouched.includes(line))).toEqual(come);
  });

  test('change, and the words for them stay', () => {
    const [first] = applyKeyOverrides(table, [{ command: 'row.down', place: null, keys: ['n'] }]);
    expect(first).toEqual({ ...table[0], keys: ['n'] });
  });
});

describe('one key with two commands in a place', () => {
  test('is found', () => {
    const overridden = applyKeyOverrides(table, [{ command: 'row.down', place: null, keys: ['k'] }]);
    expect(keyConflict(overridden)).toEqual({ place: 'table', key: 'k', commands: ['row.down', 'row.up'] });
  });

  test('is not in two places, or when keys are swapped', () => {
    expect(keyConflict(applyKeyOverrides(table, [{ command: 'row.down', place: 'pane', keys: ['k'] }]))).toBeNull();
    const swapped = applyKeyOverrides(table, [
      { command: 'row.down', place: 'table', keys: ['k'] },
      { command: 'row.up', place: 'table', keys: ['j'] },
    ]);
    expect(keyConflict(swapped)).toBeNull();
  });

  test('does not happen in the key table itself', () => {
    expect(keyConflict(keyTable)).toBeNull();
  });
});
