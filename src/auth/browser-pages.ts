/**
 * The pages that the person's browser shows when it comes back. Fixed text: nothing from outside may appear in them.
 * MSAL sends them without a content type, so they have to look like HTML from the first byte on.
 */

function page(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body style="font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem">
<h1 style="font-size:1.4rem">${title}</h1>
<p>${text}</p>
</body>
</html>
`;
}

export const successPage = page('Signed in', 'You can close this page and go back to entra-signups in the terminal.');

export const errorPage = page('Not signed in', 'Go back to entra-signups in the terminal: it says what went wrong.');
