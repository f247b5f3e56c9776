import { z } from 'zod';
import { message } from '../../lib/forms';
import { severalLines } from '../../lib/text';

const text = z
  .string()
  .default('')
  .transform(severalLines)
  .pipe(z.string().max(1000, message('skills.results.long')));

export const CommentForm = z.object({ comment: text });
export const ContestForm = z.object({ reason: text.pipe(z.string().min(1, message('skills.contest.reason.missing'))) });
export const ExplainForm = z.object({
  explanation: text.pipe(z.string().min(1, message('skills.answers.explanation.missing'))),
});
