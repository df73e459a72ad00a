/**
 * The questions that Microsoft's page on sign-up logs lists, asked of a tenant: the right rows come from `list` and on the screen.
 * What is right is decided here by the rows that Graph sends, without the program's own filter.
 * https://learn.microsoft.com/entra/external-id/customers/concept-sign-ups
 */
import { describe, expect } from 'vitest';
import { eventsIn } from './log-truth.ts';
import { eventRows, isAllRead, quit, shownCount } from './reading.ts';
import { login } from './signed-in.ts';
import { at, type Stage, scenario, test, trusting } from './stage.ts';

/** A row as Graph sends it, as far as the questions are about it, and what the program made of its code. */
interface Row {
  readonly id: string;
  readonly createdDateTime: string;
  readonly correlationId: string;
  readonly appId: string;
  readonly signUpStage: string;
  readonly signUpIdentityProvider: string;
  readonly signUpIdentity: { readonly signUpIdentifier: string | null } | null;
  readonly appliedEventListeners: readonly { readonly eventType: string }[];
  readonly status: { readonly errorCode: number };
  readonly outcome: string;
}

interface Question {
  readonly name: string;
  readonly query: string;
  readonly isAnswer: (row: Row) => boolean;
}

const isLocal = (row: Row) => ['Email OTP', 'Email Password'].includes(row.signUpIdentityProvider);
const hasFailed = (row: Row) => row.status.errorCode !== 0 && row.outcome !== 'interrupted';
const hasListener = (eventType: string) => (row: Row) =>
  row.appliedEventListeners.some((listener) => listener.eventType === eventType);

/** Values for the questions are taken from the rows, so that each has an answer. */
function questionsAbout(rows: readonly Row[], loyaltyApps: readonly string[]): readonly Question[] {
  const some = rows[Math.floor(rows.length / 2)];
  const person = rows.find((row) => row.signUpIdentity?.signUpIdentifier?.includes('+'))?.signUpIdentity
    ?.signUpIdentifier;
  const [fromMs, toMs] = [rows[Math.floor(rows.length * 0.6)], rows[Math.floor(rows.length * 0.4)]].map(
    (row) => Math.floor(Date.parse(row?.createdDateTime ?? '') / 1000) * 1000,
  );
  if (!some || !person || fromMs === undefined || toMs === undefined) throw new Error('too few rows to ask about');
  const isBetween = (row: Row) =>
    Date.parse(row.createdDateTime) >= fromMs && Date.parse(`${row.createdDateTime.slice(0, 23)}Z`) <= toMs;
  const iso = (ms: number) => new Date(ms).toISOString();
  return [
    { name: 'failed at any point', query: 'outcome:failed', isAnswer: hasFailed },
    {
      name: 'failed when the account was created',
      query: 'outcome:failed stage:userCreation',
      isAnswer: (row) => hasFailed(row) && row.signUpStage === 'userCreation',
    },
    {
      name: 'failed when the address was validated',
      query: 'outcome:failed stage:credentialValidation account:local',
      isAnswer: (row) => hasFailed(row) && row.signUpStage === 'credentialValidation' && isLocal(row),
    },
    { name: 'within a range', query: `since:${iso(fromMs)} until:${iso(toMs)}`, isAnswer: isBetween },
    { name: 'of one application', query: `appid:${some.appId}`, isAnswer: (row) => row.appId === some.appId },
    { name: 'local accounts', query: 'account:local', isAnswer: isLocal },
    { name: 'social accounts', query: 'account:social', isAnswer: (row) => !isLocal(row) },
    {
      name: 'one person',
      query: `user:${person}`,
      isAnswer: (row) => row.signUpIdentity?.signUpIdentifier?.toLowerCase() === person.toLowerCase(),
    },
    {
      name: 'one correlation ID',
      query: `correlation:${some.correlationId}`,
      isAnswer: (row) => row.correlationId === some.correlationId,
    },
    {
      name: 'a token augmentation extension was called',
      query: 'extension:tokenIssuanceStart',
      isAnswer: hasListener('tokenIssuanceStart'),
    },
    {
      name: 'an extension was called before the attributes were taken',
      query: 'extension:attributeCollectionSubmit',
      isAnswer: hasListener('attributeCollectionSubmit'),
    },
    {
      name: 'of one user flow',
      query: 'flow:"Loyalty sign-up"',
      isAnswer: (row) => loyaltyApps.includes(row.appId),
    },
  ];
}

/** A tenant with four hours of events that have all shown, somebody who may read it, and all its rows. */
async function rowsOf(stage: Stage) {
  const consented = ['AuditLog.Read.All', 'EventListener.Read.All'];
  const server = await stage.serve({ eventsPerDay: 3_000, requestsPer10S: null, consented });
  await login(stage, server);
  const toMs = Math.floor((Date.now() - 5_400_000) / 1000) * 1000;
  const fromMs = toMs - 4 * 3_600_000;
  const range = ['--since', new Date(fromMs).toISOString(), '--until', new Date(toMs).toISOString()];
  const list = async (...query: string[]): Promise<readonly Row[]> => {
    const bounds = query.some((word) => word.startsWith('since:')) ? [] : range;
    const piped = stage.pipe(['list', ...query, '--limit', '0', ...bounds, ...at(server)], trusting(server));
    expect(await piped.end()).toBe(0);
    return piped.lines.map((line): Row => JSON.parse(line));
  };
  const rows = await list();
  const truth = eventsIn(server.tenant, { fromMs, toMs, atMs: Date.now() });
  expect(rows.length).toBe(truth.length);
  const apps = new Map(truth.map(({ attempt }) => [attempt.appName, attempt.appId]));
  const loyaltyApps = ['Fabrikam Loyalty', 'Woodgrove Bank'].map((name) => apps.get(name) ?? '');
  return { server, range, list, rows, questions: questionsAbout(rows, loyaltyApps) };
}

describe.concurrent('each question', scenario, () => {
  test('is answered by list', async ({ stage }) => {
    const { list, rows, questions } = await rowsOf(stage);
    for (const { name, query, isAnswer } of questions) {
      const answered = await list(query);
      expect([name, answered.map(({ id }) => id)]).toEqual([name, rows.filter(isAnswer).map(({ id }) => id)]);
    }
  });

  test('is answered on the screen', async ({ stage }) => {
    const { server, range, rows, questions } = await rowsOf(stage);
    const terminal = stage.start([...range, ...at(server)], { env: trusting(server), columns: 130 });
    await terminal.waitFor((screen) => isAllRead(screen) && shownCount(screen) === rows.length);
    for (const { query, isAnswer } of questions) {
      const answers = rows.filter(isAnswer);
      terminal.press(':\x15');
      await terminal.waitFor(/^ query *$/m);
      terminal.press(query);
      terminal.press('\r');
      const clocks = answers.map(({ createdDateTime }) => createdDateTime.slice(11, 19));
      await terminal.waitFor((screen) => {
        const drawn = eventRows(screen).map((row) => /\d\d:\d\d:\d\d/.exec(row)?.[0]);
        const isRight = shownCount(screen) === answers.length && drawn.length >= Math.min(10, answers.length);
        return isRight && drawn.every((clock, row) => clock === clocks[row]);
      });
      // The range goes back to that of the others.
      if (query.startsWith('since:')) {
        terminal.press('[');
        await terminal.waitFor((screen) => shownCount(screen) !== answers.length);
      }
    }
    expect(await quit(terminal)).toBe(0);
  });
});
