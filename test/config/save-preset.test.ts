/** Saving a preset appends to the settings file and changes nothing else in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { savePreset } from '../../src/config/save-preset.ts';
import type { Preset } from '../../src/store/preset-list.ts';
import { configIn, context } from './reading.ts';

const shop: Preset = { name: 'Shop', query: 'app:"Contoso Shop" outcome:failed', key: 's' };

function saved(text: string, preset: Preset): string {
  const outcome = savePreset(text, preset, context);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.text;
}

function refusal(text: string, preset: Preset): string {
  const outcome = savePreset(text, preset, context);
  if (outcome.ok) throw new Error(`it is saved: ${outcome.text}`);
  return outcome.message;
}

const section = `[[presets]]\nname = "Shop"\nquery = 'app:"Contoso Shop" outcome:failed'\nkey = "s"\n`;

describe('a preset is saved', () => {
  test.each([
    ['into an empty file', '', section],
    ['below what is there', 'tz = "utc" # mine\n', `tz = "utc" # mine\n\n${section}`],
    ['behind a last line without an end', 'tz = "utc"', `tz = "utc"\n\n${section}`],
    ['behind a section', '[keys]\nfollow = "W"\n', `[keys]\nfollow = "W"\n\n${section}`],
    ['with the line ends of the file', 'tz = "utc"\r\n', `tz = "utc"\r\n\r\n${section.replaceAll('\n', '\r\n')}`],
    ['behind a byte order mark', '\ufeff', `\ufeff${section}`],
  ])('%s', (_, text, expected) => {
    expect(saved(text, shop)).toBe(expected);
  });

  test('without a key when it has none', () => {
    expect(saved('', { name: 'All', query: '', key: null })).toBe('[[presets]]\nname = "All"\nquery = ""\n');
  });

  test('whatever it is called and asks, and everything before it stays byte for byte', () => {
    const lines = ['# note', 'tz = "utc"', 'ascii = true', '', '  # [[presets]]', 'columns = [ "time" ]'];
    const sections = ['[profiles.a]', '[[presets]]\nname = "first"\nquery = "x"', '[keys]', '[keys.pane]'];
    const file = fc
      .tuple(
        fc.uniqueArray(fc.constantFrom(...lines)),
        fc.uniqueArray(fc.constantFrom(...sections)),
        fc.constantFrom('', '\n', '\n\n\n', '  \n'),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '\ufeff'),
      )
      .map(([above, below, last, end, mark]) =>
        `${mark}${[...above, ...below].join('\n')}${last}`.replaceAll('\n', end),
      );
    // A query of one quoted word holds any text.
    const query = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => `"${text.replaceAll(/["\\]/g, (special) => `\\${special}`)}"`);
    const name = fc.string({ unit: 'grapheme' }).filter((text) => /\S/.test(text) && !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(file, name, query, fc.constantFrom(null, '1', 'z'), (text, called, asks, key) => {
        fc.pre(called.trim() !== 'first');
        const before = configIn(text);
        const after = saved(text, { name: called, query: asks, key });
        expect(after.startsWith(text)).toBe(true);
        expect(configIn(after)).toEqual({
          ...before,
          presets: [...before.presets, { name: called.trim(), query: asks, key }],
        });
      }),
    );
  });
});

describe('a preset is not saved', () => {
  test.each([
    [
      'a second time, in whatever letter case',
      `[[presets]]\nname = " sHOP"\nquery = "x"\n`,
      'there is a preset "sHOP" already',
    ],
    [
      'with the key of another',
      '[[presets]]\nname = "Other"\nquery = "x"\nkey = "s"\n',
      'config.toml, line 9: the key s is that of the preset "Other"',
    ],
    [
      'below a list in brackets, which TOML closes',
      'presets = [{ name = "Other", query = "x" }]\n',
      'config.toml: presets = [...] cannot be added to; write each as [[presets]]',
    ],
    [
      'into a file that has a mistake',
      'interval = 3\n',
      'config.toml, line 1: interval takes text in quotes: interval = "<duration>"',
    ],
    ['into a file that is not TOML', 'tz = "utc', 'config.toml, line 1: this is not TOML: unfinished string'],
  ])('%s', (_, text, message) => {
    expect(refusal(text, shop)).toBe(message);
  });

  test('when its own query does not parse', () => {
    expect(refusal('', { ...shop, query: 'outcom:failed' })).toMatch(/^config\.toml, line 3: in the query/);
  });
});
