import type { Day } from '../../lib/calendar';
import { htmlLang, type Language } from '../../lib/i18n';
import { currentScope } from '../../lib/scope';
import type { Actor } from '../organisations/organisations.model';
import { type ContentRow, type ReadyTarget, selectContent, selectReadyTargets } from './frameworks.model';
import { ownWords, ownWordsOn, type ProfileWords, withOwnProfiles } from './own-profiles.model';

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

/** The framework of the organisation in scope in one language, as pages read it. Maps are by code, in the framework's own order. */
export interface FrameworkWords extends ProfileWords {
  bands: Band[];
  levels: Map<number, string>;
  areas: Map<string, string>;
  competences: Map<string, Competence>;
  /** Answers by scale: 'help', 'knowledge', 'attitude'; value 0..3, null for skipping. */
  answers: Map<string, { value: number | null; label: string }[]>;
}

/** How long another instance may go on with old words after an import. */
const KEPT_MS = 60_000;
const kept = new Map<string, { words: FrameworkWords; until: number }>();
/** By framework and language. */
const MOST_KEPT = 200;

/** After an import in this process the next page reads anew. */
export function forgetFramework(): void {
  kept.clear();
}

/**
 * The words of the framework that the organisation in scope speaks with (see lib/scope), with its own target profiles as they
 * are now; out of scope, of the default one. Texts are kept in memory; empty when none was imported. What is an
 * organisation's own is never kept under another's name, and is asked for by its stamp each time, so that a change shows at once.
 */
export async function frameworkWords(language: Language): Promise<FrameworkWords> {
  const { organisationId } = currentScope();
  if (organisationId === null) return textsOf(language, null);
  const { framework_id, profiles } = await ownWords(organisationId);
  return withOwnProfiles(await textsOf(language, framework_id), profiles);
}

/**
 * The same with own target profiles as they were on a day (in Helsinki): for reports of the past, so that a change of a
 * profile never rewrites them. Texts and ready profiles of a framework are as they are now. Which person had which profile
 * on a day is told by `profileOn` of own-profiles.model, in SQL. One statement.
 */
export async function frameworkWordsOn(language: Language, day: Day): Promise<FrameworkWords> {
  const { organisationId } = currentScope();
  if (organisationId === null) return textsOf(language, null);
  const { framework_id, profiles } = await ownWordsOn(organisationId, day);
  return withOwnProfiles(await textsOf(language, framework_id), profiles);
}

async function textsOf(language: Language, frameworkId: string | null): Promise<FrameworkWords> {
  const key = `${frameworkId ?? 'default'} ${language}`;
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.words;
  const rows = await selectContent(language, frameworkId);
  const words = arrange(rows, await selectReadyTargets(frameworkId));
  if (kept.size >= MOST_KEPT) kept.clear();
  if (rows.length > 0) kept.set(key, { words, until: Date.now() + KEPT_MS });
  return words;
}

/** Skills speak the reader's content language where that is a variety of the interface's: easy Finnish beside Finnish. */
export function wordsLanguage({ language, content_language }: Pick<Actor, 'language' | 'content_language'>): Language {
  return htmlLang(content_language) === htmlLang(language) ? content_language : language;
}

/** The names of all competences of the framework in use by code. */
export async function competenceNames(language: Language): Promise<Map<string, CompetenceName>> {
  return (await frameworkWords(language)).competences;
}

function arrange(rows: ContentRow[], targets: ReadyTarget[]): FrameworkWords {
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
    aims: new Map(),
    archived: new Set(),
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
  // A ready profile has no range: one aims at what is needed.
  words.aims = words.targets;
  chooseStarters(words);
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

const FEW = 8;

/** A framework that names no starters begins with its first skills: a form of them all is one that nobody finishes. */
function chooseStarters({ competences }: FrameworkWords): void {
  const all = [...competences.values()];
  if (all.some(({ starter }) => starter)) return;
  for (const competence of all.slice(0, FEW)) competence.starter = true;
}

/** The few skills that everybody starts with. */
export function starters({ competences }: FrameworkWords): Competence[] {
  return [...competences.values()].filter(({ starter }) => starter);
}
