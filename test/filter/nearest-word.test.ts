import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../src/filter/nearest-word.ts';

const words = ['outcome', 'stage', 'provider', 'app', 'user', 'error'];

describe('the nearest word', () => {
  it.each([
    ['outcom', 'outcome'],
    ['Otucome', 'outcome'],
    ['stgae', 'stage'],
    ['erorr', 'error'],
    ['pap', 'app'],
    ['usr', 'user'],
    ['pro', 'provider'],
    ['zebra', null],
    ['x', null],
    ['', null],
    ['s'.repeat(41), null],
  ])('for %j is %j', (word, nearest) => {
    expect(nearestWord(word, words)).toBe(nearest);
  });
});
