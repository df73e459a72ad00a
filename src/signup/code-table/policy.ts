/**
 * Further proof and rules: multifactor prompts, Conditional Access, risk, age, consent, assignment.
 * Numbers from https://learn.microsoft.com/entra/identity-platform/reference-error-codes and from the texts of
 * https://login.microsoftonline.com/error. 131010 is known from https://github.com/MicrosoftDocs/entra-docs/issues/419 and reports,
 * 550024 from the native authentication API. The wording is ours.
 */
import { present } from './row.ts';

const enrolment = {
  kind: 'interrupt',
  meaning: 'asked to enrol for MFA',
  todo: 'Nothing, unless people stop here. Then review which policies require MFA at sign-up.',
  fixedBy: 'nobody',
  tellThePerson: 'Please set up the second way to prove that it is you, as the page asks.',
} as const;

const proof = {
  kind: 'interrupt',
  todo: 'Nothing, unless people stop here. Then review which policies require MFA at sign-up.',
  fixedBy: 'nobody',
  tellThePerson: 'Please complete the second check that the page asks for.',
} as const;

const nothing = { kind: 'interrupt', todo: 'Nothing.', fixedBy: 'nobody', tellThePerson: null } as const;

const callLimit = {
  kind: 'transient',
  meaning: 'phone MFA limit reached',
  explanation: 'The limit on multifactor checks by phone was reached.',
  todo: 'Wait, and look for toll fraud: many text messages to one country or one range of numbers.',
  fixedBy: 'admin',
  tellThePerson: 'We cannot send a code to your phone right now. Please try again later.',
} as const;

const ourRule = {
  kind: 'configuration',
  fixedBy: 'admin',
  tellThePerson: 'One of our rules stopped your sign-up. Please tell us when it happened so that we can look into it.',
} as const;

const notAllowed = {
  kind: 'configuration',
  meaning: 'not allowed by a policy',
  explanation: 'The conditions of a policy do not allow this person. The account may have been created all the same.',
  todo: 'Check who may use the application (assignment, access policies) and its Conditional Access policies.',
  fixedBy: 'admin',
  tellThePerson: 'You do not have access to this application yet. Please ask us for it.',
} as const;

const consentMissing = {
  kind: 'configuration',
  fixedBy: 'admin',
  tellThePerson: 'The application is not fully set up yet. Please try again later.',
} as const;

const usualNetwork = 'For your security, the sign-up was stopped. Please try again from your usual device and network.';

