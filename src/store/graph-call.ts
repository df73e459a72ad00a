/**
 * A call to Graph as other tools would make it, to be taken elsewhere. None of them ever holds a token: each tool signs in by
 * itself. Pure.
 */

export type CallForm = 'url' | 'curl' | 'az rest' | 'PowerShell';

export const callForms: readonly CallForm[] = ['url', 'curl', 'az rest', 'PowerShell'];

/** The address as Graph is asked for it, without what only our client adds. */
export interface GraphCallParts {
  readonly path: string;
  /** Decoded; null when the call has none. */
  readonly filter: string | null;
  readonly top: string | null;
}

/** Takes an address apart; null when it is none. */
export function partsOf(url: string): GraphCallParts | null {
  if (!URL.canParse(url)) return null;
  const { pathname, searchParams } = new URL(url);
  return { path: pathname, filter: searchParams.get('$filter'), top: searchParams.get('$top') };
}

/** The call in one of the forms. The PowerShell form exists only for the sign-up log; other calls use its generic cmdlet. */
export function callAs(form: CallForm, url: string): string {
  switch (form) {
    case 'url':
      return url;
    case 'curl':
      return `curl --header "Authorization: Bearer $TOKEN" --header 'Prefer: include-unknown-enum-members' ${inShell(url)}`;
    case 'az rest':
      return `az rest --method get --headers 'Prefer=include-unknown-enum-members' --url ${inShell(url)}`;
    case 'PowerShell':
      return powerShell(url);
  }
}

function powerShell(url: string): string {
  const parts = partsOf(url);
  if (!parts?.path.endsWith('/auditLogs/signUps')) {
    return `Invoke-MgGraphRequest -Method GET -Uri ${inPowerShell(url)}`;
  }
  const filter = parts.filter === null ? '' : ` -Filter ${inPowerShell(parts.filter)}`;
  return `Get-MgBetaAuditLogSignUp${filter} -All`;
}

/** One word for a POSIX shell, whatever is in it. */
function inShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One literal string for PowerShell, which takes curly quotes for straight ones. */
function inPowerShell(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}
