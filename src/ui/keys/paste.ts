/**
 * Collects a bracketed paste (xterm's mode 2004): everything up to `CSI 201 ~`, however it is cut. Must not be trusted with
 * meaning: what is inside is text, never keys.
 */

export interface PasteBytes {
  readonly parts: readonly Uint8Array[];
  readonly size: number;
  /** How many bytes of the end marker the input so far ends with. */
  readonly matched: number;
}

/** What follows is left out of the paste, and swallowed all the same. */
export const LARGEST_PASTE_BYTES = 1024 * 1024;

export const emptyPaste: PasteBytes = { parts: [], size: 0, matched: 0 };

const END = Uint8Array.of(0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e);

/**
 * Takes the bytes from `from` on. `end` is the index after the end marker, or null when the paste goes on in the next chunk.
 */
export function collectPaste(
  paste: PasteBytes,
  bytes: Uint8Array,
  from: number,
): { readonly paste: PasteBytes; readonly end: number | null } {
  let { matched } = paste;
  let collected = paste;
  const start = from;
  for (let i = from; i < bytes.length; i++) {
    if (bytes[i] === END[matched]) {
      matched++;
      if (matched === END.length) {
        collected = add(collected, bytes.subarray(start, Math.max(start, i + 1 - END.length)));
        return { paste: { ...collected, matched: 0 }, end: i + 1 };
      }
      continue;
    }
    // The beginning of a marker in an earlier chunk was none: it belongs to the text.
    if (matched > i - start) {
      collected = add(collected, END.subarray(0, matched - (i - start)));
    }
    matched = bytes[i] === END[0] ? 1 : 0;
  }
  const rest = bytes.subarray(start, Math.max(start, bytes.length - matched));
  return { paste: { ...add(collected, rest), matched }, end: null };
}

/** The text of a paste: UTF-8, line breaks as `\n`, without control characters but tabs. */
export function pastedText({ parts }: PasteBytes): string {
  const text = new TextDecoder().decode(Buffer.concat(parts));
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}

function add(paste: PasteBytes, bytes: Uint8Array): PasteBytes {
  const kept = bytes.subarray(0, Math.max(0, LARGEST_PASTE_BYTES - paste.size));
  if (kept.length === 0) return paste;
  // A copy: the chunk belongs to the stream that it came from.
  return { ...paste, parts: [...paste.parts, kept.slice()], size: paste.size + kept.length };
}
