/**
 * The key table as a person wants it: keys of commands changed or taken away. Pure. It trusts that overrides name
 * commands and keys that exist; whoever reads them from a file sees to that.
 */
import type { CommandName } from './commands.ts';
import type { KeyBinding, KeyPlace } from './keys.ts';

export interface KeyOverride {
  readonly command: CommandName;
  /** Null: wherever the command has keys. */
  readonly place: KeyPlace | null;
  /** All keys that the command has from now on, the one that is shown first; empty: none. */
  readonly keys: readonly string[];
}

/**
 * Gives the table with the overrides applied. One that names a place goes before one for the same command that names
 * none; a command that had no key in a named place gets one there. Bindings without a key are left out.
 */
export function applyKeyOverrides(
  keyTable: readonly KeyBinding[],
  overrides: readonly KeyOverride[],
): readonly KeyBinding[] {
  const general = overrides.filter(({ place }) => place === null);
  const local = overrides.filter(({ place }) => place !== null);
  return [...general, ...local].reduce(withOverride, keyTable).filter(({ keys }) => keys.length > 0);
}

function withOverride(table: readonly KeyBinding[], { command, place, keys }: KeyOverride): readonly KeyBinding[] {
  const bound = new Set<KeyPlace>();
  const changed = table.map((binding) => {
    if (binding.command !== command || (place !== null && binding.place !== place)) return binding;
    // A command may stand twice in a place, for the order of the footer: the first takes all keys.
    const isFirst = !bound.has(binding.place);
    bound.add(binding.place);
    return { ...binding, keys: isFirst ? keys : [] };
  });
  const elsewhere = table.find((binding) => binding.command === command);
  if (place === null || bound.has(place) || elsewhere === undefined) return changed;
  return [...changed, { ...elsewhere, place, keys, hint: null }];
}

export interface KeyConflict {
  readonly place: KeyPlace;
  readonly key: string;
  /** Two commands that have it; the first one gets it. */
  readonly commands: readonly [CommandName, CommandName];
}

/** One key with two commands in one place; null when there is none. */
export function keyConflict(table: readonly KeyBinding[]): KeyConflict | null {
  const taken = new Map<string, CommandName>();
  for (const { place, keys, command } of table) {
    for (const key of keys) {
      const other = taken.get(`${place} ${key}`);
      if (other !== undefined && other !== command) return { place, key, commands: [other, command] };
      taken.set(`${place} ${key}`, command);
    }
  }
  return null;
}
