/** Every class of fault that the program is tried on, in the order of the matrix. */
import { answers } from './answers.ts';
import { budget } from './budget.ts';
import type { FaultClass } from './check.ts';
import { clocks } from './clocks.ts';
import { endings } from './endings.ts';
import { late } from './late.ts';
import { networks } from './networks.ts';
import { savedFiles } from './saved-files.ts';
import { terminals } from './terminals.ts';
import { texts } from './texts.ts';

export const catalogue: readonly FaultClass[] = [
  ...clocks,
  ...answers,
  ...late,
  ...budget,
  ...savedFiles,
  ...texts,
  ...endings,
  ...networks,
  ...terminals,
];
