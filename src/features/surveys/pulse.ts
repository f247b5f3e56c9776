import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../lib/root';

const Words = z.record(z.string(), z.string());
const File = z.object({
  meta: z.object({ use: z.string() }),
  scale: z.object({
    fi: z.array(z.string()),
    fi_selko: z.array(z.string()),
    sv: z.array(z.string()),
    en: z.array(z.string()),
  }),
  items: z.array(z.object({ id: z.string(), text: Words })),
});

let file: z.output<typeof File> | undefined;
const read = () => {
  file ??= File.parse(JSON.parse(fs.readFileSync(path.join(ROOT, 'src/data/learning_pulse.json'), 'utf8')));
  return file;
};
const keyOf = (language: string) =>
  (language === 'fi-x-selko' ? 'fi_selko' : language) as 'fi' | 'fi_selko' | 'sv' | 'en';

/** Questions as a reader of the language reads them: items of the pulse in their own words of it, others as they were written. */
export function inLanguage<T extends { item: string | null; label: string; options: string[] }>(
  questions: readonly T[],
  language: string,
): T[] {
  const words = new Map(pulseItems(language).map(({ item, label, options }) => [item, { label, options }]));
  return questions.map((one) => ({ ...one, ...(one.item !== null && words.get(one.item)) }));
}

/** The ten items of the learning pulse in a language, each on its scale from "not true" (0) to "very true" (3). No sum is made. */
export function pulseItems(language: string): { item: string; label: string; options: string[] }[] {
  const { items, scale } = read();
  const key = keyOf(language);
  return items.map(({ id, text }) => ({ item: id, label: text[key] ?? text.fi ?? id, options: scale[key] }));
}
