/**
 * `GET /beta/auditLogs/signUps` and `…/signUps/{id}`: newest first, in pages, with what Graph's retention and the
 * delays of the log leave to be seen at the moment of asking. Options that Graph ignores are ignored.
 */
import { type DemoEvent, US_PER_MS } from './attempt.ts';
import { type CompiledFilter, compileFilter } from './evaluate-filter.ts';
import { EventSubject } from './event-subject.ts';
import {
  type GraphAnswers,
  type GraphError,
  invalidFilterClause,
  invalidSkipToken,
  startTooOld,
} from './graph-answers.ts';
import { rowOf } from './row.ts';
import { type PagePosition, positionOf, skipTokenOf } from './skip-token.ts';
import type { Timeline } from './timeline.ts';

const RETENTION_MS = 7 * 86_400_000;
/** The service clears old rows now and then, not at once: a start of exactly seven days ago is still taken. */
const CLEARING_LAG_MS = 5 * 60_000;
const LARGEST_PAGE = 1000;
const UNKNOWN_MEMBERS = 'include-unknown-enum-members';

export interface SignUpsDemand {
  readonly request: Request;
  readonly answers: GraphAnswers;
  readonly timeline: Timeline;
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

export function listSignUps(demand: SignUpsDemand): Response {
  const { answers, graphUrl, request, nowMs } = demand;
  const params = new URL(request.url).searchParams;
  const query = readQuery(params, nowMs);
  if (!query.ok) return answers.error(query.error);
  const { filterText, filter, top, position } = query.value;

  const obeyed = demand.ignoresFilter ? null : filter;
  const page = demand.emptyPage ? { events: [], hasMore: true } : collectPage(demand, obeyed, top, position);
  const last = page.events.at(-1) ?? position;
  const nextLink = page.hasMore && `${graphUrl}/beta/auditLogs/signUps?${nextQuery(params, filterText, last)}`;
  const namesAllMembers = wantsAllMembers(request);
  const body = {
    '@odata.context': `${graphUrl}/beta/$metadata#auditLogs/signUps`,
    ...(nextLink ? { '@odata.nextLink': nextLink } : {}),
    value: page.events.map((event) => rowOf(event, namesAllMembers)),
  };
  return answers.json(JSON.stringify(body), namesAllMembers ? { 'preference-applied': UNKNOWN_MEMBERS } : {});
}

export function getSignUp(demand: SignUpsDemand, id: string): Response {
  const { answers, graphUrl, request, nowMs } = demand;
  for (const event of visibleEvents(demand, minimumStartMs(nowMs) * US_PER_MS, nowMs * US_PER_MS)) {
    if (event.id !== id.toLowerCase()) continue;
    const row = rowOf(event, wantsAllMembers(request));
    const context = `${graphUrl}/beta/$metadata#auditLogs/signUps/$entity`;
    return answers.json(JSON.stringify({ '@odata.context': context, ...row }));
  }
  return answers.error({ status: 404, code: 'ResourceNotFound', message: `Resource '${id}' does not exist.` });
}

interface SignUpsQuery {
  readonly filterText: string;
  readonly filter: Extract<CompiledFilter, { ok: true }> | null;
  readonly top: number;
  readonly position: PagePosition | null;
}

function readQuery(params: URLSearchParams, nowMs: number): Outcome<SignUpsQuery> {
  if (params.has('$skip')) return refuse(skipRefused);
  const top = Number(params.get('$top') ?? LARGEST_PAGE);
  if (!Number.isInteger(top) || top < 1 || top > LARGEST_PAGE) return refuse(topRefused(params.get('$top') ?? ''));
  const filterText = params.get('$filter') ?? '';
  const filter = params.has('$filter') ? compileFilter(filterText) : null;
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

function collectPage(
  demand: SignUpsDemand,
  filter: SignUpsQuery['filter'],
  top: number,
  position: PagePosition | null,
): { readonly events: readonly DemoEvent[]; readonly hasMore: boolean } {
  const fromUs = Math.max(filter?.bounds.fromUs ?? 0, minimumStartMs(demand.nowMs) * US_PER_MS);
  const toUs = Math.min(
    filter?.bounds.toUs ?? Number.POSITIVE_INFINITY,
    position?.timeUs ?? Number.POSITIVE_INFINITY,
    demand.nowMs * US_PER_MS,
  );
  const subject = new EventSubject();
  const events: DemoEvent[] = [];
  for (const event of visibleEvents(demand, fromUs, toUs)) {
    if (position && event.timeUs === position.timeUs && event.id >= position.id) continue;
    subject.event = event;
    if (filter && !filter.matches(subject)) continue;
    if (events.length === top) return { events, hasMore: true };
    events.push(event);
  }
  return { events, hasMore: false };
}

function* visibleEvents(demand: SignUpsDemand, fromUs: number, toUs: number): Generator<DemoEvent> {
  for (const event of demand.timeline.newestFirst(fromUs, toUs)) {
    if (event.visibleAtMs <= demand.nowMs) yield event;
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
