// Bundles scripts/simulate/ and runs it: how often the statements of a page of figures are right, on tenants that are made up. Writes
// docs/statistics.md when all cells were run; arguments name the groups of cells to run instead, which are only printed.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-options.mjs';

const outputFolder = 'node_modules/.cache/entra-signups-simulate';

rmSync(outputFolder, { recursive: true, force: true });

await build({
  entryPoints: ['scripts/simulate/main.ts', 'scripts/simulate/worker.ts'],
  outdir: outputFolder,
  ...bundleOptions,
});

await import(`../${outputFolder}/main.js`);
