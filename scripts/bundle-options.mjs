// How this program is bundled, whatever is bundled of it: esbuild's options, and what is done to packages on the way.
import { readFileSync } from 'node:fs';

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

/** For esbuild's `build`; what goes in and where it comes out is the caller's. */
export const bundleOptions = {
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
  logLevel: 'warning',
};
