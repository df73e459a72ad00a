/** docs/keys.md, made from the key table. */
import { type KeyPlace, keyTable } from '../../src/store/keys.ts';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import { keyPlaces } from '../../src/ui/help-lines.ts';
import { keyName } from '../../src/ui/key-names.ts';

export function keysPage(): string {
  const sections = keyPlaces.map(({ place, title }) => `## ${title}\n\n${tableOf(place)}`);
  return `# Keys\n\nMade from the key table of the program by \`npm run docs\`; \`?\` shows the same on the screen.\n\n${sections.join('\n\n')}\n`;
}

function tableOf(place: KeyPlace): string {
  const rows = keyTable
    .filter((binding) => binding.place === place)
    .map(({ keys, help }) => `| ${keys.map((key) => `\`${keyName(key, glyphsOf(false))}\``).join(' ')} | ${help} |`);
  return ['| key | does |', '|---|---|', ...rows].join('\n');
}
