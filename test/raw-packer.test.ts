import { expect, it } from 'vitest';
import { rawPacker } from '../src/raw-packer.ts';

it('gives back the text, and holds no more memory than the packed bytes', () => {
  const text = 'sign-up übung 😀 '.repeat(500);
  const packed = rawPacker.pack(text);
  expect(rawPacker.unpack(packed)).toBe(text);
  expect(packed.buffer.byteLength).toBe(packed.length);
  expect(packed.length).toBeLessThan(text.length / 10);
});
