import type { Language } from '../../lib/i18n';
import type { TypeName } from './question-types/registry';

export interface Option {
  key: string;
  is_correct: boolean;
  text: string;
  feedback: string;
}

/** A question as one person meets it: in one language, numbered among those that are for them. */
export interface Question {
  id: string;
  /** Grows when the author changes what is asked or its key. */
  version: number;
  quiz_id: string;
  number: number;
  type: TypeName;
  /** Whether an answer is right or wrong without the person's own word; others are no evidence of skill. */
  judged: boolean;
  competence_code: string | null;
  level: number | null;
  language: Language;
  /** All languages that the question has a text in. */
  languages: Language[];
  prompt: string;
  feedback: string;
  /** In the author's order. Empty unless asked for. */
  options: Option[];
  /** What a question of another type than choices holds, in all languages, with its key. Null unless asked for. */
  content: object | null;
}

/** What scoring an answer needs of a question. */
export type Scorable = Pick<Question, 'id' | 'type' | 'version' | 'content' | 'language'> & {
  options: Pick<Option, 'key' | 'is_correct'>[];
};
