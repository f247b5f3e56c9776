import { isLanguage, type Language, type MessageKey } from '../../lib/i18n';
import type { DraftContent, DraftQuestion } from './drafts.document';

/** A part of the way to a field, as a text of the locale files with its values. */
export interface PlaceWord {
  key: MessageKey;
  values: { number?: number; letter?: string };
}

type Row = { key: string };

/** How the rows of each list of a question are called in the editor. */
const ROWS: Record<string, MessageKey> = {
  pairs: 'authoring.matching.pair',
  extras: 'authoring.matching.extra',
  steps: 'authoring.ordering.step',
  spots: 'authoring.hotspot.spot',
  nodes: 'authoring.scenario.node',
  choices: 'authoring.scenario.choice',
};

/** The two sides of a pair, which ask for the same. */
const SIDES: Record<string, MessageKey> = { left: 'authoring.matching.left', right: 'authoring.matching.right' };

const letterOf = (index: number) => String.fromCharCode(65 + index);

/** The language that a field of the editor is in; undefined for one that is in none. */
export const languageOf = (field: string): Language | undefined => field.split('_').find(isLanguage);

/**
 * Where a field of the editor is, from the largest part to the smallest: "Question 2", "Pair 1", "Swedish". Empty for the
 * title and for what stands once in the form.
 */
export function placeOf(content: DraftContent, field: string): PlaceWord[] {
  const [kind, id, ...rest] = field.split('_');
  const language = languageOf(field);
  const tongue = language ? [{ key: `authoring.languageName.${language}`, values: {} }] : [];
  return [...pieceOf(content, kind, id, rest), ...tongue];
}

function pieceOf(content: DraftContent, kind = '', id = '', rest: readonly string[] = []): PlaceWord[] {
  const at = (list: readonly { id?: string; key?: string }[]) =>
    list.findIndex((one) => id !== '' && (one.id ?? one.key) === id);
  const block = at(content.blocks);
  const question = at(content.questions);
  const criterion = at(content.rubric ?? []);
  if ((kind === 'b' || kind === 'f') && block >= 0)
    return [{ key: `blocks.place.${content.blocks[block]?.kind}`, values: { number: block + 1 } }];
  if (kind === 'r' && criterion >= 0) return [{ key: 'authoring.rubric.criterion', values: { number: criterion + 1 } }];
  if (kind !== 'q' || question < 0) return [];
  const head = { key: 'authoring.question', values: { number: question + 1 } };
  return [head, ...rowsOf(content.questions[question] as DraftQuestion, rest)];
}

function rowsOf(question: DraftQuestion, rest: readonly string[]): PlaceWord[] {
  if (question.content) return walked(question.content, rest);
  const option = question.options.findIndex(({ key }) => key === rest[0]);
  return option < 0 ? [] : [{ key: 'authoring.option', values: { letter: letterOf(option) } }];
}

function walked(value: object, [list = '', key, ...rest]: readonly string[]): PlaceWord[] {
  const rows = Object.hasOwn(ROWS, list) ? (value as Record<string, Row[]>)[list] : undefined;
  const index = rows?.findIndex((row) => row.key === key) ?? -1;
  const row = rows?.[index];
  if (!row) return [];
  const values = list === 'choices' ? { letter: letterOf(index) } : { number: index + 1 };
  const side = list === 'pairs' ? SIDES[rest[0] ?? ''] : undefined;
  const inside = side ? [{ key: side, values: {} }] : walked(row, rest);
  return [{ key: ROWS[list] ?? '', values }, ...inside];
}
