import { describe, expect, it } from 'vitest';
import { followSignIn } from '../../src/auth/sign-in-flow.ts';
import type { SigningInFact } from '../../src/facts/signing-in.ts';
import { never } from './support.ts';

const waiting: SigningInFact = { type: 'signIn.browserWaiting', url: 'https://login.example.org', opened: true };

describe('the course of a sign-in', () => {
  it('ends at once when it is cancelled, even if the work never ends', async () => {
    const cancel = new AbortController();
    const facts = followSignIn(cancel.signal, (_, announce) => {
      announce(waiting);
      return new Promise(() => {});
    });
    expect(await facts.next()).toEqual({ done: false, value: waiting });
    const last = facts.next();

    cancel.abort();

    expect(await last).toEqual({ done: true, value: undefined });
  });

  it('tells the work to stop when nobody listens any more', async () => {
    const stops: AbortSignal[] = [];
    for await (const _ of followSignIn(never(), (stop, announce) => {
      stops.push(stop);
      announce(waiting);
      return new Promise(() => {});
    })) {
      break;
    }

    expect(stops[0]?.aborted).toBe(true);
  });

  it('is one fact long when there is nothing for the person to do', async () => {
    const expired: SigningInFact = { type: 'signIn.codeExpired' };

    const facts = followSignIn(never(), async () => expired);

    expect([await facts.next(), await facts.next()]).toEqual([
      { done: false, value: expired },
      { done: true, value: undefined },
    ]);
  });
});
