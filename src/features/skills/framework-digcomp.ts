import { z } from 'zod';
import { type Framework, type FrameworkNode, type TextStatus, texts } from './framework';

const text = z.string().trim().min(1);
const Texts = z.object({ en: text, fi: text.optional(), sv: text.optional() });
const Statuses = z.object({ en: text.optional(), fi: text.optional(), sv: text.optional() });
const Plain = z.object({ name: text, can_do: text });
const Statement = z.object({ id: text, level: text, type: z.enum(['K', 'S', 'A']).optional(), text_en: text });

/** The official frameworks DigComp 2.2 and 3.0, in the form that our data files give them. */
export const DigCompFile = z.object({
  meta: z.object({ framework: z.literal('DigComp'), version: text, title: text, citation: text, licence: text }),
  bands: z.array(z.object({ name: Texts, description: Texts, levels: z.array(z.int()), status: Statuses })).default([]),
  levels: z
    .array(
      z.object({
        level: z.int().min(1).max(8),
        description: Texts.optional(),
        lead_in: Texts.optional(),
        lay_label: z.object({ fi_selko: text, sv_lattlast: text, en_easy: text }).optional(),
      }),
    )
    .min(1),
  areas: z
    .array(
      z.object({
        code: text,
        title: Texts,
        title_status: Statuses,
        description: Texts,
        description_status: Statuses.optional(),
        competences: z
          .array(
            z.object({
              code: text,
              title: Texts,
              title_status: Statuses,
              description: Texts,
              description_status: Statuses.optional(),
              plain: z.object({ fi_selko: Plain, sv_lattlast: Plain, en_easy: Plain }).optional(),
              levels: z.array(z.object({ level: z.int().min(1).max(8), descriptors_en: z.array(text) })).default([]),
              statements: z.array(Statement).default([]),
              outcomes: z.array(Statement).default([]),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
  glossary: z.array(z.object({ term_en: text, explanation_en: text })).default([]),
});
type DigCompFile = z.output<typeof DigCompFile>;
type Area = DigCompFile['areas'][number];
type Competence = Area['competences'][number];

export function fromDigComp(file: DigCompFile): Framework {
  const { version, title, licence, citation } = file.meta;
  return {
    key: 'digcomp',
    version,
    title,
    licence,
    citation,
    source_note: 'The European Commission has not checked or endorsed the translations.',
    nodes: [
      ...file.bands.map(bandNode),
      ...file.levels.map((level) => levelNode(level, file.bands)),
      ...file.areas.flatMap((area) => [
        titled('area', area, null),
        ...area.competences.flatMap(withinCompetence(area)),
      ]),
      ...file.glossary.map((entry, index) => termNode(entry, index)),
    ],
    targets: [],
  };
}

function bandNode(band: DigCompFile['bands'][number]): FrameworkNode {
  const status = statuses(band.status);
  return {
    kind: 'band',
    code: bandCode(band.name.en),
    parent_code: null,
    data: { levels: band.levels },
    texts: [...texts('name', band.name, status), ...texts('help', band.description, status)],
  };
}

function levelNode(given: DigCompFile['levels'][number], bands: DigCompFile['bands']): FrameworkNode {
  const band = bands.find(({ levels }) => levels.includes(given.level));
  const status = { en: 'official', fi: 'unofficial', sv: 'unofficial' } as const;
  const { fi_selko, sv_lattlast: sv, en_easy: en } = given.lay_label ?? {};
  return {
    kind: 'level',
    code: String(given.level),
    parent_code: band ? bandCode(band.name.en) : null,
    data: { level: given.level },
    texts: [
      ...texts('help', given.description ?? given.lead_in ?? {}, status),
      ...texts('label', { 'fi-x-selko': fi_selko, sv, en }, 'unreviewed'),
    ],
  };
}

function titled(kind: 'area' | 'competence', given: Area | Competence, parent_code: string | null): FrameworkNode {
  return {
    kind,
    code: given.code,
    parent_code,
    data: {},
    texts: [
      ...texts('name', given.title, statuses(given.title_status)),
      ...texts('about', given.description, statuses(given.description_status ?? given.title_status)),
    ],
  };
}

const withinCompetence = (area: Area) => (competence: Competence) =>
  [
    competenceNode(area, competence),
    ...competence.levels.flatMap(({ level, descriptors_en }) =>
      descriptors_en.map((line, index) =>
        english('statement', `${competence.code}-${level}-${index + 1}`, line, { level }),
      ),
    ),
    ...competence.statements.map((line) => english('statement', line.id, line.text_en, { band: bandCode(line.level) })),
    ...competence.outcomes.map((line) =>
      english('outcome', line.id, line.text_en, { band: bandCode(line.level), type: line.type }),
    ),
  ].map((node) => (node.kind === 'competence' ? node : { ...node, parent_code: competence.code }));

function competenceNode(area: Area, competence: Competence): FrameworkNode {
  const node = titled('competence', competence, area.code);
  if (!competence.plain) return node;
  const { fi_selko, sv_lattlast: sv, en_easy: en } = competence.plain;
  const names = { 'fi-x-selko': fi_selko.name, sv: sv.name, en: en.name };
  return { ...node, texts: [...node.texts, ...texts('plain_name', names, 'unreviewed')] };
}

function english(kind: 'statement' | 'outcome', code: string, line: string, data: object): FrameworkNode {
  return { kind, code, parent_code: null, data: { ...data }, texts: texts('text', { en: line }, 'official') };
}

function termNode(entry: DigCompFile['glossary'][number], index: number): FrameworkNode {
  return {
    kind: 'term',
    code: String(index + 1),
    parent_code: null,
    data: {},
    texts: [
      ...texts('name', { en: entry.term_en }, 'official'),
      ...texts('about', { en: entry.explanation_en }, 'official'),
    ],
  };
}

/** "Highly advanced" -> highly_advanced */
const bandCode = (name: string) => name.toLowerCase().replaceAll(' ', '_');

/** The files say it in sentences; what begins otherwise than these is of unknown standing. */
function statuses(given: z.output<typeof Statuses>): Partial<Record<'en' | 'fi' | 'sv', TextStatus>> {
  const known = (said = ''): TextStatus =>
    said.startsWith('official')
      ? 'official'
      : said.startsWith('published')
        ? 'published'
        : said.startsWith('unofficial')
          ? 'unofficial'
          : 'unreviewed';
  return { en: known(given.en), fi: known(given.fi), sv: known(given.sv) };
}
