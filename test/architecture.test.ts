/** The rules of docs/architecture.md that a machine can check, read from the real import statements. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const sourceFolder = join(root, 'src');

interface ImportStatement {
  readonly from: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

interface SourceFile {
  /** From `src/`, e.g. `graph/send.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportStatement[];
}

const files: readonly SourceFile[] = filesUnder(sourceFolder)
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => {
    const text = readFileSync(file, 'utf8');
    return { path: relative(sourceFolder, file), text, imports: importsOf(text) };
  });

/**
 * What a folder (or a file beside the folders) may import; a folder may always import itself. After `type` only types
 * may be imported, which are gone when the program runs.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  signup: [],
  logs: ['signup'],
  figures: ['signup'],
  terminal: [],
  'clock.ts': ['facts'],
  'endpoints.ts': [],
  files: ['clock.ts'],
  facts: ['signup', 'logs'],
  filter: ['signup', 'logs'],
  store: ['signup', 'figures', 'logs', 'filter', 'facts', 'type clock.ts'],
  graph: ['signup', 'logs', 'facts', 'files', 'clock.ts'],
  auth: [
    'type graph/send.ts',
    'type graph/token-source.ts',
    'graph/network-failure.ts',
    'graph/network-words.ts',
    'graph/retry-after.ts',
    'facts',
    'files',
    'clock.ts',
  ],
  demo: ['signup', 'type graph/send.ts', 'clock.ts'],
  ui: ['store', 'signup', 'figures', 'logs', 'filter', 'facts', 'clock.ts', 'session.ts', 'terminal'],
  headless: ['signup', 'figures', 'logs', 'filter', 'facts', 'clock.ts', 'terminal'],
  doctor: ['signup', 'logs', 'facts', 'graph', 'auth', 'endpoints.ts', 'clock.ts', 'terminal'],
  'session.ts': ['store', 'signup', 'facts', 'clock.ts'],
  session: ['store', 'signup', 'facts', 'clock.ts', 'session.ts'],
  options: ['signup', 'logs', 'filter', 'facts', 'endpoints.ts', 'type config/config.ts', 'terminal'],
  'options.ts': ['options', 'signup', 'logs', 'filter', 'facts', 'endpoints.ts', 'type config/config.ts', 'terminal'],
  config: ['options', 'logs', 'store', 'filter', 'files'],
  'debug-log.ts': ['facts', 'files', 'type graph/send.ts', 'clock.ts'],
  'narrow-clause.ts': [],
  'raw-packer.ts': ['type store/log/raw-blocks.ts'],
};

/** Beside the folders, at the top: they put the rest together. */
const composition = ['main.ts', 'commands', 'connect.ts', 'program.ts'];

const pureFolders = ['signup', 'figures', 'logs', 'filter', 'store', 'facts'];

/** Packages that may be imported in one place only. */
const homes: Readonly<Record<string, { readonly folder: string; readonly onNeed: boolean }>> = {
  '@azure/msal-node': { folder: 'auth', onNeed: true },
  '@microsoft/microsoft-graph-client': { folder: 'graph', onNeed: true },
  '@microsoft/microsoft-graph-types-beta': { folder: 'graph', onNeed: true },
  undici: { folder: 'graph', onNeed: true },
  'smol-toml': { folder: 'config', onNeed: false },
  zod: { folder: 'config', onNeed: false },
  ink: { folder: 'ui', onNeed: false },
  react: { folder: 'ui', onNeed: false },
};

