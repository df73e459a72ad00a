/** Who counts as one person: whoever signs up with the same identifier, however it is written. Pure. */

/** The identifier without spaces around it and in lower case; null for none, which says nothing about who it was. */
export function personKey(identifier: string | null): string | null {
  const key = identifier?.trim().toLowerCase() ?? '';
  return key === '' ? null : key;
}
