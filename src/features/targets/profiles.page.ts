import type { FrameworkWords } from '../skills/skills.model';
import type { ProfileUse, ProfileVersion } from './profiles.queries';
import { type Ranges, rangesOf } from './target-levels';

export interface ShownProfile {
  code: string;
  name: string;
  isOwn: boolean;
  isArchived: boolean;
  people: number;
  ranges: Ranges;
}

const OWN = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** The organisation's own profiles, those in use first, and the ready ones of its framework. */
export function profilesOf(words: FrameworkWords, use: readonly ProfileUse[]) {
  const people = new Map(use.map(({ profile, people }) => [profile, people]));
  const all = [...words.profiles].map(
    ([code, name]): ShownProfile => ({
      code,
      name,
      isOwn: OWN.test(code),
      isArchived: words.archived.has(code),
      people: people.get(code) ?? 0,
      ranges: rangesOf(words.targets.get(code), words.aims.get(code)),
    }),
  );
  return {
    own: all.filter((one) => one.isOwn && !one.isArchived),
    ready: all.filter((one) => !one.isOwn),
    archived: all.filter(({ isArchived }) => isArchived),
  };
}

/** More skills than this are edited an area at a time. */
const MOST_AT_ONCE = 60;

/** The skills that one page of the form shows: all, or those of the area asked for (the first by itself). */
export function pageOfSkills({ competences, areas }: FrameworkWords, asked: string | undefined) {
  const all = [...competences.values()];
  if (all.length <= MOST_AT_ONCE) return { areas, area: undefined, shown: all };
  const area = asked !== undefined && areas.has(asked) ? asked : [...areas.keys()][0];
  return { areas, area, shown: all.filter((one) => one.area === area).slice(0, 5 * MOST_AT_ONCE) };
}

export interface Change {
  from_day: string;
  made_by: string | null;
  /** What is different from the version before: null for a skill that was not in it, or is not any more. */
  changes: { code: string; before: Range | null; after: Range | null }[];
  isFirst: boolean;
}

type Range = [minimum: number, aim: number];

/** Each version with what it changed; `versions` from the newest on. */
export function changesOf(versions: readonly ProfileVersion[]): Change[] {
  return versions.map(({ from_day, made_by, levels }, index) => {
    const before = versions[index + 1]?.levels ?? {};
    const codes = [...new Set([...Object.keys(before), ...Object.keys(levels)])].toSorted(byCode);
    const changes = codes
      .map((code) => ({ code, before: before[code] ?? null, after: levels[code] ?? null }))
      .filter(({ before, after }) => String(before) !== String(after));
    return { from_day, made_by, changes, isFirst: index === versions.length - 1 };
  });
}

const byCode = new Intl.Collator('fi', { numeric: true }).compare;