describe('who imports whom', () => {
  test('there is something to look at', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
  });

  test('every folder imports only what it may', () => {
    const wrong = files.flatMap(({ path, imports }) => {
      const unit = unitOf(path);
      if (composition.includes(unit)) return [];
      const allowed = [unit, ...(mayImport[unit] ?? [])];
      return imports
        .filter(({ from }) => from.startsWith('.'))
        .map(({ from, typeOnly }) => ({ target: resolved(path, from), typeOnly }))
        .filter(({ target, typeOnly }) => {
          const names = [target, unitOf(target)];
          return !names.some((name) => allowed.includes(name) || (typeOnly && allowed.includes(`type ${name}`)));
        })
        .map(({ target }) => `${path} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  test('every unit has its rule', () => {
    const units = new Set(files.map(({ path }) => unitOf(path)));
    expect([...units].filter((unit) => !composition.includes(unit) && mayImport[unit] === undefined)).toEqual([]);
  });

  test('no file imports itself, through whatever others', () => {
    const graph = new Map(
      files.map(({ path, imports }) => [
        path,
        imports
          .filter(({ from, typeOnly }) => from.startsWith('.') && !typeOnly)
          .map(({ from }) => resolved(path, from)),
      ]),
    );
    expect(cyclesOf(graph)).toEqual([]);
  });

  test('every import names a file that is there, with its extension', () => {
    const known = new Set([...files.map(({ path }) => path), '../package.json']);
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => from.startsWith('.') && !known.has(resolved(path, from)))
        .map(({ from }) => `${path} imports ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  test('packages stay at home, and the SDKs are loaded only on need', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports.flatMap(({ from, typeOnly, dynamic }) => {
        const home = homes[packageOf(from)];
        if (home === undefined) return [];
        const atHome = unitOf(path) === home.folder;
        return atHome && (typeOnly || dynamic || !home.onNeed) ? [] : [`${path} imports ${from}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('pure folders know neither Node nor React nor time nor chance', () => {
    const wrong = files
      .filter(({ path }) => pureFolders.includes(unitOf(path)))
      .flatMap(({ path, text, imports }) => [
        ...imports
          .filter(({ from }) => isBuiltin(from) || /^(ink|react)/.test(from))
          .map(({ from }) => `${path}: ${from}`),
        ...(
          withoutComments(text).match(
            /\b(Date\.now|new Date\(\)|Math\.random|process\.|setTimeout|setInterval|Buffer\.)/g,
          ) ?? []
        ).map((call) => `${path}: ${call}`),
      ]);
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  test('none is longer than 400 lines', () => {
    const all = [...filesUnder(sourceFolder), ...filesUnder(join(root, 'bin'))];
    const long = all.filter((file) => readFileSync(file, 'utf8').split('\n').length > 400);
    expect(long).toEqual([]);
  });

  test('half of them have at most 90 lines', () => {
    const lengths = files.map(({ text }) => text.split('\n').length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(90);
  });

  test('each begins with a comment that says what it is for', () => {
    expect(files.filter(({ text }) => !text.startsWith('/**')).map(({ path }) => path)).toEqual([]);
  });

  test('each is named by its idea: kebab-case, components in PascalCase, no drawers for everything', () => {
    const wrong = files.filter(({ path }) => {
      const folders = dirname(path).split('/');
      const drawer = [...folders, basename(path).replace(/\.\w+$/, '')].some((name) =>
        ['utils', 'helpers', 'common', 'types', 'index', 'misc'].includes(name),
      );
      return drawer || !/^([a-z0-9-]+\.tsx?|[A-Z][A-Za-z0-9]*\.tsx)$/.test(basename(path));
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('none switches a check off', () => {
    const wrong = files.filter(({ text }) =>
      /@ts-(ignore|expect-error|nocheck)|biome-ignore|\bas any\b|: any\b/.test(text),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('none hands on what others export, but for types', () => {
    const wrong = files.filter(({ text }) => /^export (\*|\{[^}]*\}) from/m.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** `import … from`, `export … from`, `import('…')`, `import '…'`; also inside types (`import('…').Name`). */
function importsOf(text: string): readonly ImportStatement[] {
  const code = withoutComments(text);
  const statements = [...code.matchAll(/^(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s+['"]([^'"]+)['"]/gm)].map(
    ([, type, names, from]) => ({
      from: from ?? '',
      typeOnly: type !== undefined || /^\{(\s*type\s+[\w$]+(\s+as\s+[\w$]+)?\s*,?)+\s*\}$/.test(names ?? ''),
      dynamic: false,
    }),
  );
  const sideEffects = [...code.matchAll(/^import\s+['"]([^'"]+)['"]/gm)];
  const calls = [...code.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)];
  return [
    ...statements,
    ...sideEffects.map(([, from]) => ({ from: from ?? '', typeOnly: false, dynamic: false })),
    ...calls.map(([, type, from]) => ({ from: from ?? '', typeOnly: type !== undefined, dynamic: true })),
  ];
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

function resolved(path: string, from: string): string {
  return relative(sourceFolder, join(sourceFolder, dirname(path), from));
}

function unitOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function packageOf(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' > '));
      return;
    }
    state.set(path, 'open');
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
