/** Words for what should not have happened. Pure. */
import { visibleText } from '../signup/visible-text.ts';
import { OutputFailure } from './output.ts';
import { sayText } from './problem-text.ts';

/** Lines for stderr: where it happened, unless the reason lies outside of the program. */
export function faultText(error: unknown): string {
  if (error instanceof OutputFailure) return sayText(error.message);
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = trace.split('\n').map((line) => `  ${visibleText(line)}\n`);
  return sayText('a fault of the program; please report it with these lines') + lines.join('');
}
