import { z } from 'zod';

/** At most so many at once: a device sends the rest after these were acknowledged. */
export const MOST_ITEMS = 50;

/** A form that waited on a device: what it would have sent, by when, in which order. */
export const OutboxItem = z.object({
  /** Made with the form; sent twice is received once. */
  key: z.uuid(),
  /** Grows with each form on the device. */
  sequence: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  given_at: z.iso.datetime(),
  action: z
    .string()
    .max(300)
    .regex(
      /^\/visits\/contacts$|^\/learn\/[^/?#]+\/[^/?#]+\/(questions\/\d{1,3}|done|hand-in|help-level|feedback(\/(what|removal))?)$/,
    ),
  body: z.string().max(20_000),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

export const Outbox = z.object({
  /** Whose device this is; see lib/device. */
  person: z.string().max(100),
  device: z.uuid(),
  /** By the clock that `given_at` is by. */
  sent_at: z.iso.datetime(),
  items: z.array(OutboxItem).min(1).max(MOST_ITEMS),
});

/** What a quiz's form says of where its answer belongs. */
export const AnswerPlace = z.object({
  question: z.uuid(),
  attempt: z.uuid(),
  version: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

const MOST_DAYS = 60;

/** How long ago it was given, in seconds, by a clock that may be wrong: never in the future, and bounded. */
export function ageSeconds(sentAt: string, givenAt: string): number {
  const age = (Date.parse(sentAt) - Date.parse(givenAt)) / 1000;
  return Math.min(Math.max(age, 0), MOST_DAYS * 24 * 3600);
}
