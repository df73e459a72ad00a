/** What becomes known about each call to Graph: the request log and the budget meter on the screen are made of these. */

import type { Moment } from './moment.ts';

export type RequestFact =
  | {
      readonly type: 'request.started';
      /** Counts up from 1 within one run of the program. */
      readonly id: number;
      readonly at: Moment;
      readonly method: string;
      /** The whole address, never with a token in it. */
      readonly url: string;
    }
  | {
      readonly type: 'request.finished';
      readonly id: number;
      readonly tookMs: number;
      /** HTTP status, or null when no answer came. */
      readonly status: number | null;
      readonly requestId: string | null;
      /** Rows in the answer, when it was a page. */
      readonly rows: number | null;
    };
