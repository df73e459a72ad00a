/** The views that are kept between runs, one for each tenant, in a file beside the saved sign-ins: filters can hold addresses. */
import { join } from 'node:path';
import { openCacheFile } from '../auth/cache-file.ts';
import { type FileTrouble, sentencesOf } from '../files/in-words.ts';
import type { TenantTarget } from '../options.ts';
import type { Edges } from '../program.ts';
import type { SavedView } from '../store/saved-view.ts';

export interface SavedViews {
  /** What was saved for the tenant, or null; `notice`: what the person should know of the file, in sentences, or null. */
  read(): Promise<{ readonly saved: object | null; readonly notice: string | null }>;
  /** Gives why it could not be saved, in sentences, or null. */
  save(view: SavedView): Promise<string | null>;
  /** Gives why it could not be removed, or null. */
  forget(): Promise<FileTrouble | null>;
}

/** Saving must not hold up the end of the program. */
const WAIT_MS = 500;

export async function openSavedViews(
  target: Pick<TenantTarget, 'graphUrl' | 'tenant'>,
  { dataFolder }: Pick<Edges, 'dataFolder'>,
): Promise<SavedViews> {
  let tightened: string | null = null;
  const file = openCacheFile({
    path: join(await dataFolder(), 'views.json'),
    name: 'views',
    waitMs: WAIT_MS,
    durable: false,
    onTightened: (sentence) => {
      tightened = sentence;
    },
  });
  const key = `${target.graphUrl} ${target.tenant.toLowerCase()}`;
  return {
    read: async () => {
      const { saved, trouble } = await file.read();
      const notice = trouble === null ? tightened : `The saved view could not be used. ${sentencesOf(trouble)}`;
      return { saved: saved.get(key) ?? null, notice };
    },
    save: async (view) => {
      const trouble = await file.change((saved) => new Map(saved).set(key, view));
      return trouble && `The view could not be saved for the next start. ${sentencesOf(trouble)}`;
    },
    forget: () =>
      file.change((saved) => (saved.has(key) ? new Map([...saved].filter(([other]) => other !== key)) : saved)),
  };
}
