/** Which of several places counts: option, environment, profile, settings file, default, in this order. */
import { describe, expect, test } from 'vitest';
import type { LoadConfig } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { readOptions } from '../../src/options.ts';

const nowMs = Date.parse('2026-11-23T12:00:00Z');

interface Sources {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The text of the settings file; without it there is none. */
  readonly file?: string;
}

function outcomeOf({ argv = [], env = {}, file }: Sources) {
  const load: LoadConfig = async (named) => {
    const path = named ?? 'config.toml';
    return file === undefined ? { kind: 'missing', file: path } : readConfig(file, { file: path, nowMs });
  };
  return readOptions(argv, env, nowMs, load);
}

async function optionsOf(sources: Sources) {
  const outcome = await outcomeOf(sources);
  if (outcome.kind !== 'options') throw new Error(`no options: ${JSON.stringify(outcome)}`);
  return outcome.options;
}

async function usageOf(sources: Sources): Promise<readonly string[]> {
  const outcome = await outcomeOf(sources);
  if (outcome.kind !== 'usage') throw new Error(`no usage error: ${JSON.stringify(outcome)}`);
  return outcome.text.split('\n').slice(0, -1);
}

/** Each place says another page size; the nearest that says anything counts. */
const places = {
  option: { argv: ['--page-size', '1'] },
  environment: { env: { ENTRA_SIGNUPS_PAGE_SIZE: '2' } },
  profile: { argv: ['--profile', 'night'], file: '[profiles.night]\npage-size = 3\n' },
  file: { file: 'page-size = 4\n' },
  default: {},
} as const;
type Place = keyof typeof places;
const expected: Readonly<Record<Place, number>> = { option: 1, environment: 2, profile: 3, file: 4, default: 1000 };

function combined(...names: readonly Place[]): Sources {
  const chosen: readonly Sources[] = names.map((name) => places[name]);
  return {
    argv: ['--demo', ...chosen.flatMap(({ argv = [] }) => argv)],
    env: Object.assign({}, ...chosen.map(({ env }) => env)),
    // Options stand above the sections.
    file: chosen.flatMap(({ file = '' }) => file).reduceRight((text, one) => `${text}${one}`, ''),
  };
}

test.each([
  [{ argv: ['--demo'] }, false],
  [{ argv: ['--demo'], file: 'since = "7d"\n' }, false],
  [{ argv: ['--demo', 'outcome:failed'] }, true],
  [{ argv: ['--demo', '--since', '1h'] }, true],
  [{ argv: ['--demo', '--until', '1h'] }, true],
  [{ argv: ['--demo'], env: { ENTRA_SIGNUPS_SINCE: '1h' } }, true],
])('of %j the filter was given for this run: %s', async (sources, given) => {
  expect(await optionsOf(sources)).toMatchObject({ filterIsGiven: given });
});

describe('of two places', () => {
  const order: readonly Place[] = ['option', 'environment', 'profile', 'file', 'default'];
  const pairs = order.flatMap((near, at) => order.slice(at + 1).map((far) => [near, far] as const));
  test.each(pairs)('%s goes before %s', async (near, far) => {
    expect(await optionsOf(combined(near, far))).toMatchObject({ pageSize: expected[near] });
  });

  test('and of all of them the first', async () => {
    expect(await optionsOf(combined(...order))).toMatchObject({ pageSize: 1 });
  });
});

