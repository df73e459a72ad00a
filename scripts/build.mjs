// Bundles src/ into dist/: one small main.js, and chunks that are loaded when they are needed (the screen, the SDKs,
// the demo tenant, the printing commands), with the licences of everything that was bundled beside them.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-options.mjs';

const outputFolder = 'dist';

const { metafile, outputFiles } = await build({
  ...bundleOptions,
  entryPoints: ['src/main.ts'],
  outdir: outputFolder,
  write: false,
  metafile: true,
});

// Only now, so that a failed build leaves what was there.
rmSync(outputFolder, { recursive: true, force: true });
mkdirSync(join(outputFolder, 'chunks'), { recursive: true });
for (const { path, contents } of outputFiles) writeFileSync(path, contents);
writeFileSync(join(outputFolder, 'THIRD-PARTY-NOTICES.txt'), notices(packagesIn(metafile)));

/** The folders of the packages whose files ended up in the bundle, sorted. */
function packagesIn({ outputs }) {
  const folders = new Set();
  for (const output of Object.values(outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders].sort();
}

function notices(folders) {
  const entries = folders.map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
    if (texts.length === 0) texts.push(licenceWithoutFile(name, license, author?.name ?? author));
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  const line = `\n\n${'-'.repeat(78)}\n\n`;
  return `This program contains the following packages.${line}${entries.join(line)}\n`;
}

/** Some packages only name their licence: MIT is the same text for all, and the one of this program, too. */
function licenceWithoutFile(name, license, author) {
  if (license !== 'MIT' || author === undefined) throw new Error(`${name} has no licence file: write down its terms`);
  return readFileSync('LICENSE', 'utf8')
    .trim()
    .replace(/^Copyright .*$/m, `Copyright (c) ${author}`);
}
