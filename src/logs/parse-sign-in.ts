/**
 * From a row of the sign-in log to an event. As tolerant as the reading of sign-ups: only a row without an id or a time is
 * given up, and whatever has no name here stays in `raw`.
 * Field names and shapes: https://learn.microsoft.com/graph/api/resources/signin
 */
import { noErrorCode } from '../signup/codes.ts';
import { int32Of, objectOf, textOf } from '../signup/json-values.ts';
import type { ParsedEvent } from '../signup/parse-event.ts';
import { attributesOf, parseRow, personName } from './parse-row.ts';

/** Takes one row of `auditLogs/signIns`. Never throws, whatever JSON it is given. */
export function parseSignIn(raw: unknown): ParsedEvent {
  return parseRow(raw, 'signIns', 'createdDateTime', (row) => {
    const status = objectOf(row.status);
    const device = objectOf(row.deviceDetail);
    return {
      correlationId: textOf(row.correlationId) ?? '',
      appId: textOf(row.appId) ?? '',
      appName: textOf(row.appDisplayName),
      identifier: row.userPrincipalName ? personName(row.userPrincipalName, row.userDisplayName) : null,
      errorCode: int32Of(status.errorCode) ?? noErrorCode,
      failureReason: reasonOf(textOf(status.failureReason)),
      additionalDetails: textOf(status.additionalDetails),
      userId: textOf(row.userId),
      result: null,
      counterpart: textOf(row.ipAddress),
      attributes: attributesOf({
        resource: textOf(row.resourceDisplayName),
        client: textOf(row.clientAppUsed),
        os: textOf(device.operatingSystem),
        browser: textOf(device.browser),
        country: textOf(objectOf(row.location).countryOrRegion),
        policies: textOf(row.conditionalAccessStatus),
      }),
    };
  });
}

/** Graph writes "Other." where there is no reason. */
function reasonOf(reason: string | null): string | null {
  return reason === null || /^other\.?$/i.test(reason) ? null : reason;
}
