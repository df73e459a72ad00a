/**
 * From a row of the directory audit log to an event. As tolerant as the reading of sign-ups: only a row without an id or a
 * time is given up, and whatever has no name here stays in `raw`.
 * Field names and shapes: https://learn.microsoft.com/graph/api/resources/directoryaudit
 */
import { noErrorCode } from '../signup/codes.ts';
import type { JsonObject } from '../signup/event.ts';
import { isObject, objectOf, textOf } from '../signup/json-values.ts';
import type { ParsedEvent } from '../signup/parse-event.ts';
import { attributesOf, parseRow, personName } from './parse-row.ts';

/** Takes one row of `auditLogs/directoryAudits`. Never throws, whatever JSON it is given. */
export function parseAudit(raw: unknown): ParsedEvent {
  return parseRow(raw, 'audits', 'activityDateTime', (row) => {
    const { user, app } = objectOf(row.initiatedBy);
    const [person, program] = [objectOf(user), objectOf(app)];
    const targets = Array.isArray(row.targetResources) ? row.targetResources.filter(isObject) : [];
    const names = targets.map(targetName).filter((name) => name !== null);
    return {
      correlationId: textOf(row.correlationId) ?? '',
      appId: textOf(program.appId) ?? '',
      appName: textOf(program.displayName),
      identifier: personName(person.userPrincipalName, person.displayName) ?? textOf(program.displayName),
      errorCode: noErrorCode,
      failureReason: textOf(row.resultReason),
      additionalDetails: detailsOf(row.additionalDetails),
      userId: textOf(targets.find(isUser)?.id),
      result: textOf(row.result) ?? 'none',
      counterpart: names.length === 0 ? null : names.join(', '),
      attributes: attributesOf({
        activity: textOf(row.activityDisplayName),
        category: textOf(row.category),
        service: textOf(row.loggedByService),
        operation: textOf(row.operationType),
      }),
    };
  });
}

/** Some samples write `Type`. */
function isUser(target: JsonObject): boolean {
  return (textOf(target.type) ?? textOf(target.Type))?.toLowerCase() === 'user';
}

function targetName(target: JsonObject): string | null {
  return personName(target.userPrincipalName, target.displayName) ?? textOf(target.id);
}

function detailsOf(details: unknown): string | null {
  if (!Array.isArray(details)) return null;
  const told = details.filter(isObject).map(({ key, value }) => `${textOf(key) ?? ''}: ${textOf(value) ?? ''}`);
  return told.length === 0 ? null : told.join('; ');
}
