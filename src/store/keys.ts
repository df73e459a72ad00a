/**
 * The keys: one table that says which key does what, where, and in which words. The reducer looks keys up here; the footer,
 * the help screen and docs/keys.md are made from it, so they cannot drift from what the program does.
 */
import type { CommandName } from './commands.ts';

/** Where a key counts: the innermost place that has the focus answers first. */
export type KeyPlace =
  | 'signIn'
  | 'help'
  | 'stepper'
  | 'narrowing'
  | 'range'
  | 'search'
  | 'query'
  | 'pick'
  | 'requests'
  | 'copy'
  | 'text'
  | 'columnList'
  | 'person'
  | 'insight'
  | 'presets'
  | 'logs'
  | 'presetName'
  | 'pane'
  | 'table'
  | 'everywhere';

/** Where letters are text, and only a place's own keys and a few with Ctrl are commands. */
export const typingPlaces: ReadonlySet<KeyPlace> = new Set(['search', 'query', 'narrowing', 'range', 'presetName']);

export interface KeyBinding {
  readonly place: KeyPlace;
  /** The first is the one that is shown. */
  readonly keys: readonly string[];
  readonly command: CommandName;
  /** One or two words for the footer; null keeps it out of there. */
  readonly hint: string | null;
  /** What it does, for the help screen. */
  readonly help: string;
}

const bind = (
  place: KeyPlace,
  keys: string,
  command: CommandName,
  help: string,
  hint: string | null = null,
): KeyBinding => ({ place, keys: keys.split(' '), command, hint, help });

