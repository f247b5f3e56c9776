/** What kinds have in common, as a person chooses about them. The order is that of the page. */
export const GROUPS = ['learning', 'talks', 'skills', 'asked', 'reminders', 'security'] as const;
export type Group = (typeof GROUPS)[number];

export const WAYS = ['mail', 'app', 'none'] as const;
export type Way = (typeof WAYS)[number];

/** By the beginning of a kind's name; the longest that fits counts. */
const GROUP_OF: Record<string, Group> = {
  '': 'learning',
  'talk.': 'talks',
  'cycle.': 'talks',
  'skill.': 'skills',
  'evidence.': 'skills',
  'evidence.asked': 'asked',
  'path.recognition-asked': 'asked',
  'evidence.badge-asked': 'asked',
  'view.told': 'skills',
  'view.asked': 'asked',
  'help.': 'asked',
  'spaces.': 'asked',
  'card.': 'asked',
  'report-shared': 'asked',
  'draft.submitted': 'asked',
  'draft.changes-asked': 'asked',
  'draft.part-': 'asked',
  'draft.test-asked': 'asked',
  'draft.not-published': 'asked',
  'draft.check': 'reminders',
  'training.': 'reminders',
  'reminder.': 'reminders',
  'event.': 'asked',
  'account.': 'security',
  'security.': 'security',
  'sign-in.': 'security',
  'publication.': 'asked',
  'publication.review': 'reminders',
  'simple-': 'security',
  'mail.': 'security',
};

export function groupOf(kind: string): Group {
  const fits = Object.keys(GROUP_OF).filter((beginning) => kind.startsWith(beginning));
  return GROUP_OF[fits.sort((a, b) => b.length - a.length)[0] ?? ''] ?? 'learning';
}

/** Who got into an account and who changed it is always told; how often the rest is, the person decides. */
export const ALWAYS: readonly Group[] = ['security'];

/** Told by mail without waiting for the day's collection: somebody else waits, or something is wrong. */
export const URGENT: readonly Group[] = ['asked', 'security'];

/** How a person is told of a kind. */
export function wayOf(kind: string, ways: Partial<Record<Group, Way>>): Way {
  const group = groupOf(kind);
  // That mail does not arrive is not told by mail.
  if (kind === 'mail.failed') return 'app';
  const chosen = ways[group] ?? 'mail';
  return ALWAYS.includes(group) && chosen === 'none' ? 'app' : chosen;
}
