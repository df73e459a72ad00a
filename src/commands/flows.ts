/**
 * `flow:` in a query without a screen: asks for the user flows of the tenant, only when the query needs them, and gives
 * the values of `flow:` their applications. What stands in the way is said on stderr.
 */
import type { UserFlowsOutcome } from '../facts/user-flows.ts';
import type { Filter } from '../filter/filter.ts';
import { resolveFlows, unknownFlow, usesFlows } from '../filter/flows.ts';
import { printTerm } from '../filter/print-query.ts';
import { exitCodeOf, problemText, sayText } from '../headless/problem-text.ts';
import type { ConnectionOptions } from '../options.ts';
import type { UserFlow } from '../signup/user-flow.ts';
import { visibleText } from '../signup/visible-text.ts';
import type { Command } from './command.ts';
import { signInForRun } from './sign-in.ts';

export type WithFlows =
  | { readonly ok: true; readonly filter: Filter }
  /** The reason is on stderr. */
  | { readonly ok: false; readonly exitCode: number };

type Flows =
  | { readonly ok: true; readonly flows: readonly UserFlow[] }
  | { readonly ok: false; readonly exitCode: number };

/** The filter with the applications of its flows; a filter without `flow:` comes back as it is, and nobody is asked. */
export async function withFlows(
  options: ConnectionOptions & { readonly filter: Filter },
  command: Command,
): Promise<WithFlows> {
  if (!usesFlows(options.filter)) return { ok: true, filter: options.filter };
  const read = await readFlows(options, command);
  if (!read.ok) return read;
  const { filter, unknown } = resolveFlows(options.filter, read.flows);
  for (const written of unknown) command.write(unknownText(written, read.flows));
  return unknown.length === 0 ? { ok: true, filter } : { ok: false, exitCode: 2 };
}

/** Where a permission is missing and a person is there, they are asked to grant it, once. */
async function readFlows(options: ConnectionOptions, command: Command): Promise<Flows> {
  const { connection, interruption, hasPerson, write } = command;
  const first = await connection.readUserFlows(interruption.signal);
  if (first.kind !== 'consentNeeded' || !hasPerson) return flowsIn(first, write);
  write(sayText(`filtering by user flow takes a permission more: ${first.scopes.join(', ')}`));
  const exitCode = await signInForRun(options, command, first.scopes);
  if (exitCode !== null) {
    write(sayText('filtering by application (app: or appid:) works without it'));
    return { ok: false, exitCode };
  }
  return flowsIn(await connection.readUserFlows(interruption.signal), write);
}

function flowsIn(outcome: UserFlowsOutcome, write: (text: string) => void): Flows {
  switch (outcome.kind) {
    case 'read':
      for (const reason of outcome.unreadable) write(sayText(`a user flow could not be understood: ${reason}`));
      return { ok: true, flows: outcome.flows };
    case 'consentNeeded':
      write(problemText(outcome.problem));
      write(sayText('on a terminal, this command asks for the permission'));
      return { ok: false, exitCode: exitCodeOf(outcome.problem) };
    case 'failed':
      write(problemText(outcome.problem));
      return { ok: false, exitCode: exitCodeOf(outcome.problem) };
    case 'cancelled':
      // Whoever interrupted decides the exit code.
      return { ok: false, exitCode: 0 };
  }
}

function unknownText(written: string, flows: readonly UserFlow[]): string {
  const { message, suggestion } = unknownFlow(written, flows);
  if (suggestion === null) return sayText(message);
  const values = [{ text: suggestion, match: 'exact' }] as const;
  const meant = printTerm({ kind: 'field', field: 'flow', values, negated: false });
  return `${sayText(message)}Did you mean ${visibleText(meant)}?\n`;
}
