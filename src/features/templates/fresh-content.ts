import { randomUUID } from 'node:crypto';
import type { Language } from '../../lib/i18n';
import { type DraftContent, type DraftDraw, type DraftQuestion, writtenLanguages } from '../authoring/drafts.model';
import type { Block } from '../blocks/block';

const shortId = () => randomUUID().slice(0, 8);

/**
 * A document as the beginning of another one: every part has a new id, and what belonged to the life of the first one (its last
 * change, what its followers had before them) stays behind. `isForeign`: of another organisation. Then only what its readers
 * have comes along, and no question remembers a bank that is not the copier's.
 */
export function freshContent(content: DraftContent, isForeign: boolean): DraftContent {
  const { change: _, draws, ...rest } = content;
  const languages = isForeign ? writtenLanguages(content) : undefined;
  const ids = new Map(content.questions.map(({ id }) => [id, shortId()]));
  return {
    ...rest,
    title: only(content.title, languages),
    blocks: content.blocks.map((block) => freshBlock(block, ids, languages)),
    questions: content.questions.map((question) =>
      freshQuestion(question, ids.get(question.id) ?? shortId(), isForeign),
    ),
    ...(draws && { draws: draws.map((draw) => freshDraw(draw, isForeign)) }),
  };
}

const only = <T>(texts: Partial<Record<Language, T>>, languages: readonly Language[] | undefined) =>
  Object.fromEntries(
    Object.entries(texts).filter(([language]) => languages?.includes(language as Language) ?? true),
  ) as Partial<Record<Language, T>>;

function freshBlock(block: Block, questions: ReadonlyMap<string, string>, languages: Language[] | undefined): Block {
  const texts = Object.entries(only(block.texts, languages)).map(([language, { was: _, ...text }]) => [language, text]);
  const question_id = block.question_id && questions.get(block.question_id);
  return {
    ...block,
    id: shortId(),
    texts: Object.fromEntries(texts),
    ...(block.question_id && { question_id }),
  };
}

function freshQuestion({ bank, ...question }: DraftQuestion, id: string, isForeign: boolean): DraftQuestion {
  return { ...question, id, ...(bank && !isForeign && { bank }) };
}

const freshDraw = (draw: DraftDraw, isForeign: boolean): DraftDraw => ({
  ...draw,
  id: shortId(),
  pile: draw.pile.map((question) => freshQuestion(question, shortId(), isForeign)),
});

/** The files and interactive tasks that a document names. */
export function namedIn(content: DraftContent): { files: string[]; contents: string[] } {
  const text = JSON.stringify(content);
  const ids = (sign: RegExp) => [...new Set([...text.matchAll(sign)].flatMap(([, id]) => id ?? []))];
  const UUID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
  return {
    files: ids(new RegExp(`(?:"file_id":"|/files/)${UUID}`, 'g')),
    contents: ids(new RegExp(`"h5p_content_id":"${UUID}`, 'g')),
  };
}

/** The document with other ids in the place of these; what is not among them stays. */
export function renamed(content: DraftContent, ids: ReadonlyMap<string, string>): DraftContent {
  let text = JSON.stringify(content);
  for (const [from, to] of ids) text = text.replaceAll(from, to);
  return JSON.parse(text);
}
