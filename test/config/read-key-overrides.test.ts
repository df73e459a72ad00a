/** The `[keys]` of a settings file that cannot be taken. */
import { describe, expect, test } from 'vitest';
import { readKeyOverrides } from '../../src/config/read-key-overrides.ts';
import { keyTable } from '../../src/store/keys.ts';
import { complaintAbout, configIn } from './reading.ts';

describe('a name of the section means one thing only', () => {
  test('because no place and command together are a command of their own', () => {
    const commands = new Set<string>(keyTable.map(({ command }) => command));
    const places = new Set(keyTable.map(({ place }) => place));
    const double = [...places].flatMap((place) => [...commands].map((name) => `${place}.${name}`));
    expect(double.filter((name) => commands.has(name))).toEqual([]);
  });

  test('and without quotes no command is in the way of another', () => {
    const commands = [...new Set<string>(keyTable.map(({ command }) => command))];
    const inTheWay = commands.filter((name) => commands.some((other) => other.startsWith(`${name}.`)));
    expect(inTheWay).toEqual([]);
  });
});

describe('the default keys', () => {
  test('can all be written down, and change nothing', () => {
    const places = new Map<string, Record<string, string[]>>();
    for (const { place, command, keys } of keyTable) {
      const section = places.get(place) ?? {};
      section[command] = [...(section[command] ?? []), ...keys];
      places.set(place, section);
    }
    expect(readKeyOverrides(Object.fromEntries(places))).toMatchObject({ ok: true });
  });
});

describe('a mistake is pointed at', () => {
  test.each<[text: string, said: readonly (string | RegExp)[]]>([
    ['row.dwn = "j"', ['there is no command row.dwn', /\^{7}$/, 'Did you mean row.down?']],
    ['"row.dwn" = "j"', ['there is no command row.dwn', /\^{9}$/, 'Did you mean row.down?']],
    ['pane.zoomm = "x"', ['there is no command pane.zoomm', /\^{10}$/, 'Did you mean pane.zoom?']],
    ['stepper.row.dwn = "x"', ['there is no command stepper.row.dwn', /\^+$/, 'Did you mean stepper.row.down?']],
    ['nonsense = "x"', ['there is no command nonsense', /\^{8}$/, /docs\/configuration\.md/]],
    ['row.down = "pgedown"', ['there is no key "pgedown"', / {13}\^{9}$/, 'Did you mean pagedown?']],
    ['row.down = ["f5", "gg"]', ['there is no key "gg"', / {20}\^{4}$/, /^e\.g\./]],
    ['row.down = ["f5", 4]', ['a key is text in quotes', / {20}\^$/, /^e\.g\./]],
    ['row.down = true', ['row.down takes a key, a list of keys, or false', / {13}\^{4}$/, /^e\.g\./]],
    ['row.down = 3', ['row.down takes a key, a list of keys, or false', / {13}\^$/, /^e\.g\./]],
    [
      'search.accept = "x"',
      ['x is text in the place "search": a command there needs another key', /\^{3}$/, /^e\.g\./],
    ],
    ['search.follow = "x"', [/^x is text in the place "search"/, /\^{3}$/, /^e\.g\./]],
    [
      'row.down = ["n"]',
      [
        'n is the key of search.next in the place "table"',
        / {13}\^{5}$/,
        'Give search.next another key, or none: table.search.next = false',
      ],
    ],
    [
      'row.down = "w"\nrow.up = "w"',
      [
        'w is the key of row.down in the place "table"',
        / {11}\^{3}$/,
        'Give row.down another key, or none: table.row.down = false',
      ],
    ],
    [
      'help.open = "f"',
      [
        'f is the key of stepper.open in the place "table"',
        / {14}\^{3}$/,
        'Give stepper.open another key, or none: table.stepper.open = false',
      ],
    ],
    [
      'help.open = ["f", "?"]\nstepper.open = "?"',
      [
        /^entra.*line 2: \? is the key of stepper.open in the place "table"/,
        /\^+$/,
        'Give stepper.open another key, or none: table.stepper.open = false',
      ],
    ],
    ['interrupt = false', ['interrupt needs a key: it is the way out of everything', /\^{5}$/, /interrupt = "f10"/]],
  ])('%s', (text, said) => {
    const [message = '', , ...lines] = complaintAbout(`[keys]\n${text}`);
    const line = text.split('\n').length + 1;
    expect([message.replace(`entra-signups: config.toml, line ${line}: `, ''), ...lines]).toEqual(
      said.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    );
  });

  test.each([
    'row.down = "n"\nsearch.next = "M"\npane.search.next = "ctrl+t"',
    'row.down = "n"\ntable.search.next = false\npane.search.next = []\npane.row.down = "J"',
    'help.open = ["f", "?"]\nstepper.open = "f2"',
    'interrupt = ["ctrl+c", "f10"]',
  ])('and when it has been put right, it is taken: %s', (text) => {
    expect(configIn(`[keys]\n${text}`).keys.length).toBeGreaterThan(0);
  });
});
