/** The person's browser for a sign-in at the demo tenant: opens the page and carries its answer to the loopback. */
import type { Send } from '../../src/graph/send.ts';

/**
 * Opens an authorize address as a browser would: posts the form, or follows the redirect, to where the program listens
 * on loopback. Resolves with the page that the program shows there.
 */
export async function signInWithBrowser(address: string, send: Send): Promise<string> {
  const page = await send(new Request(address));
  const location = page.headers.get('location');
  if (location !== null) return (await fetch(location)).text();
  const html = await page.text();
  const action = attribute(/ action="([^"]*)"/.exec(html)?.[1]);
  const fields = new URLSearchParams();
  for (const [, name, value] of html.matchAll(/name="([^"]*)" value="([^"]*)"/g)) {
    fields.append(attribute(name), attribute(value));
  }
  return (await fetch(action, { method: 'POST', body: fields })).text();
}

function attribute(text = ''): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
