import { z } from 'zod';
import { textIn } from './sent';
import { plain } from './spelling';
import type { ContentFault, QuestionType } from './type';
import { linesIn, linesOf, words } from './words';

const LONGEST_ANSWER = 60;
const Amount = z.number().min(-1e12).max(1e12);

const Content = z.strictObject({
  value: Amount.nullable(),
  /** How far from the value is still right; 0: exactly. */
  tolerance: Amount.min(0),
  /** Names of the unit, one on a line, the one to show first. Empty: a bare number. */
  unit: words(300),
  /** Whether the person must write the unit; otherwise it stands beside the field. */
  unit_asked: z.boolean(),
});
type NumericContent = z.output<typeof Content>;

const Response = z.strictObject({ value: z.number(), unit: z.string().max(LONGEST_ANSWER) });
type NumericResponse = z.output<typeof Response>;

/**
 * A number as people write it: "1 200,50", "−3", "0.5". A comma and a full stop both begin the decimals, in every language.
 * Undefined for anything else: words, two commas, exponents, Infinity.
 */
export function numberIn(text: string): number | undefined {
  const bare = text
    .normalize('NFKC')
    .replace(/[\s']/g, '')
    .replace(/^[\u2212\u2013]/, '-');
  return /^[+-]?\d{1,12}([.,]\d{1,6})?$/.test(bare) ? Number(bare.replace(',', '.')) : undefined;
}

const isNear = ({ value, tolerance }: Pick<NumericContent, 'value' | 'tolerance'>, given: number) =>
  value !== null && Math.abs(given - value) <= tolerance + 1e-9 * Math.max(1, Math.abs(value));

function unitFits(unit: NumericContent['unit'] | string, given: string): boolean {
  const accepted = typeof unit === 'string' ? linesIn(unit) : linesOf(unit);
  return accepted.length === 0 || accepted.some((one) => plain(one) === plain(given));
}

/** A number with a unit. Points: 1 within the tolerance; half of it when the number is right and the unit that was asked is not. */
export const numeric: QuestionType<NumericContent, NumericResponse> = {
  content: Content,
  response: Response,
  blank: () => ({ value: null, tolerance: 0, unit: {}, unit_asked: false }),
  rows: {},
  needs: [],
  judged: () => true,
  score(content, { value, unit }) {
    if (!isNear(content, value)) return 0;
    return content.unit_asked && !unitFits(content.unit, unit) ? 0.5 : 1;
  },
  tally: (content, { value, unit }) => [
    String(value),
    ...(content.unit_asked ? [unitFits(content.unit, unit) ? 'unit' : 'otherunit'] : []),
  ],
  labelOf: (told, label) => (label.includes('unit') ? label : `${label} ${linesIn(told.unit)[0] ?? ''}`.trim()),
  read(content, sent) {
    const typed = textIn(sent, 'number').trim();
    // "12 €" in the field of the number is a number and its unit.
    const [, number = '', after = ''] = /^([+\-\u2212\u2013]?[\d\s.,']*)(.*)$/s.exec(typed) ?? [];
    const value = numberIn(number);
    const unit = (textIn(sent, 'unit').trim() || after.trim()).replace(/\s+/g, ' ');
    const fault = (field: string, key: string) => ({ kind: 'fault' as const, field, key });
    if (typed === '') return fault('number', 'quizzes.numeric.missing');
    const isMore = /\d/.test(after) || (after.trim() !== '' && textIn(sent, 'unit').trim() !== '');
    if (value === undefined || isMore) return fault('number', 'quizzes.numeric.notNumber');
    if (unit.length > LONGEST_ANSWER) return fault(content.unit_asked ? 'unit' : 'number', 'quizzes.answer.long');
    if (!content.unit_asked && !unitFits(content.unit, unit) && unit !== '')
      return fault('number', 'quizzes.numeric.onlyNumber');
    if (content.unit_asked && unit === '') return fault('unit', 'quizzes.numeric.unitMissing');
    return { kind: 'answer', response: { value, unit: content.unit_asked ? unit : '' } };
  },
  ask(told, { response, sent }) {
    return {
      number: sent ? textIn(sent, 'number') : response ? shown(response.value) : '',
      unitAsked: told.unit_asked,
      unit: told.unit_asked ? (sent ? textIn(sent, 'unit') : (response?.unit ?? '')) : (linesIn(told.unit)[0] ?? ''),
    };
  },
  feedback(told, response) {
    const unit = linesIn(told.unit)[0] ?? '';
    return {
      right: `${shown(told.value ?? 0)} ${unit}`.trim(),
      tolerance: told.tolerance > 0 ? `${shown(told.tolerance)} ${unit}`.trim() : undefined,
      yours: response && `${shown(response.value)} ${told.unit_asked ? response.unit : unit}`.trim(),
      isRight: response !== undefined && isNear(told, response.value),
      isUnitOther: Boolean(response && told.unit_asked && !unitFits(told.unit, response.unit)),
    };
  },
  faults({ value, unit, unit_asked }) {
    const faults: ContentFault[] = [];
    if (value === null) faults.push({ path: 'value', key: 'authoring.fault.noValue' });
    if (unit_asked && linesOf(unit).length === 0) faults.push({ path: 'unit_asked', key: 'authoring.fault.noUnit' });
    return faults;
  },
};

/** With a decimal comma, as the fields take it; all our languages but English write so, and English readers understand it. */
const shown = (value: number) => String(value).replace('.', ',').replace('-', '\u2212');
