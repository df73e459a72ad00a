/** Which keys can choose a preset in the list of presets: those that do nothing else there. Pure. */
import { keyTable } from '../store/keys.ts';

const taken = new Set(
  keyTable.filter(({ place }) => place === 'presets' || place === 'everywhere').flatMap(({ keys }) => keys),
);

/** Digits and small letters. */
export const presetKeys: readonly string[] = [...'1234567890abcdefghijklmnopqrstuvwxyz'].filter(
  (key) => !taken.has(key),
);
