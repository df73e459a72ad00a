/**
 * The accounts of the demo tenant: those that the sign-ups of the log made, and those that stood in the way of a sign-up.
 * Each follows from its attempt alone. Pure.
 */
import { accountTypeOf } from './applications.ts';
import { type DemoAttempt, type DemoStory, US_PER_S } from './attempt.ts';
import { SeededRandom } from './random.ts';

export interface DemoAccount {
  readonly userId: string;
  readonly displayName: string;
  /** The address by which the person signed up. */
  readonly identifier: string;
  readonly provider: string;
  readonly createdUs: number;
  /** Belongs to one of the things to find, which made-up people must not get in the way of. */
  readonly isOfStory: boolean;
}

const storiesWithAccounts: ReadonlySet<DemoStory> = new Set(['threeTries', 'duplicateAccount', 'fallbackMail']);
const EXISTING_STREAM = 0x0a11ce;
const DAY_US = 86_400 * US_PER_S;
const CREATION_REFUSED = 399279;

/** The account that the attempt made; null when it made none. */
export function accountMadeBy(attempt: DemoAttempt): DemoAccount | null {
  const created = attempt.events.find(({ userId }) => userId !== null);
  if (!created?.userId) return null;
  const { identifier, provider } = attempt;
  const displayName = displayNameOf(identifier);
  const isOfStory = storiesWithAccounts.has(attempt.story);
  return { userId: created.userId, displayName, identifier, provider, createdUs: created.timeUs, isOfStory };
}

/**
 * The account, older than the log, because of which the directory refused to write another one; null when the refusal
 * had other reasons. The story about a duplicate has its first account in the log itself.
 */
export function accountInTheWayOf(attempt: DemoAttempt): DemoAccount | null {
  const refused = attempt.events.find(({ errorCode }) => errorCode === CREATION_REFUSED);
  if (!refused || attempt.story === 'duplicateAccount') return null;
  const random = new SeededRandom(attempt.correlationId, EXISTING_STREAM);
  if (random.chance(0.4)) return null;
  const { identifier, provider } = attempt;
  const createdUs = refused.timeUs - random.integer(20, 400) * DAY_US - random.integer(0, DAY_US);
  const displayName = displayNameOf(identifier);
  return { userId: random.guid(), displayName, identifier, provider, createdUs, isOfStory: false };
}

/** Whether the account has an address of its own to sign in with, and no identity provider. */
export function isLocal({ provider }: DemoAccount): boolean {
  return accountTypeOf(provider) === 'local';
}

/** `ana.berg42@example.org` → `Ana Berg`. */
function displayNameOf(identifier: string): string {
  const words = (identifier.split('@')[0] ?? '').replaceAll(/[\d+].*$/g, '').split(/[._]/);
  const named = words.filter((word) => word !== '').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return named.join(' ') || 'unknown';
}
