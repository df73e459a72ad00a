/** What the debug log tells of requests, where the address of one names a person. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDebugLog } from '../src/debug-log.ts';
import { guid, NOON_MS } from './support/events.ts';
import { ManualClock } from './support/manual-clock.ts';

describe('the debug log', () => {
  it('tells that a person was looked up, and not who', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'entra-signups-'));
    const file = join(folder, 'debug.log');
    const log = openDebugLog(file, new ManualClock(NOON_MS));
    const send = log.send(async () => new Response('{}'));
    for (const path of [`/v1.0/users/${guid(7)}`, `/v1.0/users/${guid(7)}/authentication/methods`]) {
      await send(new Request(`https://graph.example${path}?$select=id`));
    }
    log.close();
    const text = readFileSync(file, 'utf8');
    rmSync(folder, { recursive: true });
    expect(text).not.toContain(guid(7));
    const paths = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).path);
    expect(paths).toEqual(['/v1.0/users/{id}', '/v1.0/users/{id}/authentication/methods']);
  });
});
