/** Checks of what the program was given: its version, the settings, the cloud. Pure. */
import { type Endpoints, endpointsOf } from '../endpoints.ts';
import { type Finding, fail, pass, warn } from './finding.ts';
import type { SettingsFacts, Versions, Whereto } from './patient.ts';

/** As in `package.json`, for a program that was started without npm's check. */
const OLDEST_NODE = [20, 19] as const;

export function programCheck({ program, node, system }: Versions): Finding {
  const found = `entra-signups ${program}, Node.js ${node}, ${system}`;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return isOld
    ? fail('program', 'usage', found, `Install Node.js ${OLDEST_NODE.join('.')} or newer.`)
    : pass('program', found);
}

/** One finding for each mistake, or one that says where the settings come from. */
export function settingsChecks({ file, wasRead, complaints, unknownVariables }: SettingsFacts): readonly Finding[] {
  const mistakes = [
    ...complaints.map(({ message, advice }) =>
      fail(
        'settings',
        'usage',
        message,
        advice === '' ? 'Correct it; until then the default counts.' : advice.replaceAll('\n', ' '),
      ),
    ),
    ...unknownVariables.map((sentence) => warn('settings', sentence, 'Correct its name, or unset it.')),
  ];
  if (mistakes.length > 0) return mistakes;
  return [pass('settings', wasRead && file !== null ? `read from ${file}` : 'no settings file; none is needed')];
}

export function cloudCheck({ cloud, loginUrl, graphUrl, isDemo }: Whereto): Finding {
  if (isDemo) return pass('cloud', 'none: the demo tenant is part of this program');
  const usual = endpointsOf[cloud];
  const found = `${cloud}: ${hostOf(loginUrl)}, ${hostOf(graphUrl)}${areUsual(usual, loginUrl, graphUrl) ? '' : ' (set by hand)'}`;
  if (usual.hasSignUpLog) return pass('cloud', found);
  return warn(
    'cloud',
    `${found}. Microsoft documents the sign-up log for the global cloud only.`,
    'If the tenant lives in the global cloud, leave --cloud out.',
  );
}

/** What the tenant says about its own cloud, against what was configured. */
export function tenantCloudCheck({ graphUrl, cloud }: Whereto, toldGraphHost: string | null): Finding | null {
  const isUsual = graphUrl === endpointsOf[cloud].graphUrl;
  if (toldGraphHost === null || !isUsual || toldGraphHost === hostOf(graphUrl)) return null;
  const theirs = Object.entries(endpointsOf).find(([, endpoints]) => hostOf(endpoints.graphUrl) === toldGraphHost);
  const fix = theirs === undefined ? 'Choose its cloud with --cloud.' : `Choose its cloud: --cloud ${theirs[0]}`;
  return warn('cloud', `The tenant belongs to ${toldGraphHost}, not to ${hostOf(graphUrl)}.`, fix);
}

function areUsual(usual: Endpoints, loginUrl: string, graphUrl: string): boolean {
  return usual.loginUrl === loginUrl && usual.graphUrl === graphUrl;
}

function hostOf(url: string): string {
  return new URL(url).host;
}
