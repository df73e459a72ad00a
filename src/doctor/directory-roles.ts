/**
 * Directory roles by their template IDs, which are the same in every tenant, and which of them may read activity logs.
 * https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */

interface DirectoryRole {
  readonly name: string;
  readonly readsLogs: boolean;
}

const readers: ReadonlyMap<string, string> = new Map([
  ['4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader'],
  ['5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader'],
  ['5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', 'Security Operator'],
  ['194ae4cb-b126-40b2-bd5b-6091b380977d', 'Security Administrator'],
  ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader'],
  ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator'],
]);

/** Those that an administrator of an external tenant is likely to have besides. */
const others: ReadonlyMap<string, string> = new Map([
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator'],
  ['c4e39bd9-1100-46d3-8c65-fb160da0071f', 'Authentication Administrator'],
  ['158c047a-c907-4556-b7ef-446551a6b5f7', 'Cloud Application Administrator'],
  ['b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', 'Conditional Access Administrator'],
  ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers'],
  ['6e591065-9bad-43ed-90f3-e9424366d2f0', 'External ID User Flow Administrator'],
  ['be2f45a1-457d-42af-a067-6ec1fa63bc45', 'External Identity Provider Administrator'],
  ['729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator'],
  ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator'],
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator'],
]);

/** Null for an ID that is not kept here. */
export function directoryRole(templateId: string): DirectoryRole | null {
  const id = templateId.toLowerCase();
  const reader = readers.get(id);
  if (reader !== undefined) return { name: reader, readsLogs: true };
  const other = others.get(id);
  return other === undefined ? null : { name: other, readsLogs: false };
}
