/** An entry of one of the logs beside the sign-ups: sign-ins, directory audits, provisioning. Times as of an event. */
import type { DemoAccount } from '../accounts.ts';
import type { DemoApplication } from '../applications.ts';

export type DemoLog = 'signIns' | 'directoryAudits' | 'provisioning';

interface EntryBase {
  readonly id: string;
  readonly timeUs: number;
  /** The log shows the entry from this moment on, in milliseconds since the epoch. */
  readonly visibleAtMs: number;
  readonly application: DemoApplication;
  /** Whom it is about; null where no account was made and none stood in the way. */
  readonly account: DemoAccount | null;
  readonly correlationId: string;
}

export interface DemoSignIn extends EntryBase {
  readonly log: 'signIns';
  readonly account: DemoAccount;
  readonly isInteractive: boolean;
  readonly errorCode: number;
  readonly conditionalAccess: 'success' | 'failure' | 'notApplied';
  readonly surroundings: Surroundings;
}

export interface Surroundings {
  readonly ipAddress: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly browser: string;
  readonly operatingSystem: string;
}

export interface DemoAudit extends EntryBase {
  readonly log: 'directoryAudits';
  readonly activity: 'Add user' | 'Update user';
  readonly result: 'success' | 'failure';
  readonly reason: string;
  /** The service that signs people up, or the administrator. */
  readonly by: 'service' | 'administrator';
  readonly changes: readonly { readonly property: string; readonly newValue: string }[];
}

export interface DemoProvisioning extends EntryBase {
  readonly log: 'provisioning';
  readonly account: DemoAccount;
  readonly status: 'success' | 'failure' | 'skipped';
  readonly tookMs: number;
  readonly cycleId: string;
}

export type DemoEntry = DemoSignIn | DemoAudit | DemoProvisioning;
