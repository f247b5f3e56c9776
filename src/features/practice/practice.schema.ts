import { z } from 'zod';
import { message } from '../../lib/forms';

export const PracticeForm = z.object({ code: z.string(message('practice.code.missing')).max(50) });

/** Which question the form was made for. */
export const QuestionHead = z.object({ question: z.uuid(message('errors.invalid')) });
