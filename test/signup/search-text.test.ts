import { describe, expect, it } from 'vitest';
import { searchForm, searchTexts } from '../../src/signup/search-text.ts';
import { sampleEvent } from './arbitrary-row.ts';

describe('what a word is searched in', () => {
  const event = sampleEvent({
    signUpStage: 'credentialValidation',
    signUpIdentity: { signUpIdentifier: 'Ana\u202e@Example.org', signUpIdentifierType: 'emailAddress' },
    status: { errorCode: 50181, failureReason: 'Bad CODE', additionalDetails: 'Third try' },
    appliedEventListeners: [{ eventType: 'emailOtpSend', handlerResult: { errorCode: 1003005 } }],
  });
  const texts = searchTexts(event, 'Contoso Portal');

  it.each([
    'ana\\u{202e}@example.org',
    'emailaddress',
    'contoso portal',
    '94559aba',
    'f4414243',
    '921e63bd',
    '9fb7a577',
    'bad code',
    'third try',
    'credentialvalidation',
    'validate',
    'email otp',
    'local',
    '50181',
    'wrong e-mail code',
    'failed',
    'emailotpsend',
    'timed out',
  ])('is everything that is shown, lower-cased: %s', (shown) => {
    expect(texts.some((text) => text.includes(shown))).toBe(true);
  });

  it('has each text apart, so that no match runs from one into the next', () => {
    expect(texts.some((text) => text.includes('email otplocal') || text.includes('email otp local'))).toBe(false);
  });

  it('does not show a number where the log has no code', () => {
    expect(searchTexts(sampleEvent({ status: null }), null)).not.toContain('-1');
  });

  it('is compared in the form in which it is shown', () => {
    expect(searchForm('A\x1bB')).toBe('a␛b');
  });
});
