import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FieldErrors } from '../../lib/forms';
import { htmlLang } from '../../lib/i18n';
import { contentOf, type Kept, responseOf, toldOf } from './answers';
import { viewOf } from './feedback';
import type { Question, Scorable } from './question';
import { isChoice, typeOf } from './question-types/registry';
import { sealOf } from './question-types/seal';
import { textsIn } from './question-types/sent';
import type { Sent } from './question-types/type';

/** The value of "I don't know. Show the answer." in the field `answer`, whatever the type. */
export const DONT_KNOW = 'dont-know';

/** The part of an address that says what stands in the form: its fields, as they would be sent. */
const AGAIN = 'given';
const encoded = (fields: Record<string, string>) => encodeURIComponent(new URLSearchParams(fields).toString());

/** What an address says to stand in the form; undefined when it says nothing. */
export function sentIn(query: Record<string, unknown>): Sent | undefined {
  const fields = query[AGAIN];
  return typeof fields === 'string' ? Object.fromEntries(new URLSearchParams(fields)) : undefined;
}

/** What stands in the form: an answer given before, or what was just sent. */
export interface FilledForm {
  given?: Kept | undefined;
  sent?: Sent | undefined;
}

/** A question without its key: all that leaves the server before the answer. `view`: the folder of its part of the page. */
export function answerFields(question: Question, attemptId: string, { given, sent }: FilledForm) {
  const { id, type, language } = question;
  const response = given && responseOf(question, given);
  const asked = typeOf(type).ask(toldOf(question), { response, sent }, sealOf(attemptId, id));
  return {
    view: viewOf(type),
    lang: htmlLang(language),
    dontKnow: DONT_KNOW,
    saidDontKnow: given !== undefined && response === undefined && !sent,
    asked,
  };
}

export type AnswerReading =
  | ({ kind: 'answer'; answerId: string } & Kept)
  | { kind: 'again'; query: string }
  | { kind: 'fault'; errors: FieldErrors };

/** Names that a form may hold; a made-up one of thousands is cut here. */
const MOST_FIELDS = 200;
const AnswerId = z.uuid().catch(() => randomUUID());

/**
 * Reads the form of a question: an answer; or the page once more with `query` after its address (a step was moved, a
 * scenario went on); or what to mend. Beside other choices "I don't know" is asked again kindly where it is one of them.
 */
export function readAnswer(question: Scorable, attemptId: string, body: unknown): AnswerReading {
  const sent: Sent = Object.fromEntries(Object.entries((body ?? {}) as object).slice(0, MOST_FIELDS));
  const answerId = AnswerId.parse(sent.answer_id);
  const choices = new Set(textsIn(sent, 'answer'));
  if (choices.has(DONT_KNOW)) {
    if (isChoice(question.type) && choices.size > 1) return fault('answer', 'quizzes.answer.either');
    return { kind: 'answer', answerId, chosen: [] };
  }
  const seal = sealOf(attemptId, question.id);
  const reading = typeOf(question.type).read(contentOf(question), sent, seal, question.language);
  if (reading.kind === 'fault') return fault(reading.field, reading.key);
  if (reading.kind === 'again')
    return { kind: 'again', query: `?${AGAIN}=${encoded(reading.fields)}#${reading.place}` };
  if (isChoice(question.type)) return { kind: 'answer', answerId, chosen: reading.response as string[] };
  return { kind: 'answer', answerId, chosen: [], response: reading.response };
}

const fault = (field: string, key: string): AnswerReading => ({ kind: 'fault', errors: { [field]: key } });
