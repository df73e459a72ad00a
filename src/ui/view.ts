/**
 * What is on the screen now: the state as painted regions. While the regions keep their sizes, new lines are painted past
 * React and Ink, which costs a tenth; when the arrangement changes, React lays the regions out anew.
 */
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import type { Glyphs } from './glyphs.ts';
import type { Painter } from './mount.tsx';
import type { PaintSlot } from './screen/paint-slots.ts';
import type { PaintedLine } from './screen/painted-line.ts';
import { type RegionName, regionNames, screenRegions } from './screen-lines.ts';
import { paint, type Theme } from './theme.ts';

export interface PaintedRegion {
  readonly width: number;
  readonly lines: readonly PaintedLine[];
}

/** One arrangement of the screen; another object whenever React has to lay it out anew. */
export interface Arrangement {
  readonly size: State['size'];
  readonly paneBeside: boolean;
  readonly regions: { readonly [name in RegionName]: PaintedRegion };
}

export class View {
  readonly #store: Pick<Store, 'getState' | 'subscribe'>;
  readonly #glyphs: Glyphs;
  readonly #theme: Theme;
  readonly #painter: Painter | null;
  readonly #slots: ReadonlyMap<RegionName, PaintSlot>;
  #arrangement: Arrangement;
  #isDue = false;

  /** Without a painter everything goes through React. */
  constructor(store: Pick<Store, 'getState' | 'subscribe'>, glyphs: Glyphs, theme: Theme, painter: Painter | null) {
    this.#store = store;
    this.#glyphs = glyphs;
    this.#theme = theme;
    this.#painter = painter;
    this.#slots = new Map(painter ? regionNames.map((name) => [name, painter.openSlot()]) : []);
    this.#arrangement = this.#arrange();
  }

  /** The arrangement to lay out, with the lines that it had when it was made. */
  readonly getArrangement = (): Arrangement => this.#arrangement;

  slotOf(name: RegionName): PaintSlot | undefined {
    return this.#slots.get(name);
  }

  /** Follows the store; `onArranged` is called when there is another arrangement. Gives back how to stop. */
  readonly follow = (onArranged: () => void): (() => void) => {
    const unsubscribe = this.#store.subscribe(() => {
      if (this.#isDue) return;
      this.#isDue = true;
      // Keys that came together are one frame.
      queueMicrotask(() => {
        this.#isDue = false;
        this.#update(onArranged);
      });
    });
    this.#update(onArranged);
    return unsubscribe;
  };

  #update(onArranged: () => void): void {
    const next = this.#arrange();
    const painter = this.#painter;
    if (painter && sameStructure(this.#arrangement, next)) {
      for (const [name, slot] of this.#slots) painter.paint(slot, next.regions[name].lines);
      return;
    }
    this.#arrangement = next;
    onArranged();
  }

  #arrange(): Arrangement {
    const state = this.#store.getState();
    const { regions, paneBeside } = screenRegions(state, this.#glyphs);
    const painted = (name: RegionName): PaintedRegion => {
      const { width, lines } = regions[name];
      return { width, lines: lines.map((line) => paint(line, this.#theme)) };
    };
    return {
      size: state.size,
      paneBeside,
      regions: {
        page: painted('page'),
        header: painted('header'),
        panel: painted('panel'),
        table: painted('table'),
        pane: painted('pane'),
        footer: painted('footer'),
      },
    };
  }
}

function sameStructure(a: Arrangement, b: Arrangement): boolean {
  return (
    a.size.columns === b.size.columns &&
    a.size.rows === b.size.rows &&
    a.paneBeside === b.paneBeside &&
    regionNames.every((name) => {
      const [before, after] = [a.regions[name], b.regions[name]];
      return before.width === after.width && before.lines.length === after.lines.length;
    })
  );
}
