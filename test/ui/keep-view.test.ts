import { describe, expect, it } from 'vitest';
import type { SavedView } from '../../src/store/saved-view.ts';
import { createStore } from '../../src/store/store.ts';
import { keepView } from '../../src/ui/keep-view.ts';
import { NOON_MS } from '../support/events.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { signedInState } from '../support/states.ts';

function keeping(save: (view: SavedView) => Promise<string | null>) {
  const clock = new ManualClock(NOON_MS);
  const store = createStore(signedInState(), clock.both);
  const stop = keepView(store, save, clock);
  const press = (keys: string) => {
    for (const key of keys.split(' ')) store.dispatch({ type: 'key.pressed', key });
  };
  return { clock, store, stop, press };
}

describe('the view', () => {
  it('is saved once, a moment after a burst of changes, and not for keys that change nothing of it', async () => {
    const saved: string[] = [];
    const { clock, press } = keeping(async ({ query }) => {
      saved.push(query);
      return null;
    });
    press('j k ? esc');
    await clock.advance(5_000);
    expect(saved).toEqual([]);
    press('f space l space esc');
    await clock.advance(900);
    expect(saved).toEqual([]);
    await clock.advance(200);
    expect(saved).toEqual(['outcome:failed stage:credentialCollection since:24h']);
    press('f space esc');
    await clock.advance(5_000);
    expect(saved).toHaveLength(2);
  });

  it('is saved at the end when the last change had no time to be', async () => {
    const saved: string[] = [];
    const { stop, press } = keeping(async ({ clock }) => {
      saved.push(clock);
      return null;
    });
    press('t');
    await stop();
    expect(saved).toEqual(['utc']);
  });

  it('is tried again at the end when it could not be saved before', async () => {
    const saved: string[] = [];
    let hasRoom = false;
    const {
      clock: time,
      stop,
      press,
    } = keeping(async ({ clock }) => {
      if (!hasRoom) return 'The view could not be saved: no room.';
      saved.push(clock);
      return null;
    });
    press('t');
    await time.advance(2_000);
    await settle();
    hasRoom = true;
    await stop();
    expect(saved).toEqual(['utc']);
  });

  it.each([
    ['refuses', async () => 'The view could not be saved: no room.'],
    ['breaks', () => Promise.reject(new Error('no room'))],
  ])('says so on the screen when saving %s, and goes on', async (_, save) => {
    const { clock, store, press } = keeping(save);
    press('t');
    await clock.advance(2_000);
    await settle();
    expect(store.getState().notice?.text).toContain('no room');
    expect(store.getState().clock).toBe('utc');
  });
});
