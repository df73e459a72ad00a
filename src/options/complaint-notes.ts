/** Takes down what is wrong with the settings instead of stopping there: for `doctor`, which is there to tell it. */
import { type Complaint, UsageError } from './complaint.ts';
import type { Settings } from './settings.ts';

export interface ComplaintNotes {
  /** Does the work; null, and a note, when it ends in a complaint. */
  without<Value>(work: () => Promise<Value>): Promise<Value | null>;
  /** Settings that take a mistake down and count as not set then; one on the command line is thrown all the same. */
  forgiving(settings: Settings): Settings;
  /** Each complaint once, in the order in which they were met. */
  taken(): readonly Complaint[];
}

export function complaintNotes(): ComplaintNotes {
  const notes = new Map<string, Complaint>();
  const note = (error: unknown): null => {
    if (!(error instanceof UsageError)) throw error;
    notes.set(error.complaint.message, error.complaint);
    return null;
  };
  return {
    without: (work) => work().catch(note),
    forgiving: (settings) => ({
      written: settings.written,
      read: (name, read) => {
        try {
          return settings.read(name, read);
        } catch (error) {
          if (settings.written(name)?.origin === 'commandLine') throw error;
          return note(error);
        }
      },
    }),
    taken: () => [...notes.values()],
  };
}
