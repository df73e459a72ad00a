/** Who the demo tenant is and who administers it. All of it is fictitious. */

export interface TenantIdentity {
  readonly tenantId: string;
  readonly domain: string;
  readonly displayName: string;
  readonly administrator: Administrator;
}

interface Administrator {
  readonly objectId: string;
  readonly username: string;
  readonly displayName: string;
}

/** The identity of the demo tenant, with another tenant id when one is given. */
export function contosoCustomers(tenantId = 'c0ffee00-7d1e-4c2b-9a8f-1b2c3d4e5f60'): TenantIdentity {
  const domain = 'contosocustomers.onmicrosoft.com';
  return {
    tenantId: tenantId.toLowerCase(),
    domain,
    displayName: 'Contoso Customers',
    administrator: {
      objectId: '5d3c1b2a-9f8e-4d7c-b6a5-0e1f2d3c4b5a',
      username: `admin@${domain}`,
      displayName: 'Demo Administrator',
    },
  };
}
