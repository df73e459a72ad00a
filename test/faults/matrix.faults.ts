/** Every fault against every way of using the program, and the soak: `npm run test:faults`. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, describe, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { isApplicable, runCheck } from './check.ts';
import { modes } from './lab/scene.ts';
import { type Tried, type Verdict, verdictsIn, withMatrix } from './matrix-page.ts';
import { soakChecks } from './soak-checks.ts';

/** Long enough that a wait in vain fails first, with what it waited for. */
const MOST_MS = 240_000;
const SOAK_MS = 20 * 60_000;
const PAGE = 'docs/reliability.md';

const verdicts = new Map<string, Verdict>();

async function judged(title: string, mode: string, check: () => Promise<void>): Promise<void> {
  const key = `${title}: ${mode}`;
  verdicts.set(key, 'failed');
  await check();
  verdicts.set(key, 'held');
}

describe.concurrent('faults', () => {
  for (const fault of catalogue) {
    for (const mode of modes) {
      if (!isApplicable(fault.checks[mode])) continue;
      test(`${fault.title}: ${mode}`, () => judged(fault.title, mode, () => runCheck(fault, mode)), MOST_MS);
    }
  }
});

describe('soak', () => {
  for (const { title, check } of soakChecks) test(title, () => judged(title, 'soak', check), SOAK_MS);
});

afterAll(async () => {
  if (process.env.FAULTS_WRITE !== 'yes') return;
  const page = await readFile(PAGE, 'utf8');
  const before = verdictsIn(page);
  const verdictOn: Tried['verdictOn'] = (title, mode) => verdicts.get(`${title}: ${mode}`) ?? before(title, mode);
  await writeFile(PAGE, withMatrix(page, { catalogue, soak: soakChecks, verdictOn }));
});
