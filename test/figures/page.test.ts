/** What a page of figures says, on logs made by hand: an outage, people who try again, another mix, filters, and too little to tell. */
import { describe, expect, it } from 'vitest';
import { type Page, pageOf } from '../../src/figures/page.ts';
import { Sample } from '../../src/figures/sample.ts';
import { alarmText, changeText, failureCountText, upOrDown, type Wording } from '../../src/figures/words.ts';
import { attemptShape } from '../../src/signup/attempt.ts';
import { steps } from '../signup/steps.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const nowMs = Date.UTC(2026, 10, 23, 8, 6);

const wording: Wording = {
  time: (timeMs) => new Date(timeMs).toISOString().slice(11, 16),
  appName: (appId) => appId,
  shown: (text) => text,
};

const good = 'collect:0 validate:1002013 attributes:0 create:0';
const asked = 'collect:0 validate:1002013';
const wrongCode = 'collect:0 validate:1002013 validate:50181';

class Log {
  readonly sample: Sample;
  #people = 0;

  constructor(before: { fromMs: number; toMs: number }) {
    this.sample = new Sample(before);
  }

  /** An attempt with a step every twenty seconds, as far as it is in the past. */
  attempt(startMs: number, text: string, who: { provider?: string; app?: string; person?: string | null } = {}): void {
    const { provider = 'Email OTP', app = 'shop', person = `person-${this.#people++}` } = who;
    const all = steps(text, provider, app);
    const past = all.filter((_, index) => startMs + index * 20_000 <= nowMs);
    if (past.length === 0) return;
    this.sample.add({
      identifier: person,
      shape: attemptShape(past),
      steps: past.map(({ stage, errorCode }, index) => ({ stage, cause: errorCode, timeMs: startMs + index * 20_000 })),
    });
  }

  /** `count` attempts evenly in a stretch; every so many of them another way. */
  attempts(
    fromMs: number,
    toMs: number,
    count: number,
    text: string,
    others: readonly (readonly [every: number, text: string])[] = [],
  ): void {
    for (let n = 0; n < count; n++) {
      const other = others.find(([every]) => n % every === every - 1);
      this.attempt(fromMs + ((toMs - fromMs) * n) / count, other ? other[1] : text);
    }
  }
}

function pageFor(
  lengthMs: number,
  write: (log: Log, range: { fromMs: number; toMs: number }) => void,
  isChosenByOutcome = false,
): Page {
  const range = { fromMs: nowMs - lengthMs, toMs: nowMs };
  const before = { fromMs: range.fromMs - lengthMs, toMs: range.fromMs };
  const log = new Log(before);
  write(log, range);
  return pageOf(log.sample, { range, before, nowMs, isChosenByOutcome });
}

const verdicts = (page: Page) => [
  page.conversion?.verdict,
  page.accounts?.verdict,
  ...page.stages.map(({ verdict }) => verdict),
  ...page.failures.map(({ verdict }) => verdict),
];

describe('a total outage of mail, 25 minutes old, with 10 attempts a minute', () => {
  const outageMs = nowMs - 25 * MINUTE_MS;
  const page = pageFor(30 * MINUTE_MS, (log, { fromMs }) => {
    log.attempts(fromMs - 120 * MINUTE_MS, outageMs, 1250, good, [[8, asked]]);
    log.attempts(outageMs, nowMs, 250, asked);
  });

  it('is what the page says first', () => {
    const [first] = page.alarms;
    expect(first && alarmText(first, wording)).toMatch(
      /^local sign-ups have been stuck at validate since 07:41: 0 % got past it within 1 min \(88 % before\), 2\d\d people waiting$/,
    );
  });

  it('is not taken for a better conversion', () => {
    expect(page.conversion?.difference).toBeLessThan(0);
    expect(page.accounts?.verdict).toBe('tooFew');
  });

  it('is seen in the last half hour, stage by stage', () => {
    const validate = page.recent?.find(({ stage }) => stage === 'credentialValidation');
    expect(validate?.passed.map(({ withinMs }) => withinMs / MINUTE_MS)).toEqual([1, 2, 5]);
    for (const { now, before } of validate?.passed ?? []) {
      expect(now.hits / now.of).toBeLessThan(0.25);
      expect(before.hits / before.of).toBeGreaterThan(0.85);
    }
  });
});