export const policyCodes = present('likely', [
  { ...enrolment, code: 50072, explanation: 'The person was asked to enrol for multifactor authentication.' },
  {
    ...enrolment,
    code: 50079,
    explanation:
      'The person was asked to enrol for multifactor authentication because the settings or their location changed.',
  },
  {
    ...proof,
    code: 50074,
    meaning: 'asked for MFA',
    explanation: 'Multifactor authentication is required, and the person has not passed it yet.',
  },
  {
    ...proof,
    code: 50076,
    meaning: 'asked for MFA by a policy',
    explanation: "A policy or the person's location requires multifactor authentication, which is not passed yet.",
  },
  {
    code: 500121,
    kind: 'failure',
    meaning: 'MFA not completed',
    explanation: 'The person was asked for multifactor authentication and did not complete it.',
    todo: 'Have the person try again. If many fail, check that text messages and e-mails arrive.',
    fixedBy: 'person',
    tellThePerson: 'The second check was not completed. Please try again and confirm it in time.',
  },
  { ...callLimit, code: 50088 },
  { ...callLimit, code: 500881 },
  { ...callLimit, code: 500882 },
  {
    ...ourRule,
    code: 550024,
    presence: 'reported',
    meaning: 'MFA method cannot be set up',
    explanation: 'The person may not set up this method of multifactor authentication.',
    todo: 'Check which authentication methods and registration policies apply to sign-ups.',
  },
  {
    ...nothing,
    code: 50097,
    meaning: 'asked to prove the device',
    explanation: 'The device was asked to identify itself.',
  },
  {
    ...nothing,
    code: 50199,
    meaning: 'asked to confirm the app',
    explanation: 'The person was asked to confirm that this is the application they want to sign in to.',
  },
  {
    ...nothing,
    code: 399218,
    meaning: 'asked to confirm the sign-in',
    explanation: 'The person was asked to confirm the request.',
  },
  {
    ...ourRule,
    code: 53003,
    meaning: 'Conditional Access block',
    explanation: 'A Conditional Access policy blocked the step.',
    todo: "Find the policy in the sign-in log under the same correlation ID. If sign-ups should pass, change the policy's users, applications or locations.",
  },
  {
    ...ourRule,
    code: 530032,
    meaning: 'blocked by policy or risk',
    explanation:
      "A security policy of the tenant blocked the step, or the person's home tenant considers the account at risk.",
    todo: 'Read the details of the sign-in with the same correlation ID, then review the security policies of the tenant.',
  },
  {
    ...ourRule,
    code: 530033,
    meaning: 'device code blocked',
    explanation: 'A Conditional Access policy for devices does not allow sign-in by device code.',
    todo: 'Let the application sign people in by browser.',
  },
  {
    ...ourRule,
    code: 530035,
    meaning: 'blocked by security defaults',
    explanation: "The tenant's security defaults blocked the step.",
    todo: 'Check whether security defaults suit this tenant, or replace them with Conditional Access policies.',
  },
  {
    code: 53004,
    kind: 'failure',
    meaning: 'MFA enrolment: too risky',
    explanation: 'The person could not enrol for multifactor authentication because the sign-in looked suspicious.',
    todo: 'Check the risk of the sign-in and of the user, and confirm it safe if it is.',
    fixedBy: 'admin',
    tellThePerson: usualNetwork,
  },
  {
    ...ourRule,
    code: 53010,
    meaning: 'MFA enrolment: wrong place',
    explanation: 'The tenant allows setting up multifactor authentication only from certain locations or devices.',
    todo: 'Review the Conditional Access policy for registering security information.',
  },
  {
    code: 53011,
    kind: 'failure',
    meaning: 'account at risk at home',
    explanation: "The person's home tenant considers the account at risk.",
    todo: "Nothing you can do here: the risk is decided in the person's home tenant.",
    fixedBy: 'person',
    tellThePerson:
      'Your organization has blocked your account for security reasons. Please contact its help desk, or use another e-mail address.',
  },
  {
    code: 50131,
    kind: 'failure',
    meaning: 'blocked as suspicious',
    explanation:
      'Conditional Access blocked the step: the request looked suspicious, or the device or location is not allowed.',
    todo: 'Read the details of the sign-in with the same correlation ID.',
    fixedBy: 'admin',
    tellThePerson: usualNetwork,
  },
  { ...notAllowed, code: 131010, presence: 'reported' },
  { ...notAllowed, code: 500186 },
  {
    ...ourRule,
    code: 54000,
    meaning: 'too young for the app',
    explanation: 'The age group of the person does not allow the application.',
    todo: "Check the application's age requirement and the person's age group attributes.",
    tellThePerson: 'This service has a minimum age. Please contact us if your date of birth is wrong.',
  },
  {
    ...ourRule,
    code: 50015,
    meaning: 'consent of a parent needed',
    explanation: 'The person needs consent for their legal age group.',
    todo: "Check the person's age group and consent attributes.",
    tellThePerson: 'We need the consent of a parent or guardian first. Please contact us.',
  },
  {
    ...consentMissing,
    code: 65001,
    meaning: 'app has no consent',
    explanation: 'Nobody has agreed to what the application asks for.',
    todo: 'Grant tenant-wide admin consent for the application.',
  },
  {
    ...consentMissing,
    code: 90094,
    meaning: 'admin consent needed',
    explanation: 'The application asks for something that only an admin can grant.',
    todo: 'Grant tenant-wide admin consent for the application.',
  },
  {
    ...consentMissing,
    code: 90095,
    meaning: 'admin consent requested',
    explanation: 'The application needs admin consent, and the person was asked to request it.',
    todo: 'Grant tenant-wide admin consent for the application, or deny the request.',
  },
  {
    code: 65004,
    kind: 'failure',
    meaning: 'person declined consent',
    explanation: 'The person did not agree to what the application asks for.',
    todo: 'Nothing. If many decline, review which permissions the application asks for.',
    fixedBy: 'person',
    tellThePerson: 'The sign-up needs your agreement. Please start again and accept if you want an account.',
  },
  {
    code: 50105,
    kind: 'configuration',
    meaning: 'not assigned to the app',
    explanation: 'The application admits only assigned users, and this person is not assigned.',
    todo: 'Turn off "Assignment required" on the enterprise application, or assign the user.',
    fixedBy: 'admin',
    tellThePerson: 'You do not have access to this application yet. Please ask us for it.',
  },
]);
