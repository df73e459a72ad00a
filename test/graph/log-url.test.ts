import { describe, expect, test } from 'vitest';
import { correlationClause, logUrl } from '../../src/graph/log-url.ts';

const window = {
  log: 'signUps',
  fromMs: Date.parse('2026-11-23T07:00:00Z'),
  toMs: Date.parse('2026-11-23T08:00:00Z'),
  pageSize: 500,
} as const;
const filterOf = (path: string) => new URL(path, 'https://graph.example.org').searchParams.get('$filter');

describe('the address of the first page', () => {
  test('has a time range with bare dates and a page size, and nothing that Graph does not document', () => {
    const url = new URL(logUrl({ ...window, clause: null }), 'https://graph.example.org');
    expect(url.pathname).toBe('/beta/auditLogs/signUps');
    expect([...url.searchParams]).toEqual([
      ['$filter', 'createdDateTime ge 2026-11-23T07:00:00Z and createdDateTime le 2026-11-23T08:00:00Z'],
      ['$top', '500'],
    ]);
  });

  test('widens the range to whole seconds', () => {
    const path = logUrl({ ...window, fromMs: window.fromMs + 0.25, toMs: window.toMs + 0.25, clause: null });
    expect(filterOf(path)).toBe('createdDateTime ge 2026-11-23T07:00:00Z and createdDateTime le 2026-11-23T08:00:01Z');
  });

  test('adds the clause, in parentheses where an "or" would reach too far', () => {
    const time = 'createdDateTime ge 2026-11-23T07:00:00Z and createdDateTime le 2026-11-23T08:00:00Z';
    expect(filterOf(logUrl({ ...window, clause: "appId eq 'a'" }))).toBe(`${time} and appId eq 'a'`);
    expect(filterOf(logUrl({ ...window, clause: "appId eq 'a' or appId eq 'b'" }))).toBe(
      `${time} and (appId eq 'a' or appId eq 'b')`,
    );
  });

  test('keeps a plus sign, an ampersand and a hash of an address as they are', () => {
    const clause = "signUpIdentity/signUpIdentifier eq 'a+b&c#d%2B@example.org'";
    const path = logUrl({ ...window, clause });
    expect(path).toContain('%2B');
    expect(path).not.toContain('+');
    expect(filterOf(path)).toContain(clause);
  });

  test('a quote in a correlation ID stays inside the text', () => {
    expect(correlationClause("x' or true")).toBe("correlationId eq 'x'' or true'");
  });
});
