/**
 * What each option takes, wherever it is written: the command line, the environment and the settings file all read it
 * with these. Points in time are missing, because they need the present: `query.ts` reads them.
 */
import { cloudNames } from '../endpoints.ts';
import { readDuration } from './query.ts';
import { outputFormats } from './table.ts';
import * as values from './values.ts';

const defaultSeed = 1;

export const optionReaders = {
  tenant: values.readTenant,
  'client-id': values.readGuid,
  auth: values.choiceOf(['device-code', 'browser']),
  cloud: values.choiceOf(cloudNames),
  'login-url': values.readEndpoint,
  'graph-url': values.readEndpoint,
  demo: values.readSeed(defaultSeed),
  interval: readDuration(5_000),
  limit: values.wholeNumber(0),
  for: readDuration(1),
  'max-events': values.wholeNumber(1),
  'page-size': values.wholeNumber(1, 1000),
  output: values.choiceOf(outputFormats),
  tz: values.readTimeZone,
  ascii: values.readFlag,
  'no-color': values.readFlag,
  'screen-reader': values.readFlag,
  'debug-log': values.readText,
  config: values.readText,
  profile: values.readText,
};