describe('the settings file', () => {
  const prod = '[profiles.prod]\ntenant = "contoso.example"\n';

  test.each<[what: string, sources: Sources, options: object]>([
    [
      'sets what every kind of value is for',
      {
        argv: ['list'],
        file: 'demo = 7\nlimit = 5\noutput = "csv"\nascii = true\nno-color = true\ntz = "Europe/Berlin"\nsince = "7d"\n',
      },
      {
        target: { kind: 'demo', seed: 7 },
        limit: 5,
        output: 'csv',
        ascii: true,
        color: false,
        timeZone: 'Europe/Berlin',
        filter: { since: { text: '7d', atMs: nowMs - 7 * 86_400_000 } },
      },
    ],
    ['is where the tenant can be', { file: 'tenant = "contoso.example"' }, { target: { tenant: 'contoso.example' } }],
    ['has profiles', { argv: ['--profile', 'prod'], file: prod }, { target: { tenant: 'contoso.example' } }],
    [
      'has profiles that the environment can choose',
      { env: { ENTRA_SIGNUPS_PROFILE: 'prod' }, file: prod },
      { target: { tenant: 'contoso.example' } },
    ],
    [
      'has profiles that the command line chooses first',
      {
        argv: ['--profile', 'prod'],
        env: { ENTRA_SIGNUPS_PROFILE: 'gone' },
        file: prod,
      },
      { target: { tenant: 'contoso.example' } },
    ],
    [
      'does not make a demo of a tenant that is named nearer',
      { argv: ['--profile', 'prod'], file: `demo = true\n${prod}` },
      { target: { kind: 'tenant' } },
    ],
    [
      'does not make a tenant of a demo that is asked for nearer',
      { argv: ['--profile', 'play'], file: 'tenant = "contoso.example"\n[profiles.play]\ndemo = true\n' },
      { target: { kind: 'demo' } },
    ],
    [
      'does not colour what NO_COLOR forbids',
      { env: { NO_COLOR: '1' }, file: 'demo = true\nno-color = false' },
      { color: false },
    ],
    [
      'is overruled by the environment that says no',
      { env: { ENTRA_SIGNUPS_ASCII: '0' }, file: 'demo = true\nascii = true' },
      { ascii: false },
    ],
    ['knows better than the locale', { env: { LANG: 'C' }, file: 'demo = true\nascii = false' }, { ascii: false }],
    [
      'has a range that a query goes before',
      { argv: ['since:1h'], file: 'demo = true\nsince = "7d"' },
      { filter: { since: { text: '1h' } } },
    ],
    [
      'is what the browser knows its presets, columns and keys from',
      {
        argv: ['--config', 'mine.toml'],
        file: 'demo = true\ncolumns = ["who"]\n[[presets]]\nname = "a"\nquery = "b"\n[keys]\nfollow = "W"\n',
      },
      {
        config: {
          file: 'mine.toml',
          columns: ['who'],
          presets: [{ name: 'a', query: 'b', key: null }],
          keys: [{ command: 'follow', place: null, keys: ['W'] }],
        },
      },
    ],
  ])('%s', async (_, sources, options) => {
    expect(await optionsOf(sources)).toMatchObject(options);
  });

  test('is not asked for what needs none of it', async () => {
    for (const argv of [['--help'], ['list', '--help'], ['--version'], ['completion', 'bash']]) {
      expect((await outcomeOf({ argv, file: 'nonsense' })).kind).not.toBe('usage');
    }
  });
});

describe('what cannot be taken', () => {
  test.each<[what: string, sources: Sources, lines: readonly string[]]>([
    [
      'a file that was named and is not there',
      { argv: ['--demo', '--config', 'mine.toml'] },
      [
        'entra-signups: there is no settings file mine.toml',
        '  entra-signups --demo --config mine.toml',
        `${' '.repeat(32)}^^^^^^^^^`,
      ],
    ],
    [
      'the same from the environment',
      { argv: ['--demo'], env: { ENTRA_SIGNUPS_CONFIG: 'mine.toml' } },
      [
        'entra-signups: there is no settings file mine.toml',
        '  ENTRA_SIGNUPS_CONFIG=mine.toml',
        `${' '.repeat(23)}^^^^^^^^^`,
      ],
    ],
    [
      'a profile without a file',
      { argv: ['--profile=prod'] },
      [
        'entra-signups: there is no profile prod: there is no settings file',
        '  entra-signups --profile=prod',
        `${' '.repeat(26)}^^^^`,
        'It would be config.toml',
      ],
    ],
    [
      'a misspelt profile',
      { argv: ['--profile', 'prdo'], file: '[profiles.test]\n[profiles.prod]\n' },
      [
        'entra-signups: there is no profile prdo in config.toml',
        '  entra-signups --profile prdo',
        `${' '.repeat(26)}^^^^`,
        'Did you mean prod?',
      ],
    ],
    [
      'a profile that resembles none',
      { env: { ENTRA_SIGNUPS_PROFILE: 'weekend' }, file: '[profiles.test]\n[profiles.prod]\n' },
      [
        'entra-signups: there is no profile weekend in config.toml',
        '  ENTRA_SIGNUPS_PROFILE=weekend',
        `${' '.repeat(24)}^^^^^^^`,
        'Its profiles: test, prod',
      ],
    ],
    [
      'a profile of a file without any',
      { argv: ['--profile', 'prod'], file: '' },
      [
        'entra-signups: there is no profile prod in config.toml',
        '  entra-signups --profile prod',
        `${' '.repeat(26)}^^^^`,
        'It has no profiles',
      ],
    ],
    [
      'a bad file, also when the command line says the same',
      { argv: ['--demo', '--interval', '15s'], file: 'interval = "1s"' },
      ['entra-signups: config.toml, line 1: interval takes at least 5s', '  interval = "1s"', `${' '.repeat(13)}^^^^`],
    ],
  ])('%s', async (_, sources, lines) => {
    expect(await usageOf(sources)).toEqual(lines);
  });
});
