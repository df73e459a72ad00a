/** Pages of made-up sign-up events as Graph would send them, newest first, for measuring. The same seed gives the same. */

interface Row {
  readonly [key: string]: unknown;
}

const newestMs = Date.UTC(2026, 10, 23, 8);
const providers = ['Email OTP', 'Email OTP', 'Email OTP', 'Email Password', 'Google', 'Facebook', 'Apple'];
const applications = ['Storefront', 'Loyalty Card', 'Partner Portal'].map((name, index) => ({
  name,
  id: `${index}1459aba-b733-468e-aaec-44cc4e7f0b58`,
}));
const failures = [50181, 50182, 1002027, 1003005, 399279, 50196];

/** The text of the answers, `pageSize` rows each. */
export function* samplePages(events: number, pageSize: number, seed: number): Generator<string> {
  const random = seededRandom(seed);
  const rows = attempts(random);
  for (let done = 0; done < events; done += pageSize) {
    const value = Array.from({ length: Math.min(pageSize, events - done) }, () => rows.next().value);
    yield JSON.stringify({ '@odata.context': 'https://graph.example.org/beta/$metadata#auditLogs/signUps', value });
  }
}

/** Attempts overlap as in life: a few hundred are under way at any time. */
function* attempts(random: () => number): Generator<Row, never> {
  const underWay: Row[][] = [];
  let nowMs = newestMs;
  for (;;) {
    while (underWay.length < 300) underWay.push(attempt(random));
    const index = Math.floor(random() * underWay.length);
    const row = underWay[index]?.pop();
    if (!row) underWay.splice(index, 1);
    else {
      nowMs -= random() * 1200;
      const micros = String(Math.floor(random() * 1_000_000)).padStart(6, '0');
      yield { ...row, createdDateTime: `${new Date(nowMs).toISOString().slice(0, 19)}.${micros}Z` };
    }
  }
}

function attempt(random: () => number): Row[] {
  const correlationId = guid(random);
  const provider = pick(random, providers);
  const application = pick(random, applications);
  const identifier = `${pick(random, ['ann', 'bob', 'chris', 'dana', 'eli'])}.${Math.floor(random() * 1e7)}@${pick(random, ['fabrikam.example', 'contoso.example', 'mail.example.org'])}`;
  const proof = provider.startsWith('Email') ? 'credentialValidation' : 'credentialFederation';
  const stages = ['credentialCollection', proof, 'attributeCollectionAndValidation', 'userCreation'];
  const reached = random() < 0.7 ? stages.length : 1 + Math.floor(random() * 3);
  return stages.slice(0, reached).map((stage, index) => ({
    id: guid(random),
    correlationId,
    createdDateTime: '',
    appId: application.id,
    appDisplayName: index === 0 ? null : application.name,
    signUpStage: stage,
    signUpIdentityProvider: provider,
    signUpIdentity: { signUpIdentifier: identifier, signUpIdentifierType: 'emailAddress' },
    status: { errorCode: codeOf(random, stage), failureReason: null, additionalDetails: null },
    appliedEventListeners: stage === 'attributeCollectionAndValidation' ? [listener(random)] : [],
    userId: stage === 'userCreation' ? guid(random) : null,
  }));
}

function codeOf(random: () => number, stage: string): number {
  if (stage === 'credentialValidation' && random() < 0.6) return 1002013;
  return random() < 0.85 ? 0 : pick(random, failures);
}

function listener(random: () => number): Row {
  return {
    eventType: pick(random, ['attributeCollectionStart', 'attributeCollectionSubmit']),
    executedListenerId: '5b1c3f1e-7c19-4a55-9d0f-3f2a4a7c1b10',
    handlerResult: {
      '@odata.type': '#microsoft.graph.customExtensionCalloutResult',
      customExtensionId: '0c9f4f3a-2e55-4c1e-8f53-6a0a4a5b7d21',
      calloutDateTime: new Date(newestMs - random() * 1e9).toISOString(),
      numberOfAttempts: 1 + Math.floor(random() * 2),
      httpStatus: random() < 0.9 ? 200 : 500,
      errorCode: random() < 0.9 ? 0 : 1003002,
    },
  };
}

function pick<T>(random: () => number, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

function guid(random: () => number): string {
  const digits = Array.from({ length: 8 }, () =>
    Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0'),
  ).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** mulberry32 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
