/**
 * Finds lines that moved: rows of the next grid that are rows of the previous one, some rows further up or down. Pure;
 * decides whether moving them saves anything, but writes nothing.
 */
import { blankGrid, type Grid, isBlank, sameCell } from './grid.ts';

/** The rows `top` to `bottom` (included) move up by `by` rows, or down when it is negative. */
export interface Shift {
  readonly top: number;
  readonly bottom: number;
  readonly by: number;
}

/** Fewer matching rows are drawn faster than moved. */
const LEAST_MATCHES = 3;
/** Cells that a shift must save: what its own bytes cost. */
const LEAST_SAVED = 24;

/** The shift that saves most when `previous` is to become `next`; null when none is worth it. */
export function findShift(previous: Grid, next: Grid): Shift | null {
  // Most frames change a row or two: no need to look further.
  if (changedRows(previous, next) < LEAST_MATCHES) return null;
  const by = likeliestShift(previous, next);
  return by === null ? null : bestRegion(previous, next, by);
}

/** `grid` as the terminal shows it after the shift: the rows that come in are blank. */
export function applyShift(grid: Grid, { top, bottom, by }: Shift): Grid {
  const { columns, rows } = grid;
  const shifted = blankGrid(columns, rows);
  for (let y = 0; y < rows; y++) {
    const moves = y >= top && y <= bottom;
    const from = moves ? y + by : y;
    if (moves && (from < top || from > bottom)) continue;
    for (let x = 0; x < columns; x++) {
      shifted.glyphs[y * columns + x] = grid.glyphs[from * columns + x] ?? ' ';
    }
    shifted.styles.set(grid.styles.subarray(from * columns, (from + 1) * columns), y * columns);
    shifted.reaches.set(grid.reaches.subarray(from * columns, (from + 1) * columns), y * columns);
  }
  return shifted;
}

function changedRows(previous: Grid, next: Grid): number {
  let count = 0;
  for (let y = 0; y < next.rows; y++) {
    let i = y * next.columns;
    const end = i + next.columns;
    while (i < end && sameCell(previous, i, next, i)) i++;
    if (i < end) count++;
  }
  return count;
}

/** Each changed row votes for the distances at which the same row was before. */
function likeliestShift(previous: Grid, next: Grid): number | null {
  const before = new Map<number, number[]>();
  for (let y = 0; y < previous.rows; y++) {
    const hash = hashRow(previous, y);
    const same = before.get(hash);
    if (same) same.push(y);
    else before.set(hash, [y]);
  }
  const votes = new Map<number, number>();
  for (let y = 0; y < next.rows; y++) {
    const hash = hashRow(next, y);
    // Rows that repeat, blank ones above all, say nothing about where they came from.
    const from = before.get(hash)?.length === 1 ? (before.get(hash)?.[0] ?? y) : y;
    if (from !== y) votes.set(from - y, (votes.get(from - y) ?? 0) + 1);
  }
  let best: number | null = null;
  for (const [by, count] of votes) {
    if (count >= LEAST_MATCHES && count > (votes.get(best ?? 0) ?? 0)) best = by;
  }
  return best;
}

/** The neighbouring rows that together gain most by coming from `by` rows further down. */
function bestRegion(previous: Grid, next: Grid, by: number): Shift | null {
  let best = { gain: 0, first: 0, last: -1 };
  let sum = 0;
  let first = 0;
  for (let y = 0; y < next.rows; y++) {
    const inside = y + by >= 0 && y + by < next.rows;
    const gain = inside ? differences(previous, y, next, y) - differences(previous, y + by, next, y) : -next.columns;
    if (sum <= 0) {
      sum = 0;
      first = y;
    }
    sum += gain;
    if (sum > best.gain) best = { gain: sum, first, last: y };
  }
  if (best.last < best.first) return null;
  const top = Math.min(best.first, best.first + by);
  const bottom = Math.max(best.last, best.last + by);
  let saved = best.gain;
  for (let y = top; y <= bottom; y++) {
    // The rows that come in have to be drawn on blank ones.
    if (y < best.first || y > best.last) saved += differences(previous, y, next, y) - inkedCells(next, y);
  }
  return saved >= LEAST_SAVED ? { top, bottom, by } : null;
}

function differences(a: Grid, rowA: number, b: Grid, rowB: number): number {
  let count = 0;
  for (let x = 0; x < a.columns; x++) {
    if (!sameCell(a, rowA * a.columns + x, b, rowB * b.columns + x)) count++;
  }
  return count;
}

function inkedCells(grid: Grid, row: number): number {
  let count = 0;
  for (let x = 0; x < grid.columns; x++) {
    if (!isBlank(grid, row * grid.columns + x)) count++;
  }
  return count;
}

/** Equal rows have equal hashes; a rare false match only costs a worse choice, never a wrong screen. */
function hashRow(grid: Grid, y: number): number {
  let hash = 0;
  for (let i = y * grid.columns; i < (y + 1) * grid.columns; i++) {
    const glyph = grid.glyphs[i] ?? '';
    hash = (Math.imul(hash, 31) + glyph.charCodeAt(0) + (grid.styles[i] ?? 0)) | 0;
  }
  return hash;
}
