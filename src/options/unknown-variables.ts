/** Names of environment variables that begin as the program's own do and mean nothing to it. Pure. */
import { nearestWord } from '../filter/nearest-word.ts';
import type { Environment } from './settings.ts';
import { optionNames, variableOf } from './table.ts';

const known: readonly string[] = optionNames.map(variableOf);

/** A sentence for each of them, with the nearest that is known. */
export function unknownVariables(environment: Environment): readonly string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('ENTRA_SIGNUPS_') && !known.includes(name))
    .map((name) => {
      const nearest = nearestWord(name, known);
      const advice = nearest === null ? 'entra-signups --help lists the options' : `did you mean ${nearest}?`;
      return `there is no variable ${name}; ${advice}`;
    });
}
