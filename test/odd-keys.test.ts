/** IDs, names and words of the log that are called like something that every object has: they are IDs, names and words. */
import { describe, expect, test } from 'vitest';
import { csvFormat } from '../src/headless/csv.ts';
import { jsonFormat, ndjsonFormat } from '../src/headless/json.ts';
import { tableFormat } from '../src/headless/table.ts';
import { AppNames } from '../src/signup/app-names.ts';
import { attemptsOf } from '../src/signup/attempts-of.ts';
import type { LogEvent } from '../src/signup/event.ts';
import { parseEvent } from '../src/signup/parse-event.ts';
import { companionFailures, selectCompanionsRequest } from '../src/store/companions.ts';
import type { State } from '../src/store/state.ts';
import { glyphsOf } from '../src/ui/glyphs.ts';
import { introduction, listen } from '../src/ui/linear/listen.ts';
import { screenRegions } from '../src/ui/screen-lines.ts';
import { NOON_MS, rowOf } from './support/events.ts';
import { pressed, reduced, signedInState, told, withEvents } from './support/states.ts';

const oddKeys = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', '__defineGetter__', '0', '', ' '];

/** An event whose every ID, name and word is the key, and that has a field of that name. */
function eventCalled(key: string, n = 1): LogEvent {
  const row = {
    ...rowOf({ n, timeMs: NOON_MS - n * 1000 }),
    correlationId: key,
    appId: key,
    appDisplayName: key,
    signUpStage: key,
    signUpIdentityProvider: key,
    signUpIdentity: { signUpIdentifier: key, signUpIdentifierType: key },
    status: { errorCode: 50181, failureReason: key, additionalDetails: key },
    appliedEventListeners: [{ eventType: key, executedListenerId: key, handlerResult: { customExtensionId: key } }],
    userId: key,
  };
  // As it comes from Graph: only JSON can have a field called `__proto__`.
  const parsed = parseEvent(JSON.parse(JSON.stringify(row).replace('{', `{${JSON.stringify(key)}:"own field",`)));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

const WALK =
  'enter w tab j tab / o enter n esc esc f right right right right right right right space / o enter esc + j esc - j enter ' +
  'c j t c x r c J i esc a enter esc i j esc P esc S shift+right esc : a p p tab esc D';

describe.each(oddKeys)('called %j', (key) => {
  test('are shown, searched, filtered and copied', () => {
    let state = withEvents(signedInState({ columns: 150, rows: 45 }), [eventCalled(key), eventCalled(key, 2)]);
    let { memory } = introduction(state);
    for (const name of WALK.split(' ')) {
      const next: State = pressed(state, name);
      for (const ascii of [true, false]) screenRegions(next, glyphsOf(ascii));
      memory = listen(memory, next, name).memory;
      state = next;
    }
    expect(state.log.size).toBe(2);
  });

  test('are asked about in the other logs, and what these say is kept apart', () => {
    const covered = { fromMs: NOON_MS - 86_400_000, toMs: NOON_MS };
    const all = withEvents(signedInState({ columns: 150, rows: 45 }), [eventCalled(key), eventCalled('other', 2)]);
    const open = pressed(
      told(all, { type: 'page.received', settledBelowMs: 0, purpose: 'poll', events: [], unreadable: [], covered }),
      'g enter',
    );
    expect(open.related.get(key)).toBeUndefined();
    const asked = reduced(open, {
      type: 'related.told',
      log: 'signUps',
      correlationId: key,
      fact: { type: 'related.started' },
    });
    const read = reduced(asked, {
      type: 'related.told',
      log: 'signUps',
      correlationId: key,
      fact: { type: 'related.completed' },
    });
    expect(read.related.get(key)).toMatchObject({ correlationId: key, load: 'done' });
    const request = selectCompanionsRequest(read) ?? { key: 'any', attempt: key };
    expect(request.attempt).toBe(key);
    const problem = { kind: 'unreachable', title: 'no', meaning: '', todo: '', code: null, requestId: null } as const;
    const failed = reduced(read, {
      type: 'companions.told',
      request,
      fact: { type: 'related.failed', source: 'audits', problem },
    });
    expect(companionFailures(failed, key)).toEqual([{ source: 'audits', problem }]);
    expect(companionFailures(failed, 'other')).toEqual([]);
    screenRegions(failed, glyphsOf(false));
  });

  test('are printed, and the field of that name as well', () => {
    const events = [eventCalled(key)];
    const look = { widthColumns: 80, color: false, ascii: false, timeZone: 'UTC' };
    expect(tableFormat(look, new AppNames()).events(events).split('\n')).toHaveLength(3);
    expect(csvFormat().events(events)).toContain('own field');
    for (const text of [ndjsonFormat().events(events), jsonFormat().events(events)]) {
      const printed = JSON.parse(text.replace(/^\n/, ''));
      expect(Object.entries(printed)).toContainEqual([key, 'own field']);
      expect(printed.correlationId).toBe(key);
    }
    expect(attemptsOf(events)).toHaveLength(1);
  });
});
