/** docs/configuration.md: its example is a settings file, and it names all that there is to set. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { presetKeys } from '../../src/config/preset-keys.ts';
import { optionsInFile } from '../../src/config/schema.ts';
import { applyKeyOverrides } from '../../src/store/key-overrides.ts';
import { keyTable } from '../../src/store/keys.ts';
import { columnNames } from '../../src/store/table-view.ts';
import { configIn } from './reading.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'configuration.md'), 'utf8');
const example = /```toml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

describe('the example', () => {
  const config = configIn(example);

  test('sets every option that a settings file may set', () => {
    const set = new Set([config.general, ...config.profiles.values()].flatMap((section) => [...section.keys()]));
    expect(optionsInFile.map(({ name }) => name).filter((name) => !set.has(name))).toEqual([]);
  });

  test('has profiles, presets, columns and keys, as its comments say', () => {
    expect([...config.profiles.keys()]).toEqual(['gov', 'training']);
    expect(config.columns?.length).toBe(7);
    expect(config.presets.map(({ key }) => key)).toEqual(['1', null, null]);
    const zoom = applyKeyOverrides(keyTable, config.keys).filter(({ command }) => command === 'pane.zoom');
    expect(zoom.map(({ place, keys }) => [place, ...keys])).toEqual([
      ['table', 'Z'],
      ['pane', 'W'],
    ]);
    expect(config.keys.find(({ command }) => command === 'signIn.again')?.keys).toEqual([]);
  });
});

test('every column is named', () => {
  expect(columnNames.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('keys of presets are free in their list', () => {
  expect(presetKeys).toContain('1');
  expect(presetKeys.filter((key) => ['j', 'k', 'q'].includes(key))).toEqual([]);
});
