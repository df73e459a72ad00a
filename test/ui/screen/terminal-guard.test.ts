/** Whatever ends or stops the process, the terminal is given back first. */
import { describe, expect, test } from 'vitest';
import type { GuardedSignal, Host } from '../../../src/ui/screen/process-host.ts';
import { guardTerminal } from '../../../src/ui/screen/terminal-guard.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

function guarded() {
  const events: string[] = [];
  const signals = new Map<GuardedSignal, Set<() => void>>();
  const crashes = new Set<(error: unknown) => void>();
  const exits = new Set<() => void>();
  const host: Host = {
    onSignal: (signal, listener) => adding(signals.get(signal) ?? added(signals, signal), listener),
    onCrash: (listener) => adding(crashes, listener),
    onExit: (listener) => adding(exits, listener),
    stop: () => events.push(`stop (${signals.get('SIGTSTP')?.size} listen)`),
    report: (text) => events.push(`report ${text}`),
    exit: (code) => events.push(`exit ${code}`),
  };
  const clock = new ManualClock(0);
  const guard = guardTerminal({
    host,
    clock,
    suspend: () => events.push('suspend'),
    resume: () => events.push('resume'),
    close: () => events.push('close'),
  });
  return {
    clock,
    guard,
    events,
    signal: (signal: GuardedSignal) =>
      signals.get(signal)?.forEach((listener) => {
        listener();
      }),
    crash: (error: unknown) =>
      crashes.forEach((listener) => {
        listener(error);
      }),
    exit: () =>
      exits.forEach((listener) => {
        listener();
      }),
    listeners: () => [...signals.values(), crashes, exits].reduce((sum, { size }) => sum + size, 0),
  };
}

describe('the end', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s gives the terminal back and exits with %i', (signal, code) => {
    const { events, signal: send } = guarded();
    send(signal);
    expect(events).toEqual(['close', `exit ${code}`]);
  });

  test('a crash gives the terminal back before it is reported', () => {
    const { events, crash } = guarded();
    crash('it broke');
    expect(events).toEqual(['close', 'report it broke\n', 'exit 1']);
  });

  test('an error that carries escape sequences is reported visibly', () => {
    const { events, crash } = guarded();
    const error = new Error('bad');
    error.stack = 'Error: \x1b[2Jbad\n    at here';
    crash(error);
    expect(events[1]).toBe('report Error: ␛[2Jbad\n    at here\n');
  });

  test('so does an exit', () => {
    const { events, exit } = guarded();
    exit();
    expect(events).toEqual(['close']);
  });
});

describe('^Z', () => {
  test('gives the terminal back, stops as if nobody listened, and takes it again when continued', async () => {
    const { events, guard, signal, clock } = guarded();
    guard.suspend();
    expect(events).toEqual(['suspend', 'stop (0 listen)']);
    signal('SIGCONT');
    await clock.advance(1000);
    expect(events).toEqual(['suspend', 'stop (0 listen)', 'resume']);
  });

  test('works again after that, also from outside', () => {
    const { events, guard, signal } = guarded();
    guard.suspend();
    signal('SIGCONT');
    signal('SIGTSTP');
    signal('SIGCONT');
    expect(events).toEqual(['suspend', 'stop (0 listen)', 'resume', 'suspend', 'stop (0 listen)', 'resume']);
  });

  test('where there is no job control the program goes on', async () => {
    const { events, guard, clock } = guarded();
    guard.suspend();
    await clock.advance(100);
    expect(events).toEqual(['suspend', 'stop (0 listen)', 'resume']);
  });

  test('after an unannounced stop the terminal is taken again', () => {
    const { events, signal } = guarded();
    signal('SIGCONT');
    expect(events).toEqual(['resume']);
  });
});

test('a released guard listens to nothing', async () => {
  const { events, guard, listeners, clock } = guarded();
  guard.suspend();
  guard.release();
  await clock.advance(1000);
  await settle();
  expect(listeners()).toBe(0);
  expect(events).toEqual(['suspend', 'stop (0 listen)']);
});

function added(signals: Map<GuardedSignal, Set<() => void>>, signal: GuardedSignal): Set<() => void> {
  const listeners = new Set<() => void>();
  signals.set(signal, listeners);
  return listeners;
}

function adding<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
