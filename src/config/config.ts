/**
 * What a settings file says, once it has been read and every line of it has been found to be right. Types only: how a
 * file is read is in `read-config.ts`, which is loaded when there is a file.
 */
import type { Complaint } from '../options/complaint.ts';
import type { Section } from '../options/settings.ts';
import type { KeyOverride } from '../store/key-overrides.ts';
import type { Preset } from '../store/preset-list.ts';
import type { ColumnName } from '../store/table-view.ts';

/** What of the settings file the browser needs to know. */
export interface BrowserConfig {
  /** Where settings are kept, whether the file exists or not. */
  readonly file: string;
  /** Their queries parse, but for a value that is missing at the end: one that ends in a colon waits for it. */
  readonly presets: readonly Preset[];
  /** The columns of the table in their order; null: as the program has them. */
  readonly columns: readonly ColumnName[] | null;
  readonly keys: readonly KeyOverride[];
}

export interface Config extends BrowserConfig {
  /** Options that stand above the sections of the file. */
  readonly general: Section;
  readonly profiles: ReadonlyMap<string, Section>;
}

export type ConfigOutcome =
  | { readonly kind: 'read'; readonly config: Config }
  | { readonly kind: 'missing'; readonly file: string }
  /** There is a file, and it cannot be taken. */
  | { readonly kind: 'refused'; readonly complaint: Complaint };

/** Reads the file that was named, or with null the one in the platform's folder. */
export type LoadConfig = (named: string | null) => Promise<ConfigOutcome>;
