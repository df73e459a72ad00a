/** Made-up people: e-mail addresses at domains that are reserved for examples or that Microsoft uses in samples. */
import type { SeededRandom, Weighted } from './random.ts';

const firstNames =
  'ana bo chidi dalia emeka farah gita hugo ines jonas keiko li mateo nadia olga pavel quinn rosa sven tariq uma vera wei ximena yusuf zofia amara birk carla dmitri elif finn greta hana ivo joao karim lena marta noor'.split(
    ' ',
  );

const lastNames =
  "almeida berg costa dubois eriksen fischer garcia haddad ivanova jensen kowalski larsen moreau nakamura o'neill petrov quist rossi santos tanaka ueda vargas weber xu yilmaz zhang abebe bauer castro demir".split(
    ' ',
  );

const domains: readonly [Weighted<string>, ...Weighted<string>[]] = [
  [34, 'example.org'],
  [30, 'example.com'],
  [18, 'example.net'],
  [10, 'contoso.com'],
  [8, 'fabrikam.com'],
];

const APPLE_RELAY_DOMAIN = 'relay.example.com';
const ALPHANUMERIC = 'abcdefghijkmnpqrstuvwxyz23456789';

/** An address as the person typed it, or as the identity provider told it. */
export function emailAddress(random: SeededRandom, provider: string): string {
  if (provider === 'Apple' && random.chance(0.6)) return `${random.text(ALPHANUMERIC, 10)}@${APPLE_RELAY_DOMAIN}`;
  const first = nameOf(random, firstNames);
  const last = nameOf(random, lastNames);
  const local = random.weighted([
    [40, `${first}.${last}`],
    [20, `${first}${random.integer(1, 99)}`],
    [15, `${first.charAt(0)}${last}`],
    [13, first],
    [7, `${first}_${last}${random.integer(60, 99)}`],
    [5, `${first}+signup`],
  ]);
  return `${local}@${random.weighted(domains)}`;
}

/** An address as a script makes them by the hundred, all of one domain. */
export function scriptedAddress(random: SeededRandom, domain: string): string {
  return `${random.text(ALPHANUMERIC, 8)}${random.integer(10, 99)}@${domain}`;
}

/**
 * What an attacker may type where an address is asked for: escape sequences that clear the screen and set the window
 * title, a right-to-left override, a line break that fakes a row, and a cell that a spreadsheet would run.
 */
export const hostileAddresses: readonly [string, ...string[]] = [
  '\u001b[2J\u001b]0;all fine\u0007mallory\u202Egro.elpmaxe@\nadmin@contoso.com',
  "=HYPERLINK('http://example.net','mallory')@example.net\r\n\u009b31m",
];

function nameOf(random: SeededRandom, names: readonly string[]): string {
  return names[random.integer(0, names.length - 1)] ?? 'ana';
}
