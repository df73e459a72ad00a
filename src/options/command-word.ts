/** Whether the first word, which names no command, was meant as one: else it would be searched for, and nobody knows why. */
import { slipsBetween } from '../filter/nearest-word.ts';
import { commandTable } from './table.ts';

const commands: readonly string[] = commandTable.map(({ name }) => name).filter((name) => name !== 'browse');

/** Words that are commands elsewhere, or sound like one: whoever types them first wants something done. */
const soundLikeCommands: readonly string[] = ['browse'];

/** Gives advice for a word that looks like a command and is none; null for a word of a query. */
export function commandAdvice(word: string): string | null {
  if (!/^[a-z]+$/i.test(word)) return null;
  const folded = word.toLowerCase();
  const search = `To search for the word: entra-signups -- ${word}`;
  const [nearest] = [...commands, 'help']
    .map((name) => ({ name, slips: slipsBetween(folded, name) }))
    // Of a short name, two letters are half: gmail would be tail.
    .filter(({ name, slips }) => slips <= (name.length <= 4 ? 1 : 2))
    .sort((a, b) => a.slips - b.slips);
  if (nearest !== undefined) return `Did you mean ${nearest.name}? ${search}`;
  if (!soundLikeCommands.includes(folded)) return null;
  return `The commands are ${commands.join(', ')}; without one, the full screen opens.\n${search}`;
}
