/** The help screen: every key of the table, by place, and the signs that the screen uses. */

import { attemptOutcomes } from '../signup/attempt.ts';
import { eventOutcomes } from '../signup/outcome.ts';
import type { KeyBinding, KeyPlace } from '../store/keys.ts';
import { attemptWord } from './attempt-words.ts';
import type { Glyphs } from './glyphs.ts';
import { keyName } from './key-names.ts';
import { cutLine, type Line, piece, type Tone, wrapText } from './line.ts';
import { outcomeTone } from './outcome-tones.ts';

export const keyPlaces: readonly { readonly place: KeyPlace; readonly title: string }[] = [
  { place: 'table', title: 'Table' },
  { place: 'pane', title: 'Pane (Enter twice, or Tab)' },
  { place: 'stepper', title: 'Filter stepper (f)' },
  { place: 'narrowing', title: 'Narrowing the values (/ in the stepper)' },
  { place: 'range', title: 'Typing a time range (/ in the stepper, on time)' },
  { place: 'search', title: 'Search (/)' },
  { place: 'query', title: 'Query (:)' },
  { place: 'pick', title: 'Picking a value (+ and -)' },
  { place: 'insight', title: 'Figures (i)' },
  { place: 'person', title: 'A person (p)' },
  { place: 'copy', title: 'Copying (c)' },
  { place: 'text', title: 'A text shown plainly (p in the copy menu)' },
  { place: 'columnList', title: 'Columns and sorting (x, S)' },
  { place: 'presets', title: 'Presets (P)' },
  { place: 'logs', title: 'Logs (V)' },
  { place: 'presetName', title: 'Naming a preset (S in the presets)' },
  { place: 'requests', title: 'Calls to Graph (@)' },
  { place: 'signIn', title: 'Signing in' },
  { place: 'everywhere', title: 'Everywhere' },
];

const KEYS_WIDTH = 20;

const budgetMeaning = 'requests of the last 10 s: Graph allows few, and the program waits before it asks for too many';

const outcomeMeanings = {
  succeeded: 'the stage was completed',
  interrupted: 'a normal step, such as asking for the e-mail code: not a failure',
  failed: 'the stage was not completed',
  unknown: 'a code that nobody has classified, which counts as failed, or no code, which does not',
} as const;

const attemptMeanings = {
  created: 'an account was made',
  failed: 'the last event is a failure',
  inProgress: 'nothing has ended it, and its last event is less than 30 minutes old',
  noFurtherEvent: 'nothing came any more; the log does not say why',
} as const;

export function helpLines(width: number, glyphs: Glyphs, bindings: readonly KeyBinding[]): readonly Line[] {
  const section = (title: string): readonly Line[] => [[], [piece(` ${title}`, 'accent')]];
  const keys = (place: KeyPlace) =>
    bindings
      .filter((binding) => binding.place === place)
      .flatMap((binding) => entry(binding.keys.map((key) => keyName(key, glyphs)).join(' '), binding.help, width));
  return [
    [piece(' Keys and signs', 'strong')],
    ...keyPlaces.flatMap(({ place, title }) => [...section(title), ...keys(place)]),
    ...section('Outcomes'),
    ...eventOutcomes.flatMap((outcome) => {
      const sign = `${glyphs.outcome[outcome]} ${outcome}`;
      return entry(sign, outcomeMeanings[outcome], width, outcomeTone(outcome));
    }),
    ...section('Attempts (a)'),
    ...attemptOutcomes.flatMap((outcome) => {
      const { text, tone } = attemptWord(outcome, glyphs);
      return entry(text, attemptMeanings[outcome], width, tone);
    }),
    ...entry(`${glyphs.left} before a path`, 'its first events are not among what was read: late, or before it', width),
    ...entry(
      'provider:, account:',
      'of attempts: what the last event says; other conditions hold for any event',
      width,
    ),
    ...section('Header'),
    ...entry(
      'data to 10:42:10',
      'all that Graph showed up to then has been read; events can still turn up late',
      width,
    ),
    ...entry(`budget ${glyphs.budgetUsed.repeat(2)}${glyphs.budgetFree.repeat(2)}`, budgetMeaning, width),
    ...section('Order'),
    ...entry(
      `TIME ${glyphs.sorted.down}`,
      'the newest first: the cursor can follow, and news are counted while it does not. In every other order news take their places in the table and are counted until F puts the newest first again',
      width,
    ),
    ...section('Filter'),
    ...entry(glyphs.byGraph, 'Graph decides this condition: only matching events are fetched', width),
    ...entry(glyphs.byUs, 'decided here, among what was fetched', width),
  ].map((line) => cutLine(line, width, glyphs.ellipsis));
}

/** A name and what it means, wrapped beside it. */
function entry(name: string, meaning: string, width: number, tone: Tone = 'strong'): readonly Line[] {
  return wrapText(meaning, Math.max(10, width - KEYS_WIDTH - 5)).map((text, index) => [
    piece(`   ${(index === 0 ? name : '').padEnd(KEYS_WIDTH)} `, tone),
    piece(text),
  ]);
}
