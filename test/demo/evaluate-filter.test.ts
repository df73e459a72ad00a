/** What the demo tenant takes as `$filter` and what it refuses, by the documentation of the sign-up log. */
import { describe, expect, test } from 'vitest';
import { compileFilter, subjectOfRow } from '../../src/demo/evaluate-filter.ts';
import { signUpRules } from '../../src/demo/filter-rules.ts';

const row = {
  id: '921e63bd-a516-4976-a537-a6710d6a0000',
  correlationId: 'f4414243-b0ee-4030-9c0c-d661c716a6b8',
  createdDateTime: '2024-10-15T01:58:09.287604Z',
  appId: '94559aba-b733-468e-aaec-44cc4e7f0b58',
  appDisplayName: 'Contoso Shop',
  signUpStage: 'userCreation',
  signUpIdentityProvider: 'Email OTP',
  signUpIdentity: { signUpIdentifier: "o'neill+shop@fabrikam.com", signUpIdentifierType: 'emailAddress' },
  status: { errorCode: 399279, failureReason: null, additionalDetails: null },
  appliedEventListeners: [],
  userId: null,
};

function answerTo(filter: string, subject: object = row): 'matches' | 'does not match' | 'refused' {
  const compiled = compileFilter(filter, signUpRules);
  if (!compiled.ok) return 'refused';
  return compiled.matches(subjectOfRow(subject)) ? 'matches' : 'does not match';
}

describe('a filter that Graph documents', () => {
  test.each([
    ["id eq '921E63BD-a516-4976-a537-a6710d6a0000'", 'matches'],
    ["correlationId eq 'f4414243-b0ee-4030-9c0c-d661c716a6b8'", 'matches'],
    ["correlationId eq 'f4414243-b0ee-4030-9c0c-d661c716a6b9'", 'does not match'],
    ["appId eq '94559aba-b733-468e-aaec-44cc4e7f0b58'", 'matches'],
    ["appDisplayName eq 'contoso shop'", 'matches'],
    ["appDisplayName eq 'Contoso'", 'does not match'],
    ["startswith(appDisplayName,'Contoso')", 'matches'],
    ["startsWith(appDisplayName, 'contoso s')", 'matches'],
    ["startswith(appDisplayName,'Fabrikam')", 'does not match'],
    ["signUpStage eq 'userCreation'", 'matches'],
    ["signUpIdentityProvider eq 'Email OTP' or signUpIdentityProvider eq 'Email Password'", 'matches'],
    ["signUpIdentity/signUpIdentifier eq 'O''Neill+shop@fabrikam.com'", 'matches'],
    ["signUpIdentity/signUpIdentifierType eq 'emailAddress'", 'matches'],
    ['status/errorCode eq 399279', 'matches'],
    ['status/errorCode ne 0', 'matches'],
    ['status/errorCode ne 399279', 'does not match'],
    ["status/errorCode ne 0 and signUpStage eq 'userCreation'", 'matches'],
    ['createdDateTime eq 2024-10-15T01:58:09.287604Z', 'matches'],
    ['createdDateTime ge 2024-10-15T01:58:09.287604Z', 'matches'],
    ['createdDateTime ge 2024-10-15T01:58:09.287605Z', 'does not match'],
    ['createdDateTime le 2024-10-15T01:58:09.287604Z', 'matches'],
    ['createdDateTime le 2024-10-15T01:58:09.287603Z', 'does not match'],
    ['createdDateTime ge 2024-10-15T03:58:09+02:00 and createdDateTime le 2024-10-15T01:59Z', 'matches'],
  ])('%s %s', (filter, answer) => {
    expect(answerTo(filter)).toBe(answer);
  });
});

describe('the words that join conditions', () => {
  const yes = 'status/errorCode ne 0';
  const no = 'status/errorCode eq 0';
  test.each([
    [`${yes} or ${yes} and ${no}`, 'matches'],
    [`(${yes} or ${yes}) and ${no}`, 'does not match'],
    [`not (${no})`, 'matches'],
    [`not ${no} and ${yes}`, 'matches'],
    [`not (${yes} or ${no})`, 'does not match'],
    [`not startswith(appDisplayName,'Fab')`, 'matches'],
    [`( ( ${yes} ) )`, 'matches'],
  ])('%s: %s', (filter, answer) => {
    expect(answerTo(filter)).toBe(answer);
  });
});

