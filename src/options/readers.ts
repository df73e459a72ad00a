/**
 * What each option takes, wherever it is written: the command line, the environment and the settings file all read it
 * with these. Points in time are missing, because they need the present: `query.ts` reads them.
 */
import { cloudNames } from '../endpoints.ts';
import { logs, logWords } from '../logs/logs.ts';
import type { LogName } from '../signup/event.ts';
import { readDuration } from './query.ts';
import { breakdownFields, outputFormats } from './table.ts';
import * as values from './values.ts';

const defaultSeed = 1;

/** A log by its word, or by the name that Graph has for it. */
const readLog: values.ReadValue<LogName> = (text) => {
  const log = logs.find(({ name }) => name.toLowerCase() === text.toLowerCase());
  if (log !== undefined) return { ok: true, value: log.name };
  const read = values.choiceOf(logWords)(text);
  return read.ok ? { ok: true, value: logs.find(({ word }) => word === read.value)?.name ?? 'signUps' } : read;
};

export const optionReaders = {
  tenant: values.readTenant,
  'client-id': values.readGuid,
  auth: values.choiceOf(['device-code', 'browser']),
  cloud: values.choiceOf(cloudNames),
  'login-url': values.readEndpoint,
  'graph-url': values.readEndpoint,
  demo: values.readSeed(defaultSeed),
  log: readLog,
  interval: readDuration(5_000),
  limit: values.wholeNumber(0),
  lines: values.wholeNumber(0, 100_000),
  for: readDuration(1),
  'max-events': values.wholeNumber(1),
  'page-size': values.wholeNumber(1, 1000),
  by: values.choiceOf(breakdownFields),
  compare: values.readFlag,
  output: values.choiceOf(outputFormats),
  tz: values.readTimeZone,
  ascii: values.readFlag,
  'no-color': values.readFlag,
  'screen-reader': values.readFlag,
  'debug-log': values.readText,
  config: values.readText,
  profile: values.readText,
};
