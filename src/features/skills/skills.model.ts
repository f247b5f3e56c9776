import type { Language } from '../../lib/i18n';
import { type ContentRow, selectDefaultContent, selectDefaultTargets } from './frameworks.model';

/** A skill in words: its full name and the plain one that pages use. */
export interface CompetenceName {
  name: string;
  plain_name: string;
}

export interface Competence extends CompetenceName {
  code: string;
  area: string;
  about: string;
  starter: boolean;
  /** Lines in the order from the lowest band to the highest. */
  canDo: { code: string; band: string; text: string }[];
  selfItems: { code: string; kind: 'knowledge' | 'skill' | 'attitude'; text: string }[];
  checklist: { code: string; level: number; text: string }[];
}

export interface Band {
  code: string;
  name: string;
  help: string;
  levels: number[];
}

/** The default framework in one language, as pages read it. Maps are by code, in the framework's own order. */
export interface FrameworkWords {
  bands: Band[];
  levels: Map<number, string>;
  areas: Map<string, string>;
  competences: Map<string, Competence>;
  /** Answers by scale: 'help', 'knowledge', 'attitude'; value 0..3, null for skipping. */
  answers: Map<string, { value: number | null; label: string }[]>;
  profiles: Map<string, string>;
  /** Profile -> competence code -> level. */
  targets: Map<string, Map<string, number>>;
}

/** How long another instance may go on with old words after an import. */
const KEPT_MS = 60_000;
const kept = new Map<Language, { words: FrameworkWords; until: number }>();

/** After an import in this process the next page reads anew. */
export function forgetFramework(): void {
  kept.clear();
}

/** The words of the default framework, kept in memory; empty when none was imported. */
export async function frameworkWords(language: Language): Promise<FrameworkWords> {
  const known = kept.get(language);
  if (known && known.until > Date.now()) return known.words;
  const rows = await selectDefaultContent(language);
  const words = arrange(rows, await selectDefaultTargets());
  if (rows.length > 0) kept.set(language, { words, until: Date.now() + KEPT_MS });
  return words;
}

/** The names of all competences of the default framework by code. */
export async function competenceNames(language: Language): Promise<Map<string, CompetenceName>> {
  return (await frameworkWords(language)).competences;
}

function arrange(rows: ContentRow[], targets: { profile: string; competence_code: string; level: number }[]) {
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const children = Map.groupBy(
    rows.filter(({ kind }) => kind === 'can_do' || kind === 'self_item' || kind === 'observation'),
    ({ kind, parent_code }) => `${kind} ${parent_code}`,
  );
  const within = (kind: string, code: string) => children.get(`${kind} ${code}`) ?? [];
  const words: FrameworkWords = {
    bands: of('band').map(({ code, texts, data }) => ({
      code,
      name: texts.name ?? code,
      help: texts.help ?? '',
      levels: data.levels as number[],
    })),
    levels: new Map(of('level').map(({ code, texts }) => [Number(code), texts.label ?? code])),
    areas: new Map(of('area').map(({ code, texts }) => [code, texts.name ?? code])),
    competences: new Map(of('competence').map((row) => [row.code, competence(row)])),
    answers: new Map(),
    profiles: new Map(of('profile').map(({ code, texts }) => [code, texts.name ?? code])),
    targets: new Map(),
  };
  for (const { parent_code, data, texts } of of('answer')) {
    const scale = words.answers.get(parent_code ?? '') ?? [];
    words.answers.set(parent_code ?? '', scale);
    scale.push({ value: (data.value as number | undefined) ?? null, label: texts.label ?? '' });
  }
  for (const { profile, competence_code, level } of targets) {
    const levels = words.targets.get(profile) ?? new Map<string, number>();
    words.targets.set(profile, levels.set(competence_code, level));
  }
  return words;

  function competence({ code, parent_code, texts, data }: ContentRow): Competence {
    return {
      code,
      area: parent_code ?? '',
      name: texts.name ?? code,
      plain_name: texts.plain_name ?? texts.name ?? code,
      about: texts.about ?? '',
      starter: data.starter === true,
      canDo: within('can_do', code).map((row) => ({
        code: row.code,
        band: String(row.data.band),
        text: row.texts.text ?? '',
      })),
      selfItems: within('self_item', code).map((row) => ({
        code: row.code,
        kind: row.data.kind as 'knowledge',
        text: row.texts.text ?? '',
      })),
      checklist: within('observation', code).map((row) => ({
        code: row.code,
        level: Number(row.data.level),
        text: row.texts.text ?? '',
      })),
    };
  }
}

/** The few skills that everybody starts with. */
export function starters({ competences }: FrameworkWords): Competence[] {
  return [...competences.values()].filter(({ starter }) => starter);
}
