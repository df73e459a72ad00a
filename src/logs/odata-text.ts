/** A text as a value in `$filter`, not encoded yet: an apostrophe is written twice. https://learn.microsoft.com/graph/query-parameters */
export function odataText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
