/** How the actual of a target is counted: from what was written down in the process, or by hand with a source. */
export const COUNTED = [
  'by-hand',
  'sessions',
  'workshops',
  'dialogues',
  'organisations',
  'municipalities',
  'people',
  'comments',
  'contributions',
  'key-results',
  'members',
  'ideas',
  'practices',
  'challenges',
  'events',
  'meetings',
] as const;
export type Counted = (typeof COUNTED)[number];
