/** How a report looks, as text and as JSON. */
import { describe, expect, test } from 'vitest';
import { type Finding, fail, pass, skipped, warn } from '../../src/doctor/finding.ts';
import { findingText, firstFailure, reportJson, summaryText } from '../../src/doctor/report.ts';

const findings: readonly Finding[] = [
  pass('cloud', 'global'),
  warn('clock', 'it is late', 'Set it.'),
  fail('sign-in', 'signIn', 'Nobody is signed in.', 'Sign in with: entra-signups login'),
  fail('Graph', 'unreachable', 'no answer', 'Check the network.'),
  skipped('token', 'nobody is signed in'),
];

describe('as text', () => {
  test('each finding has a glyph, a word, its name and what to do', () => {
    expect(findings.map(findingText).join('')).toBe(
      [
        '+ pass  cloud            global',
        '! warn  clock            it is late',
        '                         Fix: Set it.',
        'x FAIL  sign-in          Nobody is signed in.',
        '                         Fix: Sign in with: entra-signups login',
        'x FAIL  Graph            no answer',
        '                         Fix: Check the network.',
        '- skip  token            not checked, because nobody is signed in',
        '',
      ].join('\n'),
    );
  });

  test('it fits into 80 columns, but for a word that must stay whole', () => {
    const address = `https://login.example.org/${'a'.repeat(80)}`;
    const lines = findingText(warn('tenant', 'many words '.repeat(30), `Open ${address} and accept.`)).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([expect.stringContaining(address)]);
    expect(lines.length).toBeGreaterThan(5);
  });

  test('the end counts, and says where to begin', () => {
    expect(summaryText(findings)).toBe('\n1 passed, 1 warning, 2 failed, 1 not checked. Begin with: sign-in.\n');
    expect(summaryText(findings.slice(0, 1))).toBe('\n1 passed, 0 warnings, 0 failed, 0 not checked.\n');
  });
});

test('as JSON it has what the text has, and nothing else', () => {
  expect(JSON.parse(reportJson(findings))).toEqual({
    ok: false,
    checks: findings.map(({ name, state, found, fix }) => ({ name, state, found, fix })),
  });
  expect(JSON.parse(reportJson(findings.slice(0, 2)))).toMatchObject({ ok: true });
});

test('the first failure decides, and no warning does', () => {
  expect(firstFailure(findings)?.kind).toBe('signIn');
  expect(firstFailure(findings.slice(0, 2))).toBeNull();
});

test('text from outside is made visible', () => {
  const finding = warn('tenant', 'a\u001b[2Jb', 'c\u202ed');
  const printed = `${findingText(finding)}${reportJson([finding])}`;
  for (const dangerous of ['\u001b', '\u202e', '\\u001b', '\\u202e']) expect(printed).not.toContain(dangerous);
});
