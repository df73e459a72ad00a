/** Compression of raw events, at the edge: the event log gets it as an argument and knows no Node API. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RawPacker } from './store/log/raw-blocks.ts';

/** The fastest level: these texts repeat themselves so much that more effort gains little. */
export const rawPacker: RawPacker = {
  // A copy, because zlib's answer is the front of a buffer several times as large.
  pack: (text) => new Uint8Array(deflateRawSync(text, { level: 1 })),
  unpack: (packed) => inflateRawSync(packed).toString('utf8'),
};
