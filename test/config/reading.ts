/** Settings files in tests: text in, and what was read or is said about it. */
import type { Config, ConfigOutcome } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { printComplaint } from '../../src/options/complaint.ts';

export const nowMs = Date.parse('2026-11-23T12:00:00Z');
export const context = { file: 'config.toml', nowMs };

export function read(text: string): ConfigOutcome {
  return readConfig(text, context);
}

export function configIn(text: string): Config {
  const outcome = read(text);
  if (outcome.kind === 'read') return outcome.config;
  throw new Error(`it is not read: ${outcome.kind === 'refused' ? printComplaint(outcome.complaint) : outcome.file}`);
}

/** The lines that the person gets to see. */
export function complaintAbout(text: string): readonly string[] {
  const outcome = read(text);
  if (outcome.kind !== 'refused') throw new Error(`it is taken: ${text}`);
  return printComplaint(outcome.complaint).split('\n').slice(0, -1);
}
