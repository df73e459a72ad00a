/** The copy menu: what goes to the clipboard, that who it was can be left out, and that nothing of it is obeyed. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { copyEntries } from '../../src/store/commands-copy.ts';
import { leavingOut } from '../../src/store/person-text.ts';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import type { Line } from '../../src/ui/line.ts';
import { screenRegions } from '../../src/ui/screen-lines.ts';
import { eventOf, guid, NOON_MS } from '../support/events.ts';
import { pressed, reduced, signedInState, withEvents } from '../support/states.ts';

const who = 'ana@example.org';
const failed: readonly LogEvent[] = [
  eventOf({ n: 1, correlation: 5, who, timeMs: NOON_MS - 40_000 }),
  eventOf({ n: 2, correlation: 5, who, timeMs: NOON_MS - 20_000, stage: 'credentialValidation', code: 50181 }),
];
const shown = (events: readonly LogEvent[]) =>
  withEvents(signedInState({ settings: { timeZone: 'Europe/Berlin' } }), events);
const copiedBy = (keys: string, events = failed) => pressed(shown(events), keys).requests.copies.text;

const lineText = (line: Line = []) => line.map(({ text }) => text).join('');

describe('the copy menu', () => {
  it.each([
    ['c c', guid(1_000_005)],
    ['y', guid(1_000_005)],
    ['c u', who],
    ['c e', '50181 wrong e-mail code'],
    ['c i', guid(2)],
    ['c enter', guid(1_000_005)],
    ['c down enter', copiedBy('c t')],
  ])('%s copies what it says', (keys, expected) => {
    expect(copiedBy(keys)).toBe(expected);
  });

  it('copies the event as Graph sent it, and all of them for an attempt', () => {
    expect(JSON.parse(copiedBy('c J'))).toEqual(failed[1]?.raw);
    expect(JSON.parse(copiedBy('a c J'))).toEqual(failed.map(({ raw }) => raw));
  });

  it('names the person in a ticket, whichever of many events tells who it was', () => {
    const many = Array.from({ length: 300 }, (_, n) => ({
      ...eventOf({ n, correlation: 5, timeMs: NOON_MS - 40_000 + n }),
      identifier: n === 100 ? who : null,
    }));
    expect(copiedBy('c t', many)).toMatch(new RegExp(`Person: +${who}`));
  });

  it('has for a ticket what support asks for', () => {
    const asked = reduced(
      shown(failed),
      {
        type: 'request.told',
        fact: {
          type: 'request.started',
          id: 1,
          at: momentAt(NOON_MS),
          method: 'GET',
          url: 'https://graph.example/beta/auditLogs/signUps',
        },
      },
      {
        type: 'request.told',
        fact: { type: 'request.finished', id: 1, tookMs: 5, status: 200, requestId: 'the-request-id', rows: 2 },
      },
    );
    const { text } = pressed(asked, 'c t').requests.copies;
    for (const part of [
      guid(1_000_005),
      'the-request-id',
      '2026-11-23T10:41:20.000Z to 2026-11-23T10:41:40.000Z',
      '2026-11-23 11:41:20 to 2026-11-23 11:41:40 Europe/Berlin',
      who,
      'Contoso Shop',
      'credentialValidation: failed, 50181 wrong e-mail code',
      `https://graph.example/beta/auditLogs/signUps?$filter=correlationId%20eq%20'${guid(1_000_005)}'`,
    ]) {
      expect(text).toContain(part);
    }
  });

  it('leaves out who it was in every entry, however the log writes it', () => {
    const strange = 'ana\u202e"\\+x@example.org';
    const created = eventOf({ n: 3, correlation: 6, who: strange, stage: 'userCreation' });
    const told = { ...created, failureReason: `nothing for ${strange.toUpperCase()} here` };
    const menu = pressed(shown([told]), 'c x');
    for (const { firstLine, text } of copyEntries(menu)) {
      for (const each of [firstLine, text()]) {
        expect(each).not.toMatch(/ana|@example/i);
        expect(each).not.toContain(created.userId);
      }
    }
    expect(copyEntries(pressed(menu, 'x')).some(({ text }) => text().includes('ana'))).toBe(true);
  });

  it('keeps what the log says on its line, so that no line of a ticket is forged', () => {
    const forged = { ...failed[1], failureReason: 'x\nCorrelation ID: forged' } as LogEvent;
    const lines = copiedBy('c t', [forged]).split('\n');
    expect(lines.filter((line) => line.startsWith('Correlation ID'))).toHaveLength(1);
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('says that a text is too long instead of sending it', () => {
    const raw = { ...failed[1]?.raw, status: { errorCode: 50181, additionalDetails: 'x'.repeat(80_000) } };
    const state = pressed(shown([{ ...failed[1], raw } as LogEvent]), 'c J');
    expect(state.requests.copies.count).toBe(0);
    expect(state.notice?.text).toMatch(/^Not copied: .* too long/);
  });

  describe('where no text reaches the clipboard', () => {
    const without = (keys: string) => {
      const signedIn = signedInState({ settings: { noClipboard: 'It has none.' } });
      return pressed(withEvents(signedIn, failed), keys);
    };

    it('shows a long text to be selected, and says why', () => {
      const state = without('c J');
      expect(state.requests.copies.count).toBe(0);
      expect(state.overlay).toMatchObject({ kind: 'text', text: JSON.stringify(failed[1]?.raw, null, 2) });
      expect(state.notice?.text).toBe('Not copied. It has none.');
      const { footer } = screenRegions(state, glyphsOf(false)).regions;
      expect(lineText(footer.lines.at(-1))).toContain('It has none.');
    });

    it('shows a short one in the message', () => {
      const state = without('y');
      expect([state.requests.copies.count, state.overlay]).toEqual([0, null]);
      expect(state.notice?.text).toBe(`Not copied. It has none. It is: ${guid(1_000_005)}`);
    });
  });

  it('shows a text plainly, scrolls no further than its end, and goes back', () => {
    const plain = pressed(shown(failed), 'c down p');
    expect(plain.overlay).toMatchObject({ kind: 'text', scroll: 0 });
    expect(pressed(plain, 'pagedown pagedown pagedown pagedown pagedown pagedown pagedown').overlay).toMatchObject({
      scroll: 67,
    });
    expect(pressed(plain, 'esc').overlay).toBeNull();
  });

  it('has nothing to show for an empty table', () => {
    expect(pressed(signedInState(), 'c').overlay).toBeNull();
  });
});

describe('leaving a person out of a text', () => {
  it('leaves none of the words, and all of the rest', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.string(), fc.string(), (word, before, behind) => {
        fc.pre(!`${before} ${behind}`.toLowerCase().includes(word.toLowerCase()));
        expect(leavingOut([word])(`${before} ${word} ${behind}`)).toBe(`${before} (left out) ${behind}`);
      }),
    );
    expect(leavingOut(['a.b@c'])('a.b@c and A.B@C, not axb@c')).toBe('(left out) and (left out), not axb@c');
    expect(leavingOut(null)('as it is')).toBe('as it is');
  });
});
