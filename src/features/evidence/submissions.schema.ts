import { z } from 'zod';
import { type Day, dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import type { SubmissionKind } from './submissions.model';

export const MOST_SKILLS = 5;
export const MOST_FILES = 5;
const OLDEST: Record<SubmissionKind, number> = { task: 5, earlier: 60 };

const asList = (value: unknown) => (value === undefined ? [] : [value].flat());
const text = (longest: number, key: string) =>
  z
    .string(message('errors.invalid'))
    .transform((given) => given.replace(/\r\n/g, '\n'))
    .pipe(z.string().trim().max(longest, message(key)))
    .default('');

/** Which skills it is about. `key` is made with the form, so that sending it twice makes one. */
export const NewForm = z.object({
  key: z.uuid(message('errors.invalid')),
  skills: z.preprocess(
    asList,
    z
      .array(z.string().max(40))
      .min(1, message('evidence.skills.missing'))
      .max(MOST_SKILLS, message('evidence.skills.many')),
  ),
  lesson: z.uuid().optional().catch(undefined),
});

/** What the person tells, kept as typed while it is a draft; only lengths are looked at. */
export const StoryForm = z.object({
  story: text(5000, 'evidence.story.long'),
  place: text(300, 'evidence.place.long'),
  link: text(500, 'evidence.link.long'),
  done_on: text(40, 'evidence.day.missing'),
  judge: z.uuid().or(z.literal('')).catch(''),
  lines: z.preprocess(asList, z.array(z.string().max(80)).max(200)).catch([]),
  remove: z.preprocess(asList, z.array(z.uuid()).max(MOST_FILES)).catch([]),
  go: z.enum(['keep', 'send']).catch('keep'),
});
export type StoryForm = z.output<typeof StoryForm>;

/** What is missing before it can be sent; a message key by field. Empty when nothing is. */
export function missingOf(
  kind: SubmissionKind,
  { story, place, link, done_on, judge }: Pick<StoryForm, 'story' | 'place' | 'link' | 'done_on' | 'judge'>,
  today = dayOf(new Date()),
): Record<string, string> {
  const day = readDay(done_on);
  const faults: [field: string, key: string, isAt: boolean][] = [
    ['story', 'evidence.story.missing', story.length < 10],
    ['place', 'evidence.place.missing', kind === 'earlier' && place === ''],
    ['done_on', `evidence.day.missing`, day === undefined],
    ['done_on', 'evidence.day.future', day !== undefined && day > today],
    ['done_on', `evidence.day.old.${kind}`, day !== undefined && day < oldestDay(kind, today)],
    ['link', 'evidence.link.form', link !== '' && !isWebAddress(link)],
    ['judge', 'evidence.judge.missing', judge === ''],
  ];
  return Object.fromEntries(faults.filter(([, , isAt]) => isAt).map(([field, key]) => [field, key]));
}

const oldestDay = (kind: SubmissionKind, today: Day): Day =>
  `${Number(today.slice(0, 4)) - OLDEST[kind]}${today.slice(4)}`;

function isWebAddress(given: string): boolean {
  const address = URL.canParse(given) ? new URL(given) : undefined;
  return address !== undefined && address.protocol === 'https:' && address.hostname.includes('.');
}

/** What the one who was asked says. */
export const JudgingForm = z.object({
  seen: z.preprocess(asList, z.array(z.string().max(80)).max(200)).catch([]),
  feedback: text(2000, 'evidence.feedback.long'),
  go: z.enum(['keep', 'more', 'not_yet', 'recognise'], message('errors.invalid')),
});
export type JudgingForm = z.output<typeof JudgingForm>;
