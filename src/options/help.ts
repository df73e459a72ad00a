/** The text of `--help`, made from the option table. Pure. */
import { type CommandName, commandTable, type OptionGroup, type OptionSpec, optionTable, variableOf } from './table.ts';

const widthColumns = 80;
/** What stands on the left is aligned up to these widths. */
const widestLeft = 44;
const widestExample = 54;
const groups: readonly OptionGroup[] = ['Tenant', 'Reading', 'Showing', 'Settings'];

const whatItIs = `Watches, filters and triages the sign-up log of a Microsoft Entra External ID
tenant, in a terminal.`;

const queries = `A query is field:value terms, all of which must hold; a,b is either value,
-term negates, quotes hold spaces, * at the end means "starts with". A word
without a field is searched in everything that is shown. Fields: outcome,
stage, provider, account, app, appid, user, userid, error, correlation, id,
extension, flow, since, until. The other logs (--log) have fields of their
own; a word that is none of them brings the list. In a shell, put quotes around
a query with spaces; one that begins with - comes after --.`;

const demoSeed = `A number right after --demo is not a word of the query: it chooses another
invented tenant, as --demo=7 does. --demo -- 50181 searches for the number.`;

const keys = `Keys to start with:
  j k, arrows      move                   f    filter, step by step
  Enter            open the event         /    search
  Space            pause                  ?    all keys
  q                quit`;

const examples: Readonly<Record<CommandName, readonly (readonly [line: string, meaning: string])[]>> = {
  browse: [
    ['entra-signups --demo', 'try it on an invented tenant'],
    ['entra-signups --tenant contoso.onmicrosoft.com', 'watch your own'],
    ['entra-signups outcome:failed since:7d', 'failures of a week'],
    ['entra-signups list error:1002013 --output csv', 'for a spreadsheet'],
  ],
  list: [
    ['entra-signups list outcome:failed --since 1h', 'of the last hour'],
    ['entra-signups list --limit 0 --since 7d --output csv', 'a week for a spreadsheet'],
    ['entra-signups list \'app:"Contoso Shop"\' | jq .id', 'one object per line'],
  ],
  tail: [
    ['entra-signups tail -- -outcome:succeeded', 'all but successes'],
    ['entra-signups tail --since 15m --for 8h > night.ndjson', 'keep watch for a night'],
  ],
  trace: [
    ['entra-signups trace f4414243-b0ee-4030-9c0c-d661c716a6b8', ''],
    ['entra-signups trace f4414243-b0ee-4030-9c0c-d661c716a6b8 --since 30d', ''],
  ],
  attempts: [
    ['entra-signups attempts outcome:failed --since 1h', 'who failed in the last hour'],
    ['entra-signups attempts outcome:noFurtherEvent', 'who stopped, and where'],
    ['entra-signups attempts user:ana@example.org --since 7d', "one person's attempts"],
  ],
  stats: [
    ['entra-signups stats --since 7d --limit 0', 'of a week, all of it'],
    ['entra-signups stats --by app --compare', 'by application, against before'],
    ['entra-signups stats | jq .conversion', 'the figure alone'],
  ],
  login: [['entra-signups login --tenant contoso.onmicrosoft.com', 'prints an address and a code']],
  logout: [],
  whoami: [],
  doctor: [
    ['entra-signups doctor --tenant contoso.onmicrosoft.com', 'what is missing, and how to mend it'],
    ['entra-signups doctor --output json | jq .ok', 'for a script'],
  ],
  completion: [
    ['entra-signups completion bash > ~/.local/share/bash-completion/completions/entra-signups', ''],
    ['entra-signups completion zsh > ~/.zfunc/_entra-signups', ''],
    ['entra-signups completion fish > ~/.config/fish/completions/entra-signups.fish', ''],
  ],
};

