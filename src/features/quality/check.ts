import type { Language } from '../../lib/i18n';
import { type Block, type ToldBlock, told } from '../blocks/block';
import { kindOf } from '../blocks/registry';
import { headingsIn, linksOf, tablesOf } from './access/markdown';
import { heardHits, pictureHits } from './access/pictures';
import type { FileFacts, Finding, Hit } from './finding';
import { proseOf, wordsIn } from './prose';
import { hardToRead } from './reading/read';
import type { Explained } from './reading/words';

/** A question as it is read: its texts by part, in one language. */
export interface ReadQuestion {
  id: string;
  texts: { part: string; text: string }[];
}

export interface Checked {
  blocks: readonly Block[];
  original: Language;
  questions: readonly ReadQuestion[];
  files: ReadonlyMap<string, FileFacts>;
  /** Beginnings of words, in small letters, that readers get explained. */
  explained: Explained;
}

/** So many of one rule are told of one text; more of the same would only frighten. */
const MOST_OF_A_KIND = 3;

/** What there is to mend in a lesson, in one language, in the order of its blocks. Pure and fast: it runs at each saving. */
export function check({ blocks, original, questions, files, explained }: Checked, language: Language): Finding[] {
  const shown = blocks.map((block) => told(block, language));
  const known = [...explained, ...shown.flatMap(explainedBy)];
  const asked = new Map(questions.map((question) => [question.id, question]));
  const inBlocks = new Set(blocks.flatMap(({ question_id }) => question_id ?? []));
  const about = (hits: readonly Hit[], place: Omit<Finding, keyof Hit | 'language'>): Finding[] =>
    few(hits).map((hit) => ({ ...hit, ...place, language }));
  const ofQuestion = ({ id, texts }: ReadQuestion, block?: string) =>
    texts.flatMap(({ part, text }) => about(hardToRead(text, language, known), { question: id, block, part }));

  const found = shown.flatMap((block, index) => {
    const question = block.question_id ? asked.get(block.question_id) : undefined;
    const twin = language === 'fi-x-selko' && original !== language ? blocks[index]?.texts.fi?.text : undefined;
    return [
      ...textsOf(block).flatMap(({ part, text, isProse }) =>
        about([...linksOf(text, language), ...tablesOf(text), ...(isProse ? hardToRead(text, language, known) : [])], {
          block: block.id,
          part,
        }),
      ),
      ...about(mediaHits(block, language, files), { block: block.id, part: partOf(block) }),
      ...(twin && isTwin(block.text, twin) ? about([{ rule: 'sameAsPlain' }], { block: block.id, part: 'text' }) : []),
      ...(question ? ofQuestion(question, block.id) : []),
    ];
  });
  return [
    ...found,
    ...headingHits(shown).flatMap(({ at, ...hit }) => about([hit], { block: at, part: 'text' })),
    ...questions.filter(({ id }) => !inBlocks.has(id)).flatMap((question) => ofQuestion(question)),
  ];
}

/** What is missing from a recording is written in its transcript. */
const partOf = ({ kind }: ToldBlock) => (kind === 'audio' || kind === 'video' ? 'transcript' : 'text');

/** The texts of a block. What is said in a recording, names and words of links are not read as sentences. */
function textsOf({ kind, text, parts }: ToldBlock): { part: string; text: string; isProse: boolean }[] {
  const isProse = !['heading', 'image', 'video', 'audio', 'file', 'word', 'h5p', 'question'].includes(kind);
  const lines = kindOf(kind).text === 'lines' || ['limits'].includes(kind);
  const flowing = (some: string) => (lines ? some.replace(/\n/g, '\n\n') : some);
  return [
    { part: 'text', text: kind === 'image' || kind === 'file' ? '' : flowing(text), isProse },
    ...Object.entries(parts).map(([part, some]) => ({
      part,
      text: flowing(some ?? ''),
      isProse: part !== 'transcript',
    })),
  ];
}

function mediaHits(block: ToldBlock, language: Language, files: Checked['files']): Hit[] {
  const file = block.file_id ? files.get(block.file_id) : undefined;
  if (block.kind === 'image') return pictureHits(block, language, file);
  if (block.kind === 'video' || block.kind === 'audio') return heardHits(block, language, file);
  return [];
}

/** A hard word with its explanation, by the beginnings of its words. */
const explainedBy = ({ kind, text, parts }: ToldBlock): string[] =>
  kind === 'word' && parts.explanation?.trim() ? [stemOf(text.trim())] : [];

/** The beginning that the forms of a word share, roughly: enough to leave what is explained alone. */
export function stemOf(word: string): string {
  const small = word.toLowerCase();
  return small.length > 6 ? small.slice(0, -2) : small;
}

const MANY_WORDS = 300;

/** A heading that skips a size, or one smaller than the first; and a long text with none. Sizes are as in the whole lesson. */
function headingHits(blocks: readonly ToldBlock[]): (Hit & { at: string })[] {
  const headings = blocks.flatMap((block) => {
    if (block.kind === 'heading')
      return block.text ? [{ level: block.level ?? 2, text: block.text, at: block.id }] : [];
    if (block.kind !== 'text') return [];
    return headingsIn(block.text).map((heading) => ({ ...heading, at: block.id }));
  });
  const largest = Math.min(...headings.map(({ level }) => level));
  let before = largest - 1;
  const wrong = headings.filter(({ level }) => {
    const isSkipped = level > before + 1;
    before = level;
    return isSkipped;
  });
  const words = blocks.reduce((sum, { kind, text }) => sum + (kind === 'text' ? wordsIn(text).length : 0), 0);
  const first = blocks.find(({ kind, text }) => kind === 'text' && text);
  return [
    ...wrong.map(({ at, text }) => ({ rule: 'headingOrder' as const, quote: text, at })),
    ...(headings.length === 0 && words > MANY_WORDS && first
      ? [{ rule: 'noHeadings' as const, values: { words }, at: first.id }]
      : []),
  ];
}

const FEW_WORDS = 25;

/** The plain text, taken over as it is. */
const isTwin = (easy: string, plain: string) =>
  proseOf(easy).sentences.length > 1 &&
  wordsIn(easy).length > FEW_WORDS &&
  wordsIn(easy).join(' ') === wordsIn(plain).join(' ');

function few(hits: readonly Hit[]): Hit[] {
  const counts = new Map<string, number>();
  return hits.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= MOST_OF_A_KIND;
  });
}
