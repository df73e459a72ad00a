/**
 * The seam to the network: everything that leaves this program goes through one `Send`. The demo tenant and the tests
 * pass another one; nothing above knows the difference.
 */

/**
 * Sends one request, without following redirects, and resolves with the answer; rejects when there is none. Calls `onSent` when the
 * request leaves, if it can tell: connecting takes time, and Graph counts requests as they arrive.
 */
export type Send = (request: Request, onSent?: () => void) => Promise<Response>;
