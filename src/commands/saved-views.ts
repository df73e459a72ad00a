/** The views that are kept between runs, one for each tenant, in a file beside the saved sign-ins: filters can hold addresses. */
import { join } from 'node:path';
import { openCacheFile } from '../auth/cache-file.ts';
import type { TenantTarget } from '../options.ts';
import type { Edges } from '../program.ts';
import type { SavedView } from '../store/saved-view.ts';

export interface SavedViews {
  /** What was saved for the tenant, or null; `problem`: a sentence on why it could not be read. */
  read(): { readonly saved: object | null; readonly problem: string | null };
  /** Gives why it could not be saved, in a sentence, or null. */
  save(view: SavedView): Promise<string | null>;
  /** Rejects when it could not be removed. */
  forget(): Promise<void>;
}

export async function openSavedViews(
  target: Pick<TenantTarget, 'graphUrl' | 'tenant'>,
  { dataFolder }: Pick<Edges, 'dataFolder'>,
): Promise<SavedViews> {
  let setAside: string | null = null;
  const file = openCacheFile(
    join(await dataFolder(), 'views.json'),
    (keptAt) => {
      setAside = keptAt;
    },
    'views',
  );
  const key = `${target.graphUrl} ${target.tenant.toLowerCase()}`;
  return {
    read: () => {
      try {
        const saved = file.read().get(key) ?? null;
        const problem =
          setAside === null ? null : `The saved view could not be read; its file was kept as ${setAside}.`;
        return { saved, problem };
      } catch (error) {
        return { saved: null, problem: `The saved view could not be read: ${messageOf(error)}.` };
      }
    },
    save: async (view) => {
      try {
        await file.change((saved) => new Map(saved).set(key, view));
        return null;
      } catch (error) {
        return `The view could not be saved for the next start: ${messageOf(error)}.`;
      }
    },
    forget: () =>
      file.change((saved) => (saved.has(key) ? new Map([...saved].filter(([other]) => other !== key)) : saved)),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
