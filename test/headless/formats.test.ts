/** The bytes of each output format, and that nothing from the log is obeyed by whoever reads them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvFormat } from '../../src/headless/csv.ts';
import type { Format } from '../../src/headless/format.ts';
import { jsonFormat, ndjsonFormat } from '../../src/headless/json.ts';
import { tableFormat } from '../../src/headless/table.ts';
import type { TableLook } from '../../src/headless/table-layout.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { visibleText } from '../../src/signup/visible-text.ts';

const row = {
  id: '921e63bd-a516-4976-a537-a6710d6a0000',
  correlationId: 'f4414243-b0ee-4030-9c0c-d661c716a6b8',
  createdDateTime: '2026-11-23T07:58:09.287604Z',
  appId: '94559aba-b733-468e-aaec-44cc4e7f0b58',
  appDisplayName: 'Contoso Shop',
  signUpStage: 'credentialValidation',
  signUpIdentityProvider: 'Email OTP',
  signUpIdentity: { signUpIdentifier: 'alice@example.org', signUpIdentifierType: 'emailAddress' },
  status: { errorCode: 1002013, failureReason: null, additionalDetails: null },
  appliedEventListeners: [],
  userId: null,
};

const everyLook: TableLook = { widthColumns: null, color: false, ascii: false, timeZone: 'UTC' };

function event(changes: object = {}): LogEvent {
  const parsed = parseEvent({ ...row, ...changes });
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

function text(format: Format, ...batches: readonly (readonly LogEvent[])[]): string {
  return format.start() + batches.map((batch) => format.events(batch)).join('') + format.end();
}

function table(look: Partial<TableLook>, ...batches: readonly (readonly LogEvent[])[]): readonly string[] {
  return text(tableFormat({ ...everyLook, ...look }, new AppNames()), ...batches)
    .split('\n')
    .slice(0, -1);
}

describe('ndjson and json', () => {
  test('keep the object exactly as Graph sent it, and add the outcome', () => {
    const raw = { ...row, somethingNew: { deep: [1, null, 'x'] }, userSnapshot: { userId: 'u' } };
    const [line = ''] = text(ndjsonFormat(), [event(raw)]).split('\n');
    expect(JSON.parse(line)).toEqual({ ...raw, outcome: 'interrupted' });
    expect(Object.keys(JSON.parse(line))).toEqual([...Object.keys(raw), 'outcome']);
  });

  test.each([
    ['no events', [], []],
    ['one event', [[event()]], [row.id]],
    ['several batches', [[event(), event({ id: 'b' })], [], [event({ id: 'c' })]], [row.id, 'b', 'c']],
  ])('json is one array: %s', (_, batches, ids) => {
    const parsed: { id: string }[] = JSON.parse(text(jsonFormat(), ...batches));
    expect(parsed.map(({ id }) => id)).toEqual(ids);
  });

  test.each(['\u001b[2J', '\u007f', '\u0085', '\u009b2J', '\u2028', '\u202e', '\u200b', '\u{e0041}', '\ue000'])(
    'escape %j',
    (sent) => {
      const line = text(ndjsonFormat(), [event({ somethingNew: sent })]).slice(0, -1);
      expect(JSON.parse(line).somethingNew).toBe(sent);
      expect(line).toMatch(/^[ -~]+$/);
    },
  );

  test('mean what was sent, whatever it was, and hold nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (sent) => {
        const line = text(ndjsonFormat(), [event({ somethingNew: sent })]).slice(0, -1);
        expect(JSON.parse(line).somethingNew).toBe(sent);
        expect(visibleText(line)).toBe(line);
      }),
    );
  });
});

describe('csv', () => {
  test('has a header, a column per known field, and CRLF', () => {
    expect(text(csvFormat(), [event({ somethingNew: 1 })]).split('\r\n')).toEqual([
      'createdDateTime,outcome,signUpStage,signUpIdentityProvider,appDisplayName,appId,signUpIdentifier,signUpIdentifierType,errorCode,failureReason,additionalDetails,userId,correlationId,id,extensions,cause,unknownFields',
      '2026-11-23T07:58:09.287604Z,interrupted,credentialValidation,Email OTP,Contoso Shop,94559aba-b733-468e-aaec-44cc4e7f0b58,alice@example.org,emailAddress,1002013,,,,f4414243-b0ee-4030-9c0c-d661c716a6b8,921e63bd-a516-4976-a537-a6710d6a0000,[],1002013,"{""somethingNew"":1}"',
      '',
    ]);
  });

  test.each([
    ['a comma', 'Shop, the', '"Shop, the"'],
    ['quotes', 'the "Shop"', '"the ""Shop"""'],
    ['another list separator', 'a;b', '"a;b"'],
    ['a line feed', 'a\nb', 'a␊b'],
    ['an escape sequence', '\u001b[2J', '␛[2J'],
    ['=', '=HYPERLINK("https://example.org")', `"'=HYPERLINK(""https://example.org"")"`],
    ['+', '+1', `"'+1"`],
    ['-', '-1+2', `"'-1+2"`],
    ['@', '@SUM(A1)', `"'@SUM(A1)"`],
    ['a full-width =', '＝1+2', `"'＝1+2"`],
    ['= after spaces', '  =1+2', `"'  =1+2"`],
    ['= after quotes', '"=1+2"', `"'""=1+2"""`],
    ['= after another list separator', 'x;=1+1', `"x;'=1+1"`],
    ['= after that and spaces and quotes', 'x; "=1+1"', `"x;' ""=1+1"""`],
    ['= after a bar', 'x|=1+1;y', `"x|'=1+1;y"`],
  ])('makes %s harmless', (_, appDisplayName, cell) => {
    expect(text(csvFormat(), [event({ appDisplayName })])).toContain(`,Email OTP,${cell},94559aba`);
  });

  const parts = ['=', '+', '-', '@', '＝', ';', '|', '"', "'", ' ', '\t', ',', 'x', '1', '\r\n', '\u00a0'];
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.array(fc.constantFrom(...parts), { minLength: 1 }).map((units) => units.join('')),
  );

  test('every cell comes back', () => {
    fc.assert(
      fc.property(hostile, (sent) => {
        const line = text(csvFormat(), [event({ appDisplayName: sent })]).split('\r\n')[1] ?? '';
        // But for apostrophes, some of which were put in.
        const app = (cellsOf(line, ',')[4] ?? '').replaceAll("'", '');
        expect(app).toBe(visibleText(sent).replaceAll("'", ''));
      }),
      { numRuns: 500 },
    );
  });

  test.each([',', ';', '\t', '|'])('no cell begins a formula for a reader who separates by %j', (separator) => {
    fc.assert(
      fc.property(hostile, (sent) => {
        const changes = { appDisplayName: sent, appliedEventListeners: [{ [sent]: sent }], somethingNew: sent };
        const line = text(csvFormat(), [event(changes)]).split('\r\n')[1] ?? '';
        for (const cell of cellsOf(line, separator)) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/u);
      }),
      { numRuns: 500 },
    );
  });

  test('JSON in a cell means what was sent', () => {
    fc.assert(
      fc.property(hostile, (sent) => {
        const line = text(csvFormat(), [event({ somethingNew: [sent, ';=1', { [sent]: -1 }] })]).split('\r\n')[1] ?? '';
        expect(JSON.parse(cellsOf(line, ',').at(-1) ?? '')).toEqual({ somethingNew: [sent, ';=1', { [sent]: -1 }] });
      }),
    );
  });
});

describe('table', () => {
  test('is aligned in a pipe, and nothing is cut', () => {
    const long = 'a.very.long.address.of.somebody.who.signs.up@subdomain.example.org';
    const lines = table({}, [event(), event({ signUpIdentity: { signUpIdentifier: long } })]);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain(long);
    expect(new Set(lines.map((line) => line.search(/CORRELATION|f4414243/)))).toHaveProperty('size', 1);
  });

  test.each([40, 60, 80, 100, 132, 200])('fits into %i columns', (widthColumns) => {
    const events = [event(), event({ appDisplayName: '日本語のとても長い名前のアプリケーション' })];
    for (const line of table({ widthColumns }, events)) {
      const wide = [...line].filter((character) => character > '\u2e80').length;
      if (widthColumns >= 80) expect(line.length + wide).toBeLessThanOrEqual(widthColumns);
      expect(line).toMatch(/^(TIME|2026-11-23 07:58:09)/);
    }
  });

  test('shows times in the zone', () => {
    expect(table({ timeZone: 'Asia/Tokyo' }, [event()])[1]).toMatch(/^2026-11-23 16:58:09 /);
  });

  test('has a sign and a word for the outcome, in ASCII too', () => {
    expect(table({}, [event()])[1]).toContain('◌ interrupted');
    const line = table({ ascii: true }, [event()])[1] ?? '';
    expect(line).toContain('.. interrupted');
    expect(line).toMatch(/^[ -~]+$/);
  });

  test('names the time zone, again where the clocks were changed', () => {
    expect(table({}, [event()])[0]).toMatch(/^TIME \(UTC\) /);
    const atZone = (timeZone: string) => table({ timeZone }, [event()])[0];
    expect(atZone('Europe/Berlin')).toMatch(/^TIME \(UTC\+1\) /);
    expect(atZone('Asia/Kolkata')).toMatch(/^TIME \(UTC\+5:30\) /);
    const summer = event({ id: 'b', createdDateTime: '2026-10-25T00:30:00Z' });
    const winter = event({ id: 'c', createdDateTime: '2026-10-25T01:30:00Z' });
    const lines = table({ timeZone: 'Europe/Berlin' }, [event(), winter], [summer, summer]);
    expect(lines.map((line) => line.slice(0, 19).trim())).toEqual([
      'TIME (UTC+1)',
      '2026-11-23 08:58:09',
      '2026-10-25 02:30:00',
      'TIME (UTC+2)',
      '2026-10-25 02:30:00',
      '2026-10-25 02:30:00',
    ]);
  });

  test('keeps the code longer than the stage, and the number longer than its meaning', () => {
    const titles = (widthColumns: number) => table({ widthColumns }, [event()])[0]?.split(/ {2,}/);
    expect(titles(80)).toEqual(['TIME (UTC)', 'OUTCOME', 'STAGE', 'WHO', 'CODE']);
    expect(titles(76)).toEqual(['TIME (UTC)', 'OUTCOME', 'WHO', 'CODE']);
    expect(titles(60)).toEqual(['TIME (UTC)', 'OUTCOME', 'WHO', 'CODE']);
    expect(table({ widthColumns: 60 }, [event()])[1]).toMatch(/ 1002013|100201…/);
    expect(titles(56)).toEqual(['TIME (UTC)', 'OUTCOME', 'WHO']);
  });

  test.each([
    [false, '–'],
    [true, '-'],
  ])('shows a dash where there is nobody, and no code (ASCII: %s)', (ascii, dash) => {
    const nobody = event({ signUpIdentity: null, status: { errorCode: 0 } });
    expect(table({ ascii }, [nobody])[1]?.split(/ {2,}/).slice(5, 7)).toEqual([dash, dash]);
    const blank = event({ signUpIdentity: { signUpIdentifier: '' }, userId: 'u-1' });
    expect(table({ ascii }, [blank])[1]?.split(/ {2,}/)[5]).toBe('u-1');
  });

  test('explains the code', () => {
    expect(table({}, [event()])[1]).toMatch(/1002013 \w+/);
  });

  test('fills in the name of an application from its siblings', () => {
    const names = new AppNames();
    names.learn(event());
    const format = tableFormat(everyLook, names);
    expect(format.events([event({ appDisplayName: null })])).toContain('Contoso Shop');
  });

  test('obeys nothing, whatever the log says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(null, 80), (sent, widthColumns) => {
        const changes = { appDisplayName: sent, signUpStage: sent, signUpIdentityProvider: sent };
        const lines = table({ widthColumns }, [event({ ...changes, signUpIdentity: { signUpIdentifier: sent } })]);
        expect(lines).toHaveLength(2);
        for (const line of lines) expect(visibleText(line)).toBe(line);
      }),
    );
  });
});

/**
 * The cells of one line as a spreadsheet reads them: quotes count where a cell begins with one, and what stands behind the
 * closing one belongs to the cell.
 */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; at++) {
    let cell = '';
    if (line[at] === '"') {
      for (at++; at < line.length; at++) {
        if (line[at] !== '"') cell += line[at];
        else if (line[at + 1] === '"') cell += line[at++];
        else break;
      }
      at++;
    }
    for (; at < line.length && line[at] !== separator; at++) cell += line[at];
    cells.push(cell);
  }
  return cells;
}
