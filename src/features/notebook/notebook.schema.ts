import { z } from 'zod';
import { message } from '../../lib/forms';
import { severalLines } from '../../lib/text';

const Slug = z.string().min(1).max(200);

/** Where a press on a bookmark comes from, and goes back to. */
export const BookmarkForm = z.object({
  course: Slug,
  lesson: Slug.optional().or(z.literal('').transform(() => undefined)),
  from: z.enum(['list', 'place']).catch('place'),
});

/** The longest note, in letters. */
export const LONGEST_NOTE = 10_000;

const Body = z
  .string(message('notebook.note.missing'))
  .transform(severalLines)
  .pipe(z.string().min(1, message('notebook.note.missing')).max(LONGEST_NOTE, message('notebook.note.tooLong')));
const Spot = z
  .string()
  .regex(/^(spot-\d{1,4})?$/)
  .catch('');

export const NoteForm = z.object({
  id: z.uuid(message('errors.invalid')),
  spot: Spot,
  body: Body,
});
export const NoteChange = z.object({ body: Body });
export const NoteQuery = z.object({ q: z.string().trim().max(200).catch('') });
