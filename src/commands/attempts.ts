/** `attempts`: one line for each attempt of the range, newest first. */
import {
  type AttemptFormat,
  attemptCsv,
  attemptJson,
  attemptNdjson,
  attemptTable,
} from '../headless/attempt-formats.ts';
import { attemptRecord } from '../headless/attempt-record.ts';
import type { AttemptsOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { runOnAttempts } from './attempts-reading.ts';
import { outputFormatOf, tableLookOf } from './printed-format.ts';

export function runAttempts(options: AttemptsOptions, program: Program): Promise<number> {
  const format = formatOf(options, program);
  return runOnAttempts(options, 1, program, ({ attemptsIn, keeps, isCut, range, appNames, nowMs }) => {
    const kept = attemptsIn(range).filter(keeps);
    return format(kept.map((attempt) => attemptRecord({ attempt, isCut: isCut(attempt) }, appNames, nowMs)));
  });
}

function formatOf(options: AttemptsOptions, program: Program): AttemptFormat {
  switch (outputFormatOf(options, program)) {
    case 'ndjson':
      return attemptNdjson;
    case 'json':
      return attemptJson;
    case 'csv':
      return attemptCsv;
    case 'table':
      return attemptTable(tableLookOf(options, program));
  }
}
