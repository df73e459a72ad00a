import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../src/filter/fields.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { logNames } from '../../src/logs/logs.ts';
import type { LogName } from '../../src/signup/event.ts';

const nowMs = Date.UTC(2026, 10, 24, 12);
const parse = (query: string, log: LogName = 'signUps') => parseQuery(query, { nowMs, timeZone: 'Europe/Vienna', log });

function termsOf(query: string) {
  const parsed = parse(query);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter.terms;
}

const exact = (text: string) => ({ text, match: 'exact' });
const prefix = (text: string) => ({ text, match: 'prefix' });
const field = (name: string, values: readonly unknown[], negated = false) => ({
  kind: 'field',
  field: name,
  values,
  negated,
});
const word = (text: string, negated = false) => ({ kind: 'text', text, negated });

describe('a query', () => {
  it.each([
    ['', []],
    ['  \t\n ', []],
    ['outcome:failed', [field('outcome', [exact('failed')])]],
    ['OUTCOME:Failed', [field('outcome', [exact('failed')])]],
    ['stage:usercreation', [field('stage', [exact('userCreation')])]],
    ['stage:validate,"Tenant Consent"', [field('stage', [exact('credentialValidation'), exact('tenantConsent')])]],
    ['stage:"fraudCheck"', [field('stage', [exact('fraudCheck')])]],
    ['stage:cred*', [field('stage', [prefix('cred')])]],
    ['provider:"Email OTP",Google', [field('provider', [exact('Email OTP'), exact('Google')])]],
    ['provider:"Email "*', [field('provider', [prefix('Email ')])]],
    ['-account:social', [field('account', [exact('social')], true)]],
    ['user:ana@example.org', [field('user', [exact('ana@example.org')])]],
    ['user:*', [field('user', [prefix('')])]],
    ['user:"a*"', [field('user', [exact('a*')])]],
    ['user:a:b', [field('user', [exact('a:b')])]],
    ['app:"a \\"b\\" \\\\ c"', [field('app', [exact('a "b" \\ c')])]],
    ['app:C:\\x', [field('app', [exact('C:\\x')])]],
    ['error:0050181,1003*', [field('error', [exact('50181'), prefix('1003')])]],
    ['extension:emailotpsend,any', [field('extension', [exact('emailOtpSend'), exact('any')])]],
    ['gmail -"two words"', [word('gmail'), word('two words', true)]],
    ['"outcome:failed"', [word('outcome:failed')]],
    ['10:42 a,b* @x:y', [word('10:42'), word('a,b*'), word('@x:y')]],
    ['a"b c"d', [word('ab cd')]],
    ['"-x" --x', [word('-x'), word('-x', true)]],
  ])('%j is read as terms', (query, terms) => {
    expect(termsOf(query)).toEqual(terms);
  });

  it('has a time range beside its terms', () => {
    expect(parse('since:24h gmail UNTIL:"yesterday 23:00"')).toEqual({
      ok: true,
      filter: {
        terms: [word('gmail')],
        since: { text: '24h', atMs: nowMs - 86_400_000 },
        until: { text: 'yesterday 23:00', atMs: Date.UTC(2026, 10, 23, 22) },
      },
    });
  });

  it('ends a day that is written as the end of a range at the end of the day', () => {
    const parsed = parse('since:2026-11-23 until:2026-11-23');
    expect(parsed.ok && parsed.filter.since?.atMs).toBe(Date.UTC(2026, 10, 22, 23));
    expect(parsed.ok && parsed.filter.until?.atMs).toBe(Date.UTC(2026, 10, 23, 23));
  });

  it.each([
    ['outcom:failed', 'outcom', 'outcome'],
    ['gmail -Provder:x', 'Provder', 'provider'],
    ['corr:x', 'corr', 'correlation'],
    ['sinse:24h', 'sinse', 'since'],
    ['https://example.org', 'https', null],
    ['outcome:faled', 'faled', 'failed'],
    ['outcome:failed,succeded', 'succeded', 'succeeded'],
    ['outcome:"nothing"', '"nothing"', null],
    ['outcome:x*', 'x*', null],
    ['account:locla', 'locla', 'local'],
    ['stage:userCration', 'userCration', 'userCreation'],
    ['stage:creat', 'creat', 'create'],
    ['extension:emailOtpSent', 'emailOtpSent', 'emailOtpSend'],
    ['error:abc', 'abc', null],
    ['error:5*5', '5*5', null],
    ['app:*shop', '*shop', null],
    ['-app:a,*Contoso*', '*Contoso*', null],
    ['user:a*b', 'a*b', null],
    ['user:**', '**', null],
    ['user:"a b"**', '"a b"**', null],
    ['user:', '', null],
    ['user:a,,b', '', null],
    ['user:a,', '', null],
    ['-', '-', null],
    ['a ""', '""', null],
    ['a "b c', '"b c', null],
    ['since:soon', 'soon', null],
    ['since:', '', null],
    ['a -since:24h', '-since:24h', null],
    ['since:24h since:1h', 'since:1h', null],
    ['since:1h until:2h', 'until:2h', null],
    ['since:1h until:60m', 'until:60m', null],
    ['a until:"2026-10-25 02:30"', '"2026-10-25 02:30"', null],
    ['since:2026-03-29T02:30 a', '2026-03-29T02:30', null],
  ])('%j is refused, pointing at %j and offering %j', (query, place, suggestion) => {
    const parsed = parse(query);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(query.slice(parsed.error.start, parsed.error.end)).toBe(place);
    expect(parsed.error.suggestion).toBe(suggestion);
    expect(parsed.error.message).toMatch(/^["A-Z].*[.]$/s);
  });

  it('is told how to search inside when a star stands elsewhere than at the end', () => {
    const parsed = parse('app:*Contoso*');
    expect(parsed).toMatchObject({ error: { message: expect.stringContaining('searches inside, e.g. Contoso.') } });
    expect(termsOf('app:"*Contoso*" app:"a*"*')).toEqual([
      field('app', [exact('*Contoso*')]),
      field('app', [prefix('a*')]),
    ]);
  });

  it('points between the commas where a value is missing', () => {
    expect(parse('user:a,,b')).toMatchObject({ error: { start: 7, end: 7 } });
    expect(parse('-user:')).toMatchObject({ error: { start: 6, end: 6 } });
  });

  it('is valid again once the suggestion is taken', () => {
    for (const log of logNames) {
      for (const { name } of fieldsOf(log)) {
        const parsed = parse(`${name.slice(0, -1)}:*`, log);
        if (parsed.ok) continue;
        expect(parsed.error.suggestion, name).not.toBeNull();
        expect(parse(`${parsed.error.suggestion}:*`, log).ok, name).toBe(true);
      }
    }
  });

  it('knows the fields of its own log only, and says where another log has the field', () => {
    expect(parse('activity:"Add user"', 'audits').ok).toBe(true);
    const wrong = parse('outcome:failed -stage:create', 'audits');
    expect(wrong).toMatchObject({ ok: false, error: { start: 16, end: 21 } });
    const message = wrong.ok ? '' : wrong.error.message;
    expect(message).toContain('"stage" is a field of sign-ups, not of audits; the fields are outcome, app,');
    expect(message).toContain('activity');
    expect(message).not.toContain('provider');
  });

  it.each([
    ['a'.repeat(200_000)],
    ['a '.repeat(100_000)],
    [`user:${'a,'.repeat(100_000)}b`],
    [`"${'\\"'.repeat(100_000)}`],
    [`${'x'.repeat(100_000)}:${'y'.repeat(100_000)}`],
    [`stage:${'z'.repeat(200_000)}`],
    [`since:${'1h'.repeat(100_000)}`],
    [`${'-'.repeat(200_000)}`],
    [`${'"'.repeat(200_001)}`],
  ])('of 200,000 characters is read as quickly as it should be (%.12s…)', (query) => {
    // Twenty times the longest that anybody types: a quadratic reader would need minutes, far over the test's limit.
    expect(parse(query)).toHaveProperty('ok');
  });
});
