/** Signing in without a screen: tells the person on stderr what to do, and waits. */
import type { Problem } from '../facts/problem.ts';
import type { Account, SigningInFact } from '../facts/signing-in.ts';
import { visibleText } from '../signup/visible-text.ts';
import { clockText, problemText, sayText } from './problem-text.ts';

export type SignInEnd =
  /** `notSaved`: why the sign-in holds for this run only, or null. It has not been told yet. */
  | { readonly kind: 'signedIn'; readonly account: Account; readonly notSaved: Problem | null }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'interrupted' };

/** Follows one sign-in to its end. `write` takes text for stderr; times are told in `timeZone` (IANA name), by the clock `nowMs`. */
export async function followSignIn(
  facts: AsyncIterable<SigningInFact>,
  write: (text: string) => void,
  timeZone: string,
  nowMs: () => number,
): Promise<SignInEnd> {
  for await (const fact of facts) {
    switch (fact.type) {
      case 'signIn.codeReceived':
        // Address and code stand on lines of their own, so that they can be selected with a double click.
        write('To sign in, open this page in any browser, on any device:\n\n');
        write(
          `  ${visibleText(fact.verificationUri)}\n\nand type in this code:\n\n  ${visibleText(fact.userCode)}\n\n`,
        );
        write(`It can be used until ${clockText(nowMs() + fact.expiresInMs, timeZone)}. Waiting ...\n`);
        break;
      case 'signIn.browserWaiting':
        write(fact.opened ? 'A browser has been opened. If it has not, open this page:\n\n' : 'Open this page:\n\n');
        write(`  ${visibleText(fact.url)}\n\n${fact.opened ? '' : wayBackText(fact.url)}Waiting ...\n`);
        break;
      case 'signIn.codeExpired':
        return failed(codeExpired, write);
      case 'signIn.failed':
        if (fact.offerBrowser) write(sayText('signing in by browser may be allowed: --auth browser'));
        return failed(fact.problem, write);
      case 'signIn.succeeded':
        if (fact.notSaved === null) {
          write(sayText(`signed in as ${fact.account.username}, tenant ${fact.account.tenantId}`));
          if (fact.account.renews === false) write(sayText(notRenewed));
        }
        return { kind: 'signedIn', account: fact.account, notSaved: fact.notSaved };
    }
  }
  return { kind: 'interrupted' };
}

const notRenewed =
  'this sign-in ends with its access token, usually within 90 minutes: Entra gave nothing to renew it with. --auth browser may get more';

const codeExpired: Problem = {
  kind: 'signIn',
  title: 'Nobody typed in the code before it expired.',
  meaning: '',
  todo: 'Run the command again to get a new one.',
  code: null,
  requestId: null,
};

/** Where the browser comes back to, which is another computer's own for whoever opens the page elsewhere. */
function wayBackText(url: string): string {
  const address = new URL(url).searchParams.get('redirect_uri') ?? '';
  const port = URL.canParse(address) ? new URL(address).port : '';
  if (port === '') return '^C cancels. ';
  return [
    `The browser comes back to http://localhost:${port} on this machine. To open the page elsewhere,`,
    `first run there: ssh -L ${port}:localhost:${port} <this machine>`,
    '^C cancels. ',
  ].join('\n');
}

function failed(problem: Problem, write: (text: string) => void): SignInEnd {
  write(problemText(problem));
  return { kind: 'failed', problem };
}
