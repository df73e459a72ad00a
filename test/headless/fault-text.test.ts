/** What is said about a fault. */
import { expect, test } from 'vitest';
import { faultText } from '../../src/headless/fault-text.ts';
import { OutputFailure } from '../../src/headless/output.ts';

test('a full disk is told in one line', () => {
  expect(faultText(new OutputFailure('the output cannot be written: no space left'))).toBe(
    'entra-signups: the output cannot be written: no space left\n',
  );
});

test('a fault tells where it happened, and obeys nothing', () => {
  const text = faultText(new TypeError('x is \u001b[31mnot'));
  expect(text).toMatch(/^entra-signups: a fault of the program.*\n {2}TypeError: x is ␛\[31mnot\n {2} +at /);
});

test('whatever was thrown is told', () => {
  expect(faultText('text')).toContain('  text\n');
});
