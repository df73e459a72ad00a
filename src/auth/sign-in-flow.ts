/**
 * The course of every sign-in: something to tell the person, a long wait, one end; and an end at once when cancelled.
 * It must not know how the sign-in is done.
 */
import type { SigningInFact } from '../facts/signing-in.ts';

/**
 * Does the sign-in: calls `announce` once when the person has something to do, and resolves with the last fact. It ends
 * soon after `stop` is aborted; how it ends is of no interest then.
 */
export type SignInWork = (stop: AbortSignal, announce: (fact: SigningInFact) => void) => Promise<SigningInFact>;

/** Yields what `work` announces, then its last fact; yields nothing more once `signal` is aborted. */
export async function* followSignIn(signal: AbortSignal, work: SignInWork): AsyncGenerator<SigningInFact> {
  if (signal.aborted) return;
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const aborted = new Promise<null>((resolve) => {
    stop.addEventListener('abort', () => resolve(null), { once: true });
  });
  try {
    let announce: (fact: SigningInFact) => void = () => {};
    const announced = new Promise<SigningInFact>((resolve) => {
      announce = resolve;
    });
    const ended = work(stop, announce);
    const first = await Promise.race([
      announced.then((fact) => ({ fact, isLast: false })),
      ended.then((fact) => ({ fact, isLast: true })),
      aborted,
    ]);
    if (!first || signal.aborted) return;
    yield first.fact;
    if (first.isLast) return;
    const last = await Promise.race([ended, aborted]);
    if (last && !signal.aborted) yield last;
  } finally {
    // Also when the reader went away: nobody would see the rest, so the work has to end.
    left.abort();
  }
}
