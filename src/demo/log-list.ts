/**
 * How Graph lists a log and gives one row of it: newest first, in pages, with what retention and the delays of the log
 * leave to be seen at the moment of asking. The same for every log; options that Graph ignores are ignored.
 */
import { US_PER_MS } from './attempt.ts';
import { type CompiledFilter, compileFilter, type FilterSubject } from './evaluate-filter.ts';
import type { FilterRules } from './filter-rules.ts';
import {
  type GraphAnswers,
  type GraphError,
  invalidFilterClause,
  invalidSkipToken,
  startTooOld,
} from './graph-answers.ts';
import { type PagePosition, positionOf, skipTokenOf } from './skip-token.ts';

/** How long Graph keeps the logs: this is what ends them, for the generator has no beginning. */
export const RETENTION_MS = 7 * 86_400_000;
/** The service clears old rows now and then, not at once: a start of exactly seven days ago is still taken. */
const CLEARING_LAG_MS = 5 * 60_000;
const LARGEST_PAGE = 1000;
const UNKNOWN_MEMBERS = 'include-unknown-enum-members';

export interface LoggedItem {
  readonly id: string;
  readonly timeUs: number;
  /** The log shows it from this moment on, in milliseconds since the epoch. */
  readonly visibleAtMs: number;
}

/** One log as a resource of Graph. */
export interface ServedLog<T extends LoggedItem> {
  /** Below the host, e.g. `/beta/auditLogs/signUps`. */
  readonly path: string;
  readonly rules: FilterRules;
  newestFirst(fromUs: number, toUs: number): Iterable<T>;
  /** May be the same subject each time, pointed at another item. */
  subjectOf(item: T): FilterSubject;
  /** `namesAllMembers`: the caller asked for the names of newer enumeration members. */
  rowOf(item: T, namesAllMembers: boolean): object;
}

export interface LogDemand {
  readonly request: Request;
  readonly answers: GraphAnswers;
  readonly nowMs: number;
  /** Base of the addresses in the answer, without a slash at the end. */
  readonly graphUrl: string;
  readonly ignoresFilter: boolean;
  /** Answers a page without rows that leads on to the page that was asked for. */
  readonly emptyPage: boolean;
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: GraphError };

/** The oldest time that may be asked for, in milliseconds since the epoch. */
function minimumStartMs(nowMs: number): number {
  return nowMs - RETENTION_MS - CLEARING_LAG_MS;
}

export function listLog<T extends LoggedItem>(log: ServedLog<T>, demand: LogDemand): Response {
  const { answers, graphUrl, request, nowMs } = demand;
  const params = new URL(request.url).searchParams;
  const query = readQuery(params, log.rules, nowMs);
  if (!query.ok) return answers.error(query.error);
  const { filterText, filter, top, position } = query.value;

  const obeyed = demand.ignoresFilter ? null : filter;
  const page = demand.emptyPage ? { items: [], hasMore: true } : collectPage(log, demand, obeyed, top, position);
  const last = page.items.at(-1) ?? position;
  const nextLink = page.hasMore && `${graphUrl}${log.path}?${nextQuery(params, filterText, last)}`;
  const namesAllMembers = wantsAllMembers(request);
  const body = {
    '@odata.context': contextOf(log, graphUrl),
    ...(nextLink ? { '@odata.nextLink': nextLink } : {}),
    value: page.items.map((item) => log.rowOf(item, namesAllMembers)),
  };
  return answers.json(JSON.stringify(body), namesAllMembers ? { 'preference-applied': UNKNOWN_MEMBERS } : {});
}

export function getLogged<T extends LoggedItem>(log: ServedLog<T>, demand: LogDemand, id: string): Response {
  const { answers, graphUrl, request, nowMs } = demand;
  for (const item of visibleItems(log, nowMs, minimumStartMs(nowMs) * US_PER_MS, nowMs * US_PER_MS)) {
    if (item.id.toLowerCase() !== id.toLowerCase()) continue;
    const row = log.rowOf(item, wantsAllMembers(request));
    return answers.json(JSON.stringify({ '@odata.context': `${contextOf(log, graphUrl)}/$entity`, ...row }));
  }
  return answers.error({ status: 404, code: 'ResourceNotFound', message: `Resource '${id}' does not exist.` });
}

