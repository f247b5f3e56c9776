/** How support is given. */
export const SUPPORT_FORMS = ['near', 'remote', 'home', 'training'] as const;
export type SupportForm = (typeof SUPPORT_FORMS)[number];
/** What stopped a contact short. */
export const BLOCKS = [
  'identification',
  'device',
  'connection',
  'language',
  'courage',
  'service-down',
  'other',
] as const;
export type Block = (typeof BLOCKS)[number];
/** How much help was needed: 0 none, 1 words, 2 together, 3 the supporter did most. */
export const HELP_LEVELS = [0, 1, 2, 3] as const;

export const REQUEST_STATES = ['open', 'matched', 'met', 'unmet', 'withdrawn'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];
export const UNMET_REASONS = ['no-supporter', 'no-time', 'too-far', 'language', 'not-ours', 'no-answer'] as const;
export const ASKED_LANGUAGES = ['fi', 'easy', 'sv', 'en', 'sign', 'other'] as const;

/** What is looked through before a visit begins; all of it. */
export const SAFETY = ['consent', 'told-office', 'phone', 'two-or-known', 'no-codes', 'leave'] as const;
export const FOLLOW_UPS = ['none', 'call', 'again', 'referred'] as const;

/** Quick choices of minutes; any other number may be written. */
export const MINUTES = [10, 20, 30, 45, 60, 90] as const;
