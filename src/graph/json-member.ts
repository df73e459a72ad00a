/** Looking into JSON of which nothing is certain. Pure. */

/** The member of an object; undefined when it has none, or when it is no object. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The same, where only a text that says something counts. */
export function textMember(value: unknown, name: string): string | null {
  const found = member(value, name);
  return typeof found === 'string' && found !== '' ? found : null;
}

/**
 * The link to the next page of a list, exactly as Graph gave it; null on the last page. Not ok: there is a link, but it is no text or an
 * empty one. Then there are more rows, and no way to them.
 */
export function nextLinkOf(json: unknown): { readonly ok: true; readonly url: string | null } | { readonly ok: false } {
  const link = member(json, '@odata.nextLink');
  if (link === undefined || link === null) return { ok: true, url: null };
  return typeof link === 'string' && link !== '' ? { ok: true, url: link } : { ok: false };
}
