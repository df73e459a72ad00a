/** The part of the fault checks that every test run has time for. */
import { describe, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { runCheck } from './check.ts';

const MOST_MS = 180_000;

describe.concurrent('faults', () => {
  for (const fault of catalogue) {
    for (const mode of fault.fast ?? []) {
      test(`${fault.title}: ${mode}`, () => runCheck(fault, mode), MOST_MS);
    }
  }
});
