/** docs/configuration.md with the table of commands that its marker asks for, made from the key table. */
import { keyTable } from '../../src/store/keys.ts';

const MARKED = /<!-- commands -->[\s\S]*?<!-- \/commands -->/;

/** Puts the commands between the markers. Throws when there are none. */
export function withCommands(page: string): string {
  if (!MARKED.test(page)) throw new Error('docs/configuration.md: the markers for the commands are missing');
  return page.replace(MARKED, () => `<!-- commands -->\n${commandTable()}\n<!-- /commands -->`);
}

function commandTable(): string {
  const commands = [...new Set(keyTable.map(({ command }) => command))];
  const rows = commands.map((command) => {
    const bound = keyTable.filter((binding) => binding.command === command);
    const keys = bound.map((binding) => `${binding.place} ${binding.keys.map(code).join(' ')}`);
    return `| \`${command}\` | ${keys.join(', ')} | ${bound[0]?.help ?? ''} |`;
  });
  return ['| command | keys it has | does |', '|---|---|---|', ...rows].join('\n');
}

function code(key: string): string {
  return `\`${key}\``;
}
