/**
 * How wide the columns of a table are, and which of them there is room for: pure arithmetic, for whatever columns. The widths
 * do not depend on what the rows hold, so that nothing jumps.
 */

export interface ColumnSpec<Name extends string> {
  readonly name: Name;
  readonly title: string;
  readonly least: number;
  readonly ideal: number;
  /** Share of what is left over. */
  readonly share: number;
  /** Which column goes first where there is no room: the one with the lowest number. Null: it stays. */
  readonly leaves: number | null;
  /** What it does with on the narrowest screens, when all that can go is gone. */
  readonly tight?: number;
}

/** Cells of the sign of an outcome without its word. */
export const SIGN = 2;

export interface Column<Name extends string> {
  readonly name: Name;
  readonly title: string;
  /** Display cells, without the gap that follows. */
  readonly width: number;
}

export interface ColumnPlan<Name extends string> {
  readonly columns: readonly Column<Name>[];
  readonly gap: number;
}

/** Cells at the left for the mark of the cursor. */
export const MARK_WIDTH = 2;

/** Plans the columns, in the given order, for a table of `width` cells; `offset` after the first are scrolled off to the left. */
export function planColumns<Name extends string>(
  specs: readonly ColumnSpec<Name>[],
  width: number,
  offset: number,
): ColumnPlan<Name> {
  const gap = width >= 132 ? 2 : 1;
  const room = width - MARK_WIDTH;
  const kept = dropUntilFits(
    specs.filter((_, index) => index === 0 || index > offset),
    room,
    gap,
  );
  return { columns: widen(kept, room - neededBy(kept, gap)), gap };
}

function neededBy(kept: readonly ColumnSpec<string>[], gap: number): number {
  return kept.reduce((sum, spec) => sum + spec.least, gap * Math.max(0, kept.length - 1));
}

function dropUntilFits<Name extends string>(
  shown: readonly ColumnSpec<Name>[],
  room: number,
  gap: number,
): readonly ColumnSpec<Name>[] {
  let kept = shown;
  const leaving = shown.filter(({ leaves }) => leaves !== null).sort((a, b) => (a.leaves ?? 0) - (b.leaves ?? 0));
  for (const gone of leaving) {
    if (neededBy(kept, gap) <= room || kept.length === 1) break;
    kept = kept.filter((spec) => spec !== gone);
  }
  return neededBy(kept, gap) <= room ? kept : kept.map((spec) => ({ ...spec, least: spec.tight ?? spec.least }));
}

function widen<Name extends string>(kept: readonly ColumnSpec<Name>[], spare: number): readonly Column<Name>[] {
  let left = Math.max(0, spare);
  const widths = new Map(kept.map((spec) => [spec.name, spec.least]));
  // Two rounds: what one column cannot use, the others may.
  for (let round = 0; round < 2; round++) {
    const open = kept.filter((spec) => spec.share > 0 && (widths.get(spec.name) ?? 0) < spec.ideal);
    const shares = open.reduce((sum, spec) => sum + spec.share, 0);
    const before = left;
    for (const spec of open) {
      const has = widths.get(spec.name) ?? 0;
      const more = Math.min(spec.ideal - has, Math.floor((before * spec.share) / shares), left);
      widths.set(spec.name, has + more);
      left -= more;
    }
  }
  return kept.map(({ name, title }) => ({ name, title, width: widths.get(name) ?? 0 }));
}
