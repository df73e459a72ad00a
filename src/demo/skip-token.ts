/** Opaque page tokens: where the last page ended, and for which filter. They do not expire. */
import { hashText } from './random.ts';

export interface PagePosition {
  /** The last event that was listed. */
  readonly timeUs: number;
  readonly id: string;
}

export function skipTokenOf(position: PagePosition, filter: string): string {
  const text = `${position.timeUs}|${position.id}|${hashText(filter)}`;
  return btoa(`${text}|${hashText(text)}`)
    .replaceAll('=', '')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** Null when the token is not one of ours, was changed, or belongs to another filter. */
export function positionOf(token: string, filter: string): PagePosition | null {
  const [timeUs = '', id = '', filterHash = '', check = ''] = decoded(token).split('|');
  const isOurs = check === String(hashText(`${timeUs}|${id}|${filterHash}`)) && filterHash === String(hashText(filter));
  return isOurs ? { timeUs: Number(timeUs), id } : null;
}

function decoded(token: string): string {
  const text = token.replaceAll('-', '+').replaceAll('_', '/');
  return /^[A-Za-z0-9+/]+$/.test(text) && text.length % 4 !== 1 ? atob(text) : '';
}
