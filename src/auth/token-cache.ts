/**
 * The sign-in that is saved for one service, tenant and application: in the cache file, or in memory when there is none
 * or when it cannot be written. Sign-ins of other tenants in the same file are left alone. It must never print a token.
 */
import type { SignInTarget } from './authority.ts';
import { openCacheFile } from './cache-file.ts';
import { savedAccount } from './saved-account.ts';

export interface SavedSignIn {
  /** MSAL's cache as JSON text; null when nobody is signed in. */
  read(): Promise<string | null>;
  /** Saves a new sign-in in place of the one before. */
  write(text: string): Promise<void>;
  /** Saves renewed tokens, unless somebody signed out meanwhile, or signed in as somebody else. */
  update(text: string): Promise<void>;
  /** Rejects when the tokens could not be removed from the disk. */
  forget(): Promise<void>;
  /** Where an unreadable cache file was put, once that has happened. */
  readonly setAside: string | null;
}

export interface SavedSignInOptions {
  /** Null keeps the sign-in in memory only. */
  readonly file: string | null;
  readonly target: SignInTarget;
  /** Hears, in a sentence, what is wrong with the file. */
  readonly onTrouble: (sentence: string) => void;
}

export function openSavedSignIn({ file, target, onTrouble }: SavedSignInOptions): SavedSignIn {
  const key = keyOf(target);
  let setAside: string | null = null;
  const shared =
    file === null
      ? null
      : openCacheFile(file, (keptAt) => {
          setAside = keptAt;
          onTrouble(`The saved sign-in could not be read. The file was kept as ${keptAt}.`);
        });
  /** What the file should hold and does not; with a healthy file always undefined. */
  let unsaved: string | null | undefined = shared ? undefined : null;

  /** What is in force now. */
  function current(): string | null {
    if (unsaved !== undefined || !shared) return unsaved ?? null;
    try {
      const saved = shared.read().get(key);
      return saved === undefined ? null : JSON.stringify(saved);
    } catch (error) {
      onTrouble(`The saved sign-in could not be read: ${messageOf(error)}`);
      return null;
    }
  }

  /** Saves `text` if `mayReplace` agrees to give up what is in force by then. */
  async function save(text: string, mayReplace: (before: string | null) => boolean): Promise<void> {
    const value: object = JSON.parse(text);
    const fileLags = unsaved !== undefined;
    if (fileLags && !mayReplace(unsaved ?? null)) return;
    try {
      await shared?.change((saved) => {
        const before = saved.get(key);
        const agreed = fileLags || mayReplace(before === undefined ? null : JSON.stringify(before));
        return agreed ? new Map(saved).set(key, value) : saved;
      });
      unsaved = shared ? undefined : text;
    } catch (error) {
      unsaved = text;
      onTrouble(`The sign-in could not be saved and holds for this run only: ${messageOf(error)}`);
    }
  }

  return {
    get setAside() {
      return setAside;
    },
    read: async () => current(),
    write: (text) => save(text, () => true),
    update: (text) => save(text, (before) => before !== null && ownerOf(before) === ownerOf(text)),
    forget: async () => {
      unsaved = shared ? undefined : null;
      await shared?.change((saved) => {
        if (!saved.has(key)) return saved;
        const others = new Map(saved);
        others.delete(key);
        return others;
      });
    },
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
