import type { Language, Translate } from '../../../lib/i18n';
import { type Finding, isMust, keyOf } from '../../quality/finding';
import type { DraftContent } from '../drafts.document';
import { fieldOf, reasonFor } from './findings';

/** A finding as pages and the editor show it: in words, with its place. */
export interface ShownFinding {
  key: string;
  weight: 'must' | 'advice' | 'excepted';
  rule: string;
  /** What it is, in a few words. */
  short: string;
  /** What to do about it. */
  text: string;
  quote: string;
  /** Where it is, in words. */
  place: string;
  block: string | undefined;
  part: string;
  /** The field of the plain form. */
  field: string;
  language: Language;
  reason: string | undefined;
  /** Where a recording's captions are written. */
  captions: string | undefined;
}

/** Barriers first, then advice, then what stays with a reason; each in the order of the text. */
export function shownFindings(content: DraftContent, findings: readonly Finding[], t: Translate): ShownFinding[] {
  const shown = findings.map((finding): ShownFinding => {
    const reason = reasonFor(content, finding);
    const { rule, quote = '', values = {}, block, part, language } = finding;
    const instead = values.instead ? t('quality.as', { instead: values.instead }) : '';
    return {
      key: keyOf(finding),
      weight: !isMust(rule) ? 'advice' : reason ? 'excepted' : 'must',
      rule,
      short: t(`quality.short.${rule}`),
      text: t(`quality.rule.${rule}`, { ...values, as: instead }),
      quote: quote.length > MOST_LETTERS ? `${quote.slice(0, MOST_LETTERS)}…` : quote,
      place: placeIn(content, finding, t),
      block,
      part,
      field: fieldOf(finding),
      language,
      reason,
      captions: captionsIn(content, finding),
    };
  });
  return ORDER.flatMap((weight) => shown.filter((one) => one.weight === weight));
}

const ORDER = ['must', 'advice', 'excepted'] as const;
const MOST_LETTERS = 80;

function placeIn({ blocks, questions }: DraftContent, { block, question }: Finding, t: Translate): string {
  const at = blocks.findIndex(({ id }) => id === block);
  if (at >= 0) return t(`blocks.place.${blocks[at]?.kind}`, { number: at + 1 });
  return t('quality.question', { number: questions.findIndex(({ id }) => id === question) + 1 });
}

function captionsIn({ blocks }: DraftContent, { rule, block, language }: Finding): string | undefined {
  const file = blocks.find(({ id }) => id === block)?.file_id;
  if (!file || !['captions', 'captionsOther', 'transcript'].includes(rule)) return undefined;
  return `/write/media/${file}/captions?language=${language}`;
}
