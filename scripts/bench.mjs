// Bundles scripts/bench/ like the program itself, and runs it. `npm run bench` builds the program first. Arguments name the parts
// to measure; without any, all are.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-options.mjs';

const outputFolder = 'node_modules/.cache/entra-signups-bench';

rmSync(outputFolder, { recursive: true, force: true });

await build({
  entryPoints: ['main', 'browser', 'pages', 'event-log'].map((name) => `scripts/bench/${name}.ts`),
  outdir: outputFolder,
  ...bundleOptions,
  // It has a native part.
  external: ['@lydell/node-pty'],
});

await import(`../${outputFolder}/main.js`);
