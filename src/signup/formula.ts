/**
 * Keeps spreadsheets from running text as a formula. They run whatever a cell begins with a sign such as `=`, and where cells
 * begin depends on the list separator of the reader's locale, which need not be the one that a text was written for.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */

const STARTER = '[=+\\-@＝＋－＠]';
/** Tabs and line breaks have been made visible before. */
const SEPARATOR = '[;|\\t]';

/** Quotes may stand before the sign: a reader with another separator takes them off. */
const FORMULA = new RegExp(`(^|${SEPARATOR})(?=[\\s"]*${STARTER})`, 'g');
const FORMULA_IN_JSON = new RegExp(`(${SEPARATOR}[\\s"]*)(${STARTER})`, 'g');

/** Puts an apostrophe before every sign that some spreadsheet would take for the beginning of a formula. */
export function defused(text: string): string {
  return text.replace(FORMULA, "$1'");
}

/** The same for JSON on one line: the sign is written as an escape sequence, so that the JSON means what it meant. */
export function defusedJson(json: string): string {
  return json.replace(
    FORMULA_IN_JSON,
    (_, before: string, sign: string) => `${before}\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
