/** The correlation ID that `trace` is given. What is none is pointed at, because it was probably cut off when it was copied. */
import type { ReadArguments } from './arguments.ts';
import { UsageError, wholeWord } from './complaint.ts';
import { readGuid } from './values.ts';

/** In lower case. Throws `UsageError`. */
export function readCorrelationId({ operands, line }: ReadArguments): string {
  const [operand, second] = operands;
  const advice = 'e.g. entra-signups trace f4414243-b0ee-4030-9c0c-d661c716a6b8';
  if (operand === undefined) {
    throw new UsageError({ message: 'trace needs a correlation ID', advice, place: null });
  }
  if (second !== undefined) {
    const place = wholeWord(line, second.index);
    throw new UsageError({ message: 'trace takes one correlation ID', advice: '', place });
  }
  const read = readGuid(operand.text.trim());
  if (read.ok) return read.value;
  const place = wholeWord(line, operand.index);
  throw new UsageError({ message: 'trace takes a correlation ID, which is a GUID', advice, place });
}
