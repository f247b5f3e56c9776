import { multi, single, truefalse } from './choice';
import { cloze } from './cloze';
import { hotspot } from './hotspot';
import { matching } from './matching';
import { numeric } from './numeric';
import { ordering } from './ordering';
import { scenario } from './scenario';
import { shorttext } from './shorttext';
import type { QuestionType } from './type';

/** Types whose options stand in tables of their own; the others have a content. */
export const CHOICE_TYPES = ['single', 'multi', 'truefalse'] as const;
export type ChoiceTypeName = (typeof CHOICE_TYPES)[number];
export const CONTENT_TYPES = ['matching', 'ordering', 'cloze', 'shorttext', 'numeric', 'hotspot', 'scenario'] as const;
export type ContentTypeName = (typeof CONTENT_TYPES)[number];
export const TYPE_NAMES = [...CHOICE_TYPES, ...CONTENT_TYPES] as const;
export type TypeName = (typeof TYPE_NAMES)[number];

type AnyType = QuestionType<object, unknown>;

/** Every type by its name in the table. A new type: one file here, one folder of views, one line. */
const TYPES: Record<TypeName, AnyType> = {
  single,
  multi,
  truefalse,
  matching,
  ordering,
  cloze,
  shorttext,
  numeric,
  hotspot,
  scenario,
};

export const typeOf = (name: TypeName): AnyType => TYPES[name];

export const isChoice = (name: string): name is ChoiceTypeName => (CHOICE_TYPES as readonly string[]).includes(name);
export const isContentType = (name: string): name is ContentTypeName =>
  (CONTENT_TYPES as readonly string[]).includes(name);

/** Whether answers to such a question are right or wrong without the person's own word. */
export const isJudged = (name: TypeName, content: object | null): boolean =>
  content === null || typeOf(name).judged(content);
