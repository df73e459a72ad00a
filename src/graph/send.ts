/**
 * The seam to the network: everything that leaves this program goes through one `Send`. The demo tenant and the tests
 * pass another one; nothing above knows the difference.
 */

/** Sends one request, without following redirects, and resolves with the answer; rejects when there is none. */
export type Send = (request: Request) => Promise<Response>;
