/** Steps of attempts, written short: `collect:0 validate:1002013`. */
import type { AttemptStep } from '../../src/signup/attempt.ts';

const names: { readonly [short: string]: string } = {
  collect: 'credentialCollection',
  validate: 'credentialValidation',
  federate: 'credentialFederation',
  consent: 'consent',
  attributes: 'attributeCollectionAndValidation',
  create: 'userCreation',
};

/** Another word than these is the stage's own name. */
export function steps(text: string, provider = 'Email OTP', appId = 'app'): readonly AttemptStep[] {
  return text.split(' ').map((part) => {
    const [short = '', code] = part.split(':');
    return { stage: names[short] ?? short, errorCode: Number(code), listeners: [], provider, appId };
  });
}
