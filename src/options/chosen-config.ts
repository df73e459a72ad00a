/** Has the settings file read that was named, or the platform's, and chooses the profile. It opens no file itself. */
import type { BrowserConfig, Config, LoadConfig } from '../config/config.ts';
import { nearestWord } from '../filter/nearest-word.ts';
import type { Written } from './arguments.ts';
import { UsageError } from './complaint.ts';
import type { Section, Settings } from './settings.ts';

export interface ChosenConfig extends BrowserConfig {
  /** Of the file, what counts in this run, nearest first. */
  readonly sections: readonly Section[];
}

/**
 * Takes what the command line and the environment say. A file that is not there is nothing, unless it was named or a
 * profile of it was. Throws `UsageError`, also for a file that cannot be taken.
 */
export async function chosenConfig(settings: Settings, loadConfig: LoadConfig): Promise<ChosenConfig> {
  const named = settings.written('config');
  const profile = settings.written('profile');
  const outcome = await loadConfig(named?.text ?? null);
  if (outcome.kind === 'refused') throw new UsageError(outcome.complaint);
  if (outcome.kind === 'read') {
    const { config } = outcome;
    return { ...config, sections: [...(profile === null ? [] : [profileOf(config, profile)]), config.general] };
  }
  const { file } = outcome;
  if (named !== null) {
    throw new UsageError({ message: `there is no settings file ${file}`, advice: '', place: named.place });
  }
  if (profile !== null) {
    const message = `there is no profile ${profile.text}: there is no settings file`;
    throw new UsageError({ message, advice: `It would be ${file}`, place: profile.place });
  }
  return { file, presets: [], columns: null, keys: [], sections: [] };
}

function profileOf({ profiles, file }: Config, { text, place }: Written): Section {
  const profile = profiles.get(text);
  if (profile !== undefined) return profile;
  const names = [...profiles.keys()];
  const nearest = nearestWord(text, names);
  const known = names.length === 0 ? 'It has no profiles' : `Its profiles: ${names.join(', ')}`;
  const advice = nearest === null ? known : `Did you mean ${nearest}?`;
  throw new UsageError({ message: `there is no profile ${text} in ${file}`, advice, place });
}
