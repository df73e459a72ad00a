import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnNames } from '../../src/store/table-view.ts';
import { type DaysShown, planEventColumns, timeStyle } from '../../src/ui/event-columns.ts';
import { cell, cutLine, foldLine, lineWidth, piece, shortenMiddle, spread, told, wrapText } from '../../src/ui/line.ts';
import { textWidth } from '../../src/ui/screen/width.ts';
import {
  againText,
  countdownText,
  dayClockText,
  durationText,
  gapText,
  offsetText,
  preciseClockText,
} from '../../src/ui/time-text.ts';

const texts = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '-', 'é', '漢', '😀', '字', '…'), maxLength: 60 });

describe('lines of pieces', () => {
  it('fill a cell exactly, whatever the text and the width', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 40 }), fc.constantFrom('…', '~'), (text, width, ellipsis) => {
        expect(textWidth(cell(told(text), width, ellipsis).text)).toBe(width);
      }),
    );
  });

  it('never get wider than they are cut to', () => {
    fc.assert(
      fc.property(fc.array(texts), fc.integer({ min: 0, max: 60 }), (parts, width) => {
        const line = parts.map((part) => piece(part));
        const cut = cutLine(line, width, '…');
        expect(lineWidth(cut)).toBe(Math.min(width, lineWidth(line)));
      }),
    );
  });

  it('are folded between their pieces: nothing is lost but spaces, as long as every piece fits', () => {
    const words = fc.array(fc.constantFrom('one', ' two', '  three three', '   ', '漢字 '), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 13, max: 60 }), (parts, width) => {
        const lines = foldLine(
          parts.map((part) => piece(part)),
          width,
          '…',
        );
        const text = lines.map((line) => line.map((part) => part.text).join('')).join('');
        expect(text.replaceAll(' ', '')).toBe(parts.join('').replaceAll(' ', ''));
        expect(Math.max(...lines.map(lineWidth))).toBeLessThanOrEqual(width);
        if (lineWidth(parts.map((part) => piece(part))) <= width) expect(lines).toHaveLength(1);
      }),
    );
  });

  it('spread over the whole width, and keep what is on the right', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 10, max: 80 }), (left, width) => {
        const line = spread([piece(left)], [piece('right')], width, '…');
        expect(lineWidth(line)).toBe(width);
        expect(line.map(({ text }) => text).join('')).toMatch(/right$/);
      }),
    );
  });

  it('wrap text without losing or adding any of it but spaces', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrapText(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('wrap a word of any length in time that grows with its length', () => {
    const startedAtMs = performance.now();
    expect(wrapText('x'.repeat(200_000), 80)).toHaveLength(2_500);
    // A hundredth of what measuring all that is left for each line takes.
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  });

  it('shorten an ID in the middle, so that both ends can be compared', () => {
    expect(shortenMiddle('f4414243-b0ee-4030-9c0c-d661c716a6b8', 9, '…')).toBe('f441…a6b8');
    expect(shortenMiddle('short', 9, '…')).toBe('short');
  });

  it('make control characters of outside text visible', () => {
    expect(told('a\x1b[31m\u202eb').text).not.toMatch(/\p{C}/u);
  });
});

describe('columns', () => {
  it('fit into every width, and always tell when, how it went and who', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 300 }),
        fc.constantFrom<DaysShown[]>('today', 'weekdays', 'dates'),
        (width, days) => {
          const time = timeStyle(width, days);
          const { columns, gap } = planEventColumns(columnNames, { width, offset: 0, time, signWidth: 1 });
          const used = columns.reduce((sum, column) => sum + column.width, 2 + gap * (columns.length - 1));
          expect(used).toBeLessThanOrEqual(width);
          expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(['time', 'outcome', 'who']));
        },
      ),
    );
  });

  it('show code, meaning and correlation ID on 120 columns', () => {
    const table = { width: 120, offset: 0, time: 'dayWhereNeeded', signWidth: 1 } as const;
    expect(planEventColumns(columnNames, table).columns.map(({ name }) => name)).toEqual([
      'time',
      'outcome',
      'stage',
      'provider',
      'app',
      'who',
      'code',
      'meaning',
      'correlation',
    ]);
  });

  it('keep the time when they are scrolled', () => {
    const table = { width: 120, offset: 3, time: 'clock', signWidth: 1 } as const;
    const names = planEventColumns(columnNames, table).columns.map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(['time', 'app']);
  });
});

describe('times in words', () => {
  const at = Date.UTC(2026, 10, 23, 9, 5, 7, 42);

  it('are told in the zone that is asked for', () => {
    const today = { nowMs: at };
    expect(dayClockText(at, 'UTC', today)).toBe('Mon 09:05:07');
    expect(dayClockText(at, 'Europe/Berlin', today)).toBe('Mon 10:05:07');
    expect(dayClockText(at, 'Pacific/Auckland', today)).toBe('Mon 22:05:07');
    expect(preciseClockText(at + 0.6, 'UTC')).toBe('09:05:07.042');
  });

  it('have the date where the weekday could be that of another week', () => {
    const DAY_MS = 86_400_000;
    expect(dayClockText(at, 'UTC', { nowMs: at + 6 * DAY_MS })).toBe('Mon 09:05:07');
    expect(dayClockText(at, 'UTC', { nowMs: at + 6 * DAY_MS + 1 })).toBe('23 Nov 09:05:07');
    const week = { fromMs: at - 7 * DAY_MS, toMs: at };
    expect(dayClockText(at - 1000, 'UTC', { nowMs: at, range: week })).toBe('23 Nov 09:05:06');
    const before = { fromMs: at - 9 * DAY_MS, toMs: at - 8 * DAY_MS };
    expect(dayClockText(before.toMs, 'UTC', { nowMs: at, range: before })).toBe('15 Nov 09:05:07');
    const inSeptember = Date.UTC(2026, 8, 5, 9);
    expect(dayClockText(inSeptember, 'UTC', { nowMs: at })).toBe('05 Sep 09:00:00');
  });

  it.each([
    [41_000, 'in 41 s'],
    [-5_000, 'in 0 s'],
    [599_000, 'in 599 s'],
    [600_000, 'at 23:05:00'],
    [90 * 60_000, 'at Tue 00:25:00'],
  ])('tell when it goes on after %i ms: %s', (waitMs, text) => {
    const nowMs = Date.parse('2026-11-23T22:55:00Z');
    expect(againText(waitMs, nowMs, 'UTC')).toBe(text);
  });

  it('name the distance from UTC', () => {
    expect(offsetText(at, 'UTC')).toBe('UTC');
    expect(offsetText(at, 'Etc/UTC')).toBe('UTC');
    expect(offsetText(at, 'Europe/Berlin')).toBe('UTC+1');
    expect(offsetText(at, 'Asia/Kolkata')).toBe('UTC+5:30');
  });

  it.each([
    [0, '0 s', '+0s', '0:00'],
    [8_000, '8 s', '+8s', '0:08'],
    [125_000, '2 min 5 s', '+2m05s', '2:05'],
    [4_200_000, '1 h 10 min', '+1h10m', '70:00'],
    [187_200_000, '2 d 4 h', '+2d04h', '3120:00'],
    [-5_000, '0 s', '+0s', '0:00'],
  ])('%d ms is %s', (ms, long, gap, countdown) => {
    expect(durationText(ms)).toBe(long);
    expect(gapText(ms)).toBe(gap);
    expect(countdownText(ms)).toBe(countdown);
  });
});
