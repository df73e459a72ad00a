import { describe, expect, it } from 'vitest';
import { AppNames } from '../../src/signup/app-names.ts';

const portal = { appId: 'AAAA', appName: 'Contoso Portal', timeMs: 10 };

describe('names of applications', () => {
  it('are learned from any event that tells them and used for its siblings', () => {
    const names = new AppNames();
    expect(names.nameOf('aaaa')).toBeNull();
    expect(names.learn({ ...portal, appName: null })).toBe(false);
    expect(names.learn(portal)).toBe(true);
    expect(names.learn(portal)).toBe(false);
    expect(names.nameOf('aaaa')).toBe('Contoso Portal');
    expect(names.nameFor({ appId: 'AAAA', appName: null })).toBe('Contoso Portal');
    expect(names.nameFor({ appId: 'AAAA', appName: 'Own' })).toBe('Own');
  });

  it('are those of the newest event, in whatever order events arrive', () => {
    const names = new AppNames();
    names.learn({ ...portal, appName: 'New', timeMs: 20 });
    expect(names.learn({ ...portal, appName: 'Old' })).toBe(false);
    expect(names.nameOf('AAAA')).toBe('New');
  });

  it('are not learned for an event without an application', () => {
    const names = new AppNames();
    expect(names.learn({ ...portal, appId: '' })).toBe(false);
    expect(names.nameOf('')).toBeNull();
  });
});
