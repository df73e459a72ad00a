import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSavedViews } from '../../src/commands/saved-views.ts';
import { savedViewOf } from '../../src/store/saved-view.ts';
import { pressed, signedInState } from '../support/states.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'entra-signups-views-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return join(made, 'data');
}

const opened = (dataFolder: string, tenant = 'contoso.onmicrosoft.com') =>
  openSavedViews({ graphUrl: 'https://graph.microsoft.com', tenant }, { dataFolder: async () => dataFolder });

const view = savedViewOf(pressed(signedInState(), 'f space esc'));
const other = savedViewOf(signedInState());

describe('saved views', () => {
  it('are there at the next start, for their tenant alone', async () => {
    const data = folder();
    expect(await (await opened(data)).read()).toEqual({ saved: null, notice: null });
    expect(await (await opened(data)).save(view)).toBeNull();
    expect(await (await opened(data, 'fabrikam.onmicrosoft.com')).save(other)).toBeNull();
    expect(await (await opened(data, 'Contoso.onmicrosoft.com')).read()).toEqual({ saved: view, notice: null });
    await (await opened(data)).forget();
    expect((await (await opened(data)).read()).saved).toBeNull();
    expect((await (await opened(data, 'fabrikam.onmicrosoft.com')).read()).saved).toEqual(other);
  });

  it('are readable by their owner alone', async () => {
    const data = folder();
    await (await opened(data)).save(view);
    expect(statSync(join(data, 'views.json')).mode & 0o777).toBe(0o600);
    expect(statSync(data).mode & 0o777).toBe(0o700);
  });

  it('that cannot be understood are put aside, and said so', async () => {
    const data = folder();
    mkdirSync(data);
    writeFileSync(join(data, 'views.json'), '{"format":1,"views":');
    const { saved, notice } = await (await opened(data)).read();
    expect(saved).toBeNull();
    expect(notice).toContain('views.json.corrupt');
    expect(readFileSync(join(data, 'views.json.corrupt'), 'utf8')).toBe('{"format":1,"views":');
    expect(await (await opened(data)).save(view)).toBeNull();
  });

  it('that cannot be written are said so', async () => {
    const data = folder();
    writeFileSync(data, 'a file in the place of the folder');
    expect(await (await opened(data)).save(view)).toMatch(
      /^The view could not be saved for the next start\. .* is not a folder/,
    );
    expect((await (await opened(data)).read()).notice).toMatch(
      /^The saved view could not be used\. .* is not a folder/,
    );
    expect(existsSync(join(data, 'views.json'))).toBe(false);
  });

  it('leave no file behind when the last one is forgotten', async () => {
    const data = folder();
    await (await opened(data)).save(view);
    await (await opened(data)).forget();
    expect(existsSync(join(data, 'views.json'))).toBe(false);
  });
});
