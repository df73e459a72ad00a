/**
 * Tells when a request leaves: after the name was looked up and the connection, through whatever proxy, is open. undici says so on
 * a diagnostics channel, where a request is known by its `client-request-id`.
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
 */
import { subscribe } from 'node:diagnostics_channel';

/** The requests that are waited for, by ID. */
const waiting = new Map<string, () => void>();
let isSubscribed = false;

/** Calls `onSent` when the request with this ID leaves. What it gives ends the waiting. */
export function onceSent(requestId: string, onSent: () => void): () => void {
  if (!isSubscribed) {
    isSubscribed = true;
    subscribe('undici:client:sendHeaders', headersSent);
  }
  waiting.set(requestId, onSent);
  return () => void waiting.delete(requestId);
}

function headersSent(message: unknown): void {
  if (waiting.size === 0 || typeof message !== 'object' || message === null) return;
  const headers = String(Reflect.get(message, 'headers'));
  const id = /^client-request-id: (\S+)/im.exec(headers)?.[1];
  if (id === undefined) return;
  waiting.get(id)?.();
  waiting.delete(id);
}
