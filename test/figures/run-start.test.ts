/** When a run begins. */
import { describe, expect, it } from 'vitest';
import { runStart } from '../../src/figures/run-start.ts';

/** `x` of whom it is true. */
const marks = (text: string) => [...text].map((letter) => letter === 'x');

describe('a run', () => {
  it.each([
    ['..........xxxxxxxxxx', 10, 'where all begin to fail'],
    ['..x.......xxxxxxxxxx', 10, 'not with a stray one before'],
    ['.x..x..x..x..x..x..x', 0, 'nowhere, when it is all along'],
    ['xxxxxxxxxxxxxxxxxxxx', 0, 'at the start of what is known'],
    ['....................', 0, 'nowhere, when there is none'],
    ['...........xx', 0, 'nowhere, with too few'],
    ['x.........x.........x.........xx.xxx.xxxx.xxxxxxx', 30, 'where they come more often'],
  ])('%s begins at %i: %s', (text, at) => {
    expect(runStart(marks(text))).toBe(at);
  });
});
