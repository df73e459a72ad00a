/** What the doctor examines: facts that are known already, and the ways to ask for more. Types only. */
import type { Clock } from '../clock.ts';
import type { Cloud } from '../endpoints.ts';
import type { Problem } from '../facts/problem.ts';
import type { Account } from '../facts/signing-in.ts';
import type { GraphOutcome } from '../graph/outcome.ts';
import type { Send } from '../graph/send.ts';
import type { TokenOutcome } from '../graph/token-source.ts';

export interface Versions {
  readonly program: string;
  /** Without a `v`. */
  readonly node: string;
  /** E.g. `linux x64`. */
  readonly system: string;
}

export interface SettingsFacts {
  readonly file: string | null;
  readonly wasRead: boolean;
  /** What is wrong in the file, in the environment, or missing in both. */
  readonly complaints: readonly { readonly message: string; readonly advice: string }[];
  /** A sentence for each variable that means nothing. */
  readonly unknownVariables: readonly string[];
}

export interface Whereto {
  /** Null when nobody named one. */
  readonly tenant: string | null;
  readonly clientId: string;
  readonly cloud: Cloud;
  readonly loginUrl: string;
  readonly graphUrl: string;
  readonly isDemo: boolean;
}

/** What `NODE_EXTRA_CA_CERTS` names. */
export type ExtraCertificates = {
  readonly file: string;
  readonly state: 'certificates' | 'noCertificates' | 'unreadable';
} | null;

export interface TerminalFacts {
  readonly columns: number;
  readonly rows: number;
  readonly ascii: boolean;
  readonly color: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The sign-in that is saved, and what can be done with it; nothing here asks the person. */
export interface SignedIn {
  findAccount(): Promise<{ readonly account: Account | null; readonly problem: Problem | null }>;
  accessToken(signal: AbortSignal): Promise<TokenOutcome>;
  /** Asks Graph, within the request budget. */
  get(url: string, signal: AbortSignal): Promise<GraphOutcome>;
}

export interface Patient {
  readonly versions: Versions;
  readonly settings: SettingsFacts;
  readonly whereto: Whereto;
  readonly environment: Environment;
  readonly extraCertificates: ExtraCertificates;
  /** Null without a terminal. */
  readonly terminal: TerminalFacts | null;
  /** How to sign in to this tenant, to be typed. */
  readonly loginCommand: string;
  /** Without a token. */
  readonly send: Send;
  /** Null when no tenant was named. */
  readonly signedIn: SignedIn | null;
  readonly clock: Clock;
}
