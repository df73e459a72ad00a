import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAttemptFilter } from '../../src/filter/attempt-predicate.ts';
import type { Filter } from '../../src/filter/filter.ts';
import { splitFilter, wholeAttempts } from '../../src/filter/graph-filter.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { compileFilter } from '../../src/filter/predicate.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { attemptsOf } from '../../src/signup/attempts-of.ts';
import { arbitraryRow, eventOf, people } from '../signup/arbitrary-row.ts';
import { arbitraryResolvedFilter } from './arbitrary-filter.ts';
import { odataTest } from './odata.ts';

const none: ReadonlySet<string> = new Set();
const guid = '94559aba-b733-468e-aaec-44cc4e7f0b58';

function filterOf(query: string): Filter {
  const parsed = parseQuery(query, { nowMs: 0, timeZone: 'UTC' });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

describe('what is sent to Graph', () => {
  it.each([
    ['outcome:failed', 'status/errorCode ne 0'],
    ['outcome:interrupted', 'status/errorCode ne 0'],
    ['outcome:unknown,interrupted', 'status/errorCode ne 0'],
    ['outcome:succeeded', 'status/errorCode eq 0'],
    ['-outcome:succeeded', 'status/errorCode ne 0'],
    // An event without a code is neither, and has no code 0.
    ['-outcome:failed,interrupted', null],
    ['-outcome:failed,interrupted,unknown', 'status/errorCode eq 0'],
    ['-outcome:failed', null],
    ['outcome:failed,succeeded', null],
    ['outcome:f*', 'status/errorCode ne 0'],
    ['-outcome:*', null],
    ['outcome:created', "(status/errorCode eq 0 and signUpStage eq 'userCreation')"],
    ['outcome:created,succeeded', 'status/errorCode eq 0'],
    ['outcome:created,failed', null],
    ['-outcome:created,failed,interrupted', null],
    ['-outcome:created,failed,interrupted,unknown', 'status/errorCode eq 0'],
    ['-outcome:created', null],
    ['-outcome:succeeded,inProgress', 'status/errorCode ne 0'],
    ['outcome:inProgress,noFurtherEvent', null],
    ['stage:USERCREATION', "signUpStage eq 'userCreation'"],
    ['stage:collect,create', "(signUpStage eq 'credentialCollection' or signUpStage eq 'userCreation')"],
    ['stage:"somethingNew"', null],
    ['stage:create,"somethingNew"', null],
    ['-stage:create', null],
    ['stage:user*', null],
    ['provider:"email otp"', "signUpIdentityProvider eq 'Email OTP'"],
    ['provider:Facebook', null],
    ['account:local', "(signUpIdentityProvider eq 'Email OTP' or signUpIdentityProvider eq 'Email Password')"],
    ['account:social', null],
    ['-account:local', null],
    ['app:"Contoso Portal"', null],
    [`appid:${guid.toUpperCase()}`, `appId eq '${guid}'`],
    ['appid:9455*', null],
    ["user:o'neil@example.org", "signUpIdentity/signUpIdentifier eq 'o''neil@example.org'"],
    [
      'user:Ana@example.org',
      "(signUpIdentity/signUpIdentifier eq 'ana@example.org' or signUpIdentity/signUpIdentifier eq 'Ana@example.org')",
    ],
    ['user:ana*', null],
    ['user:"a\ud800"', null],
    [`userid:${guid}`, null],
    ['error:50181', 'status/errorCode eq 50181'],
    ['error:50181,50182', '(status/errorCode eq 50181 or status/errorCode eq 50182)'],
    ['-error:50181,50182', '(status/errorCode ne 50181 and status/errorCode ne 50182)'],
    ['error:9999999999', 'status/errorCode ne 0'],
    ['error:1003*', 'status/errorCode ne 0'],
    // The code of an extension may stand behind a generic code, or one that nobody knows.
    ['error:1003011', 'status/errorCode ne 0'],
    ['error:50181,1003011', 'status/errorCode ne 0'],
    ['error:0,1003011', null],
    ['error:*', null],
    ['-error:1003011', null],
    ['error:1100001', 'status/errorCode eq 1100001'],
    ['-error:1100001', 'status/errorCode ne 1100001'],
    ['error:1003037', 'status/errorCode eq 1003037'],
    [`correlation:${guid}`, `correlationId eq '${guid}'`],
    [`id:${guid}`, `id eq '${guid}'`],
    ['id:unlike-a-guid', null],
    ['extension:any', null],
    ['gmail', null],
    ['', null],
    ['outcome:failed stage:create gmail', "status/errorCode ne 0 and signUpStage eq 'userCreation'"],
    ['outcome:failed -outcome:succeeded', 'status/errorCode ne 0'],
  ])('for %s is %j', (query, clause) => {
    expect(splitFilter(filterOf(query), none).clause).toBe(clause);
  });

  it('is told apart by who decides: a condition that keeps too much is decided here', () => {
    const filter = filterOf('outcome:failed stage:create gmail');
    const { decidedByGraph, decidedHere, clauses } = splitFilter(filter, none);
    expect([...decidedByGraph]).toEqual([filter.terms[1]]);
    expect([...decidedHere]).toEqual([filter.terms[0], filter.terms[2]]);
    expect(clauses).toEqual(['status/errorCode ne 0', "signUpStage eq 'userCreation'"]);
  });

  it('leaves out what Graph has refused', () => {
    const filter = filterOf('outcome:failed stage:create');
    const split = splitFilter(filter, new Set(["signUpStage eq 'userCreation'"]));
    expect(split.clause).toBe('status/errorCode ne 0');
    expect([...split.decidedHere]).toEqual([...filter.terms]);
  });

  it('stays short enough for an address', () => {
    const many = Array.from({ length: 500 }, (_, i) => 50_000 + i).join(',');
    expect(splitFilter(filterOf(`error:${many} stage:create`), none).clause).toBe("signUpStage eq 'userCreation'");
  });
});

describe('no event that the filter keeps is lost at Graph', () => {
  const check = (letterCase: 'counts' | 'ignored', identifiers: readonly string[]) => {
    let sent = 0;
    fc.assert(
      fc.property(
        fc.array(arbitraryRow(identifiers), { minLength: 1, maxLength: 8 }),
        arbitraryResolvedFilter,
        (rows, filter) => {
          const appNames = new AppNames();
          const events = rows.map(eventOf);
          for (const event of events) appNames.learn(event);
          const keeps = compileFilter(filter, appNames);
          const { clause, decidedByGraph } = splitFilter(filter, none);
          if (clause === null) return;
          sent++;
          const graphKeeps = odataTest(clause, { letterCase });
          const decided = compileFilter({ ...filter, terms: [...decidedByGraph] }, appNames);
          for (const event of events) {
            if (keeps(event)) expect(graphKeeps(event.raw), clause).toBe(true);
            // And what is said to be decided by Graph is decided as it is meant.
            if (graphKeeps(event.raw)) expect(decided(event), clause).toBe(true);
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(sent).toBeGreaterThan(500);
  };

  it('if Graph ignores letter case', () => check('ignored', people));

  it('if letter case counts and Graph keeps identifiers in lower case, as in its other logs', () =>
    check(
      'counts',
      people.map((person) => person.toLowerCase()),
    ));
});

describe('where whole attempts are wanted', () => {
  it.each([
    [`appid:${guid} outcome:failed`, `appId eq '${guid}'`],
    [`correlation:${guid} error:50181`, `correlationId eq '${guid}'`],
    ['user:ana@example.org stage:create', "signUpIdentity/signUpIdentifier eq 'ana@example.org'"],
    ['outcome:created', null],
    ['error:50181', null],
    ['stage:create', null],
    ['provider:Google account:local', null],
    [`id:${guid}`, null],
    ['gmail', null],
  ])('of %s only %j is sent', (query, clause) => {
    expect(splitFilter(wholeAttempts(filterOf(query)), none).clause).toBe(clause);
  });

  it('every event of an attempt that is kept passes, if application and person are the same in all', () => {
    let sent = 0;
    const named: readonly string[] = ['appid', 'flow', 'user', 'stage'];
    const filterOfAttempts = arbitraryResolvedFilter.map((filter) => ({
      ...filter,
      terms: filter.terms.filter((term) => term.kind === 'field' && named.includes(term.field)),
    }));
    const attempt = fc.array(arbitraryRow(), { minLength: 1, maxLength: 5 }).map((rows) =>
      rows.map((row) => {
        const { correlationId, appId, signUpIdentity } = rows[0] ?? row;
        return { ...row, correlationId, appId, signUpIdentity };
      }),
    );
    fc.assert(
      fc.property(attempt, filterOfAttempts, (rows, filter) => {
        const events = rows.map(eventOf);
        const keeps = compileAttemptFilter(filter, new AppNames());
        const { clause } = splitFilter(wholeAttempts(filter), none);
        const [judged] = attemptsOf(events);
        if (clause === null || judged === undefined || !keeps(judged, 0)) return;
        sent++;
        const graphKeeps = odataTest(clause, { letterCase: 'ignored' });
        for (const row of rows) expect(graphKeeps(row), clause).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(sent).toBeGreaterThan(30);
  });
});
