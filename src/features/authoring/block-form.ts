import type { Language } from '../../lib/i18n';
import type { Block, BlockNeeds, Words } from '../blocks/block';
import { withWords } from '../blocks/follow';
import { kindOf, longest } from '../blocks/registry';

/** What the editor's form sent: one string by field name (several for check boxes). Anything else is passed over. */
export type FormBody = Record<string, unknown>;

/** Names of a block's fields: `b_ID_LANGUAGE`, `b_ID_LANGUAGE_PART`, `b_ID_LANGUAGE_read`, `n_ID_NEED`. */
export const fieldOf = (id: string, language: Language, part?: string) =>
  part === undefined ? `b_${id}_${language}` : `b_${id}_${language}_${part}`;
export const needField = (id: string, need: string) => `n_${id}_${need}`;

/** The block with what the form says of it. Fields that the form did not have stay as they were. */
export function blockFromForm(block: Block, original: Language, body: FormBody, languages: readonly Language[]): Block {
  const order = [...languages].sort((a, b) => Number(b === original) - Number(a === original));
  return order.reduce(
    (now, language) => {
      const words = wordsFromForm(now, language, body);
      const isRead = body[fieldOf(block.id, language, 'read')] === 'yes';
      return words ? withWords(now, original, language, words, isRead) : now;
    },
    { ...block, ...needsFromForm(block, body) },
  );
}

function wordsFromForm({ id, kind, texts }: Block, language: Language, body: FormBody): Words | undefined {
  const textOf = (part?: string) => {
    const given = body[fieldOf(id, language, part)];
    return typeof given === 'string' ? given.replace(/\r\n?/g, '\n').slice(0, longest(kind, part)) : undefined;
  };
  const text = textOf();
  const parts = Object.keys(kindOf(kind).parts).map((name) => [name, textOf(name)] as const);
  if (text === undefined && parts.every(([, part]) => part === undefined)) return undefined;
  const known = texts[language];
  return {
    text: text ?? known?.text ?? '',
    parts: Object.fromEntries(parts.map(([name, part]) => [name, part ?? known?.parts?.[name] ?? ''])),
  };
}

/** What the kind needs besides texts; an odd value leaves all of it as it was. */
function needsFromForm(block: Block, body: FormBody): BlockNeeds {
  const { shape } = kindOf(block.kind).needs;
  const sent: Record<string, unknown> = {};
  for (const name of Object.keys(shape)) {
    const given = [body[needField(block.id, name)] ?? []].flat().filter((value) => typeof value === 'string');
    const last = given.at(-1);
    if (last === undefined) sent[name] = block[name as keyof BlockNeeds];
    else if (name === 'level') sent[name] = Number(last);
    else if (name === 'decorative') sent[name] = given.includes('yes');
    else if (last !== '') sent[name] = last;
  }
  const read = kindOf(block.kind).needs.safeParse(sent);
  return read.success ? (Object.fromEntries(Object.keys(shape).map((name) => [name, sent[name]])) as BlockNeeds) : {};
}
