import { LANGUAGES, type Language } from '../../lib/i18n';
import { largestHeadingOf, renderMarkdown } from '../../lib/markdown';
import type { Played } from '../files/played';
import type { Question } from '../quizzes/question';
import { type Block, hasWords, type ToldBlock, told } from './block';
import { kindOf } from './registry';

/** A block as the learner's page shows it in one language; kept with the lesson's text, so that reading renders nothing. */
export interface PublishedBlock extends ToldBlock {
  /** Safe HTML by the name of the place. */
  html: Record<string, string>;
  /** In which languages the reader may have this block. */
  languages: Language[];
  /** Of a question's block. */
  question?: Question;
  /** Of a block that shows a file of ours, from its publishing on. */
  file?: Played;
}

/** The text of a lesson as Markdown, without what is tried out. */
export const bodyOf = (blocks: readonly Block[], language: Language): string =>
  joined(blocks.map((block) => kindOf(block.kind).markdown(told(block, language))));

/** What is tried out, as Markdown. */
export const practiceOf = (blocks: readonly Block[], language: Language): string =>
  joined(blocks.filter(({ kind }) => kind === 'try').map((block) => told(block, language).text));

const joined = (texts: readonly string[]) => texts.filter(Boolean).join('\n\n');

/** The blocks that have something to show in a language, in order. Spots are numbered as in the whole text. */
export function published(blocks: readonly Block[], language: Language): PublishedBlock[] {
  const manner = { keepBreaks: language === 'fi-x-selko', largest: largestHeadingOf(bodyOf(blocks, language)) };
  let spots = 0;
  const rendered = (markdown: string) => {
    const html = renderMarkdown(markdown, { ...manner, firstSpot: spots + 1 });
    spots += html.match(SPOT)?.length ?? 0;
    return html;
  };
  return blocks.flatMap((block) => {
    const says = told(block, language);
    const kind = kindOf(block.kind);
    if (!kind.isShown(says)) return [];
    const html = Object.fromEntries(Object.entries(kind.shown(says)).map(([name, text]) => [name, rendered(text)]));
    return [{ ...says, html, languages: languagesOf(block) }];
  });
}

const SPOT = /<[a-z][a-z0-9]* id="spot-\d+"/g;

/** What shows a file shows it in every language; a reader is offered those in which something is said of it. */
const languagesOf = (block: Block) =>
  LANGUAGES.filter(
    (language) =>
      kindOf(block.kind).isShown(told(block, language)) && (!block.file_id || hasWords(block.texts[language])),
  );