describe('an outage', () => {
  const page = (fromMinutes: number, toMinutes: number) =>
    pageFor(4 * HOUR_MS, (log, { fromMs }) => {
      const at = (minutes: number) => nowMs - minutes * MINUTE_MS;
      log.attempts(fromMs - 4 * HOUR_MS, at(fromMinutes), 600, good, [[8, asked]]);
      log.attempts(at(fromMinutes), at(toMinutes), (fromMinutes - toMinutes) * 2, asked);
      if (toMinutes > 0) log.attempts(at(toMinutes), nowMs, toMinutes * 2, good, [[8, asked]]);
    });

  it('that began long ago is told since its beginning', () => {
    const [first] = page(150, 0).alarms;
    expect(first && alarmText(first, wording)).toMatch(
      /^local sign-ups have been stuck at validate since 05:3\d: [01] % /,
    );
  });

  it('that was over more than half an hour ago is not going on', () => {
    expect(page(150, 45).alarms).toEqual([]);
  });

  it('that stops some people only is told as fewer who get past', () => {
    const { alarms } = pageFor(4 * HOUR_MS, (log, { fromMs }) => {
      log.attempts(fromMs - 4 * HOUR_MS, nowMs - HOUR_MS, 900, good, [[8, asked]]);
      log.attempts(nowMs - HOUR_MS, nowMs, 180, good, [[2, asked]]);
    });
    const texts = alarms.map((alarm) => alarmText(alarm, wording));
    expect(texts[0]).toMatch(
      /^fewer local sign-ups have got past validate since 07:0\d: 5\d % got past it within 1 min \(88 % before\), \d+ people waiting$/,
    );
  });
});

describe('an extension that begins to fail for one application', () => {
  const failing = 'collect:0 validate:1002013 attributes:1003005';
  const outageMs = nowMs - 12 * MINUTE_MS;
  const page = pageFor(24 * HOUR_MS, (log, { fromMs }) => {
    for (let atMs = fromMs - 24 * HOUR_MS; atMs < nowMs; atMs += 2 * MINUTE_MS) {
      log.attempt(atMs, good);
      log.attempt(atMs + 30_000, atMs >= outageMs ? failing : good, { app: 'bank' });
    }
  });

  it('is said first, by its code and application, with who met it since when', () => {
    expect(page.alarms.map((alarm) => alarmText(alarm, wording))[0]).toMatch(
      /^1003005 extension timed out, bank, attributes: 6 of 6 people since 07:54, before 0 of 720$/,
    );
  });

  it('is a new failure of the range', () => {
    const failure = page.failures.find(({ cluster }) => cluster.code === 1003005);
    expect(failure).toMatchObject({ kind: 'new', attempts: 6, before: 0, sinceThen: 6 });
  });
});

describe('a tenant on which nothing has changed', () => {
  const page = pageFor(4 * HOUR_MS, (log, { fromMs }) => {
    log.attempts(fromMs - 4 * HOUR_MS, nowMs, 800, good, [
      [8, asked],
      [11, wrongCode],
    ]);
  });

  it('has nothing that is significant', () => {
    expect(page.alarms).toEqual([]);
    expect(verdicts(page)).not.toContain('significant');
  });

  it('compares those who have had half an hour, on both sides', () => {
    expect(page.withinMs).toBe(30 * MINUTE_MS);
    expect(page.conversion?.before.of).toBe(400);
    // Of 400 in four hours, those of the last three quarters of an hour are too young.
    expect(page.conversion?.now.of).toBe(326);
  });

  it('has as many in progress as usual', () => {
    expect(page.inProgressUsually).toMatchObject({ of: 400 });
    expect(page.inProgressUsually?.hits).toBeGreaterThan(0);
  });
});

describe('people', () => {
  it('who try again and again are one each: eleven wrong codes of one person are no new failure', () => {
    const page = pageFor(4 * HOUR_MS, (log, { fromMs, toMs }) => {
      log.attempts(fromMs - 4 * HOUR_MS, toMs, 400, good);
      for (let n = 0; n < 11; n++) {
        log.attempt(toMs - 2 * HOUR_MS + n * 25_000, wrongCode, {
          person: n % 2 === 0 ? 'Ana@example.org' : ' ana@EXAMPLE.org ',
        });
      }
    });
    const [failure] = page.failures;
    expect(failure).toMatchObject({ kind: 'new', attempts: 11, people: { hits: 1 } });
    expect(failure?.verdict).not.toBe('significant');
    expect(verdicts(page)).not.toContain('significant');
    expect(page.people).toBe(201);
  });

  it('without a name are one each attempt', () => {
    const page = pageFor(HOUR_MS, (log, { fromMs }) => {
      for (let n = 0; n < 5; n++) log.attempt(fromMs + n * MINUTE_MS, good, { person: n < 3 ? null : '  ' });
    });
    expect(page.people).toBe(5);
  });
});

