import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { createStore } from '../../src/store/store.ts';
import { App } from '../../src/ui/App.tsx';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import { themeOf } from '../../src/ui/theme.ts';
import { View } from '../../src/ui/view.ts';
import { eventsBetween, NOON_MS } from '../support/events.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { signedInState, withEvents } from '../support/states.ts';

describe('the app', () => {
  it('draws the state of the store, and draws it again when keys change it', async () => {
    const state = withEvents(signedInState({ columns: 100, rows: 24 }), eventsBetween(1, 8));
    const store = createStore(state, new ManualClock(NOON_MS).both);
    const app = render(<App view={new View(store, glyphsOf(false), themeOf(false), null)} />);
    const lines = () => (app.lastFrame() ?? '').split('\n');
    expect(lines()[0]).toContain('Contoso Customers');
    expect(lines()[3]).toMatch(/▌.*person8@/);
    for (const key of ['j', 'j', 'j']) store.dispatch({ type: 'key.pressed', key });
    await settle();
    expect(lines()[3]).toMatch(/^[^▌]*person8@/);
    expect(lines()[6]).toMatch(/▌.*person5@/);
    store.dispatch({ type: 'key.pressed', key: '?' });
    await settle();
    expect(lines()[0]).toContain('Keys and signs');
    app.unmount();
  });
});
