// npm run test:faults: tries the built program on every class of fault, and soaks it. `--write` puts the results into
// docs/reliability.md. Other words are parts of the titles to try; the results of all others stay as they are.
import { startVitest } from 'vitest/node';

const [options, words] = [
  process.argv.slice(2).filter(isOption),
  process.argv.slice(2).filter((word) => !isOption(word)),
];
if (options.includes('--write')) process.env.FAULTS_WRITE = 'yes';

const vitest = await startVitest('test', [], {
  include: ['test/faults/**/*.faults.ts'],
  watch: false,
  // Most of the time each of them waits.
  maxConcurrency: 3,
  ...(words.length > 0 ? { testNamePattern: words.join('|') } : {}),
});
await vitest.close();

function isOption(word) {
  return word.startsWith('--');
}
