/** Answers of Graph that are late, wrong, cut off or senseless. */
import { expect } from 'vitest';
import {
  type Check,
  completes,
  endsWell,
  everywhere,
  type FaultClass,
  fails,
  live,
  onePageOnly,
  withRows,
  wordsOf,
} from './check.ts';
import type { Asked, GraphPage, Intercept, Lab } from './lab/lab.ts';
import type { Scene } from './lab/scene.ts';

const group = 'Answers of Graph';
const MINUTE_MS = 60_000;

export function graphError(status: number, code: string, message: string, headers: Record<string, string> = {}) {
  return new Response(JSON.stringify({ error: { code, message, innerError: {} } }), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

const tooMany = (retryAfterS: number) =>
  graphError(429, 'TooManyRequests', 'This request is throttled.', { 'retry-after': String(retryAfterS) });
const unavailable = () => graphError(503, 'serviceNotAvailable', '');

/** The first request to the sign-up log meets the fault. */
const atFirst =
  (fault: Intercept): Intercept =>
  (asked, lab) =>
    asked.index === 0 ? fault(asked, lab) : null;

/** The first next page does. */
function atNextPage(fault: (asked: Asked, lab: Lab) => Response | Promise<Response>): Intercept {
  let isOver = false;
  return (asked, lab) => {
    if (isOver || !asked.isNextPage) return null;
    isOver = true;
    return fault(asked, lab);
  };
}

const intercepting = (intercept: () => Intercept) => ({
  prepare: ({ lab }: Scene) => {
    lab.intercept = intercept();
  },
});

/** 1, 2 and 5 minutes late, becoming visible while the first read is held up. */
async function losesNothingOfTheStart(scene: Scene, fault: Intercept): Promise<void> {
  const { lab, mode } = scene;
  lab.intercept = atFirst(fault);
  const running = scene.startMode(mode, []);
  await running.until(() => lab.asked.length > 0, 'nothing is asked for');
  const nowMs = lab.clock.now();
  const late = [1, 2, 5].map((minutes) => lab.log.add(nowMs - minutes * MINUTE_MS + 5_000, minutes * MINUTE_MS));
  await running.until(() => lab.asked.length > 3, 'it does not go on');
  const printed = running
    .printed()
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [Number(Reflect.get(JSON.parse(line), 'id').slice(-12))] : []));
  for (const n of late) expect(printed.filter((other) => other === n)).toHaveLength(1);
  // What it cannot place is printed rather than lost, and said; nothing else is.
  expect(new Set(printed).size).toBe(printed.length);
  await endsWell(scene, running);
}

function heldUp(title: string, speed: number, fault: Intercept, fast: FaultClass['fast'] = []): FaultClass {
  return everywhere({ group, title, options: { speed }, fast }, completes(intercepting(() => atFirst(fault))), {
    tail: (scene) => losesNothingOfTheStart(scene, fault),
  });
}

/** A fault in the middle of the pages that does not stay; `trace`, which reads one page, meets it at that page or not at all. */
function midway(
  title: string,
  fault: (asked: Asked) => Response | Promise<Response>,
  { fast = [], onlyPages = false }: { readonly fast?: FaultClass['fast']; readonly onlyPages?: boolean } = {},
): FaultClass {
  const trace = onlyPages ? onePageOnly : completes(intercepting(() => atFirst(fault)));
  const naming = { group, title, options: { speed: 20, pageSize: 15 }, fast } as const;
  return everywhere(naming, completes(intercepting(() => atNextPage(fault))), { trace });
}

/** A page without rows whose link leads to the page that was asked for. */
function emptyPage({ request }: Asked): Response {
  const url = new URL(request.url);
  url.searchParams.set('$skiptoken', btoa('first'));
  return Response.json({ value: [], '@odata.nextLink': url.href });
}

async function rereadsOnce(scene: Scene): Promise<void> {
  const { lab, background, mode } = scene;
  const running = mode === 'tail' ? scene.startMode('tail', []) : scene.start();
  // The first read is over when what came after it is there.
  await running.until(() => lab.asked.length > 1, 'it does not go on');
  const first = lab.log.add(lab.clock.now());
  await running.shows(mode === 'tail' ? { ...background, inRange: [first] } : withRows(background, [first]));
  // From now on, the next page of a re-read is refused for a minute.
  let untilMs: number | null = null;
  lab.intercept = ({ isNextPage, atMs }) => {
    if (untilMs === null && isNextPage) untilMs = atMs + MINUTE_MS;
    return untilMs !== null && atMs < untilMs ? tooMany(Math.ceil((untilMs - atMs) / 1000)) : null;
  };
  const heldUp = () => untilMs !== null && lab.clock.now() > untilMs;
  await running.until(heldUp, 'no re-read was held up');
  const added = [first, lab.log.add(lab.clock.now()), lab.log.add(lab.clock.now())];
  const before = lab.asked.length;
  await running.until(() => lab.asked.length > before + 8, 'it does not go on');
  const expected = mode === 'tail' ? { ...background, inRange: added } : withRows(background, added);
  await running.shows(expected);
  await endsWell(scene, running);
}

