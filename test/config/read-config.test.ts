/** What a settings file means, and what is said about one that cannot be taken. */
import { describe, expect, test } from 'vitest';
import { readConfigBytes } from '../../src/config/read-config.ts';
import { optionTable } from '../../src/options/table.ts';
import { complaintAbout, configIn, context, read } from './reading.ts';

const preset = (lines: string) => `[[presets]]\nname = "Shop"\n${lines}`;

describe('a settings file', () => {
  test('may be empty, or nothing but comments, with a byte order mark or without', () => {
    for (const text of ['', '\ufeff', '# nothing yet', '\ufeff# nothing yet\r\n']) {
      const { general, profiles, presets, columns, keys } = configIn(text);
      expect([general.size, profiles.size, presets, columns, keys]).toEqual([0, 0, [], null, []]);
    }
  });

  test.each([
    ['tenant = "contoso.onmicrosoft.com"', 'tenant', 'contoso.onmicrosoft.com'],
    ['max-events = 50_000', 'max-events', '50000'],
    ['ascii = true', 'ascii', 'on'],
    ['no-color = false', 'no-color', 'off'],
    ['demo = true', 'demo', 'on'],
    ['demo = 42', 'demo', '42'],
    ['since = "yesterday 14:00"', 'since', 'yesterday 14:00'],
  ] as const)('%s', (text, name, value) => {
    expect(configIn(text).general.get(name)).toMatchObject({ text: value, origin: 'file' });
    expect(configIn(`[profiles.prod]\n${text}`).profiles.get('prod')?.get(name)).toMatchObject({
      text: value,
      origin: 'profile',
      called: `config.toml, line 2: ${name}`,
    });
  });

  test('takes every option but those that are about one run', () => {
    const samples = { text: '"7d"', number: '5', flag: 'true', 'flag or number': 'true' };
    const refused = optionTable.filter(({ name, inFile }) => {
      const outcome = read(`${name} = ${samples[inFile ?? 'text']}`);
      return outcome.kind === 'refused' && outcome.complaint.message.includes('not for a settings file');
    });
    expect(refused.map(({ name }) => name)).toEqual(
      optionTable.filter(({ inFile }) => inFile === null).map(({ name }) => name),
    );
  });

  test('has profiles of any name, columns in their order, and presets', () => {
    const config = configIn(`
columns = ["outcome", "who", "time"]
[profiles."Contoso prod"]
tenant = "contoso.example"
[profiles.constructor]
tenant = "fabrikam.example"
[[presets]]
name = " Shop "
query = 'app:"Contoso Shop" since:1h'
key = "s"
[[presets]]
name = "Other"
query = ""
[[presets]]
name = "One person"
query = "outcome:failed user:"
`);
    expect([...config.profiles.keys()]).toEqual(['Contoso prod', 'constructor']);
    expect(config.columns).toEqual(['outcome', 'who', 'time']);
    expect(config.presets).toEqual([
      { name: 'Shop', query: 'app:"Contoso Shop" since:1h', key: 's' },
      { name: 'Other', query: '', key: null },
      { name: 'One person', query: 'outcome:failed user:', key: null },
    ]);
  });

  test('binds keys, with dots of TOML or of a quoted name, everywhere or in one place', () => {
    const config = configIn(`
[keys]
row.down = "ctrl+n"
"row.up" = ["ctrl+p", "^P"]
pane.zoom = false
stepper.clearAll = []
pane.row.down = "F5"
"stepper.stepper.down" = "w"
[keys.help]
help.close = "x"
`);
    expect(config.keys).toEqual([
      { command: 'row.down', place: null, keys: ['ctrl+n'] },
      { command: 'row.up', place: null, keys: ['ctrl+p'] },
      { command: 'pane.zoom', place: null, keys: [] },
      { command: 'row.down', place: 'pane', keys: ['f5'] },
      { command: 'stepper.clearAll', place: null, keys: [] },
      { command: 'stepper.down', place: 'stepper', keys: ['w'] },
      { command: 'help.close', place: 'help', keys: ['x'] },
    ]);
  });
});

