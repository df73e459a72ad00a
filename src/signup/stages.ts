/**
 * The stages of a sign-up, in the order in which a person meets them. Graph's set is open: a stage that is not known
 * here is shown by its own name, after the known ones, and never an error.
 */

interface Stage {
  readonly name: string;
  readonly label: string;
  readonly meaning: string;
}

// Names: https://learn.microsoft.com/graph/api/resources/selfservicesignup?view=graph-rest-beta. Microsoft says little
// about what they mean and nothing about their order; both follow Microsoft's sample attempt and the sign-up pages.
const stages: readonly Stage[] = [
  {
    name: 'credentialCollection',
    label: 'collect',
    meaning: 'The person gave an e-mail address or chose how to sign up; a code is sent by e-mail here.',
  },
  {
    name: 'credentialValidation',
    label: 'validate',
    meaning: 'The person proves that the e-mail address is theirs, usually with the code from the e-mail.',
  },
  {
    name: 'credentialFederation',
    label: 'federate',
    meaning: 'The person was sent to an outside identity provider such as Google, or came back from it.',
  },
  { name: 'consent', label: 'consent', meaning: 'The person is asked to let the application use their data.' },
  {
    name: 'attributeCollectionAndValidation',
    label: 'attributes',
    meaning: 'The person fills in the page with their details; custom extensions may fill in or check them.',
  },
  { name: 'userCreation', label: 'create', meaning: 'The account is written to the directory.' },
  {
    name: 'tenantConsent',
    label: 'tenant consent',
    meaning: 'The person is asked to agree to the terms of the organisation that runs the directory.',
  },
];

const byName = new Map(stages.map((stage, order) => [stage.name, { ...stage, order }]));

/** Graph's names of the known stages, in order. */
export const stageNames: readonly string[] = stages.map((stage) => stage.name);

/** Where a stage stands in a sign-up, from 0; every unknown stage comes after all known ones. */
export function stageOrder(name: string): number {
  return byName.get(name)?.order ?? stages.length;
}

/** The short word for a column; an unknown stage is called by its own name. */
export function stageLabel(name: string): string {
  return byName.get(name)?.label ?? name;
}

/** What happens at the stage, in a sentence. */
export function stageMeaning(name: string): string {
  if (name === '') return 'Graph sent no stage for this event.';
  return byName.get(name)?.meaning ?? 'A stage that this version does not know; Microsoft may have added it.';
}
