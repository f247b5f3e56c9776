import { z } from 'zod';
import { message } from '../../lib/forms';
import { LANGUAGES } from '../../lib/i18n';
import { oneLine, severalLines } from '../../lib/text';

const LONGEST_TITLE = 200;
const line = (missing: string) =>
  z
    .string(message(missing))
    .transform(oneLine)
    .pipe(z.string().min(1, message(missing)).max(LONGEST_TITLE, message('authoring.title.long')));
const lines = (most: number) =>
  z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(most, message('templates.long')));
const FormId = z.uuid(message('errors.invalid'));

/** The language that a shipped template is taken in; read apart, because the page shows the template in it. */
export const TongueForm = z.object({ language: z.enum(LANGUAGES).catch('fi'), easy: z.string().optional() });

export const BeginLessonForm = z
  .object({
    id: FormId,
    title: line('authoring.title.missing'),
    course: z.union([z.literal('new'), z.uuid()], message('authoring.course.missing')),
    course_title: z
      .string()
      .default('')
      .transform(oneLine)
      .pipe(z.string().max(LONGEST_TITLE, message('authoring.title.long'))),
  })
  .refine((form) => form.course !== 'new' || form.course_title !== '', {
    error: 'authoring.courseTitle.missing',
    path: ['course_title'],
  });

export const BeginCourseForm = z.object({ id: FormId, course_title: line('authoring.courseTitle.missing') });

export const TemplateForm = z.object({ id: FormId, title: line('templates.own.title.missing'), about: lines(1000) });

const LONGEST = 3000;

export const CardForm = z.object({
  language: z.enum(LANGUAGES, message('authoring.language.missing')),
  title: line('templates.card.title.missing'),
  happened: lines(LONGEST).pipe(z.string().min(1, message('templates.card.happened.missing'))),
  helped: lines(LONGEST).pipe(z.string().min(1, message('templates.card.helped.missing'))),
  for_whom: lines(1000),
  beware: lines(LONGEST),
  is_shown: z.enum(['yes', 'no'], message('templates.card.shown.missing')).transform((answer) => answer === 'yes'),
});
export const NewCardForm = CardForm.extend({ id: FormId });
