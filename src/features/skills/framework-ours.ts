import { z } from 'zod';
import type { Language } from '../../lib/i18n';
import { HIGHEST_LEVEL } from './estimate';
import { type Framework, type FrameworkNode, type NodeKind, texts } from './framework';

const text = z.string().trim().min(1);
const level = z.int().min(1).max(HIGHEST_LEVEL);
const Texts = z.object({ fi_selko: text.optional(), fi: text, sv: text, en: text });
const Item = z.object({ id: text, text: Texts });

/** The file of our own framework, as `skills.json` has it. */
export const OurFile = z.object({
  meta: z.object({ title: text, licence: text, version: text.default('1'), review_status: text.optional() }),
  bands: z.array(z.object({ id: text, levels: z.array(level).min(1), name: Texts, help: Texts })).min(1),
  levels: z.array(z.object({ level, label: Texts })).min(1),
  help_scale: z.array(z.object({ value: z.int().min(0).max(3).optional(), id: text, label: Texts })).min(4),
  answer_scales: z.object({ knowledge: z.array(Texts).length(4), attitude: z.array(Texts).length(4) }),
  areas: z.array(z.object({ code: text, name: Texts })).min(1),
  target_profiles: z.array(z.object({ id: text, name: Texts, targets: z.record(text, level) })),
  competences: z
    .array(
      z.object({
        code: text,
        area: text,
        name: Texts,
        plain_name: Texts,
        about: Texts,
        starter: z.boolean(),
        can_do: z.record(text, z.array(Item.extend({ kind: z.enum(['knowledge', 'skill', 'attitude']) }))),
        self_items: z.array(Item.extend({ kind: z.enum(['knowledge', 'skill', 'attitude']) })),
        observation_checklist: z.array(Item.extend({ level_hint: level })),
      }),
    )
    .min(1),
});
type OurFile = z.output<typeof OurFile>;

/** Our framework as rows. Nobody has reviewed its texts yet, and every one of them says so. */
export function fromOurFile(file: OurFile): Framework {
  return {
    key: 'oppiva',
    version: file.meta.version,
    title: file.meta.title,
    licence: file.meta.licence,
    citation: '',
    source_note: file.meta.review_status ?? '',
    nodes: [...file.bands.flatMap(bandNodes), ...scaleNodes(file), ...areaNodes(file), ...profileNodes(file)],
    targets: file.target_profiles.flatMap((profile) =>
      Object.entries(profile.targets).map(([competence_code, level]) => ({
        profile: profile.id,
        competence_code,
        level,
      })),
    ),
  };

  function bandNodes(band: OurFile['bands'][number]): FrameworkNode[] {
    const ours = file.levels.filter((level) => band.levels.includes(level.level));
    return [
      node('band', band.id, null, { levels: band.levels }, { name: band.name, help: band.help }),
      ...ours.map(({ level, label }) => node('level', String(level), band.id, { level }, { label })),
    ];
  }
}

function scaleNodes({ help_scale, answer_scales }: OurFile): FrameworkNode[] {
  const help = help_scale.map(({ id, value, label }) => node('answer', `help.${id}`, 'help', { value }, { label }));
  const others = (['knowledge', 'attitude'] as const).flatMap((scale) =>
    answer_scales[scale].map((label, value) => node('answer', `${scale}.${value}`, scale, { value }, { label })),
  );
  return [...help, ...others];
}

function areaNodes({ areas, competences }: OurFile): FrameworkNode[] {
  return [
    ...areas.map((area) => node('area', area.code, null, {}, { name: area.name })),
    ...competences.flatMap((one) => [
      node(
        'competence',
        one.code,
        one.area,
        { starter: one.starter },
        {
          name: one.name,
          plain_name: one.plain_name,
          about: one.about,
        },
      ),
      ...Object.entries(one.can_do).flatMap(([band, lines]) =>
        lines.map((line) => node('can_do', line.id, one.code, { band, kind: line.kind }, { text: line.text })),
      ),
      ...one.self_items.map((item) => node('self_item', item.id, one.code, { kind: item.kind }, { text: item.text })),
      ...one.observation_checklist.map((line) =>
        node('observation', line.id, one.code, { level: line.level_hint }, { text: line.text }),
      ),
    ]),
  ];
}

function profileNodes({ target_profiles }: OurFile): FrameworkNode[] {
  return target_profiles.map((profile) => node('profile', profile.id, null, {}, { name: profile.name }));
}

type Texts = z.output<typeof Texts>;

function node(
  kind: NodeKind,
  code: string,
  parent_code: string | null,
  data: Record<string, unknown>,
  fields: Record<string, Texts>,
): FrameworkNode {
  const all = Object.entries(fields).flatMap(([field, given]) => texts(field, byLanguage(given), 'unreviewed'));
  return { kind, code, parent_code, data, texts: all };
}

const byLanguage = ({ fi_selko, ...others }: Texts): Partial<Record<Language, string>> =>
  fi_selko ? { ...others, 'fi-x-selko': fi_selko } : others;
