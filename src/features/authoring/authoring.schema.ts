import { z } from 'zod';
import { message } from '../../lib/forms';
import { LANGUAGES } from '../../lib/i18n';
import { SIGNATURES } from './drafts.model';

const LONGEST_TITLE = 200;

export const NewDraftForm = z
  .object({
    kind: z.enum(['text', 'quiz', 'h5p'], message('authoring.kind.missing')),
    title: z
      .string()
      .trim()
      .min(1, message('authoring.title.missing'))
      .max(LONGEST_TITLE, message('authoring.title.long')),
    language: z.enum(LANGUAGES, message('authoring.language.missing')),
    course: z.union([z.literal('new'), z.uuid()], message('authoring.course.missing')),
    course_title: z.string().trim().max(LONGEST_TITLE, message('authoring.title.long')).default(''),
  })
  .refine((form) => form.course !== 'new' || form.course_title !== '', {
    error: 'authoring.courseTitle.missing',
    path: ['course_title'],
  });

export const SignatureForm = z.object({
  kind: z.enum(SIGNATURES, message('errors.invalid')),
  version: z.coerce.number(message('errors.invalid')).int(message('errors.invalid')),
  shown: z.enum(['full', 'short', 'none'], message('authoring.shown.missing')),
});

export const NoteForm = z.object({
  text: z.string().trim().min(1, message('authoring.note.missing')).max(2000, message('authoring.note.long')),
});

/** The name as the signer wishes it shown: whole, first name with an initial, or not at all. */
export function shownName(name: string, shown: 'full' | 'short' | 'none'): string {
  if (shown === 'none') return '';
  const [first = '', ...rest] = name.split(/\s+/);
  const last = rest.at(-1);
  return shown === 'full' || !last ? name : `${first} ${last[0]}.`;
}
