/** A caller of the demo tenant's Graph, as the tests of this folder need one: no more than requests and JSON. */
import type { DemoTenant } from '../../src/demo/tenant.ts';

export interface GraphRow {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly correlationId: string;
  readonly createdDateTime: string;
  readonly signUpStage: string;
  readonly appliedEventListeners: readonly { readonly eventType: string }[];
  readonly status: { readonly errorCode: number };
}

export interface GraphPage {
  readonly '@odata.nextLink'?: string;
  readonly value: readonly GraphRow[];
}

const usualHeaders = { prefer: 'include-unknown-enum-members' };

/** The address of the list with these options. */
export function listAddress(tenant: DemoTenant, options: Readonly<Record<string, string>> = {}): string {
  const query = Object.entries(options).map(([name, value]) => `$${name}=${encodeURIComponent(value)}`);
  return `${tenant.graphUrl}/beta/auditLogs/signUps?${query.join('&')}`;
}

export function getFrom(
  tenant: DemoTenant,
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const authorization = `Bearer ${tenant.accessToken()}`;
  return tenant.send(new Request(address, { headers: { ...usualHeaders, authorization, ...headers } }));
}

export async function pageFrom(tenant: DemoTenant, address: string): Promise<GraphPage> {
  const response = await getFrom(tenant, address);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return pageOf(response);
}

export async function pageOf(response: Response): Promise<GraphPage> {
  const body: unknown = await response.json();
  if (isPage(body)) return body;
  throw new Error(`this is no page: ${JSON.stringify(body).slice(0, 200)}`);
}

export interface GraphError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Status, code and message of an answer in Graph's error envelope. */
export async function errorOf(response: Response): Promise<GraphError> {
  const body: unknown = await response.json();
  if (isError(body)) return { status: response.status, code: body.error.code, message: body.error.message };
  throw new Error(`this is no error: ${JSON.stringify(body).slice(0, 200)}`);
}

/** All rows of all pages; `between` is called after each page. */
export async function allRows(
  tenant: DemoTenant,
  options: Readonly<Record<string, string>>,
  between: () => Promise<void> = async () => {},
): Promise<readonly GraphRow[]> {
  const rows: GraphRow[] = [];
  let address: string | undefined = listAddress(tenant, options);
  while (address !== undefined) {
    const page: GraphPage = await pageFrom(tenant, address);
    rows.push(...page.value);
    address = page['@odata.nextLink'];
    await between();
  }
  return rows;
}

function isPage(body: unknown): body is GraphPage {
  return typeof body === 'object' && body !== null && 'value' in body && Array.isArray(body.value);
}

function isError(body: unknown): body is { readonly error: { readonly code: string; readonly message: string } } {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}