/** `/beta/auditLogs/signUps` → `…/beta/$metadata#auditLogs/signUps`. */
function contextOf({ path }: { readonly path: string }, graphUrl: string): string {
  return `${graphUrl}${path.replace(/^(\/[^/]+\/)/, '$1$$metadata#')}`;
}

interface LogQuery {
  readonly filterText: string;
  readonly filter: Extract<CompiledFilter, { ok: true }> | null;
  readonly top: number;
  readonly position: PagePosition | null;
}

function readQuery(params: URLSearchParams, rules: FilterRules, nowMs: number): Outcome<LogQuery> {
  if (params.has('$skip')) return refuse(skipRefused);
  const top = Number(params.get('$top') ?? LARGEST_PAGE);
  if (!Number.isInteger(top) || top < 1 || top > LARGEST_PAGE) return refuse(topRefused(params.get('$top') ?? ''));
  const filterText = params.get('$filter') ?? '';
  const filter = params.has('$filter') ? compileFilter(filterText, rules) : null;
  if (filter && !filter.ok) return refuse(invalidFilterClause);
  const minimumMs = minimumStartMs(nowMs);
  if ((filter?.bounds.fromUs ?? Number.POSITIVE_INFINITY) < minimumMs * US_PER_MS)
    return refuse(startTooOld(minimumMs));
  const token = params.get('$skiptoken');
  if (token === null) return { ok: true, value: { filterText, filter, top, position: null } };
  const position = token === FIRST_PAGE ? null : positionOf(token, filterText);
  if (position === null && token !== FIRST_PAGE) return refuse(invalidSkipToken(token === ''));
  return { ok: true, value: { filterText, filter, top, position } };
}

/** The token of a page that begins where the list begins; an empty first page leads there. */
const FIRST_PAGE = btoa('first');

const skipRefused: GraphError = {
  status: 400,
  code: 'BadRequest',
  message:
    "Query option 'Skip' is not allowed. To allow it, set the 'AllowedQueryOptions' property on EnableQueryAttribute or QueryValidationSettings.",
};

function topRefused(top: string): GraphError {
  const message = `Invalid page size specified: '${top}'. Must be between 1 and ${LARGEST_PAGE} inclusive.`;
  return { status: 400, code: 'BadRequest', message };
}

function refuse(error: GraphError): { readonly ok: false; readonly error: GraphError } {
  return { ok: false, error };
}

function collectPage<T extends LoggedItem>(
  log: ServedLog<T>,
  { nowMs }: LogDemand,
  filter: LogQuery['filter'],
  top: number,
  position: PagePosition | null,
): { readonly items: readonly T[]; readonly hasMore: boolean } {
  const fromUs = Math.max(filter?.bounds.fromUs ?? 0, minimumStartMs(nowMs) * US_PER_MS);
  const toUs = Math.min(
    filter?.bounds.toUs ?? Number.POSITIVE_INFINITY,
    position?.timeUs ?? Number.POSITIVE_INFINITY,
    nowMs * US_PER_MS,
  );
  const items: T[] = [];
  for (const item of visibleItems(log, nowMs, fromUs, toUs)) {
    if (position && item.timeUs === position.timeUs && item.id >= position.id) continue;
    if (filter && !filter.matches(log.subjectOf(item))) continue;
    if (items.length === top) return { items, hasMore: true };
    items.push(item);
  }
  return { items, hasMore: false };
}

function* visibleItems<T extends LoggedItem>(
  log: ServedLog<T>,
  nowMs: number,
  fromUs: number,
  toUs: number,
): Generator<T> {
  for (const item of log.newestFirst(fromUs, toUs)) {
    if (item.visibleAtMs <= nowMs) yield item;
  }
}

function nextQuery(params: URLSearchParams, filterText: string, position: PagePosition | null): string {
  const kept = [...params].filter(([name]) => name !== '$skiptoken');
  const token = position === null ? FIRST_PAGE : skipTokenOf(position, filterText);
  return [...kept, ['$skiptoken', token]]
    .map(([name = '', value = '']) => `${encodeURIComponent(name).replace('%24', '$')}=${encodeURIComponent(value)}`)
    .join('&');
}

function wantsAllMembers(request: Request): boolean {
  const preferences = (request.headers.get('prefer') ?? '').split(',');
  return preferences.some((preference) => preference.trim().toLowerCase() === UNKNOWN_MEMBERS);
}
