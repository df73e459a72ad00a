/** Slips that would change nothing, or something else than was meant, if nobody said a word. */
import { describe, expect, test } from 'vitest';
import { readArguments } from '../../src/options/arguments.ts';
import { commandAdvice } from '../../src/options/command-word.ts';
import { printComplaint, UsageError } from '../../src/options/complaint.ts';
import { commandNames } from '../../src/options/table.ts';
import { unknownVariables } from '../../src/options/unknown-variables.ts';

function complaint(...argv: readonly string[]): readonly string[] {
  try {
    readArguments(argv);
  } catch (error) {
    if (error instanceof UsageError) return printComplaint(error.complaint).split('\n').slice(0, -1);
    throw error;
  }
  throw new Error('nothing is wrong');
}

describe('a command that was misspelled', () => {
  test('is a usage error that offers the command, and the search for the word', () => {
    expect(complaint('--demo', 'lits', 'outcome:failed')).toEqual([
      'entra-signups: there is no command lits',
      '  entra-signups --demo lits outcome:failed',
      `${' '.repeat(23)}^^^^`,
      'Did you mean list? To search for the word: entra-signups -- lits',
    ]);
  });

  test.each([
    ['lits', 'list'],
    ['List', 'list'],
    ['tial', 'tail'],
    ['stat', 'stats'],
    ['attempt', 'attempts'],
    ['hepl', 'help'],
    ['traec', 'trace'],
    ['logn', 'login'],
    ['logou', 'logout'],
    ['whomai', 'whoami'],
    ['docter', 'doctor'],
    ['completions', 'completion'],
  ])('%s is offered %s', (word, command) => {
    expect(commandAdvice(word)).toContain(`Did you mean ${command}?`);
  });

  test('browse is told which commands there are', () => {
    const word = 'browse';
    expect(complaint(word).slice(-2)).toEqual([
      'The commands are list, tail, attempts, stats, trace, login, logout, whoami, doctor, completion; without one, the full screen opens.',
      `To search for the word: entra-signups -- ${word}`,
    ]);
  });

  test.each(['gmail', 'alice', 'contoso', 'ana', 'li', 'x', 'list1', 'lits:x', 'a@lits'])('%s is a word', (word) => {
    expect(commandAdvice(word)).toBeNull();
  });

  test.each([
    ['after --', ['--', 'lits']],
    ['behind a command', ['list', 'lits']],
    ['as a second word', ['alice', 'lits']],
  ])('%s is a word of the query', (_, argv) => {
    expect(readArguments(argv).operands.at(-1)?.text).toBe('lits');
  });
});

describe('help as a word', () => {
  test.each([
    [['help'], 'browse'],
    [['help', 'tail'], 'tail'],
    [['--demo', 'help'], 'browse'],
  ] as const)('%j is --help about %s', (argv, command) => {
    expect(readArguments(argv)).toMatchObject({ wants: 'help', command });
  });

  test('is searched for after --', () => {
    expect(readArguments(['--demo', '--', 'help'])).toMatchObject({ wants: 'run', operands: [{ text: 'help' }] });
  });
});

test('-v is not taken for a query', () => {
  expect(complaint('-v').at(-1)).toBe('Did you mean --version?');
});

describe('a variable of the environment', () => {
  test('that is misspelled is named, with the nearest', () => {
    expect(unknownVariables({ ENTRA_SIGNUPS_SICNE: '7d', PATH: '/bin' })).toEqual([
      'there is no variable ENTRA_SIGNUPS_SICNE; did you mean ENTRA_SIGNUPS_SINCE?',
    ]);
  });

  test('that is known, or of somebody else, is not', () => {
    const others = { ENTRA_SIGNUPS_SINCE: '7d', ENTRA_SIGNUPS_NO_COLOR: '1', ENTRA: 'x', NO_COLOR: '1' };
    expect(unknownVariables(others)).toEqual([]);
  });

  test('that is like no other is pointed to --help', () => {
    expect(unknownVariables({ ENTRA_SIGNUPS_ZZZZZZZZZZZZZZZZZZZZZZZZZ: '' }).join()).toContain('--help');
  });
});

test('no command is taken for a slip of another', () => {
  for (const name of commandNames.filter((one) => one !== 'browse')) {
    expect(readArguments([name]).command).toBe(name);
  }
});
