/** The fields of an event as `$filter` knows them, read straight from the event without making a row. */
import type { DemoEvent } from './attempt.ts';
import type { FilterSubject } from './evaluate-filter.ts';

/** One subject that is pointed at one event after the other: a page looks at many thousands. */
export class EventSubject implements FilterSubject {
  event: DemoEvent | null = null;

  value(path: string): unknown {
    const { event } = this;
    if (event === null) return undefined;
    switch (path) {
      case 'createdDateTime':
        return event.timeUs;
      case 'id':
        return event.id;
      case 'correlationId':
        return event.attempt.correlationId;
      case 'appId':
        return event.attempt.application.appId;
      case 'appDisplayName':
        return event.appNamed ? event.attempt.application.displayName : null;
      case 'signUpStage':
        return event.stage;
      case 'signUpIdentityProvider':
        return event.attempt.provider;
      case 'signUpIdentity/signUpIdentifier':
        return event.identifier;
      case 'signUpIdentity/signUpIdentifierType':
        return event.identifier === null ? null : 'emailAddress';
      case 'status/errorCode':
        return event.errorCode;
      default:
        return undefined;
    }
  }
}
