/**
 * User flows in a filter. The log names no flow, so a flow is a set of applications: here the values of `flow:` learn
 * theirs, once the flows of the tenant are known. What was written stays as it was written. Pure.
 */
import type { UserFlow } from '../signup/user-flow.ts';
import type { FieldTerm, Filter, FlowApps, MatchValue } from './filter.ts';
import { nearestWord } from './nearest-word.ts';

export interface ResolvedFlows {
  /** The filter in which every flow that is known has its applications; it reads and prints as before. */
  readonly filter: Filter;
  /** The values of `flow:` that no flow has, as they were written: no event passes a term with one of them. */
  readonly unknown: readonly string[];
}

/** Whether the flows of the tenant have to be known to decide about the filter. */
export function usesFlows(filter: Filter): boolean {
  return filter.terms.some(isFlowTerm);
}

/** Gives the values of `flow:` the applications of the flows that they name, by name or ID, whatever they had before. */
export function resolveFlows(filter: Filter, flows: readonly UserFlow[]): ResolvedFlows {
  if (!usesFlows(filter)) return { filter, unknown: [] };
  const unknown = new Set<string>();
  const resolved = ({ text, match }: MatchValue): MatchValue => {
    const named = flows.filter((flow) => isNamed(flow, text.toLowerCase(), match));
    if (named.length > 0) return { text, match, apps: appsOf(named) };
    unknown.add(match === 'prefix' ? `${text}*` : text);
    return { text, match };
  };
  const terms = filter.terms.map((term) => (isFlowTerm(term) ? { ...term, values: term.values.map(resolved) } : term));
  return { filter: { ...filter, terms }, unknown: [...unknown] };
}

/**
 * What a term of `flow:` means for applications: all of them, these (lower-case GUIDs), or null while the applications
 * of one of its flows are not known.
 */
export function appsMeant(term: FieldTerm): FlowApps | null {
  const apps = term.values.map((value) => value.apps);
  if (apps.includes(undefined)) return null;
  return apps.includes('all') ? 'all' : [...new Set(apps.flatMap((some) => (Array.isArray(some) ? some : [])))];
}

/** The term of `appid:` that means the same as a term of `flow:`; null while, or because, there is none. */
export function asAppTerm(term: FieldTerm): FieldTerm | null {
  const apps = appsMeant(term);
  if (apps === null || apps === 'all') return null;
  return { ...term, field: 'appid', values: apps.map((text) => ({ text, match: 'exact' })) };
}

/** Words for a flow that does not exist, and the name of the one that was probably meant, or null. */
export function unknownFlow(
  written: string,
  flows: readonly UserFlow[],
): { readonly message: string; readonly suggestion: string | null } {
  const names = flowNames(flows);
  const known =
    names.length === 0 ? 'there are no flows in this tenant' : `the flows are ${names.map(inQuotes).join(', ')}`;
  const message = `There is no user flow ${inQuotes(written)}; ${known}.`;
  return { message, suggestion: nearestWord(written.replace(/\*$/, ''), names) };
}

/** The names of the flows, each once, in order: the values that can be offered for `flow:`. */
export function flowNames(flows: readonly UserFlow[]): readonly string[] {
  return [...new Set(flows.map((flow) => flow.displayName))].sort((a, b) => a.localeCompare(b, 'en'));
}

/** From counts by application to counts by name of the flow, zero included. An application may have no flow at all. */
export function countsByFlow(
  countsByApp: readonly { readonly value: string; readonly count: number }[],
  flows: readonly UserFlow[],
): readonly { readonly value: string; readonly count: number }[] {
  return flowNames(flows).map((name) => {
    const apps = appsOf(flows.filter((flow) => flow.displayName === name));
    const own = countsByApp.filter(({ value }) => apps === 'all' || apps.includes(value.toLowerCase()));
    return { value: name, count: own.reduce((sum, { count }) => sum + count, 0) };
  });
}

function isFlowTerm(term: Filter['terms'][number]): term is FieldTerm {
  return term.kind === 'field' && term.field === 'flow';
}

function isNamed(flow: UserFlow, folded: string, match: MatchValue['match']): boolean {
  const names = [flow.displayName.toLowerCase(), flow.id.toLowerCase()];
  return match === 'exact' ? names.includes(folded) : names.some((name) => name.startsWith(folded));
}

function appsOf(flows: readonly UserFlow[]): FlowApps {
  if (flows.some((flow) => flow.includesAllApplications)) return 'all';
  return [...new Set(flows.flatMap((flow) => flow.appIds))];
}

function inQuotes(text: string): string {
  return `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;
}
