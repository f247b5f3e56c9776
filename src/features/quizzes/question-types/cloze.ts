import { z } from 'zod';
import { textIn } from './sent';
import { compared, type Spelling } from './spelling';
import type { ContentFault, QuestionType, Sent } from './type';
import { words } from './words';

const MOST_GAPS = 12;
const MOST_ACCEPTED = 20;
const LONGEST_ANSWER = 100;

const Content = z.strictObject({
  /** The text with its gaps in brackets and their accepted answers between bars: "Soita [pankkiin|omaan pankkiin]." */
  text: words(4000),
  /** One slip of the finger is right too, and told of. */
  almost: z.boolean(),
});
type ClozeContent = z.output<typeof Content>;

/** What was written in each gap, by its number from 1. */
const Response = z.strictObject({ gaps: z.record(z.string().regex(/^\d{1,2}$/), z.string().max(LONGEST_ANSWER)) });
type ClozeResponse = z.output<typeof Response>;

export type Piece = { text: string } | { gap: number; accepted: string[] };

/** The text cut into what stands there and its gaps. A bracket that is not closed is text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (let gap = 1; ; ) {
    const open = rest.indexOf('[');
    const close = rest.indexOf(']', open);
    if (open < 0 || close < 0 || gap > MOST_GAPS + 1) break;
    const accepted = rest.slice(open + 1, close).split('|');
    const filled = accepted.map((answer) => answer.trim()).filter((answer) => answer !== '');
    pieces.push({ text: rest.slice(0, open) }, { gap, accepted: filled.slice(0, MOST_ACCEPTED) });
    rest = rest.slice(close + 1);
    gap += 1;
  }
  return [...pieces, { text: rest }].filter((piece) => 'gap' in piece || piece.text !== '');
}

const gapsOf = (text: string) => piecesOf(text).filter((piece) => 'gap' in piece);

/** The accepted answers of each gap in all languages: who reads in two languages may answer in either. */
function acceptedOf({ text }: { text: string | object }): string[][] {
  const texts: string[] = typeof text === 'string' ? [text] : Object.values(text);
  const all: string[][] = [];
  for (const { gap, accepted } of texts.flatMap(gapsOf)) all[gap - 1] = [...(all[gap - 1] ?? []), ...accepted];
  return all.slice(0, MOST_GAPS);
}

const spellings = (content: { text: string | object; almost: boolean }, response: ClozeResponse): Spelling[] =>
  acceptedOf(content).map((accepted, index) => compared(accepted, response.gaps[index + 1] ?? '', content.almost));

const isFine = (spelling: Spelling | undefined) => spelling === 'right' || spelling === 'almost';

/** A text with gaps to write in. Points: gaps that are right (or almost, when the author forgives it) / gaps. */
export const cloze: QuestionType<ClozeContent, ClozeResponse> = {
  content: Content,
  response: Response,
  blank: () => ({ text: {}, almost: true }),
  rows: {},
  needs: ['text'],
  judged: () => true,
  score(content, response) {
    const all = spellings(content, response);
    return all.length === 0 ? 0 : all.filter(isFine).length / all.length;
  },
  /** Never what was written: that may be anything. */
  tally: (content, response) => spellings(content, response).map((spelling, index) => `${index + 1}:${spelling}`),
  labelOf: (told, label) => {
    const [gap, spelling] = label.split(':');
    return `${acceptedOf(told)[Number(gap) - 1]?.[0] ?? gap}: ${spelling}`;
  },
  read(content, sent) {
    const gaps: Record<string, string> = {};
    for (const [index] of acceptedOf(content).entries()) {
      const written = textIn(sent, `gap_${index + 1}`)
        .replace(/\s+/g, ' ')
        .trim();
      if (written.length > LONGEST_ANSWER)
        return { kind: 'fault', field: `gap_${index + 1}`, key: 'quizzes.answer.long' };
      if (written) gaps[index + 1] = written;
    }
    if (Object.keys(gaps).length === 0) return { kind: 'fault', field: 'gap_1', key: 'quizzes.cloze.missing' };
    return { kind: 'answer', response: { gaps } };
  },
  ask(told, { response, sent }) {
    const value = (gap: number) => written(sent, response, gap);
    return {
      pieces: piecesOf(told.text).map((piece) =>
        'gap' in piece ? { gap: piece.gap, field: `gap_${piece.gap}`, value: value(piece.gap) } : piece,
      ),
    };
  },
  feedback(told, response) {
    const rows = gapsOf(told.text).map(({ gap, accepted }) => {
      const yours = response?.gaps[gap] ?? '';
      const spelling = compared(accepted, yours, told.almost);
      return {
        gap,
        right: shownOf(accepted),
        others: accepted.slice(1).filter((answer) => !answer.includes('*')),
        isRight: isFine(spelling),
        isAlmost: spelling === 'almost',
        yours: spelling === 'right' ? undefined : yours || undefined,
      };
    });
    const pieces = piecesOf(told.text).map((p) => ('gap' in p ? { filled: shownOf(p.accepted), gap: p.gap } : p));
    return { rows, pieces };
  },
  faults({ text }, languages) {
    const faults: ContentFault[] = [];
    const counts = languages.map((language) => gapsOf(text[language] ?? '').length);
    for (const [index, language] of languages.entries()) {
      const path = `text_${language}`;
      const gaps = gapsOf(text[language] ?? '');
      if (!text[language]?.trim()) continue;
      if (gaps.length === 0) faults.push({ path, key: 'authoring.fault.noGap' });
      else if (gaps.length > MOST_GAPS) faults.push({ path, key: 'authoring.fault.manyGaps' });
      else if (gaps.some(({ accepted }) => shownOf(accepted) === ''))
        faults.push({ path, key: 'authoring.fault.emptyGap' });
      else if (counts[index] !== counts[0]) faults.push({ path, key: 'authoring.fault.gapCount' });
    }
    return faults;
  },
};

const written = (sent: Sent | undefined, response: ClozeResponse | undefined, gap: number) =>
  sent ? textIn(sent, `gap_${gap}`) : (response?.gaps[gap] ?? '');

/** The answer to show: the first that is a whole word. */
const shownOf = (accepted: readonly string[]) => accepted.find((answer) => !answer.includes('*')) ?? '';
