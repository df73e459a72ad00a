// Bundles src/ into dist/: one small main.js, and chunks that are loaded when they are needed (the screen, the SDKs,
// the demo tenant, the printing commands), with the licences of everything that was bundled beside them.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const outputFolder = 'dist';

/** Ink asks for these only to talk to React's developer tools. */
const developerToolsLeftOut = {
  name: 'developer-tools-left-out',
  setup(bundler) {
    bundler.onResolve({ filter: /^(react-devtools-core|ws)$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    bundler.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }));
  },
};

/** A CommonJS package in a chunk of its own would come without its names, as nothing but a default. */
const commonJsLoadedOnNeed = {
  name: 'commonjs-loaded-on-need',
  setup(bundler) {
    bundler.onResolve({ filter: /^undici$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'named' } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: 'named' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== 'default' && /^\w+$/.test(name));
      return { contents: `export { ${names.join(', ')} } from '${path}';`, resolveDir: '.' };
    });
  },
};

/** What packages do while they are loaded or first used, and need not do before the first frame. Node 20, CPU time. */
const startUpTrimmed = {
  name: 'start-up-trimmed',
  setup(bundler) {
    // 20 ms: decodes its WebAssembly by `fetch` where there is one, and with Node's that loads all of undici.
    edit(bundler, /yoga-wasm-base64-esm\.js$/, (text) => `const fetch = undefined;\n${text}`);
    // 30 ms, and some of every frame: compares the styles of each cell with those of the next, also when there are none.
    edit(bundler, /ansi-tokenize[\\/]build[\\/]diff\.js$/, (text) =>
      text.replace('diffAnsiCodes(from, to) {', '$& if (from.length === 0 && to.length === 0) return [];'),
    );
    // 20 ms: the table of emoji sequences, made for the first character beyond ASCII, whatever that is.
    edit(bundler, /string-width[\\/]index\.js$/, (text) =>
      text.replace('rgiEmojiRegex.test(segment)', '(/\\p{Emoji}/u.test(segment) && rgiEmojiRegex.test(segment))'),
    );
  },
};

/** Edits the files of a package; other versions of it, nested below other packages, stay as they are. */
function edit(bundler, filter, change) {
  bundler.onLoad({ filter }, ({ path }) => {
    if (path.split('node_modules').length > 2) return undefined;
    const text = readFileSync(path, 'utf8');
    const contents = change(text);
    if (contents === text) throw new Error(`${path} has changed: see whether it is still to be edited`);
    return { contents };
  });
}

const { metafile, outputFiles } = await build({
  write: false,
  entryPoints: ['src/main.ts'],
  outdir: outputFolder,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  // Some bundled packages are CommonJS and call require() for Node's own modules.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [developerToolsLeftOut, commonJsLoadedOnNeed, startUpTrimmed],
  metafile: true,
  logLevel: 'warning',
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
