import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { callAs, callForms, partsOf } from '../../src/store/graph-call.ts';

const filter = "createdDateTime ge 2026-11-22T10:42:00Z and signUpIdentity/signUpIdentifier eq 'o''hara+x@example.org'";
const url = `https://graph.microsoft.com/beta/auditLogs/signUps?$filter=${encodeURIComponent(filter)}&$top=1000`;

describe('a call to Graph in other tools', () => {
  it('is the exact address', () => {
    expect(callAs('url', url)).toBe(url);
    expect(partsOf(url)).toEqual({ path: '/beta/auditLogs/signUps', filter, top: '1000' });
  });

  it.each(['curl', 'az rest'] as const)('stays one word for a shell in the %s form', (form) => {
    const hostile = `${url}'; touch /nowhere; '`;
    const command = callAs(form, hostile);
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8', env: {} });
    expect(words.split('\n')).toContain(hostile);
  });

  it('is the cmdlet of the sign-up log for PowerShell, with the filter as one string', () => {
    expect(callAs('PowerShell', url)).toBe(`Get-MgBetaAuditLogSignUp -Filter '${filter.replaceAll("'", "''")}' -All`);
    expect(callAs('PowerShell', 'https://graph.microsoft.com/v1.0/users/x')).toBe(
      "Invoke-MgGraphRequest -Method GET -Uri 'https://graph.microsoft.com/v1.0/users/x'",
    );
  });

  it('never holds a token', () => {
    for (const form of callForms) expect(callAs(form, url)).not.toMatch(/Bearer (?!\$TOKEN)/);
  });
});
