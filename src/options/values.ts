/**
 * What the text of an option may be. Each reader takes the text and gives the value, or says what it should have been.
 * They know nothing of where the text came from.
 */
import { nearestWord } from '../filter/nearest-word.ts';
import { localTimeZone } from './locale.ts';
import { currentName, namedZone } from './zone-names.ts';

export type ValueOutcome<Value> =
  | { readonly ok: true; readonly value: Value }
  /** `message` continues "--option …"; `advice` says what to type instead, or is empty. */
  | { readonly ok: false; readonly message: string; readonly advice: string };

export type ReadValue<Value> = (text: string) => ValueOutcome<Value>;

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;

/** One of `choices`, in any letter case. */
export function choiceOf<Choice extends string>(choices: readonly Choice[]): ReadValue<Choice> {
  return (text) => {
    const choice = choices.find((candidate) => candidate === text.toLowerCase());
    if (choice !== undefined) return given(choice);
    const nearest = nearestWord(text, choices);
    const advice = nearest === null ? '' : `Did you mean ${nearest}?`;
    return wrong(`is one of ${choices.join(', ')}`, advice);
  };
}

/** A whole number from `least` to `most`, both allowed; digits may be grouped by `_`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): ReadValue<number> {
  return (text) => {
    const number = /^\d+(_\d+)*$/.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
    if (number >= least && number <= most) return given(number);
    const upTo = most === Number.MAX_SAFE_INTEGER ? ` of ${least} or more` : ` from ${least} to ${most}`;
    return wrong(`takes a whole number${upTo}`, '');
  };
}

/** A seed, or a word that means "yes" (`defaultSeed`) or "no" (null). */
export function readSeed(defaultSeed: number): ReadValue<number | null> {
  return (text) => {
    if (/^\d{1,9}$/.test(text)) return given(Number(text));
    const wanted = readFlag(text);
    return wanted.ok ? given(wanted.value ? defaultSeed : null) : wrong('takes a whole number, or nothing', '');
  };
}

export const readGuid: ReadValue<string> = (text) =>
  guidPattern.test(text)
    ? given(text.toLowerCase())
    : wrong('takes a GUID', 'A GUID looks like 00000000-0000-0000-0000-000000000000');

/** A tenant: its GUID, or one of its domains. Words that mean "any tenant" would read the logs of the wrong one. */
export const readTenant: ReadValue<string> = (text) => {
  if (guidPattern.test(text)) return given(text.toLowerCase());
  if (/\.ciamlogin\.com$/i.test(text)) {
    const name = text.split('.')[0] ?? '';
    return wrong('takes a tenant, not the address where its customers sign in', `Try --tenant ${name}.onmicrosoft.com`);
  }
  if (domainPattern.test(text)) return given(text.toLowerCase());
  return wrong(
    'takes the ID of a tenant (a GUID) or one of its domains',
    'Entra admin center > Overview shows both, e.g. contoso.onmicrosoft.com',
  );
};

/** An `https` origin; without a path, credentials, query or fragment, since the program adds its own paths. */
export const readEndpoint: ReadValue<string> = (text) => {
  if (!URL.canParse(text)) return wrong('takes an address', 'e.g. https://graph.microsoft.com');
  const url = new URL(text);
  if (url.protocol !== 'https:') return wrong('takes an https address: tokens are sent to it', '');
  if (url.username !== '' || url.password !== '') return wrong('takes an address without a name and password', '');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return wrong('takes an address without a path', `Try ${url.origin}`);
  }
  return given(url.origin);
};

/** `local`, `utc`, or a name of the IANA data base; gives the name that `Intl` and `Temporal` take. */
export const readTimeZone: ReadValue<string> = (text) => {
  if (text.toLowerCase() === 'local') return given(localTimeZone());
  const zone = namedZone(text);
  if (zone !== null) return given(zone);
  const nearest = nearestWord(text, Intl.supportedValuesOf('timeZone').map(currentName));
  const advice = nearest === null ? 'e.g. --tz utc or --tz Europe/Berlin' : `Did you mean ${nearest}?`;
  return wrong('takes local, utc or the name of a time zone', advice);
};

/** What an environment variable of a flag may say. */
export const readFlag: ReadValue<boolean> = (text) => {
  if (/^(1|true|yes|on)$/i.test(text)) return given(true);
  if (/^(0|false|no|off|)$/i.test(text)) return given(false);
  return wrong('is a flag', 'Set it to 1 or 0');
};

export const readText: ReadValue<string> = (text) => given(text);

function given<Value>(value: Value): ValueOutcome<Value> {
  return { ok: true, value };
}

function wrong(message: string, advice: string): { ok: false; message: string; advice: string } {
  return { ok: false, message, advice };
}
