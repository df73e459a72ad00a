/**
 * What the documentation has from the program itself: docs/keys.md, docs/screens/, the commands in docs/configuration.md and the
 * screen in the README. Writes it, or with `--check` only names what is out of date and ends with 1.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { withCommands } from './configuration-page.ts';
import { keysPage } from './keys-page.ts';
import { withScreens } from './readme.ts';
import { drawScreens } from './screens.ts';

const screens = await drawScreens();
const files = new Map([
  ['docs/keys.md', keysPage()],
  ['docs/configuration.md', withCommands(await readFile('docs/configuration.md', 'utf8'))],
  ...screens.map(({ name, text }): [string, string] => [`docs/screens/${name}.txt`, text]),
  ['README.md', withScreens(await readFile('README.md', 'utf8'), screens)],
]);
const outdated: string[] = [];
for (const [path, text] of files) if ((await contentOf(path)) !== text) outdated.push(path);

if (process.argv.includes('--check')) {
  for (const path of outdated) console.error(`${path} is not as the program draws it: npm run docs`);
  process.exitCode = outdated.length === 0 ? 0 : 1;
} else {
  await mkdir('docs/screens', { recursive: true });
  for (const path of outdated) await writeFile(path, files.get(path) ?? '');
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
