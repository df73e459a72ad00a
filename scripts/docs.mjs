// npm run docs: bundles scripts/docs/write.ts for a moment, and runs it.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

// Not in dist/, which may be being packed meanwhile.
const outfile = 'node_modules/.cache/entra-signups/docs-writer.mjs';

await build({
  entryPoints: ['scripts/docs/write.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
try {
  await import(`../${outfile}`);
} finally {
  rmSync(outfile);
}
