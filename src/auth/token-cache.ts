/**
 * The sign-in that is saved for one service, tenant and application: in the cache file, or in memory when there is none
 * or when it cannot be written. Sign-ins of other tenants in the same file are left alone. It must never print a token.
 */
import { type FileTrouble, sentencesOf } from '../files/in-words.ts';
import type { SignInTarget } from './authority.ts';
import { openCacheFile } from './cache-file.ts';
import { savedAccount } from './saved-account.ts';

export interface SavedSignIn {
  /** MSAL's cache as JSON text; null when nobody is signed in. */
  read(): Promise<string | null>;
  /** Saves a new sign-in in place of the one before; `notSaved` tells whether it is on the disk. */
  write(text: string): Promise<void>;
  /** Saves renewed tokens, unless somebody signed out meanwhile, or signed in as somebody else. */
  update(text: string): Promise<void>;
  /** Gives why the tokens could not be removed from the disk, or null. */
  forget(): Promise<FileTrouble | null>;
  /** Gives why nothing could be saved now, or null. */
  check(): Promise<FileTrouble | null>;
  /** Why what is saved could not be read, when that was tried the last time. */
  readonly unreadable: FileTrouble | null;
  /** Why the sign-in that holds now is in memory only; null when it is saved, or need not be. */
  readonly notSaved: FileTrouble | null;
}

export interface SavedSignInOptions {
  /** Null keeps the sign-in in memory only. */
  readonly file: string | null;
  readonly target: SignInTarget;
  /** Hears, in sentences, what the person should know while everything goes on. */
  readonly onNotice: (sentences: string) => void;
}

/** Longer than it takes to see that whoever holds the lock does not go on. */
const WAIT_MS = 10_000;

export function openSavedSignIn({ file, target, onNotice }: SavedSignInOptions): SavedSignIn {
  const key = keyOf(target);
  const shared =
    file === null
      ? null
      : openCacheFile({ path: file, name: 'signIns', waitMs: WAIT_MS, durable: true, onTightened: tightened });
  /** What the file should hold and does not; with a healthy file always undefined. */
  let unsaved: string | null | undefined = shared ? undefined : null;
  let unreadable: FileTrouble | null = null;
  let notSaved: FileTrouble | null = null;

  function tightened(sentence: string): void {
    onNotice(`${sentence} Whoever read it can use your sign-in: if others use this computer, sign out and in again.`);
  }

  /** What is in force now. */
  async function current(): Promise<string | null> {
    if (unsaved !== undefined || !shared) return unsaved ?? null;
    const { saved, trouble } = await shared.read();
    // A damaged file is gone when it is looked for again: the reason is kept.
    unreadable = saved.has(key) ? null : (trouble ?? unreadable);
    const mine = saved.get(key);
    return mine === undefined ? null : JSON.stringify(mine);
  }

  /** Saves `text` if `mayReplace` agrees to give up what is in force by then. */
  async function save(text: string, mayReplace: (before: string | null) => boolean): Promise<void> {
    const value: object = JSON.parse(text);
    const fileLags = unsaved !== undefined;
    if (fileLags && !mayReplace(unsaved ?? null)) return;
    if (shared === null) {
      unsaved = text;
      return;
    }
    notSaved = await shared.change((saved) => {
      const before = saved.get(key);
      const agreed = fileLags || mayReplace(before === undefined ? null : JSON.stringify(before));
      return agreed ? new Map(saved).set(key, value) : saved;
    });
    unsaved = notSaved === null ? undefined : text;
  }

  return {
    get unreadable() {
      return unreadable;
    },
    get notSaved() {
      return notSaved;
    },
    read: current,
    write: (text) => save(text, () => true),
    update: async (text) => {
      await save(text, (before) => before !== null && ownerOf(before) === ownerOf(text));
      if (notSaved !== null) onNotice(`The renewed sign-in holds for this run only. ${sentencesOf(notSaved)}`);
    },
    forget: async () => {
      unsaved = shared ? undefined : null;
      notSaved = null;
      if (shared === null) return null;
      return shared.change((saved) => {
        if (!saved.has(key)) return saved;
        const others = new Map(saved);
        others.delete(key);
        return others;
      });
    },
    check: async () => (shared === null ? null : shared.check()),
  };
}

/** Tokens of one cloud, tenant or application are of no use in another. */
function keyOf({ loginUrl, tenant, clientId }: SignInTarget): string {
  const service = URL.canParse(loginUrl) ? new URL(loginUrl).host : loginUrl;
  return [service, tenant, clientId].join('|').toLowerCase();
}

function ownerOf(text: string): string | null {
  return savedAccount(text)?.homeAccountId ?? null;
}
