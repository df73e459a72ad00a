/**
 * Names of time zones as people know them. ICU, which JavaScript asks, keeps some names that the IANA data base has replaced:
 * `Asia/Kolkata` comes back as `Asia/Calcutta`. These are all that ICU 78 gives and that the data base of 2025 (`zone.tab`) no
 * longer lists. Sources: https://data.iana.org/time-zones/tzdb/zone.tab, https://www.unicode.org/reports/tr35/#Time_Zone_Identifiers
 */
const replaced: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);

/** The zone that a person wrote, under the name that they wrote, with the usual capitals; null when there is no such zone. */
export function namedZone(written: string): string | null {
  const resolved = resolvedZone(written);
  if (resolved === null || resolved === 'UTC') return resolved;
  const usual = [resolved, currentName(resolved)].find((name) => name.toLowerCase() === written.toLowerCase());
  return usual ?? written;
}

/**
 * The zone of a computer. `resolved`: what ICU says, undefined when it makes nothing of the setting; `variable`: the environment
 * variable TZ, which counts when it names that zone. UTC when nothing can be known, as everywhere in Node.js.
 */
export function computersZone(resolved: string | undefined, variable: string | undefined): string {
  const written = (variable ?? '').replace(/^:/, '');
  if (written !== '' && (resolved === undefined || resolvedZone(written) === resolved)) {
    const named = namedZone(written);
    if (named !== null) return named;
  }
  return resolved === undefined ? 'UTC' : currentName(resolved);
}

/** The name that a zone has today. */
export function currentName(resolved: string): string {
  return replaced.get(resolved) ?? resolved;
}

function resolvedZone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
