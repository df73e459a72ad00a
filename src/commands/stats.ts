/** `stats`: figures of the attempts of the range: conversion, drop-off by stage, social against local, errors by code. */
import { safeJson, safeJsonLines } from '../headless/json.ts';
import { breakdown, comparison, isoRange, type Statistics, statistics } from '../headless/statistics.ts';
import { statsCsv } from '../headless/stats-csv.ts';
import { statsTable } from '../headless/stats-table.ts';
import type { StatsOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { isCutAt, startsIn } from '../signup/attempt-range.ts';
import { type AttemptsRead, runOnAttempts } from './attempts-reading.ts';
import { outputFormatOf, tableLookOf } from './printed-format.ts';

export function runStats(options: StatsOptions, program: Program): Promise<number> {
  const text = textOf(options, program);
  return runOnAttempts(options, options.compare ? 2 : 1, program, (read) => text(statisticsOf(options, read)));
}

function statisticsOf({ by, compare }: StatsOptions, read: AttemptsRead): Statistics {
  const { attempts, asked, range, readFromMs, appNames, events, nowMs } = read;
  const question = { appNames, nowMs };
  const started = attempts.filter((attempt) => startsIn(attempt, range));
  // Of these nobody knows what they had reached before.
  const whole = started.filter((attempt) => !isCutAt(attempt, readFromMs));
  const figures = statistics(
    whole,
    {
      ...isoRange(range),
      complete: range.fromMs <= asked.fromMs,
      events,
      attemptsLeftOut: started.length - whole.length,
    },
    question,
  );
  return {
    ...figures,
    ...(by === null ? {} : { by: breakdown(whole, by, question) }),
    ...(compare ? { compare: compared(whole, read) } : {}),
  };
}

/** Null when the range before was not read whole: half of one is no measure. */
function compared(now: AttemptsRead['attempts'], { attempts, asked, readFromMs, appNames, nowMs }: AttemptsRead) {
  const before = { fromMs: 2 * asked.fromMs - asked.toMs, toMs: asked.fromMs };
  if (readFromMs > before.fromMs) return null;
  const past = attempts
    .filter((attempt) => startsIn(attempt, before))
    .filter((attempt) => !isCutAt(attempt, readFromMs));
  return comparison(now, past, { now: asked, before }, { appNames, nowMs });
}

function textOf(options: StatsOptions, program: Program): (figures: Statistics) => string {
  switch (outputFormatOf(options, program)) {
    case 'ndjson':
      return (figures) => `${safeJson(figures)}\n`;
    case 'json':
      return (figures) => `${safeJsonLines(figures)}\n`;
    case 'csv':
      return statsCsv;
    case 'table': {
      const look = { ...tableLookOf(options, program), bars: !options.screenReader };
      return (figures) => statsTable(figures, look);
    }
  }
}
