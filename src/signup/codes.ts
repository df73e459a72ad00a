/**
 * What an error code of the sign-up log means, and who can do something about it. Microsoft sends no reason with most
 * codes and says that its own list is not complete: a code that is not known here is said to be unknown, never guessed.
 */
import { attemptCodes } from './code-table/attempt.ts';
import { configurationCodes } from './code-table/configuration.ts';
import { extensionCodes } from './code-table/extension.ts';
import { federationCodes } from './code-table/federation.ts';
import { genericCodes } from './code-table/generic.ts';
import { policyCodes } from './code-table/policy.ts';
import type { CodeRow } from './code-table/row.ts';
import { serviceCodes } from './code-table/service.ts';

export type { CodeKind } from './code-table/row.ts';

export interface CodeExplanation extends CodeRow {
  /** Microsoft's own page for the code. */
  readonly link: string;
}

/** Stands for the code of an event whose row has none. */
export const noErrorCode = -1;

const rows: ReadonlyMap<number, CodeRow> = new Map(
  [attemptCodes, policyCodes, federationCodes, configurationCodes, serviceCodes, extensionCodes, genericCodes]
    .flat()
    .map((row) => [row.code, row]),
);

/** The codes that can be explained, in ascending order. */
export const explainedCodes: readonly number[] = [...rows.keys()].sort((a, b) => a - b);

/** Explains any number; whatever is not known gets an honest explanation of kind `unknown`. */
export function explainCode(code: number): CodeExplanation {
  const link = `https://login.microsoftonline.com/error?code=${code}`;
  return { ...(rows.get(code) ?? unexplained(code)), link };
}

/** The kind alone, for whoever goes through many events. */
export function codeKind(code: number): CodeRow['kind'] {
  return rows.get(code)?.kind ?? 'unknown';
}

const ofExtensions: ReadonlySet<number> = new Set(extensionCodes.map(({ code }) => code));
const generic: ReadonlySet<number> = new Set(genericCodes.map(({ code }) => code));

/** Whether the code says what went wrong between Entra and a custom extension. */
export function isExtensionCode(code: number): boolean {
  return ofExtensions.has(code);
}

/** Whether the code leaves open why: Entra's generic ones, codes that are not known here, and no code. */
export function namesNoReason(code: number): boolean {
  return generic.has(code) || !rows.has(code);
}

function unexplained(code: number): CodeRow {
  const row = { code, kind: 'unknown', presence: 'likely', fixedBy: 'admin', tellThePerson: null } as const;
  if (code === noErrorCode) {
    return {
      ...row,
      meaning: 'no code in the log',
      explanation:
        'Graph sent this event without an error code, so nobody can say how the step ended. It does not count as a failure.',
      todo: 'Look at the other events of the attempt, and at the raw event.',
    };
  }
  return {
    ...row,
    meaning: 'code not known',
    explanation: `This program does not know code ${code}; it may be a failure or an expected step.`,
    todo: "Open Microsoft's page for the code, and read the failure reason and the other events of the attempt.",
  };
}
