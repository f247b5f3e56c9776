import { z } from 'zod';
import { message } from '../../lib/forms';
import { LANGUAGES } from '../../lib/i18n';
import { TYPE_NAMES } from '../quizzes/question-types/registry';

const Code = z.string().regex(/^\d\.\d$/);
const Level = z.coerce.number().int().min(1).max(8);

/** What is looked for in the bank; odd values look for nothing special. */
export const Filter = z.object({
  words: z.string().trim().max(200).catch(''),
  competence: Code.catch(''),
  level: Level.catch(0),
  type: z.enum(TYPE_NAMES).or(z.literal('')).catch(''),
  language: z.enum(LANGUAGES).or(z.literal('')).catch(''),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
  draft: z.uuid().or(z.literal('')).catch(''),
});

/** What goes into a file: a draft's questions, a quiz's, or what a filter of the bank finds. */
export const ExportQuery = Filter.extend({
  lesson: z.uuid().or(z.literal('')).catch(''),
  question: z.uuid().or(z.literal('')).catch(''),
  in: z.enum(LANGUAGES).or(z.literal('')).catch(''),
});

const list = (item: z.ZodType<string>) =>
  z.preprocess((value) => [value ?? []].flat(), z.array(item).min(1, message('bank.choose.missing')).max(200));

export const CopyForm = z.object({
  draft: z.uuid(message('bank.draft.missing')),
  question: list(z.uuid(message('errors.invalid'))),
});

export const KeepForm = z.object({ question: list(z.string().max(200)) });
export const OneForm = z.object({ question: z.string().max(200) });

/** A draft is changed only as its author saw it. */
export const Version = z.coerce.number().int().catch(0);

export const DrawForm = z.object({
  from: z.enum(['own', 'bank'], message('bank.draw.from.missing')),
  competence: Code.or(z.string().regex(/^$/)).refine((code) => code !== '', message('bank.draw.competence.missing')),
  level: z.coerce.number().int().min(0).max(8).catch(0),
  count: z.coerce
    .number(message('bank.draw.count.form'))
    .int(message('bank.draw.count.form'))
    .min(1, message('bank.draw.count.form'))
    .max(50, message('bank.draw.count.form')),
});

export const SendForm = z.object({
  id: z.uuid(message('errors.invalid')),
  language: z.enum(LANGUAGES, message('bank.language.missing')),
  competence: Code.or(z.literal('')).catch(''),
  level: Level.catch(1),
  draft: z.uuid().or(z.literal('')).catch(''),
});

export const TakeForm = z.object({
  draft: z.uuid().or(z.literal('')).catch(''),
  which: z.enum(['chosen', 'all']).catch('chosen'),
  number: z.preprocess(
    (value) => [value ?? []].flat(),
    z.array(z.coerce.number().int().min(1).max(100_000)).max(200).catch([]),
  ),
});
