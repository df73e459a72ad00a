/** Reads the body of an answer to its end, but not for ever: too many bytes is a result, not a crash. */
import { networkFailure } from './network-failure.ts';

export type BodyText =
  | { readonly kind: 'text'; readonly text: string }
  /** The connection ended before the body did. */
  | { readonly kind: 'cutOff' }
  | { readonly kind: 'tooLarge' };

/** What a wait for progress can end with. */
export type Progress<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'stalled' };

/**
 * Takes an answer, the most bytes to accept, and `watch`, which ends a wait that takes too long. Gives the text, or
 * `stalled` when the wait was ended. A body that is not read to its end is cancelled, so that its socket closes.
 */
export async function readBody(
  response: Response,
  maxBytes: number,
  watch: <T>(work: Promise<T>) => Promise<Progress<T>>,
): Promise<BodyText | { readonly kind: 'stalled' }> {
  const reader = response.body?.getReader();
  if (!reader) return { kind: 'text', text: '' };
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const step = await watch(reader.read().then(undefined, networkFailure));
    if (step.kind === 'stalled') {
      abandon(reader);
      return step;
    }
    // A body that fails while it is read was cut off, unless it just stood still: the headers had come.
    if ('reason' in step.value) return { kind: step.value.reason === 'timeout' ? 'stalled' : 'cutOff' };
    const chunk = step.value.value;
    if (step.value.done) return { kind: 'text', text: text + decoder.decode() };
    if (chunk === undefined) continue;
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      abandon(reader);
      return { kind: 'tooLarge' };
    }
    text += decoder.decode(chunk, { stream: true });
  }
}

/** Nobody waits for the end of a body that is given up; that it cannot even be cancelled changes nothing. */
function abandon(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  reader.cancel().catch(() => undefined);
}