describe('a filter that Graph refuses', () => {
  test.each([
    ['a date in quotes', "createdDateTime ge '2024-10-15T01:58:09Z'"],
    ['a date without a time', 'createdDateTime ge 2024-10-15'],
    ['a date that does not exist', 'createdDateTime ge 2024-13-45T01:58:09Z'],
    ['gt', 'createdDateTime gt 2024-10-15T01:58:09Z'],
    ['lt', 'createdDateTime lt 2024-10-15T01:58:09Z'],
    ['in', "signUpStage in ('userCreation','consent')"],
    ['contains', "contains(appDisplayName,'Shop')"],
    ['endswith', "endswith(appDisplayName,'Shop')"],
    ['ne on an application', "appId ne '94559aba-b733-468e-aaec-44cc4e7f0b58'"],
    ['ne on a stage', "signUpStage ne 'userCreation'"],
    ['startswith on an identifier', "startswith(signUpIdentity/signUpIdentifier,'ana')"],
    ['gt on a code', 'status/errorCode gt 0'],
    ['a code in quotes', "status/errorCode eq '0'"],
    ['a GUID without quotes', 'appId eq 94559aba-b733-468e-aaec-44cc4e7f0b58'],
    ['a field that cannot be filtered', "userId eq '9fb7a577-9469-4489-912d-bc58a5bca276'"],
    ['a field that does not exist', "colour eq 'red'"],
    ['a listener', "appliedEventListeners/any(l:l/eventType eq 'tokenIssuanceStart')"],
    ['a field in other letters', "appid eq '94559aba-b733-468e-aaec-44cc4e7f0b58'"],
    ['an operator in capitals', 'status/errorCode NE 0'],
    ['a value before the field', '0 eq status/errorCode'],
    ['an open parenthesis', '(status/errorCode eq 0'],
    ['an open quote', "signUpStage eq 'userCreation"],
    ['a quote inside that is not doubled', "signUpIdentity/signUpIdentifier eq 'o'neill@fabrikam.com'"],
    ['two conditions without a word between them', 'status/errorCode eq 0 status/errorCode eq 1'],
    ['nothing', ''],
    ['a thousand parentheses', `${'('.repeat(1000)}status/errorCode eq 0${')'.repeat(1000)}`],
  ])('%s', (_, filter) => {
    expect(answerTo(filter)).toBe('refused');
  });
});

test('a value that is missing matches nothing but "ne"', () => {
  const first = { ...row, appDisplayName: null, signUpIdentity: null, createdDateTime: null };
  expect(answerTo("appDisplayName eq 'Contoso Shop'", first)).toBe('does not match');
  expect(answerTo("startswith(appDisplayName,'')", first)).toBe('does not match');
  expect(answerTo("signUpIdentity/signUpIdentifier eq ''", first)).toBe('does not match');
  expect(answerTo('createdDateTime ge 2000-01-01T00:00:00Z', first)).toBe('does not match');
});

describe('the time bounds that a filter implies', () => {
  const early = Date.parse('2024-01-01T00:00:00Z') * 1_000;
  const late = Date.parse('2024-02-01T00:00:00Z') * 1_000;
  const since = (time: number) => `createdDateTime ge ${new Date(time / 1_000).toISOString()}`;
  const until = (time: number) => `createdDateTime le ${new Date(time / 1_000).toISOString()}`;
  test.each([
    [`${since(early)} and ${until(late)}`, { fromUs: early, toUs: late }],
    [`${since(early)} and ${since(late)}`, { fromUs: late, toUs: null }],
    [`${since(early)} or ${since(late)}`, { fromUs: early, toUs: null }],
    [`${since(early)} or status/errorCode eq 0`, { fromUs: null, toUs: null }],
    [`${since(early)} and (status/errorCode eq 0 or ${until(late)})`, { fromUs: early, toUs: null }],
    [`not (${since(early)})`, { fromUs: null, toUs: null }],
    ['createdDateTime eq 2024-01-01T00:00:00Z', { fromUs: early, toUs: early }],
  ])('%s', (filter, bounds) => {
    expect(compileFilter(filter, signUpRules)).toMatchObject({ ok: true, bounds });
  });
});
