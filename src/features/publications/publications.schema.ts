import { z } from 'zod';
import { readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { oneLine, severalLines } from '../../lib/text';
import { VISIBILITIES } from '../loop/kinds';
import { COMMENTING } from './publications.model';
import { PART_KINDS, PUBLICATION_KINDS, type Texts, TONGUES, type Tongue, type Words } from './texts';

const line = (most: number, missing = 'publications.fault.missing') =>
  z
    .string(message(missing))
    .transform(oneLine)
    .pipe(z.string().min(1, message(missing)).max(most, message('publications.fault.long')));
const maybeLine = (most: number) =>
  z
    .string()
    .default('')
    .transform(oneLine)
    .pipe(z.string().max(most, message('publications.fault.long')));
const lines = (most: number) =>
  z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(most, message('publications.fault.long')));
const someLines = (most: number) =>
  z
    .string(message('publications.fault.missing'))
    .transform(severalLines)
    .pipe(z.string().min(1, message('publications.fault.missing')).max(most, message('publications.fault.long')));
const day = z
  .string(message('publications.fault.day'))
  .transform((text) => readDay(text.trim()))
  .refine((read) => read !== undefined, message('publications.fault.day'))
  .transform(String);
const maybeDay = z
  .string()
  .default('')
  .transform((text, { addIssue }) => {
    if (!text.trim()) return null;
    const read = readDay(text.trim());
    if (!read) addIssue({ code: 'custom', message: 'publications.fault.day' });
    return read ?? null;
  });
const space = z
  .string()
  .default('')
  .transform((id) => id || null);
const shown = z.enum(VISIBILITIES, message('publications.fault.who'));
const needsSpace = {
  error: 'publications.fault.space',
  path: ['visibility'],
};
const hasSpace = ({ visibility, space_id }: { visibility: string; space_id: string | null }) =>
  space_id !== null || visibility === 'organisation' || visibility === 'public';

export const BeginForm = z
  .object({
    id: z.uuid(message('errors.invalid')),
    kind: z.enum(PUBLICATION_KINDS, message('publications.fault.kind')),
    language: z.enum(TONGUES).catch('fi'),
    title: line(200, 'publications.fault.title'),
    summary: lines(1000),
    visibility: shown,
    space_id: space,
  })
  .refine(hasSpace, needsSpace);

export const SettingsForm = z
  .object({
    visibility: shown,
    space_id: space,
    comments: z.enum(COMMENTING).catch('none'),
    is_opening: z.string().optional(),
    review_on: maybeDay,
  })
  .refine(hasSpace, needsSpace);

export const CommentForm = z.object({
  id: z.uuid(message('errors.invalid')),
  part_id: z
    .string()
    .max(20)
    .default('')
    .transform((id) => id || null),
  quote: maybeLine(500),
  body: someLines(3000),
  shown_name: maybeLine(100),
});

export const AnswerForm = z.object({
  state: z.enum(['shown', 'hidden']).catch('shown'),
  reply: lines(3000),
  changed: z.enum(['changed', 'noted', 'kept']).nullable().catch(null),
});

export const ResponseForm = z.object({
  from_whom: line(200),
  answered_on: day,
  answer: someLines(3000),
  followed: lines(3000),
});

export const SignForm = z.object({ title: maybeLine(100) });
export const WithdrawForm = z.object({ reason: maybeLine(500) });

export const PictureForm = z.object({
  heading: maybeLine(200),
  alt: line(500, 'publications.fault.alt'),
  people: z.enum(['agreed', 'nobody'], message('publications.fault.consent')),
});

const WordsForm = z.object({
  title: line(200, 'publications.fault.title'),
  summary: lines(1000),
  note: maybeLine(500),
});
const PartForm = z.object({ heading: maybeLine(200), body: lines(40_000), alt: maybeLine(500) });
const LONGEST_LIST = 60;

/**
 * The words of one language as the form has them, with parts moved, taken away and added. Messages are by the field's name.
 */
export function readTexts(
  body: Record<string, unknown>,
  before: Texts,
  original: Tongue,
  language: Tongue,
  number: number,
) {
  const errors: Record<string, string> = {};
  const main = WordsForm.safeParse(body);
  if (!main.success) for (const { path, message: key } of main.error.issues) errors[String(path[0])] ??= key;
  const old = before.words[language];
  const words: Words = { title: '', summary: '', parts: {}, changed: old?.changed ?? number };
  const kept = before.parts
    .map((part, at) => ({ part, at, place: Number(body[`place_${part.id}`]) || at + 1 }))
    .filter(({ part }) => body[`remove_${part.id}`] !== 'yes')
    .sort((one, other) => one.place - other.place || one.at - other.at)
    .map(({ part }) => part);
  const read = (id: string) => {
    const fields = { heading: body[`heading_${id}`], body: body[`body_${id}`], alt: body[`alt_${id}`] };
    const form = PartForm.safeParse(fields);
    if (form.success) return form.data;
    for (const { path, message: key } of form.error.issues) errors[`${String(path[0])}_${id}`] ??= key;
    return { heading: '', body: '', alt: '' };
  };
  for (const part of kept) {
    const { alt, ...rest } = read(part.id);
    words.parts[part.id] = part.kind === 'picture' ? { ...rest, alt } : rest;
    if (part.kind === 'picture' && !alt) errors[`alt_${part.id}`] ??= 'publications.fault.alt';
  }
  const parts = [...kept];
  const added = read('new');
  if (added.heading || added.body) {
    const id = nextPartId(before);
    const kind = PART_KINDS.find((one) => one === body.kind_new && one !== 'picture' && one !== 'item') ?? 'text';
    parts.push({ id, kind });
    words.parts[id] = { heading: added.heading, body: added.body };
  }
  if (parts.length > LONGEST_LIST) errors.form = 'publications.fault.many';
  if (Object.keys(errors).length > 0 || !main.success) return { ok: false as const, errors };
  Object.assign(words, { title: main.data.title, summary: main.data.summary });
  const isSame =
    JSON.stringify({ ...old, changed: 0, follows: 0 }) === JSON.stringify({ ...words, changed: 0, follows: 0 });
  if (!isSame || parts.length !== before.parts.length) words.changed = number;
  if (language !== original) words.follows = before.words[original]?.changed ?? 1;
  return {
    ok: true as const,
    note: main.data.note,
    texts: { parts, words: { ...before.words, [language]: words } } satisfies Texts,
  };
}

export function nextPartId(texts: Texts): string {
  const known = Object.values(texts.words).flatMap((words) => Object.keys(words?.parts ?? {}));
  const numbers = [...texts.parts.map(({ id }) => id), ...known].map((id) => Number(id.slice(1)) || 0);
  return `p${Math.max(0, ...numbers) + 1}`;
}
