/** The README with the screens that its markers name. */
import type { DrawnScreen } from './screens.ts';

const MARKED = /<!-- screen: (\S+) -->[\s\S]*?<!-- \/screen -->/g;

/** Puts each named screen between its markers. Throws when a marker names a screen that is not drawn. */
export function withScreens(readme: string, screens: readonly DrawnScreen[]): string {
  return readme.replace(MARKED, (_, name: string) => {
    const screen = screens.find((drawn) => drawn.name === name);
    if (!screen) throw new Error(`README.md: there is no screen ${name}`);
    return `<!-- screen: ${name} -->\n\`\`\`text\n${screen.text}\`\`\`\n<!-- /screen -->`;
  });
}
