/** What a command line means, and what is said about one that means nothing. */
import { describe, expect, test } from 'vitest';
import type { LoadConfig } from '../../src/config/config.ts';
import { type OptionsOutcome, readOptions } from '../../src/options.ts';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const tenant = 'contoso.onmicrosoft.com';

/** There is no settings file. */
const noFile: LoadConfig = async (named) => ({ kind: 'missing', file: named ?? 'config.toml' });

function read(line: string | readonly string[], environment: Record<string, string> = {}): Promise<OptionsOutcome> {
  const argv = typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line;
  return readOptions(argv, { TERM: 'xterm-256color', ...environment }, nowMs, noFile);
}

async function options(line: string | readonly string[], environment: Record<string, string> = {}) {
  const outcome = await read(line, environment);
  if (outcome.kind !== 'options') throw new Error(`no options: ${JSON.stringify(outcome)}`);
  return outcome.options;
}

async function usage(line: string | readonly string[], environment: Record<string, string> = {}): Promise<string> {
  const outcome = await read(line, environment);
  if (outcome.kind !== 'usage') throw new Error(`no usage error: ${JSON.stringify(outcome)}`);
  return outcome.text;
}

describe('a command line', () => {
  test('without a command opens the browser, with defaults', async () => {
    expect(await options(`--tenant ${tenant}`)).toEqual({
      command: 'browse',
      target: {
        kind: 'tenant',
        tenant,
        clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
        cloud: 'global',
        loginUrl: 'https://login.microsoftonline.com',
        graphUrl: 'https://graph.microsoft.com',
      },
      signInMethod: null,
      debugLogFile: null,
      filter: { terms: [], since: null, until: null },
      filterIsGiven: false,
      pageSize: 1000,
      timeZone: 'UTC',
      ascii: false,
      color: true,
      screenReader: false,
      log: 'signUps',
      intervalMs: 15_000,
      maxEvents: 1_000_000,
      config: { file: 'config.toml', presets: [], columns: null, keys: [] },
    });
  });

  test.each([
    ['list --demo', { command: 'list', limit: 1000, output: null }],
    ['--demo list', { command: 'list' }],
    ['list --demo --limit 0', { limit: null }],
    ['list --demo --limit=50', { limit: 50 }],
    ['list --demo --limit 5 --limit 6', { limit: 6 }],
    ['list --demo --output CSV', { output: 'csv' }],
    ['list --demo', { log: 'signUps' }],
    ['list --demo --log sign-ins', { log: 'signIns' }],
    ['tail --demo --log Audits activity:"Add user"', { log: 'audits' }],
    ['--demo --log provisioning', { command: 'browse', log: 'provisioning' }],
    ['attempts --demo', { command: 'attempts', limit: 1000, output: null }],
    ['stats --demo', { command: 'stats', limit: 1000, output: null, by: null, compare: false }],
    ['stats --demo --limit 0 --by App --compare', { limit: null, by: 'app', compare: true }],
    ['tail --demo --for 1h30m --interval 5s', { command: 'tail', forMs: 5_400_000, intervalMs: 5_000 }],
    ['--demo --max-events 5_000', { maxEvents: 5000 }],
    ['--demo --page-size 1', { pageSize: 1 }],
    ['--demo --tz Europe/Berlin', { timeZone: 'Europe/Berlin' }],
    ['--demo --tz utc', { timeZone: 'UTC' }],
    ['--demo --tz asia/kolkata', { timeZone: 'Asia/Kolkata' }],
    ['--demo --tz Asia/Calcutta', { timeZone: 'Asia/Calcutta' }],
    ['--demo --ascii --no-color', { ascii: true, color: false }],
    ['--demo --auth browser', { signInMethod: 'browser' }],
    ['--demo --debug-log out.log', { debugLogFile: 'out.log' }],
    ['--demo 42', { target: { kind: 'demo', seed: 42 } }],
    ['--demo=42', { target: { kind: 'demo', seed: 42 } }],
    ['--demo', { target: { kind: 'demo', seed: 1 } }],
    [`--demo --tenant ${tenant}`, { target: { kind: 'demo', seed: 1 } }],
    ['login --demo', { command: 'login' }],
    ['logout --demo', { command: 'logout' }],
    ['whoami --demo', { command: 'whoami' }],
    ['completion bash', { command: 'completion', shell: 'bash' }],
  ])('%s', async (line, expected) => {
    expect(await options(line)).toMatchObject(expected);
  });

  test.each([
    ['usgov', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
    ['usgov-dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
    ['china', 'https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
  ])('--cloud %s chooses both endpoints', async (cloud, loginUrl, graphUrl) => {
    expect(await options(`--tenant ${tenant} --cloud ${cloud}`)).toMatchObject({
      target: { cloud, loginUrl, graphUrl },
    });
  });

  test('takes endpoints of its own', async () => {
    const line = `--tenant ${tenant} --login-url https://localhost:8443/ --graph-url https://graph.example.org`;
    expect(await options(line)).toMatchObject({
      target: { loginUrl: 'https://localhost:8443', graphUrl: 'https://graph.example.org' },
    });
  });
});

describe('a query on the command line', () => {
  const term = (field: string, text: string, negated = false) => ({
    kind: 'field',
    field,
    negated,
    values: [{ text, match: 'exact' }],
  });

  test.each([
    ['as one argument', ['--demo', 'outcome:failed app:"Contoso Shop"']],
    ['as several arguments', ['--demo', 'outcome:failed', 'app:"Contoso Shop"']],
    ['around options', ['outcome:failed', '--demo', 'app:"Contoso Shop"']],
    ['after --', ['--demo', '--', 'outcome:failed', 'app:"Contoso Shop"']],
  ])('%s', async (_, argv) => {
    expect(await options(argv)).toMatchObject({
      command: 'browse',
      filter: { terms: [term('outcome', 'failed'), term('app', 'Contoso Shop')] },
    });
  });

  test('may begin with - after --, and name a command there', async () => {
    expect(await options('tail --demo -- -outcome:succeeded')).toMatchObject({
      command: 'tail',
      filter: { terms: [term('outcome', 'succeeded', true)] },
    });
    expect(await options('--demo -- list')).toMatchObject({ command: 'browse', filter: { terms: [{ text: 'list' }] } });
  });

  test('is not taken for the seed of the demo, unless it is a number', async () => {
    expect(await options('--demo outcome:failed')).toMatchObject({
      target: { kind: 'demo', seed: 1 },
      filter: { terms: [term('outcome', 'failed')] },
    });
  });

  test.each([
    ['--demo --since 24h', { since: { text: '24h', atMs: nowMs - 86_400_000 }, until: null }],
    ['--demo since:24h', { since: { text: '24h', atMs: nowMs - 86_400_000 }, until: null }],
    [
      '--demo --since 2026-11-23T07:00Z --until 2h',
      { since: { atMs: nowMs - 18_000_000 }, until: { atMs: nowMs - 7_200_000 } },
    ],
  ])('has the range of %s', async (line, filter) => {
    expect(await options(line)).toMatchObject({ filter });
  });

  test('reads times in the zone that is shown', async () => {
    expect(await options(['--demo', '--tz', 'Europe/Berlin', '--since', '2026-11-23 07:00'])).toMatchObject({
      filter: { since: { atMs: Date.parse('2026-11-23T06:00:00Z') } },
    });
  });

  test.each([
    ['--until', '2026-10-25 02:30'],
    ['--since', '2026-10-25 02:30'],
    ['until:"2026-10-25 02:30"', ''],
  ])('asks which of two moments %s %s is', async (option, value) => {
    const argv = ['list', '--demo', '--tz', 'Europe/Berlin', option, value].filter((word) => word !== '');
    const told = await usage(argv);
    expect(told).toContain(
      'comes twice in Europe/Berlin, at 02:30+02:00 and, after the clocks go back, at 02:30+01:00',
    );
    expect(told).toContain(
      '"2026-10-25 02:30 first", "2026-10-25 02:30 second", or the offset: 2026-10-25T02:30+02:00 or',
    );
    const asked = await options(argv.map((word) => word.replace('02:30', '02:30 second')));
    const bound = option.startsWith('--since') ? 'since' : 'until';
    expect(asked).toMatchObject({ filter: { [bound]: { atMs: Date.parse('2026-10-25T01:30:00Z') } } });
  });
});

describe('the environment', () => {
  test.each([
    ['', { ENTRA_SIGNUPS_TENANT: tenant }, { target: { kind: 'tenant', tenant } }],
    ['--tenant fabrikam.example', { ENTRA_SIGNUPS_TENANT: tenant }, { target: { tenant: 'fabrikam.example' } }],
    ['', { ENTRA_SIGNUPS_DEMO: '7' }, { target: { kind: 'demo', seed: 7 } }],
    ['', { ENTRA_SIGNUPS_DEMO: 'true' }, { target: { kind: 'demo', seed: 1 } }],
    [`--tenant ${tenant}`, { ENTRA_SIGNUPS_DEMO: 'true' }, { target: { kind: 'tenant' } }],
    ['', { ENTRA_SIGNUPS_DEMO: 'off', ENTRA_SIGNUPS_TENANT: tenant }, { target: { kind: 'tenant' } }],
    ['list --demo', { ENTRA_SIGNUPS_LIMIT: '5', ENTRA_SIGNUPS_OUTPUT: 'json' }, { limit: 5, output: 'json' }],
    ['list --demo', { ENTRA_SIGNUPS_LIMIT: '' }, { limit: 1000 }],
    ['--demo', { ENTRA_SIGNUPS_PAGE_SIZE: '10', ENTRA_SIGNUPS_MAX_EVENTS: '9' }, { pageSize: 10, maxEvents: 9 }],
    ['--demo', { ENTRA_SIGNUPS_NO_COLOR: '1', ENTRA_SIGNUPS_ASCII: 'yes' }, { color: false, ascii: true }],
    ['--demo', { NO_COLOR: '1' }, { color: false }],
    ['--demo', { NO_COLOR: '' }, { color: true }],
    ['--demo', { LANG: 'C' }, { ascii: true }],
    ['--demo', { TERM: 'vt100', LANG: 'C.UTF-8' }, { color: false, ascii: true }],
    ['--demo', { TERM: 'vt220', LANG: 'C.UTF-8' }, { color: false, ascii: false }],
    ['--demo', { TERM: 'dumb' }, { color: false, ascii: true }],
    ['--demo', { TERM: '' }, { color: false, ascii: false }],
    ['--demo', { TERM: '', OS: 'Windows_NT' }, { color: true, ascii: false }],
    ['--demo', { TERM: 'linux' }, { color: true }],
    ['--demo', { LANG: 'C', LC_ALL: 'en_US.UTF-8' }, { ascii: false }],
    ['--demo', { LANG: 'de_AT.utf8' }, { ascii: false }],
    ['--demo since:1h', { ENTRA_SIGNUPS_SINCE: '7d' }, { filter: { since: { text: '1h' } } }],
    ['--demo', { ENTRA_SIGNUPS_SINCE: '7d' }, { filter: { since: { text: '7d' } } }],
  ])('%s with %o', async (line, environment, expected) => {
    expect(await options(line, environment)).toMatchObject(expected);
  });
});

describe('a usage error points at the place', () => {
  test.each<[string | readonly string[], readonly string[]]>([
    [
      'list --demo --limt 5',
      [
        'entra-signups: there is no option --limt',
        '  entra-signups list --demo --limt 5',
        `${' '.repeat(28)}^^^^^^`,
        'Did you mean --limit?',
      ],
    ],
    [
      'list --demo --limit five',
      [
        'entra-signups: --limit takes a whole number of 0 or more',
        '  entra-signups list --demo --limit five',
        `${' '.repeat(36)}^^^^`,
      ],
    ],
    [
      'stats --demo --by extention',
      [
        expect.stringMatching(/^entra-signups: --by .*account, app, /),
        '  entra-signups stats --demo --by extention',
        `${' '.repeat(34)}^^^^^^^^^`,
        'Did you mean extension?',
      ],
    ],
    [
      'list --demo --page-size=2000 x',
      [
        'entra-signups: --page-size takes a whole number from 1 to 1000',
        '  entra-signups list --demo --page-size=2000 x',
        `${' '.repeat(40)}^^^^`,
      ],
    ],
    [
      ['--demo', 'app:"Contoso Shop" outcome:faild'],
      [
        expect.stringMatching(/^entra-signups: in the query: .*faild/),
        `  entra-signups --demo 'app:"Contoso Shop" outcome:faild'`,
        `${' '.repeat(51)}^^^^^`,
        'Did you mean failed?',
      ],
    ],
    [
      ['--demo', 'alice', 'outcom:failed'],
      [
        expect.stringMatching(/^entra-signups: in the query: .*outcom/),
        '  entra-signups --demo alice outcom:failed',
        `${' '.repeat(29)}^^^^^^`,
        'Did you mean outcome?',
      ],
    ],
  ])('%s', async (line, expected) => {
    expect((await usage(line)).split('\n').slice(0, -1)).toEqual(expected);
  });

  test('also in the environment', async () => {
    expect((await usage('list --demo', { ENTRA_SIGNUPS_OUTPUT: 'tabel' })).split('\n')).toEqual([
      'entra-signups: ENTRA_SIGNUPS_OUTPUT is one of table, ndjson, json, csv',
      '  ENTRA_SIGNUPS_OUTPUT=tabel',
      `${' '.repeat(23)}^^^^^`,
      'Did you mean table?',
      '',
    ]);
  });

  test('and shows what was typed without obeying it', async () => {
    const text = await usage(['--demo', '--tz', '\u001b[31mred\u202e']);
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
    expect(text).toContain('␛[31mred');
  });
});

describe('what cannot be taken', () => {
  test.each([
    ['', /which tenant\?[\s\S]*entra\.microsoft\.com[\s\S]*--demo/],
    ['list', /which tenant\?/],
    ['--tenant common', /--tenant takes the ID of a tenant/],
    ['--tenant contoso.ciamlogin.com', /Try --tenant contoso\.onmicrosoft\.com/],
    ['--tenant', /--tenant needs a value/],
    ['--tenant --demo', /--tenant needs a value/],
    ['--tenant=', /--tenant needs a value/],
    [`--tenant ${tenant} --client-id 123`, /--client-id takes a GUID/],
    [`--tenant ${tenant} --graph-url http://localhost:8080`, /--graph-url takes an https address/],
    [`--tenant ${tenant} --login-url http://127.0.0.1`, /--login-url takes an https address/],
    [`--tenant ${tenant} --login-url https://user:word@example.org`, /without a name and password/],
    [`--tenant ${tenant} --login-url https://example.org/path`, /without a path/],
    [`--tenant ${tenant} --cloud usgv`, /Did you mean usgov\?/],
    ['--demo --auth device', /--auth is one of device-code, browser/],
    ['--demo --since never', /--since takes a point in time/],
    ['--demo --since 1h since:2h', /--since and since: in the query/],
    ['--demo --since 1h --until 2h', /ends \(2h\) before it begins \(1h\)/],
    ['--demo --since 1h --until 60m', /ends \(60m\) when it begins \(1h\)/],
    ['--demo --interval 1s', /--interval takes at least 5s/],
    ['--demo --interval soon', /--interval takes a length of time/],
    ['tail --demo --for 0s', /--for takes at least/],
    ['--demo --max-events 0', /--max-events takes a whole number of 1 or more/],
    ['--demo --tz Europe/Berln', /Did you mean Europe\/Berlin\?/],
    ['--demo --tz Asia/Kolkatta', /Did you mean Asia\/Kolkata\?/],
    ['--demo --ascii=yes', /--ascii takes no value/],
    ['--demo=x', /--demo takes a whole number, or nothing/],
    ['--demo -outcome:failed', /comes after --: entra-signups \.\.\. -- -outcome:failed/],
    ['login --demo outcome:failed', /login takes no query/],
    ['completion', /completion needs the name of one shell/],
    ['completion bsh', /Did you mean bash\?/],
    ['completion bash zsh', /one shell/],
  ])('%s', async (line, expected) => {
    expect(await usage(line)).toMatch(expected);
  });
});

describe('help and version', () => {
  test.each(['--help', '-h', '--demo --help', '--help --version'])('%s', async (line) => {
    const outcome = await read(line);
    expect(outcome.kind).toBe('help');
    expect(outcome.kind === 'help' && outcome.text).toContain('entra-signups --demo');
  });

  test('help after a command is about that command', async () => {
    const outcome = await read('tail --help');
    expect(outcome.kind === 'help' && outcome.text).toContain('--for <duration>');
    expect(outcome.kind === 'help' && outcome.text).not.toContain('--limit');
  });

  test('--version needs nothing else', async () => {
    expect(await read('--version')).toEqual({ kind: 'version' });
    expect(await read('-V')).toEqual({ kind: 'version' });
  });
});
