/**
 * Loading MSAL when it is first needed, and making one client of it for one operation. A client is cheap; one per
 * operation means that its network ends with that operation's signal and that nothing stale stays in MSAL's memory.
 */
import type { ICachePlugin, PublicClientApplication } from '@azure/msal-node';
import type { Clock } from '../clock.ts';
import type { Send } from '../graph/send.ts';
import type { Authority } from './authority.ts';
import { createMsalNetwork } from './msal-network.ts';
import { savedAccount } from './saved-account.ts';
import type { SavedSignIn } from './token-cache.ts';

export interface MsalClientOptions {
  readonly send: Send;
  readonly clock: Clock;
  readonly clientId: string;
  readonly authority: Authority;
  readonly saved: SavedSignIn;
}

interface Operation {
  readonly signal: AbortSignal;
  /** A new sign-in starts from nothing, so that the account of an earlier one does not stay beside it. */
  readonly fresh: boolean;
}

/** An MSAL client for one operation. */
export type OpenClient = (operation: Operation) => Promise<PublicClientApplication>;

export function createOpenClient({ send, clock, clientId, authority, saved }: MsalClientOptions): OpenClient {
  return async ({ signal, fresh }) => {
    const { PublicClientApplication, AuthError } = await import('@azure/msal-node');
    return new PublicClientApplication({
      auth: {
        clientId,
        authority: authority.url,
        // Both together keep MSAL from asking login.microsoftonline.com whether it may trust the host.
        knownAuthorities: [authority.host],
        authorityMetadata: authority.metadata,
      },
      cache: { cachePlugin: pluginOver(saved, fresh) },
      system: { networkClient: createMsalNetwork({ send, clock, origin: authority.origin, signal, AuthError }) },
    });
  };
}

function pluginOver(saved: SavedSignIn, fresh: boolean): ICachePlugin {
  let owner: string | null = null;
  return {
    beforeCacheAccess: async ({ tokenCache }) => {
      const text = fresh ? null : await saved.read();
      const now = text === null ? null : (savedAccount(text)?.homeAccountId ?? null);
      owner ??= now;
      // MSAL adds what it is given to what it holds: a second account would be mixed with the first.
      if (text !== null && now === owner) tokenCache.deserialize(text);
    },
    afterCacheAccess: async (context) => {
      if (!context.cacheHasChanged) return;
      const text = context.tokenCache.serialize();
      await (fresh ? saved.write(text) : saved.update(text));
    },
  };
}
