/** The way out to Microsoft that the environment describes: refused before anything starts where it leads nowhere. */
import type { Problem } from '../facts/problem.ts';
import { unusableWords } from '../graph/network-words.ts';
import { type Environment, unusableProxy } from '../graph/proxy.ts';
import type { ConnectionOptions } from '../options.ts';

type Target = ConnectionOptions['target'];

/** The problem that no request can get past: a proxy that cannot be used. Null for the demo, which sends nothing. */
export function blockedWayOut(target: Target, environment: Environment): Problem | null {
  if (target.kind === 'demo') return null;
  const unusable = unusableProxy([target.loginUrl, target.graphUrl], environment);
  if (unusable === null) return null;
  const { what, todo } = unusableWords(unusable);
  return { kind: 'unreachable', title: what, meaning: '', todo, code: null, requestId: null };
}
