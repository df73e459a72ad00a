/** How the page of the browser sign-in hands its result back: a redirect, or a form that posts itself. */

/** `result` goes to `redirectUri` in the way that `response_mode` asks for (query when it does not). */
export function authorizeAnswer(
  params: URLSearchParams,
  redirectUri: string,
  result: Readonly<Record<string, string>>,
): Response {
  if (params.get('response_mode') === 'form_post') {
    return new Response(formPage(redirectUri, result), {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  }
  const target = new URL(redirectUri);
  const results = new URLSearchParams(result);
  if (params.get('response_mode') === 'fragment') target.hash = results.toString();
  else for (const [name, value] of results) target.searchParams.set(name, value);
  return new Response(null, { status: 302, headers: { location: target.href } });
}

function formPage(action: string, fields: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}" />`)
    .join('');
  return `<html><head><title>Working...</title></head><body><form method="POST" name="hiddenform" action="${escaped(action)}">${inputs}<noscript><p>Script is disabled. Click Submit to continue.</p><input type="submit" value="Submit" /></noscript></form><script>document.forms[0].submit();</script></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