const details: Readonly<Record<CommandName, string>> = {
  browse: '',
  list: `Prints matching events once, newest first, and exits. ndjson and json hold each
event exactly as Graph sent it, plus its outcome. What is worth knowing besides
(a limit that was reached, a page that failed) is said on stderr.`,
  tail: `Prints the last matching events (-n: how many; 10 on a terminal, none in a pipe;
with --since, all since then), and from then on those that become visible, each
once, as they arrive, until it is interrupted, --for is over or its pipe is
closed. Graph shows events minutes after they happened, and not in order: tail
prints them in the order in which they turn up.`,
  trace: `Prints every entry with this correlation ID from the sign-up, sign-in and audit
logs, and, when an account was made, its later sign-ins and its provisioning, in
order of time, and exits. ndjson and json hold each entry exactly as Graph sent
it, plus its outcome and its log; csv is not offered, because each log has
columns of its own. A log that cannot be read is one line on stderr; the exit
code is 4 only when none could be read because all were refused.`,
  attempts: `Prints one line per attempt, newest first, and exits. An attempt is all events
with one correlation ID: created (the account was made), failed (its last event
is a failure), in progress (its last event is younger than 30 minutes), or no
further event. outcome: asks for that; any other term holds for an attempt when
any of its events has the value, provider: and account: look at the last one.
An attempt belongs to the range that it starts in.`,
  stats: `Counts attempts: conversion is created / (attempts - in progress), drop-off of a
stage is lost / reached, where an attempt is lost at the stage of its last event
when it failed or has no further event. When the limit or a failure left a part
of the range unread, stderr and the range in the output say what they rest on.`,
  login: `Signs in and remembers the account. Works without a terminal too: the address
and the code are printed on stderr, and the command waits.`,
  logout: 'Forgets the account that was remembered for this tenant, and its tokens.',
  whoami: 'Shows which account reads which tenant. Signs nobody in.',
  doctor: `Checks settings, proxy and certificates, the sign-in service, the tenant, the
saved sign-in, its permissions and roles, each log by one call, the clock and
the terminal. Each line says pass, warn, FAIL or skip, and how to mend it. It
signs nobody in, and prints no token and no password. A settings file with a
mistake does not stop it. The exit code is that of the first failure: 2 for
settings, 3 for the sign-in, 4 for a refusal by Graph, 5 for the network.`,
  completion: 'Prints a completion script for bash, zsh or fish.',
};

/** Help for the whole program (`browse`), or for one command; ends with a line feed. */
export function helpText(command: CommandName): string {
  const spec = commandTable.find(({ name }) => name === command);
  const name = command === 'browse' ? 'entra-signups' : `entra-signups ${command}`;
  const isWhole = command === 'browse';
  const options = optionTable.filter(({ commands }) => isWhole || commands.includes(command));
  const takesQuery = spec?.operands === '[query]';
  const parts = [
    isWhole ? whatItIs : details[command],
    ['Usage:', ...usages(command, name, spec?.operands ?? '')].join('\n'),
    examples[command].length === 0 ? '' : ['Examples:', ...columns(examples[command], widestExample)].join('\n'),
    isWhole ? keys : '',
    takesQuery ? `${queries}\n\n${demoSeed}` : '',
    ...groups.map((group) => optionGroup(group, options)),
    [
      'Besides:',
      ...columns([
        ['--help', 'this text; after a command, about that command'],
        ['--version', ''],
      ]),
    ].join('\n'),
    options.length === 0 ? '' : environment(),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function usages(command: CommandName, name: string, operands: string): readonly string[] {
  if (command !== 'browse') return [`  ${name} [options]${operands === '' ? '' : ` ${operands}`}`];
  const lines = commandTable.map((spec) => {
    const called = spec.name === 'browse' ? 'entra-signups' : `entra-signups ${spec.name}`;
    return [`${called} ${spec.operands}`.trim(), spec.summary] as const;
  });
  return columns(lines);
}

function optionGroup(group: OptionGroup, options: readonly OptionSpec[]): string {
  const rows = options
    .filter((option) => option.group === group)
    .map(({ name, placeholder, meaning }) => [`--${name} ${placeholder}`.trim(), meaning] as const);
  return rows.length === 0 ? '' : [`${group}:`, ...columns(rows)].join('\n');
}

function environment(): string {
  return `Every option can be set in the environment as well, e.g. ${variableOf('tenant')}
or ${variableOf('page-size')}, and most of them in the settings file. An
option on the command line wins over the environment, that over the profile,
and that over the rest of the file.

Networks: HTTPS_PROXY (or ALL_PROXY) names a proxy, as HOST:PORT or
http://USER:PASSWORD@HOST:PORT; NO_PROXY lists what is reached without it.
NODE_EXTRA_CA_CERTS=FILE names more certificate authorities to trust (PEM).`;
}

/** Two columns; the right one starts on a line of its own where the left one is too long for both. */
function columns(rows: readonly (readonly [left: string, right: string])[], widest = widestLeft): readonly string[] {
  const leftColumns = Math.max(...rows.map(([left]) => left.length).filter((length) => length <= widest), 0);
  return rows.flatMap(([left, right]) => {
    if (right === '') return [`  ${left}`];
    if (left.length > leftColumns) return [`  ${left}`, `      ${right}`];
    return wrapped(right, widthColumns - leftColumns - 4).map((line, index) =>
      `  ${(index === 0 ? left : '').padEnd(leftColumns)}  ${line}`.trimEnd(),
    );
  });
}

function wrapped(text: string, columnsWide: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columnsWide) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
