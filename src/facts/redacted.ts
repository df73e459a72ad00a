/**
 * The words of a server, a proxy or the system about a failure, without what must not be repeated: tokens, codes, passwords
 * and addresses of people. Every such text passes through here where it enters, so that whatever becomes of it (a line on
 * the screen, on stderr, in the debug log) cannot leak. Pure.
 */

/** No message is as long; the rest would not be shown either. In code units. */
const MOST_READ = 10_000;

const SECRET = '(secret left out)';
const ADDRESS = '(address left out)';

interface Rule {
  readonly pattern: RegExp;
  readonly put: string | ((found: string, ...groups: string[]) => string);
}

/** In this order: what is left out by one is not looked at as a part of something else. */
const rules: readonly Rule[] = [
  // `http://user:password@proxy`
  { pattern: /\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#]{0,512}@/gi, put: `$1${SECRET}@` },
  // `Authorization: Bearer …`, whatever follows.
  { pattern: /\b(Bearer|Basic|PoP)(\s+|%20|\+)(?=\S*\d|[\w.~+/=-]{20})[^\s"',;<>()]{6,}/gi, put: `$1 ${SECRET}` },
  // `refresh_token=…`, `"device_code": "…"`.
  {
    pattern:
      /\b((?:access|refresh|id|bearer|session)[_ -]?token|(?:device|user)[_-]code|client[_-](?:secret|assertion)|assertion|password|passwd|pwd|secret|\$?skip_?token)(["'\\]*\s{0,3}(?:[:=]|%3D)\s{0,3}["'\\]*)(?!\()[^\s"'&,;<>()\\]+/gi,
    put: `$1$2${SECRET}`,
  },
  // "the user code GTHP84MTB"
  {
    pattern: /\b((?:[Uu]ser|[Dd]evice)[ _-]?[Cc]ode['":=\s]{1,4})(?=[A-Z0-9-]{8,10}\b)[A-Z0-9-]+/g,
    put: `$1${SECRET}`,
  },
  // A JSON Web Token, or its beginning: `eyJ` is `{"` in base64.
  { pattern: /\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g, put: SECRET },
  // Any other token, code or key: long, of the letters of base64, with digits among them.
  { pattern: /[\w.~+-]{40,}={0,2}/g, put: (found) => (isSecret(found) ? SECRET : found) },
  // `ana@example.org`, `ana%40example.org`, `ana_example.org#EXT#@contoso.onmicrosoft.com`; not `members@odata.bind`.
  {
    pattern:
      /(?:[^\s@"'<>()[\]{},;:=|\\/&?]|(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}])){1,256}(?:@|%40)(?!odata\.)[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,253}[\p{L}\p{N}])?/giu,
    put: ADDRESS,
  },
];

/** Takes any text from outside and gives it without secrets and addresses, and not longer than anybody would read. */
export function redacted(text: string): string {
  return rules.reduce((left, { pattern, put }) => replaced(left, pattern, put), text.slice(0, MOST_READ));
}

/** The same for what may be missing. */
export function redactedOrNull(text: string | null): string | null {
  return text === null ? null : redacted(text);
}

function replaced(text: string, pattern: RegExp, put: Rule['put']): string {
  return typeof put === 'string' ? text.replace(pattern, put) : text.replace(pattern, put);
}

/** Names such as `Authentication_RequestFromNonPremiumTenantOrB2CTenant` have hardly any digits, thumbprints only some letters. */
function isSecret(found: string): boolean {
  const digits = found.replace(/\D/g, '').length;
  return digits >= 3 && !/^[0-9a-f]{40}$/i.test(found);
}
