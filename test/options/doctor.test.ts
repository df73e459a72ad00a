/** What `doctor` is given when the settings are wrong: it is told of it, and goes on. */
import { describe, expect, test } from 'vitest';
import type { ConfigOutcome } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { type DoctorOptions, readOptions } from '../../src/options.ts';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const missing: ConfigOutcome = { kind: 'missing', file: 'config.toml' };

function read(line: string, environment: Record<string, string> = {}, config: ConfigOutcome = missing) {
  return readOptions(line.split(' '), environment, nowMs, async () => config);
}

async function doctor(...asked: Parameters<typeof read>): Promise<DoctorOptions> {
  const outcome = await read(...asked);
  if (outcome.kind !== 'options' || outcome.options.command !== 'doctor') throw new Error(JSON.stringify(outcome));
  return outcome.options;
}

function messagesOf({ settings }: DoctorOptions): readonly string[] {
  return settings.complaints.map(({ message }) => message);
}

describe('doctor', () => {
  test('with good settings has nothing to say about them', async () => {
    const config = readConfig('tenant = "contoso.onmicrosoft.com"\ncloud = "usgov"\n', { file: 'c.toml', nowMs });
    const options = await doctor('doctor', {}, config);
    expect(options).toMatchObject({
      target: { kind: 'tenant', tenant: 'contoso.onmicrosoft.com', graphUrl: 'https://graph.microsoft.us' },
      output: 'table',
      settings: { file: 'c.toml', wasRead: true, complaints: [] },
    });
  });

  test('names line and key of a damaged file, and goes on with the defaults', async () => {
    const config = readConfig('# mine\n\ntenat = "contoso.onmicrosoft.com"\n', { file: 'c.toml', nowMs });
    const options = await doctor('doctor --tenant contoso.onmicrosoft.com', {}, config);
    expect(messagesOf(options)).toEqual(['c.toml, line 3: there is no key "tenat"']);
    expect(options.target).toMatchObject({ kind: 'tenant', cloud: 'global' });
  });

  test.each([
    ['a variable', 'doctor --demo', { ENTRA_SIGNUPS_AUTH: 'pigeon' }, 'ENTRA_SIGNUPS_AUTH is one of'],
    ['a file that is not there', 'doctor --demo --config nowhere.toml', {}, 'there is no settings file'],
    ['a profile that is not there', 'doctor --demo', { ENTRA_SIGNUPS_PROFILE: 'x' }, 'there is no profile x'],
  ])('takes down %s', async (_, line, environment, message) => {
    const messages = messagesOf(await doctor(line, environment));
    expect(messages).toEqual([expect.stringContaining(message)]);
  });

  test('knows the services of a tenant that nobody named', async () => {
    const options = await doctor('doctor --cloud china');
    expect(messagesOf(options)).toEqual(['which tenant?']);
    expect(options.target).toMatchObject({ kind: 'unnamed', graphUrl: 'https://microsoftgraph.chinacloudapi.cn' });
  });

  test('says each mistake once', async () => {
    expect(messagesOf(await doctor('doctor', { ENTRA_SIGNUPS_CLOUD: 'mars' }))).toEqual([
      expect.stringContaining('ENTRA_SIGNUPS_CLOUD'),
      'which tenant?',
    ]);
  });

  test('leaves a format that was set for the other commands alone, and refuses one that it was given', async () => {
    expect((await doctor('doctor --demo', { ENTRA_SIGNUPS_OUTPUT: 'csv' })).output).toBe('table');
    expect((await doctor('doctor --demo --output json')).output).toBe('json');
    expect(await read('doctor --demo --output csv')).toMatchObject({
      kind: 'usage',
      text: expect.stringContaining('doctor prints a table or json, not csv'),
    });
  });

  test('takes no query', async () => {
    expect(await read('doctor --demo outcome:failed')).toMatchObject({ kind: 'usage' });
  });
});
