import { z } from 'zod';
import { message } from '../../../lib/forms';
import { LANGUAGES } from '../../../lib/i18n';

const id = z.uuid();
const draft = z.preprocess((value) => (value === '' ? undefined : value), z.uuid().optional());

export const NewTaskForm = z.object({
  id,
  draft,
  library: z.string(message('h5pForm.library.missing')).max(300).min(1, message('h5pForm.library.missing')),
  title: z.string().trim().min(1, message('h5pForm.title.missing')).max(255, message('h5pForm.title.long')),
  language: z.enum(LANGUAGES),
});

export const CopyForm = z.object({ id, draft, language: z.enum(LANGUAGES).catch('fi') });
export const UseForm = z.object({ draft: z.uuid() });

/** A press of the form: a word, and the name of a place. */
export function readPress(value: unknown): { verb: string; at: string } {
  const [, verb = 'save', at = ''] = /^([a-z]{1,20})(?::([\w$.-]{0,500}))?$/.exec(String(value ?? 'save')) ?? [];
  return { verb, at };
}
