/**
 * Who may consent for a whole tenant, in words. Everything this program asks for is a delegated permission, and those may be
 * granted by Cloud Application Administrators and Application Administrators too; only Graph's application permissions take more.
 * https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
export const whoConsents = 'a Cloud Application Administrator (or a higher role)';
