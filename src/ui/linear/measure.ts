/**
 * The measures of the linear view: it has no size, so it is given one, with which paging makes sense and an open detail has
 * the focus; and scrolling by one line goes from one line that is read to the next. Pure.
 */
import { layout } from '../../store/layout.ts';
import type { Settings, State } from '../../store/state.ts';
import { detailWords } from './detail-words.ts';
import { helpWords, personWords } from './overlay-words.ts';

export const linearSize: State['size'] = { columns: 80, rows: 24 };

/** The line that was scrolled to is the one that is read, down to the last: there is no window below it. */
export const linearMeasure: Settings['measure'] = {
  paneLines: (state) => detailWords(state).length - 1 + (layout(state).pane?.height ?? 1) - 1,
  helpLines: (state) => helpWords(state).length - 1 + Math.max(1, state.size.rows - 2),
  personLines: (state) => personWords(state).length - 1 + Math.max(1, state.size.rows - 1),
  textLines: (state, text) => text.split('\n').length - 1 + Math.max(1, state.size.rows - 1),
};