async function ignoresFilter(scene: Scene): Promise<void> {
  const { lab, mode, background } = scene;
  lab.ignoresFilter = true;
  const running = scene.start();
  await running.shows(background);
  if (mode === 'tail' || mode === 'screen') {
    const n = lab.log.add(lab.clock.now());
    await running.shows(withRows(background, [n]));
    const before = lab.asked.length;
    await running.until(() => lab.asked.length > before + 2, 'it does not go on');
    await running.shows(withRows(background, [n]));
  }
  await endsWell(scene, running);
}

/** Every page says that the next one is there. */
function badNextLink(value: unknown): Check {
  return fails({
    prepare: ({ lab }) => {
      lab.spoil = (page) => (page.value.length > 0 ? { ...page, '@odata.nextLink': value } : page);
    },
    code: 5,
    told: /not an answer of Microsoft Graph|link to the next page is no address/,
    cure: ({ lab }) => {
      lab.spoil = (page) => page;
    },
  });
}

/** Links that change all the time, and never lead to a row that was not there before. */
function endlessLinks(page: GraphPage, { request, index }: Asked): object {
  const url = new URL(request.url);
  url.searchParams.set('$skiptoken', `again-${index}`);
  return { ...page, '@odata.nextLink': url.href };
}

const endless = fails({
  prepare: ({ lab }) => {
    lab.spoil = endlessLinks;
    lab.intercept = ({ isNextPage }) => (isNextPage ? Response.json(endlessPage(lab)) : null);
  },
  code: 5,
  told: /10 pages in a row had no new row/,
  cure: ({ lab }) => {
    lab.spoil = (page) => page;
    lab.intercept = () => null;
  },
});

function endlessPage(lab: Lab): object {
  const last = lab.asked.at(-1);
  return last ? endlessLinks({ value: [] }, last) : { value: [] };
}

async function reportsOnce(scene: Scene): Promise<void> {
  const { lab, background, mode } = scene;
  const broken = lab.log.add(lab.clock.now() - 10 * MINUTE_MS, 0, {
    createdDateTime: '0001-01-01T00:00:00Z',
    ...(mode === 'trace' ? { correlationId: '22222222-0000-4000-8000-000000000001' } : {}),
  });
  const running = scene.start();
  await running.shows(background);
  if (mode === 'tail' || mode === 'screen') {
    const before = lab.asked.length;
    await running.until(() => lab.asked.length > before + 3, 'it does not go on');
    await running.shows(background);
  }
  if (mode !== 'screen')
    expect(wordsOf(running).match(/could not be understood|left out/g), `row ${broken}`).toHaveLength(1);
  await endsWell(scene, running);
}

async function goesOnAfter(scene: Scene, status: number): Promise<void> {
  const { lab, background } = scene;
  const running = scene.start();
  await running.shows(background);
  const from = lab.asked.length;
  lab.intercept = ({ index }) => (index === from ? graphError(status, 'UnknownError', 'Stray.') : null);
  await running.until(() => lab.asked.length > from, 'it does not go on');
  const n = lab.log.add(lab.clock.now());
  await running.shows(withRows(background, [n]));
  await endsWell(scene, running);
}

export const answers: readonly FaultClass[] = [
  heldUp('The first read is held up by 429 for a minute', 20, ({ atMs }) => (atMs > 0 ? tooMany(60) : null), ['tail']),
  heldUp('The first read is held up by 503', 10, unavailable),
  heldUp('The first read stalls for 30 seconds', 4, async ({ request }, lab) => {
    await lab.clock.wait(30_000, request.signal);
    return null;
  }),
  live(
    { group, title: 'A re-read is held up between two pages for a minute', options: { speed: 3, pageSize: 10 } },
    rereadsOnce,
  ),
  everywhere({ group, title: 'Graph ignores $filter', options: { speed: 8 }, fast: ['tail', 'list'] }, ignoresFilter),
  everywhere({ group, title: 'nextLink is a number', options: { speed: 30 }, fast: ['list'] }, badNextLink(42)),
  everywhere({ group, title: 'nextLink is empty', options: { speed: 30 } }, badNextLink('')),
  everywhere({ group, title: 'nextLink keeps changing and never brings a row', options: { speed: 30 } }, endless),
  midway('A page token is refused (400)', () => graphError(400, '', 'Invalid Skip Token'), {
    fast: ['list'],
    onlyPages: true,
  }),
  midway('A connection is dropped', () => Promise.reject(new Error('dropped')), { fast: ['stats'] }),
  midway('An answer is cut off', () => new Response('{"value":[{"id":"0')),
  midway('A web page comes instead of an answer', () => {
    return new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } });
  }),
  everywhere(
    { group, title: 'A page is empty and leads on', options: { speed: 8, pageSize: 15 } },
    completes(intercepting(() => atFirst(emptyPage))),
  ),
  ...[400, 404, 403].map((status) =>
    live({ group, title: `One stray ${status} after much that worked`, options: { speed: 8 } }, (scene) =>
      goesOnAfter(scene, status),
    ),
  ),
  midway('One stray 400 between two pages', () => graphError(400, 'UnknownError', 'Stray.'), { onlyPages: true }),
  everywhere({ group, title: 'A row is dated year 0001', options: { speed: 8 }, fast: ['tail'] }, reportsOnce),
];