describe('another mix of applications', () => {
  const write =
    (changes: boolean) =>
    (log: Log, { fromMs, toMs }: { fromMs: number; toMs: number }) => {
      // Half of the attempts at the bank fail, before as now.
      const side = (startMs: number, bank: number) => {
        for (let n = 0; n < 400; n++) {
          const atMs = startMs + ((toMs - fromMs) * n) / 400;
          if (n % 10 < bank) log.attempt(atMs, n % 4 < 2 ? wrongCode : good, { app: 'bank' });
          else log.attempt(atMs, good);
        }
      };
      side(fromMs - (toMs - fromMs), 2);
      side(fromMs, changes ? 6 : 2);
    };

  it('is not taken for a change of either', () => {
    const page = pageFor(12 * HOUR_MS, write(true));
    expect(page.conversion?.difference).toBeLessThan(-0.1);
    expect(verdicts(page)).not.toContain('significant');
  });
});

describe('a filter by what became of the attempts', () => {
  const page = pageFor(
    4 * HOUR_MS,
    (log, { fromMs, toMs }) => {
      log.attempts(fromMs - 4 * HOUR_MS, fromMs, 200, good);
      log.attempts(fromMs, toMs, 200, good, [[3, 'collect:0 validate:1002013 attributes:1003005']]);
    },
    true,
  );

  it('leaves failures to be tested against everybody who came so far', () => {
    expect(page.failures[0]).toMatchObject({
      kind: 'new',
      attempts: 66,
      people: { hits: 66, of: 200 },
      peopleBefore: { hits: 0, of: 200 },
      verdict: 'significant',
    });
  });

  it('leaves no rate to compare', () => {
    expect(page.conversion).toBeNull();
    expect(page.stages).toEqual([]);
  });
});

describe('failures since a time', () => {
  const page = pageFor(4 * HOUR_MS, (log, { fromMs, toMs }) => {
    log.attempts(fromMs - 4 * HOUR_MS, fromMs, 300, good, [[15, wrongCode]]);
    log.attempts(fromMs, toMs - HOUR_MS, 224, good, [[15, wrongCode]]);
    log.attempts(toMs - HOUR_MS, toMs - 10 * MINUTE_MS, 62, wrongCode);
  });
  const failure = page.failures.find(({ cluster }) => cluster.code === 50181);

  it('count from that time on, and in the whole range apart', () => {
    expect(failure && failureCountText(failure, wording)).toBe('62 since 07:06 (76 in the range), 20 before');
  });
});

describe('too little', () => {
  it('is said to be too few to tell, and never that there is nothing', () => {
    const page = pageFor(4 * HOUR_MS, (log, { fromMs, toMs }) => {
      log.attempts(fromMs - 4 * HOUR_MS, fromMs, 12, good);
      log.attempts(fromMs, toMs - HOUR_MS, 12, good, [[4, wrongCode]]);
    });
    expect(page.conversion && changeText(page.conversion, upOrDown)).toBe('too few to tell');
    expect(page.failures[0]).toMatchObject({ kind: 'new', attempts: 3 });
  });
});

describe('a range that has ended', () => {
  it('says nothing about right now, and counts everybody', () => {
    const range = { fromMs: nowMs - 8 * HOUR_MS, toMs: nowMs - 4 * HOUR_MS };
    const before = { fromMs: range.fromMs - 4 * HOUR_MS, toMs: range.fromMs };
    const log = new Log(before);
    log.attempts(range.fromMs - 4 * HOUR_MS, range.toMs, 400, good, [[8, asked]]);
    const page = pageOf(log.sample, { range, before, nowMs, isChosenByOutcome: false });
    expect(page).toMatchObject({ alarms: [], recent: null, comparedToMs: range.toMs });
    expect(page.conversion).toMatchObject({ now: { of: 200 }, before: { of: 200 } });
  });
});
