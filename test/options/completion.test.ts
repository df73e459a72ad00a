/** The completion scripts, in the shell that is at hand; the others as far as they can be looked at. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { completionScript } from '../../src/options/completion.ts';
import { helpText } from '../../src/options/help.ts';
import { commandTable, optionTable, shellNames } from '../../src/options/table.ts';
import { PseudoTerminal } from '../support/pseudo-terminal.ts';

/** What bash offers for the last of these words. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `${completionScript('bash')}
compopt() { :; }
COMP_LINE='${['entra-signups', ...words].join(' ')}'
COMP_POINT=\${#COMP_LINE}
_entra_signups
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

const hasBash = spawnSync('bash', ['--version']).status === 0;

describe.skipIf(!hasBash)('bash offers', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['li'], ['list']],
    [['list', '--out'], ['--output']],
    [
      ['list', '--output', ''],
      ['table', 'ndjson', 'json', 'csv'],
    ],
    [
      ['--cloud', 'us'],
      ['usgov', 'usgov-dod'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['tail', 'out'], ['outcome:']],
    [['--tenant', ''], []],
    [['login', 'out'], []],
    [['tra'], ['trace']],
    [['trace', 'out'], []],
    [['trace', '--sin'], ['--since']],
    [['trace', '--lim'], []],
    [['list', '--lim'], ['--limit']],
    [['list', '--max'], []],
    [['login', '--lim'], []],
    [['--max'], ['--max-events']],
    [['list', 'outcome:s'], ['succeeded']],
    [['list', 'outcome:failed,s'], ['failed,succeeded']],
    [
      ['list', '--', '-account:'],
      ['local', 'social'],
    ],
    [['list', 'stage:user'], ['userCreation']],
    [['list', 'extension:n'], ['none']],
    [['list', 'user:a'], []],
    [['list', 'app:"Contoso S'], []],
    [['list', '--output=nd'], ['ndjson']],
  ])('%j: %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

describe.skipIf(!hasBash)('bash at a terminal completes', () => {
  test.each([
    ['entra-signups li', 'entra-signups list '],
    ['entra-signups list outcome:fa', 'entra-signups list outcome:failed '],
    ['entra-signups list outcome:failed,su', 'entra-signups list outcome:failed,succeeded '],
    ['entra-signups list acc', 'entra-signups list account:'],
    ['entra-signups list --output=nd', 'entra-signups list --output=ndjson '],
    ['entra-signups tail --f', 'entra-signups tail --for '],
  ])('%s: %s', async (typed, completed) => {
    const folder = await mkdtemp(join(tmpdir(), 'completion-'));
    const script = join(folder, 'script.bash');
    await writeFile(script, `${completionScript('bash')}PS1='ready> '\n`);
    const env = { PATH: process.env.PATH ?? '', TERM: 'xterm', HISTFILE: '' };
    const terminal = new PseudoTerminal(['bash', '--noprofile', '--rcfile', script, '-i'], {
      ...{ columns: 120, rows: 10, folder, env },
    });
    try {
      await terminal.waitFor('ready>');
      // What follows shows where the cursor stands.
      terminal.press(`${typed}\t|`);
      await terminal.waitFor(`ready> ${completed}|`);
    } finally {
      await terminal.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe.each(shellNames)('%s', (shell) => {
  test('knows every command and option', () => {
    const script = completionScript(shell);
    for (const { name } of optionTable) expect(script).toContain(name);
    for (const { name } of commandTable) if (name !== 'browse') expect(script).toContain(name);
  });
});

describe('help', () => {
  test.each(commandTable.map(({ name }) => name))('%s fits into 80 columns and names its options', (command) => {
    const text = helpText(command);
    const tooWide = text.split('\n').filter((line) => line.length > 80 && !line.includes('completion '));
    expect(tooWide).toEqual([]);
    for (const { name, commands } of optionTable) {
      if (commands.includes(command)) expect(text).toContain(`--${name}`);
    }
  });
});
