/**
 * From a row of the provisioning log to an event. As tolerant as the reading of sign-ups: only a row without an id or a time
 * is given up, and whatever has no name here stays in `raw`. The log has no correlation IDs.
 * Field names and shapes: https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary
 */
import { noErrorCode } from '../signup/codes.ts';
import { objectOf, textOf } from '../signup/json-values.ts';
import type { ParsedEvent } from '../signup/parse-event.ts';
import { attributesOf, parseRow } from './parse-row.ts';

/** Takes one row of `auditLogs/provisioning`. Never throws, whatever JSON it is given. */
export function parseProvisioning(raw: unknown): ParsedEvent {
  return parseRow(raw, 'provisioning', 'activityDateTime', (row) => {
    // The beta wrote `action` and `statusInfo` before.
    const status = objectOf(row.provisioningStatusInfo ?? row.statusInfo);
    const error = objectOf(status.errorInformation);
    const program = objectOf(row.servicePrincipal);
    const source = objectOf(row.sourceIdentity);
    const target = objectOf(row.targetIdentity);
    return {
      correlationId: '',
      appId: textOf(program.id) ?? '',
      appName: textOf(program.displayName) ?? textOf(program.name),
      identifier: textOf(source.displayName) ?? textOf(source.id),
      errorCode: noErrorCode,
      failureReason: textOf(error.reason),
      additionalDetails: textOf(error.additionalDetails),
      // Out of the directory the source is the account.
      userId: textOf(source.id),
      result: textOf(status.status) ?? 'none',
      counterpart: textOf(target.displayName) ?? textOf(target.id),
      attributes: attributesOf({
        action: textOf(row.provisioningAction ?? row.action),
        source: textOf(objectOf(row.sourceSystem).displayName),
        system: textOf(objectOf(row.targetSystem).displayName),
        problem: textOf(error.errorCode),
      }),
    };
  });
}
