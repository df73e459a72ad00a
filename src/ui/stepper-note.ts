/** What there is to say about the open step of the filter stepper, besides its values. */
import type { FilterStepper } from '../store/filter-stepper.ts';
import { MOST_LOOKED_AT } from '../store/person-values.ts';
import type { State } from '../store/state.ts';
import { type Piece, piece, told } from './line.ts';

/** What the values are and are not; for the time, what can be typed and what is wrong with it. */
export function stepperNote(state: State, { field, range }: FilterStepper): Piece | null {
  switch (field) {
    case 'user': {
      const all = state.log.size.toLocaleString('en');
      return state.log.size > MOST_LOOKED_AT
        ? piece(`the most frequent among the newest ${MOST_LOOKED_AT.toLocaleString('en')} of ${all} loaded`, 'dim')
        : null;
    }
    case 'flow':
      return flowNote(state);
    case 'time':
      if (range?.error) return told(range.error, 'bad');
      return piece('/ types a range: yesterday 14:00, or monday 09:00 to today 07:30', 'dim');
    default:
      return null;
  }
}

function flowNote({ flows, signIn }: State): Piece | null {
  if (flows.kind === 'known') {
    return flows.flows.length > 0 ? null : piece('this tenant has no user flows', 'dim');
  }
  if (flows.kind === 'unknown') {
    return signIn.kind === 'signedIn'
      ? piece('asking Graph for the user flows', 'accent')
      : piece('signed out: L signs in again', 'bad');
  }
  if (flows.scopes.length === 0) return piece('the user flows could not be read: C asks again', 'bad');
  return told(`listing flows needs ${flows.scopes.join(', ')}: C signs in with it; the app step needs none`, 'warn');
}