export const keyTable: readonly KeyBinding[] = [
  bind('table', 'j down', 'row.down', 'one row down (older)', 'move'),
  bind('table', 'k up', 'row.up', 'one row up (newer)'),
  bind('table', 'pagedown ctrl+f', 'page.down', 'one screen down'),
  bind('table', 'pageup b', 'page.up', 'one screen up'),
  bind('table', 'ctrl+d d', 'page.halfDown', 'half a screen down'),
  bind('table', 'ctrl+u', 'page.halfUp', 'half a screen up'),
  bind('table', 'g home <', 'edge.newest', 'to the first row (the newest event), and follow'),
  bind('table', 'G end >', 'edge.oldest', 'to the last row (the oldest event that is loaded)'),
  bind('table', '.', 'page.older', 'a page of Graph (1,000 rows) towards the past, fetched when it is not loaded'),
  bind('table', ',', 'page.newer', 'a page of Graph (1,000 rows) towards now'),
  bind('table', 'l right', 'columns.right', 'columns to the right'),
  bind('table', 'h left', 'columns.left', 'columns to the left'),
  bind('table', 'x', 'columnList.open', 'choose the columns, their order, and what the table is sorted by'),
  bind(
    'table',
    'S',
    'columnList.sorted',
    'sort: the same list, on the column that is sorted by; S again turns it round',
  ),
  bind('table', 'shift+right', 'sort.next', 'sort by the next column'),
  bind('table', 'shift+left', 'sort.previous', 'sort by the column before'),
  bind('table', 'F s', 'follow', 'follow: the newest first again, and stay on the newest event'),
  bind('table', 'enter', 'pane.open', 'open the event; again: into the pane', 'open'),
  bind('table', 'tab shift+tab', 'pane.focus', 'between table and pane'),
  bind('table', 'f', 'stepper.open', 'filter step by step, with counts', 'filter'),
  bind('table', '/', 'search.open', 'search the loaded rows', 'search'),
  bind('table', 'n', 'search.next', 'next row that is found (towards the past)'),
  bind('table', 'N', 'search.previous', 'previous row that is found'),
  bind('table', '&', 'filter.onlyHits', 'only the rows that are found, or all again'),
  bind('table', ':', 'query.open', 'the filter as a query, to be typed', 'query'),
  bind('table', '+', 'pick.include', 'only what is like this event, in a value that you pick'),
  bind('table', '-', 'pick.exclude', 'everything but what is like this event, in a value that you pick'),
  bind('table', 'D', 'filter.toggle', 'all conditions off, and on again'),
  bind('table', '[ alt+left', 'filter.previous', 'the filter before this one'),
  bind('table', '] alt+right', 'filter.next', 'the filter after this one'),
  bind('table', '0', 'range.live', 'back to now: follow, without an end of the range'),
  bind('table', '1', 'range.15m', 'the last 15 minutes'),
  bind('table', '2', 'range.1h', 'the last hour'),
  bind('table', '3', 'range.4h', 'the last 4 hours'),
  bind('table', '4', 'range.24h', 'the last 24 hours'),
  bind('table', '5', 'range.3d', 'the last 3 days'),
  bind('table', '6', 'range.7d', 'the last 7 days'),
  bind(
    'table',
    'a',
    'unit.toggle',
    'from events to attempts (one line each, with all their events), and back',
    'attempts',
  ),
  bind('table', 'i', 'insight.open', 'figures: conversion, drop-off, failures over time', 'figures'),
  bind('table', 'P', 'presets.open', 'named filters, with counts', 'presets'),
  bind('table', 'V', 'logs.open', 'another log: sign-ups, sign-ins, audits, provisioning', 'log'),
  bind('table', 'C', 'flows.ask', 'ask for the permission that user flows need, and for the flows again'),
  bind('table', 'R', 'view.reset', 'the view of the first start: no filter, the usual columns, the newest first'),
  bind('table', 't', 'clock.next', 'times in the zone, in UTC, or as how long ago'),
  bind('table', '@', 'calls.open', 'the calls to Graph, to be looked at and taken elsewhere'),
  bind('table', 'space', 'poll.pause', 'pause polling, or go on', 'pause'),
  bind('table', 'r ctrl+r', 'poll.now', 'look for news now (within the request budget)'),
  bind('table', 'z', 'pane.zoom', 'pane over the whole screen, and back'),
  bind('table', 'o', 'jump.older', 'older event of the same correlation ID; older attempt of the same person'),
  bind('table', 'O', 'jump.newer', 'the newer one'),
  bind('table', 'e', 'jump.olderFailure', 'next failure towards the past (expected interrupts are none)'),
  bind('table', 'E', 'jump.newerFailure', 'next failure towards now'),
  bind('table', 'm', 'mark.toggle', 'mark the row, or take its mark away'),
  bind('table', 'u', 'mark.older', 'next marked row towards the past'),
  bind('table', 'U', 'mark.newer', 'next marked row towards now'),
  bind('table', 'p', 'person.open', 'who it is: the account, identities, authentication methods'),
  bind('table', 'c', 'copy.open', 'copy: ID, text for a ticket, row, JSON ...', 'copy'),
  bind('table', 'y', 'copy.correlationId', 'copy the correlation ID at once (by OSC 52)'),
  bind('table', 'w', 'pane.wrap', 'long values of the pane on as many lines as they need, or cut to one line each'),
  bind('table', 'L', 'signIn.again', 'sign in again, after the token ended'),
  bind('table', 'esc', 'back', 'back by one step: search, then pane; never quits'),

  bind('pane', 'j down', 'pane.down', 'one line down', 'scroll'),
  bind('pane', 'k up', 'pane.up', 'one line up'),
  bind('pane', 'pagedown space ctrl+f ctrl+d', 'pane.pageDown', 'one screen down'),
  bind('pane', 'pageup b ctrl+u', 'pane.pageUp', 'one screen up'),
  bind('pane', 'g home', 'pane.top', 'to the top'),
  bind('pane', 'G end', 'pane.bottom', 'to the end'),
  bind('pane', 'J', 'row.down', 'next event of the table (older)', 'next event'),
  bind('pane', 'K', 'row.up', 'previous event of the table (newer)'),
  bind('pane', 'n', 'search.next', 'next row that is found (towards the past)'),
  bind('pane', 'N', 'search.previous', 'previous row that is found'),
  bind('pane', 'tab shift+tab', 'pane.leave', 'back to the table', 'table'),
  bind('pane', 'z', 'pane.zoom', 'over the whole screen, and back', 'zoom'),
  bind('pane', 's', 'companions.allSignIns', 'sign-ins without a person at the screen as well, or not'),
  bind('pane', 'p', 'person.open', 'who it is: the account, identities, authentication methods', 'person'),
  bind('pane', 'c', 'copy.open', 'copy: ID, text for a ticket, row, JSON ...', 'copy'),
  bind('pane', 'y', 'copy.correlationId', 'copy the correlation ID at once (by OSC 52)'),
  bind('pane', 'o', 'jump.older', 'older event of the same correlation ID; older attempt of the same person'),
  bind('pane', 'O', 'jump.newer', 'the newer one'),
  bind('pane', 'e', 'jump.olderFailure', 'next failure towards the past (expected interrupts are none)'),
  bind('pane', 'E', 'jump.newerFailure', 'next failure towards now'),
  bind('pane', 'w', 'pane.wrap', 'long values on as many lines as they need, or cut to one line each', 'wrap'),
  bind('pane', 'L', 'signIn.again', 'sign in again, after the token ended'),
  bind('pane', 'V', 'logs.open', 'another log: sign-ups, sign-ins, audits, provisioning'),
  bind('pane', '+', 'pick.include', 'only what is like this event, in a value that you pick'),
  bind('pane', '-', 'pick.exclude', 'everything but what is like this event, in a value that you pick'),
  bind('pane', 't', 'clock.next', 'times in the zone, in UTC, or as how long ago'),
  bind('pane', 'esc enter', 'pane.close', 'close the pane', 'close'),

  bind('stepper', 'right tab', 'stepper.nextField', 'next field', 'field'),
  bind('stepper', 'left shift+tab', 'stepper.previousField', 'previous field'),
  bind('stepper', 'down', 'stepper.down', 'next value', 'value'),
  bind('stepper', 'up', 'stepper.up', 'previous value'),
  bind('stepper', 'space', 'stepper.toggle', 'include the value, or not', 'toggle'),
  bind('stepper', '-', 'stepper.exclude', 'exclude the value, or not', 'exclude'),
  bind('stepper', '/', 'stepper.narrow', 'list only values with a word in them; for the time, type a range', 'type'),
  bind('stepper', 'x', 'stepper.clearField', 'clear this field', 'clear'),
  bind('stepper', 'X', 'stepper.clearAll', 'clear every field', 'clear all'),
  bind('stepper', 'enter esc f q', 'stepper.close', 'done', 'done'),
  bind('stepper', 'C', 'flows.ask', 'ask for the permission that user flows need, and for the flows again'),
  bind('stepper', 'l', 'stepper.nextField', 'next field'),
  bind('stepper', 'h', 'stepper.previousField', 'previous field'),
  bind('stepper', 'j', 'stepper.down', 'next value'),
  bind('stepper', 'k', 'stepper.up', 'previous value'),

  bind('narrowing', 'enter tab down', 'stepper.narrowed', 'to the values that are left', 'values'),
  bind('narrowing', 'esc', 'stepper.unnarrowed', 'list all values again', 'all values'),

  bind(
    'range',
    'enter',
    'range.accept',
    'show this range: 4h, yesterday 14:00, or monday 09:00 to today 07:30',
    'show',
  ),
  bind('range', 'esc', 'range.cancel', 'leave the range as it was', 'cancel'),

  bind('search', 'enter', 'search.accept', 'search; an empty word ends the search', 'search'),
  bind('search', 'up', 'search.recall', 'the word that was searched for last'),
  bind('search', 'esc', 'search.cancel', 'leave the search as it was', 'cancel'),

  bind('query', 'enter', 'query.accept', 'filter by the query', 'filter'),
  bind('query', 'tab', 'query.complete', 'complete the field or the value', 'complete'),
  bind('query', 'down', 'query.nextChoice', 'next completion'),
  bind('query', 'up shift+tab', 'query.previousChoice', 'previous completion'),
  bind('query', 'esc', 'query.cancel', 'leave the filter as it was', 'cancel'),

  bind('pick', 'j down', 'pick.down', 'next value', 'value'),
  bind('pick', 'k up', 'pick.up', 'previous value'),
  bind('pick', 'enter space', 'pick.take', 'filter by it', 'take'),
  bind('pick', 'esc q', 'pick.close', 'leave the filter as it was', 'cancel'),

  bind('copy', 'j down', 'copy.down', 'next entry', 'entry'),
  bind('copy', 'k up', 'copy.up', 'previous entry'),
  bind('copy', 'enter space', 'copy.take', 'copy it by OSC 52; its own key does it at once', 'copy'),
  bind('copy', 'x', 'copy.redact', 'leave out who it was, or put it in again', 'leave out who'),
  bind('copy', 'p', 'copy.print', 'show it plainly, to be selected with the mouse', 'show plainly'),
  bind('copy', 'esc q', 'copy.close', 'copy nothing', 'cancel'),

  bind('text', 'j down', 'text.down', 'one line down', 'scroll'),
  bind('text', 'k up', 'text.up', 'one line up'),
  bind('text', 'pagedown space ctrl+f', 'text.pageDown', 'one screen down'),
  bind('text', 'pageup b', 'text.pageUp', 'one screen up'),
  bind('text', 'esc q enter p', 'text.close', 'back', 'back'),

  bind('insight', 'j down', 'insight.down', 'next line', 'line'),
  bind('insight', 'k up', 'insight.up', 'previous line'),
  bind('insight', 'g home', 'insight.first', 'to the first line'),
  bind('insight', 'G end', 'insight.last', 'to the last line: over time'),
  bind('insight', 'l right', 'insight.right', 'next figure of the line; next bar over time', 'figure'),
  bind('insight', 'h left', 'insight.left', 'previous figure; previous bar'),
  bind(
    'insight',
    'enter',
    'insight.take',
    'the attempts behind the figure; over time: make the range the filter',
    'open',
  ),
  bind('insight', 'space', 'insight.mark', 'over time: begin a range here, or give it up', 'range'),
  bind('insight', 'd', 'insight.dimension', 'split by something else', 'split'),
  bind('insight', 'L', 'insight.load', 'load the rest of the range; again: stop, and keep what came', 'load rest'),
  bind('insight', '1', 'range.15m', 'the last 15 minutes'),
  bind('insight', '2', 'range.1h', 'the last hour'),
  bind('insight', '3', 'range.4h', 'the last 4 hours'),
  bind('insight', '4', 'range.24h', 'the last 24 hours'),
  bind('insight', '5', 'range.3d', 'the last 3 days'),
  bind('insight', '6', 'range.7d', 'the last 7 days'),
  bind('insight', '[ alt+left', 'filter.previous', 'the filter before this one'),
  bind('insight', '] alt+right', 'filter.next', 'the filter after this one'),
  bind('insight', 'D', 'filter.toggle', 'all conditions off, and on again'),
  bind('insight', 't', 'clock.next', 'times in the zone, in UTC, or as how long ago'),
  bind('insight', 'esc i q', 'insight.close', 'back to the table', 'table'),

  bind('person', 'j down', 'person.down', 'one line down', 'scroll'),
  bind('person', 'k up', 'person.up', 'one line up'),
  bind('person', 'pagedown space ctrl+f', 'person.pageDown', 'one screen down'),
  bind('person', 'pageup b', 'person.pageUp', 'one screen up'),
  bind('person', 'C', 'person.ask', 'sign in with the permissions that are missing'),
  bind('person', 'esc q enter p', 'person.close', 'back', 'back'),

  bind('columnList', 'j down', 'columnList.down', 'next column', 'column'),
  bind('columnList', 'k up', 'columnList.up', 'previous column'),
  bind('columnList', 'space', 'columnList.toggle', 'show the column, or hide it', 'show/hide'),
  bind('columnList', 'S', 'columnList.sort', 'sort by the column; again: the other way round', 'sort'),
  bind('columnList', 'J shift+down', 'columnList.later', 'the column one place to the right', 'right'),
  bind('columnList', 'K shift+up', 'columnList.earlier', 'the column one place to the left', 'left'),
  bind('columnList', 'enter esc q x', 'columnList.close', 'done', 'done'),

  bind('presets', 'j down', 'presets.down', 'next preset', 'preset'),
  bind('presets', 'k up', 'presets.up', 'previous preset'),
  bind('presets', 'enter space', 'presets.take', 'filter by it; its own key does it at once', 'take'),
  bind('presets', 'S', 'presets.name', 'save the filter as a preset, in the settings file', 'save'),
  bind('presets', 'esc q', 'presets.close', 'leave the filter as it was', 'cancel'),

  bind('logs', 'j down', 'logs.down', 'next log', 'log'),
  bind('logs', 'k up', 'logs.up', 'log before'),
  bind('logs', 'enter space', 'logs.take', 'show it, as it was left', 'show'),
  bind('logs', '1', 'log.signUps', 'sign-ups'),
  bind('logs', '2', 'log.signIns', 'sign-ins'),
  bind('logs', '3', 'log.audits', 'directory audits'),
  bind('logs', '4', 'log.provisioning', 'provisioning'),
  bind('logs', 'esc q V', 'logs.close', 'stay with this log', 'cancel'),

  bind('presetName', 'enter', 'presets.save', 'save the filter under this name', 'save'),
  bind('presetName', 'esc', 'presets.close', 'save nothing', 'cancel'),

  bind('requests', 'j down', 'calls.down', 'the call before', 'call'),
  bind('requests', 'k up', 'calls.up', 'the call after'),
  bind('requests', 'u', 'calls.copyUrl', 'copy the address', 'copy address'),
  bind('requests', 'c', 'calls.copyCurl', 'copy it for curl', 'curl'),
  bind('requests', 'a', 'calls.copyAz', 'copy it for az rest', 'az rest'),
  bind('requests', 'p', 'calls.copyPowerShell', 'copy it for Microsoft Graph PowerShell', 'PowerShell'),
  bind('requests', 'esc q @', 'calls.close', 'close the list', 'close'),

  bind('help', 'j down', 'help.down', 'one line down', 'scroll'),
  bind('help', 'k up', 'help.up', 'one line up'),
  bind('help', 'pagedown space ctrl+f', 'help.pageDown', 'one screen down'),
  bind('help', 'pageup b', 'help.pageUp', 'one screen up'),
  bind('help', 'esc q enter ?', 'help.close', 'close the help', 'close'),

  bind('signIn', 'n', 'signIn.newCode', 'get a new code', 'new code'),
  bind('signIn', 'd', 'signIn.deviceCode', 'sign in with a code on another device', 'code'),
  bind('signIn', 'b', 'signIn.browser', 'sign in with a browser on this machine', 'browser'),
  bind('signIn', 'c y', 'signIn.copy', 'copy the code (or the address) by OSC 52', 'copy'),
  bind('signIn', 'esc', 'signIn.cancel', 'cancel signing in', 'cancel'),
  bind('signIn', 'q', 'quit.now', 'quit', 'quit'),

  bind('everywhere', '?', 'help.open', 'all keys', 'all keys'),
  bind('everywhere', 'q', 'quit.ask', 'close what is open; at the table: twice to quit', 'quit'),
  bind('everywhere', 'ctrl+c', 'interrupt', 'cancel what is open; twice to quit at once'),
  bind('everywhere', 'ctrl+l', 'repaint', 'draw the screen anew'),
  bind('everywhere', 'ctrl+z', 'suspend', 'suspend; fg brings it back'),
];

/** The binding that a key has in a place, or everywhere; null when it has none. */
export function bindingOf(keys: readonly KeyBinding[], place: KeyPlace, key: string): KeyBinding | null {
  const has = (binding: KeyBinding, where: KeyPlace) => binding.place === where && binding.keys.includes(key);
  return keys.find((binding) => has(binding, place)) ?? keys.find((binding) => has(binding, 'everywhere')) ?? null;
}
