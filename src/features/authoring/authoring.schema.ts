import { z } from 'zod';
import { message } from '../../lib/forms';
import { LANGUAGES } from '../../lib/i18n';

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
