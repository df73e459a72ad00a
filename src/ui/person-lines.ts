/** A person of the directory: the account, its identities, and how its owner proves who they are. */
import type { LookUpFailure } from '../facts/person.ts';
import type { Person, PersonMethod } from '../signup/person.ts';
import { missingScopes, type PersonLookUp } from '../store/person.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import { field, optional } from './labelled-lines.ts';
import { type Line, piece, told } from './line.ts';
import { clockText, dateText } from './time-text.ts';

/** All of it, however long. */
export function personLines(state: State, width: number): readonly Line[] {
  const { person } = state;
  if (person === null) return [];
  return [
    [piece(' Person', 'strong'), piece('   '), told(person.address ?? person.userId ?? '', 'accent')],
    [],
    ...accountLines(person, state, width),
    ...methodLines(person, width),
    ...askLines(state, width),
  ];
}

function accountLines({ account, userId, address }: PersonLookUp, state: State, width: number): readonly Line[] {
  if (account === 'loading') return [[piece('  asking the directory ...', 'dim')]];
  switch (account.kind) {
    case 'found':
      return [
        ...(userId === null
          ? field(
              'Exists',
              'an account has this address as its own: the person has to sign in, or to reset it',
              width,
              'warn',
            )
          : []),
        ...foundLines(account.person, shownZone(state), width),
      ];
    case 'nobody':
      return userId === null
        ? [
            ...field('Account', `none has the address ${address ?? ''} as its own`, width),
            ...field(
              '',
              'People who sign up with an identity provider cannot be found by their address.',
              width,
              'dim',
            ),
          ]
        : field('Account', 'does not exist (any more)', width, 'warn');
    case 'cancelled':
      return [[piece('  The question was given up.', 'dim')]];
    default:
      return failureLines(account, width);
  }
}

function foundLines(person: Person, zone: string, width: number): readonly Line[] {
  const { displayName, userPrincipalName, mail, identities, createdMs, creationType, userType, isEnabled } = person;
  const created = createdMs === null ? null : `${dateText(createdMs, zone)} ${clockText(createdMs, zone)} ${zone}`;
  return [
    ...optional('Name', displayName, width),
    ...optional('UPN', userPrincipalName, width),
    ...optional('Mail', mail, width),
    ...field('Account', person.userId, width),
    ...optional('Created', created, width),
    ...optional('Made as', [creationType, userType].filter((text) => text !== null).join(', '), width),
    ...(isEnabled === false
      ? field('Disabled', 'the account is disabled: nobody can sign in with it', width, 'bad')
      : []),
    ...identities.flatMap(({ signInType, issuer, assignedId }, index) =>
      field(index === 0 ? 'Identities' : '', `${signInType} at ${issuer}: ${assignedId}`, width),
    ),
  ];
}

function methodLines({ methods }: PersonLookUp, width: number): readonly Line[] {
  if (methods === null) return [];
  if (methods === 'loading') return field('Methods', 'asking ...', width, 'dim');
  switch (methods.kind) {
    case 'read':
      return methods.methods.length === 0
        ? field('Methods', 'none is registered', width)
        : methods.methods.flatMap((method, index) => field(index === 0 ? 'Methods' : '', methodText(method), width));
    case 'nobody':
    case 'cancelled':
      return [];
    default:
      return failureLines(methods, width);
  }
}

function methodText({ called, detail }: PersonMethod): string {
  return detail === null ? called : `${called}: ${detail}`;
}

function failureLines(failure: LookUpFailure, width: number): readonly Line[] {
  if (failure.kind === 'cancelled') return [];
  const { title, meaning, todo } = failure.problem;
  return [
    ...field('Missing', title, width, 'warn'),
    ...optional('Means', meaning, width),
    ...optional('Do', todo, width),
  ];
}

function askLines(state: State, width: number): readonly Line[] {
  const scopes = missingScopes(state);
  if (scopes.length === 0) return [];
  return [
    [],
    ...field('C', `signs in with ${scopes.join(' and ')} as well; what is on the screen stays`, width, 'strong'),
  ];
}
