/** Leaving out a condition that Graph refused. */
import { expect, test } from 'vitest';
import { narrowClause } from '../src/narrow-clause.ts';

test.each([
  ["a eq '1'", null, "a eq '1'"],
  ["a eq '1' and b eq '2'", "a eq '1'", "b eq '2'"],
  ["a eq '1' and (b eq '2' or b eq '3')", "a eq '1'", "(b eq '2' or b eq '3')"],
  ['a eq 1 and (b eq 2 and c eq 3)', 'a eq 1', '(b eq 2 and c eq 3)'],
  ["a eq 'x and y'", null, "a eq 'x and y'"],
  ["a eq 'it''s and (more' and b ne 0", "a eq 'it''s and (more'", 'b ne 0'],
])('%s', (clause, left, refused) => {
  expect(narrowClause(clause)).toEqual({ clause: left, refused });
});
