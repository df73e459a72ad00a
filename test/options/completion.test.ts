/** The completion scripts, in the shell that is at hand; the others as far as they can be looked at. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { completionScript } from '../../src/options/completion.ts';
import { helpText } from '../../src/options/help.ts';
import { commandTable, optionTable, shellNames } from '../../src/options/table.ts';

/** What bash offers for the last of these words. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `${completionScript('bash')}
compopt() { :; }
COMP_WORDS=(${['entra-signups', ...words].map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
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
  ])('%j: %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
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
