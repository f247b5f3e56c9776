import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../../lib/i18n';
import { ROOT } from '../../lib/root';

const Words = z.partialRecord(z.enum(LANGUAGES), z.string()).refine(({ fi, sv, en }) => fi && sv && en);
const Named = z.object({ key: z.string(), name: Words });

const Template = z.object({
  key: z.string(),
  levels: z.boolean(),
  name: Words,
  about: Words,
  phases: z.array(Named.extend({ about: Words, methods: z.array(Named.extend({ how: Words })) })),
  spaces: z.array(
    z.object({ kind: z.string(), visibility: z.enum(['members', 'organisation', 'network', 'public']), name: Words }),
  ),
  first: z.array(z.object({ key: z.string(), href: z.string(), what: Words })),
  targets: z.array(z.object({ key: z.string(), target: z.number(), counted: z.string(), title: Words })),
});
export type Template = z.infer<typeof Template>;

let read: Template[] | undefined;

/** Ways of working together that come with the product; one for each of the practices it was made for. */
export function templates(): readonly Template[] {
  read ??= z
    .object({ templates: z.array(Template) })
    .parse(JSON.parse(fs.readFileSync(path.join(ROOT, 'src/data/process_templates.json'), 'utf8'))).templates;
  return read;
}

export const templateOf = (key: string): Template | undefined => templates().find((one) => one.key === key);

/** Words of a template in a language; easy Finnish falls back on Finnish. */
export const inWords = (words: Partial<Record<Language, string>>, language: Language): string =>
  words[language] ?? words.fi ?? '';
