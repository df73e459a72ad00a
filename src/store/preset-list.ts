/**
 * Named filters: the questions that Microsoft's page on sign-up logs lists, some that admins ask as well, and those of the settings
 * file. Source of the questions: https://learn.microsoft.com/entra/identity/monitoring-health/concept-sign-ups
 */
import { parseQuery } from '../filter/parse-query.ts';
import type { LogName } from '../signup/event.ts';
import type { State } from './state.ts';

export interface Preset {
  readonly name: string;
  readonly query: string;
  /** The key that takes it in the list of presets; null when it has none. */
  readonly key: string | null;
}

/** A query that ends in a colon waits for a value: it is put into the query bar. */
const builtIn: readonly Preset[] = [
  { name: 'failed at any point', query: 'outcome:failed', key: 'f' },
  { name: 'failed in the last hour', query: 'outcome:failed since:1h', key: 'h' },
  { name: 'failed when the account was created', query: 'outcome:failed stage:userCreation', key: 'c' },
  {
    name: 'failed when the e-mail address was validated',
    query: 'outcome:failed stage:credentialValidation account:local',
    key: 'e',
  },
  { name: 'a custom extension failed', query: 'extension:failed', key: 'x' },
  { name: 'a token augmentation extension was called', query: 'extension:tokenIssuanceStart', key: 't' },
  { name: 'codes that nobody has classified', query: 'outcome:unknown', key: 'u' },
  { name: 'accounts created', query: 'outcome:succeeded stage:userCreation', key: 'a' },
  { name: 'local accounts', query: 'account:local', key: 'l' },
  { name: 'social accounts', query: 'account:social', key: 's' },
  { name: 'asked for the e-mail code', query: 'error:1002013', key: 'm' },
  { name: 'one person', query: 'user:', key: 'p' },
  { name: 'one application', query: 'app:', key: 'n' },
  { name: 'one correlation ID', query: 'correlation:', key: 'i' },
  { name: 'stopped by Conditional Access', query: 'policies:failure', key: 'b' },
  { name: 'one address', query: 'ip:', key: 'd' },
  { name: 'users added', query: 'activity:"Add user"', key: 'g' },
  { name: 'user management', query: 'category:UserManagement', key: 'r' },
  { name: 'one target', query: 'target:', key: 'o' },
  { name: 'accounts disabled or deleted', query: 'action:disable,delete,stageddelete', key: 'z' },
];

/** All presets that ask for fields of the shown log: the person's own first. */
export function presetsOf(state: Pick<State, 'settings' | 'savedPresets' | 'shown'>): readonly Preset[] {
  const fitsLog = ({ query }: Preset) => fits(query, state.shown);
  const own = [...state.settings.presets, ...state.savedPresets].filter(fitsLog);
  const taken = new Set(own.map(({ key }) => key));
  const others = builtIn.filter(fitsLog);
  return [...own, ...others.map((preset) => (taken.has(preset.key) ? { ...preset, key: null } : preset))];
}

/** Whether a log has all fields of a query; one that ends in a colon still waits for its value. */
function fits(query: string, log: LogName): boolean {
  return parseQuery(query.endsWith(':') ? `${query}x` : query, { nowMs: 0, timeZone: 'UTC', log }).ok;
}

/** How many loaded rows a preset would show; null while that is not known, or makes no sense. */
export function presetCount({ followers }: Pick<State, 'followers'>, preset: Preset): number | null {
  const rows = followers.presets?.rows.find(({ query }) => query === preset.query);
  return rows?.matches.isComplete ? rows.matches.size : null;
}