describe('of a file that cannot be taken, file, line and key are named', () => {
  test.each<[what: string, text: string, said: readonly string[]]>([
    [
      'an unknown key',
      '# mine\n\nintervall = "15s"',
      ['line 3: there is no key "intervall"', '  intervall = "15s"', '  ^^^^^^^^^', 'Did you mean interval?'],
    ],
    [
      'another spelling of one',
      'NoColor = true',
      ['line 1: there is no key "NoColor"', '  NoColor = true', '  ^^^^^^^', 'Did you mean no-color?'],
    ],
    [
      'an option that is not for a file',
      'until = "1h"',
      [
        'line 1: until is for the command line and the environment, not for a settings file',
        '  until = "1h"',
        '  ^^^^^',
      ],
    ],
    [
      'an unknown key of a profile',
      '[profiles.prod]\n  tenat = "a.example"',
      ['line 2: there is no key "tenat" in a profile', '  tenat = "a.example"', '  ^^^^^', 'Did you mean tenant?'],
    ],
    [
      'an option below a section',
      preset('query = "x"\ninterval = "10s"'),
      [
        'line 4: there is no key "interval" in a preset',
        '  interval = "10s"',
        '  ^^^^^^^^',
        'It is about the whole file: write it above the first [section]',
      ],
    ],
    [
      'a number for text',
      'interval = 15',
      ['line 1: interval takes text in quotes: interval = "<duration>"', '  interval = 15', `${' '.repeat(13)}^^`],
    ],
    [
      'a date for text',
      'since = 2026-11-23T07:00:00Z',
      [
        'line 1: since takes text in quotes: since = "<time>"',
        '  since = 2026-11-23T07:00:00Z',
        `${' '.repeat(10)}^^^^^^^^^^^^^^^^^^^^`,
      ],
    ],
    [
      'text for a number',
      'max-events = "5"',
      ['line 1: max-events takes a whole number, without quotes', '  max-events = "5"', `${' '.repeat(15)}^^^`],
    ],
    [
      'text for a flag',
      '[profiles.a]\nascii = "yes"',
      ['line 2: ascii takes true or false, without quotes', '  ascii = "yes"', `${' '.repeat(10)}^^^^^`],
    ],
    [
      'text for the demo',
      'demo = "on"',
      ['line 1: demo takes true, false or a whole number, without quotes', '  demo = "on"', `${' '.repeat(9)}^^^^`],
    ],
    [
      'a value that the option does not take',
      'interval = "1s"',
      ['line 1: interval takes at least 5s', '  interval = "1s"', `${' '.repeat(13)}^^^^`],
    ],
    [
      'a misspelt value, in a profile that nobody chose',
      '[profiles.gov]\ncloud = "usgv" # Washington',
      [
        'line 2: cloud is one of global, usgov, usgov-dod, china',
        '  cloud = "usgv" # Washington',
        `${' '.repeat(10)}^^^^^^`,
        'Did you mean usgov?',
      ],
    ],
    [
      'a time that is none',
      'since = "never"',
      [
        'line 1: since takes a point in time',
        '  since = "never"',
        `${' '.repeat(10)}^^^^^^^`,
        expect.stringMatching('15m'),
      ],
    ],
    [
      'text without quotes',
      'tenant = contoso.example',
      [
        'line 1: this is not TOML: invalid value',
        '  tenant = contoso.example',
        expect.stringMatching(/^ +\^$/),
        'Text stands in quotes; numbers, true and false stand without',
      ],
    ],
    [
      'a quote that is not closed',
      '\ntenant = "contoso.example',
      ['line 2: this is not TOML: unfinished string', '  tenant = "contoso.example', `${' '.repeat(11)}^`],
    ],
    [
      'one key twice',
      'tenant = "a.example"\r\ntenant = "b.example"\r\n',
      ['line 2: this is set a second time here', '  tenant = "b.example"', '  ^'],
    ],
    [
      'a profile that is no section',
      '[profiles]\nprod = "x"',
      ['line 2: a profile is a section: write [profiles.name] above its lines', '  prod = "x"', `${' '.repeat(9)}^^^`],
    ],
    [
      'profiles that are none',
      'profiles = 3',
      ['line 1: profiles are sections: write [profiles.name] above the lines', '  profiles = 3', `${' '.repeat(13)}^`],
    ],
    [
      'an unknown column',
      'columns = [\n  "time",\n  "tiem", # ?\n]',
      ['line 3: there is no column "tiem"', '  "tiem", # ?', '  ^^^^^^', 'Did you mean time?'],
    ],
    [
      'a column that resembles none',
      'columns = ["x"]',
      [
        'line 1: there is no column "x"',
        '  columns = ["x"]',
        `${' '.repeat(13)}^^^`,
        expect.stringMatching('time, outcome'),
      ],
    ],
    [
      'a column twice',
      'columns = ["time", "who", "time"]',
      ['line 1: the column "time" is there twice', '  columns = ["time", "who", "time"]', `${' '.repeat(28)}^^^^^^`],
    ],
    [
      'no columns',
      'columns = []',
      ['line 1: columns needs the name of at least one column', '  columns = []', `${' '.repeat(12)}^^`],
    ],
    [
      'columns that are no list',
      'columns = "time"',
      [
        'line 1: columns takes a list: columns = ["time", "outcome", "who"]',
        '  columns = "time"',
        `${' '.repeat(12)}^^^^^^`,
      ],
    ],
    [
      'a preset without a query',
      `tz = "utc"\n${preset('')}`,
      ['line 2: a preset needs a query', '  [[presets]]', '  ^^^^^^^^^^^'],
    ],
    [
      'a preset without a name',
      '[[presets]]\nquery = "x"',
      ['line 1: a preset needs a name', '  [[presets]]', '  ^^^^^^^^^^^'],
    ],
    [
      'a misspelt field of a preset',
      '[[presets]]\nnam = "x"\nquery = "x"',
      ['line 2: there is no key "nam" in a preset', '  nam = "x"', '  ^^^', 'Did you mean name?'],
    ],
    [
      'a name of nothing',
      '[[presets]]\nname = " "\nquery = "x"',
      ['line 2: a preset needs a name', '  name = " "', `${' '.repeat(9)}^^^`],
    ],
    [
      'a name of two lines',
      '[[presets]]\nname = "a\\nb"\nquery = "x"',
      ['line 2: the name of a preset is one line of text', '  name = "a\\nb"', `${' '.repeat(9)}^^^^^^`],
    ],
    [
      'a query that does not parse',
      preset('query = "outcome:faild"'),
      [
        expect.stringMatching(/^line 3: in the query: "faild" is not a value of outcome/),
        '  query = "outcome:faild"',
        `${' '.repeat(19)}^^^^^`,
        'Did you mean failed?',
      ],
    ],
    [
      'one behind escapes',
      preset('query = "app:\\"Contoso \\u0053hop\\" outcom:failed"'),
      [
        expect.stringMatching(/^line 3: in the query: There is no field "outcom"/),
        '  query = "app:\\"Contoso \\u0053hop\\" outcom:failed"',
        `${' '.repeat(37)}^^^^^^`,
        'Did you mean outcome?',
      ],
    ],
    [
      'one in a text of several lines',
      preset(`query = '''\napp:"Contoso Shop"\n  outcome:faild'''`),
      [
        expect.stringMatching(/^line 5: in the query: "faild"/),
        "  outcome:faild'''",
        `${' '.repeat(10)}^^^^^`,
        'Did you mean failed?',
      ],
    ],
    [
      'a quote in a query that is not closed',
      preset(`query = 'app:"Contoso'`),
      ['line 3: in the query: This quote is never closed', `  query = 'app:"Contoso'`, `${' '.repeat(15)}^^^^^^^^`],
    ],
    [
      'a key that the list of presets needs',
      preset('query = "x"\nkey = "j"'),
      [expect.stringMatching(/^line 4: the key of a preset is one of 1 2/), '  key = "j"', `${' '.repeat(8)}^^^`],
    ],
    [
      'a key that is no text',
      preset('query = "x"\nkey = 3'),
      ['line 4: key takes a digit or a letter in quotes', '  key = 3', `${' '.repeat(8)}^`],
    ],
    [
      'two presets of one name',
      `${preset('query = "x"')}\n[[presets]]\nname = "SHOP"\nquery = "y"`,
      ['line 5: there are two presets "SHOP"', '  name = "SHOP"', `${' '.repeat(9)}^^^^^^`],
    ],
    [
      'two presets with one key',
      `${preset('query = "x"\nkey = "1"')}\n[[presets]]\nname = "Other"\nquery = "y"\nkey = "1"`,
      ['line 8: the key 1 is that of the preset "Shop"', '  key = "1"', `${' '.repeat(8)}^^^`],
    ],
    [
      'one section of presets',
      '[presets]\nname = "x"',
      [
        'line 1: presets are sections: write [[presets]] above the name and the query of each',
        '  [presets]',
        '  ^^^^^^^^^',
      ],
    ],
    [
      'keys that are no section',
      'keys = "j"',
      ['line 1: keys is a section: write [keys] above its lines', '  keys = "j"', `${' '.repeat(9)}^^^`],
    ],
    [
      'the first of several',
      'tz = "x"\nascii = 1\n',
      [expect.stringMatching(/^line 1: tz/), '  tz = "x"', `${' '.repeat(7)}^^^`, expect.stringMatching('e.g.')],
    ],
  ])('%s', (_, text, [first, ...rest]) => {
    const [message, ...lines] = complaintAbout(text);
    expect(message?.startsWith('entra-signups: config.toml, ')).toBe(true);
    expect([message?.slice('entra-signups: config.toml, '.length), ...lines]).toEqual([first, ...rest]);
  });

  test('and what stands in it is shown, never obeyed', () => {
    const said = complaintAbout('"\\u001b[31m\u202ered" = 1').join('\n');
    expect(said).not.toContain('\u001b');
    expect(said).not.toContain('\u202e');
    expect(said).toContain('␛[31m');
  });

  test('bytes that are no text in UTF-8 are said to be that', () => {
    const outcome = readConfigBytes(Uint8Array.of(0x61, 0xff), context);
    expect(outcome).toMatchObject({ complaint: { message: 'the settings file config.toml is not text in UTF-8' } });
  });
});
