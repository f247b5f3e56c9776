import { z } from 'zod';
import { type Framework, type FrameworkNode, texts } from './framework';

const text = z.string().trim().min(1);
const Labels = z.array(text).length(4);
const Scale = z.object({ en: Labels, fi: Labels, selko: Labels, sv: Labels });
const KINDS = { K: 'knowledge', S: 'skill', A: 'attitude' } as const;

/** The item bank of DigCompSAT. */
export const SatFile = z.object({
  meta: z.object({ title: text, citation: text, licence: text, caveats: z.array(text).default([]) }),
  scales: z.object({ K: Scale, S: Scale, A: Scale }),
  items: z
    .array(
      z.object({
        no: z.int().min(1),
        competence: text,
        type: z.enum(['K', 'S', 'A']),
        target_band: text,
        text_en: text,
        text_fi: text,
        verification: text,
      }),
    )
    .min(1),
});
type SatFile = z.output<typeof SatFile>;

export function fromSat({ meta, scales, items }: SatFile): Framework {
  return {
    key: 'digcompsat',
    version: '1.0',
    title: meta.title,
    licence: meta.licence,
    citation: meta.citation,
    source_note: meta.caveats.join(' '),
    nodes: [
      ...(['K', 'S', 'A'] as const).flatMap((type) =>
        [0, 1, 2, 3].map((value) => answerNode(scales[type], type, value)),
      ),
      ...items.map(itemNode),
    ],
    targets: [],
  };
}

function answerNode(
  { en, fi, selko, sv }: SatFile['scales']['K'],
  type: keyof typeof KINDS,
  value: number,
): FrameworkNode {
  const labels = { en: en[value], fi: fi[value], 'fi-x-selko': selko[value], sv: sv[value] };
  return {
    kind: 'answer',
    code: `${KINDS[type]}.${value}`,
    parent_code: KINDS[type],
    data: { value },
    texts: texts('label', labels, { en: 'official', fi: 'unofficial', 'fi-x-selko': 'unofficial', sv: 'unofficial' }),
  };
}

function itemNode(item: SatFile['items'][number]): FrameworkNode {
  // Items that nobody compared with the item bank itself came through other hands.
  const en = item.verification.startsWith('checked') ? 'official' : 'unreviewed';
  return {
    kind: 'self_item',
    code: String(item.no),
    parent_code: item.competence,
    data: { kind: KINDS[item.type], band: item.target_band.toLowerCase(), verification: item.verification },
    texts: texts('text', { en: item.text_en, fi: item.text_fi }, { en, fi: 'unofficial' }),
  };
}
