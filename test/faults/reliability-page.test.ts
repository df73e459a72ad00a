/** docs/reliability.md is about the faults that there are: whoever adds one has to try it, and write down what came of it. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { verdictsIn, withMatrix } from './matrix-page.ts';
import { soakChecks } from './soak-checks.ts';

test('the reliability page has every fault, tried in every mode', async () => {
  const page = await readFile('docs/reliability.md', 'utf8');
  const again = withMatrix(page, { catalogue, soak: soakChecks, verdictOn: verdictsIn(page) });
  expect(again, 'npm run test:faults -- --write').toBe(page);
  expect(page, 'npm run test:faults -- --write').not.toMatch(/^\|.* \? /m);
});
