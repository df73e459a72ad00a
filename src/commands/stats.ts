/** `stats`: figures of the attempts of the range: conversion, drop-off by stage, social against local, errors by code. */

import { safeJson, safeJsonLines } from '../headless/json.ts';
import { statsCsv } from '../headless/stats-csv.ts';
import { statsPage } from '../headless/stats-page.ts';
import { type StatsPage, statsTable } from '../headless/stats-table.ts';
import type { StatsOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { runOnAttempts } from './attempts-reading.ts';
import { outputFormatOf, tableLookOf } from './printed-format.ts';

export function runStats(options: StatsOptions, program: Program): Promise<number> {
  const text = textOf(options, program);
  return runOnAttempts(options, options.compare ? 2 : 1, program, (read) => text(statsPage(options, read)));
}

function textOf(options: StatsOptions, program: Program): (page: StatsPage) => string {
  switch (outputFormatOf(options, program)) {
    case 'ndjson':
      return ({ statistics: figures }) => `${safeJson(figures)}\n`;
    case 'json':
      return ({ statistics: figures }) => `${safeJsonLines(figures)}\n`;
    case 'csv':
      return ({ statistics: figures }) => statsCsv(figures);
    case 'table': {
      const look = { ...tableLookOf(options, program), bars: !options.screenReader };
      return (page) => statsTable(page, look);
    }
  }
}
