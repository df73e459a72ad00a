/** What the completion scripts of all shells have in common. Pure. */
import type { CommandName, OptionSpec } from './table.ts';

export function takesFile({ placeholder }: OptionSpec): boolean {
  return placeholder === '<file>';
}

/** The options that change something for a command. */
export function optionsOf(command: CommandName, options: readonly OptionSpec[]): readonly OptionSpec[] {
  return options.filter(({ commands }) => commands.includes(command));
}

/** For all three shells; the texts of the tables hold no backslash, which fish would read inside quotes. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
