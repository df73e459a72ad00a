/** Texts that make work out of proportion to what is seen of them: many, or very large, or no graphemes at all. */
import type { LogEvent } from '../../src/signup/event.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { NOON_MS, rowOf } from './events.ts';

/** What each is made of, over and over. */
export const hostileUnits = [
  ['letters with marks', 'e\u0301'],
  ['one grapheme of marks', '\u0301'],
  ['one grapheme of emoji', '👩\u200d'],
  ['right-to-left letters', 'ש'],
  ['ideographs', '漢'],
  ['one cluster of conjuncts', '\u0915\u094d'],
  ['control characters', '\x1b'],
  ['bidirectional overrides', '\u202e'],
  ['lone surrogates', '\ud800'],
  ['flags', '🇦'],
  ['leading Hangul', '\u1100'],
  ['plain letters', 'x'],
] as const;

/** The unit again and again, `length` code units long. */
export function textOf(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

/** An event whose every text begins with its number and goes on like this. */
export function eventFullOf(text: string, n = 1): LogEvent {
  const long = `${n}${text}`;
  const parsed = parseEvent({
    ...rowOf({ n, timeMs: NOON_MS - n * 1000 }),
    id: long,
    correlationId: long,
    appId: long,
    appDisplayName: long,
    signUpStage: long,
    signUpIdentityProvider: long,
    signUpIdentity: { signUpIdentifier: long, signUpIdentifierType: long },
    status: { errorCode: 50181, failureReason: long, additionalDetails: long },
    appliedEventListeners: [{ eventType: long, executedListenerId: long, handlerResult: { customExtensionId: long } }],
    userId: long,
    somethingNew: long,
    [long]: long,
  });
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}
