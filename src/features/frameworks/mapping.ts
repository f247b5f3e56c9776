import type { Ranges } from '../targets/target-levels';

/** The first skill is the same as the second, takes in more than it, or is a part of it; or has no counterpart. */
export const RELATIONS = ['equal', 'broader', 'narrower', 'none'] as const;
export type Relation = (typeof RELATIONS)[number];

export interface Skill {
  code: string;
  name: string;
  /** Full and plain names in every language there is. */
  names: { language: string; text: string }[];
}

export interface Mapping {
  from_code: string;
  to_code: string | null;
  relation: Relation;
}

export interface MappedSkill extends Pick<Skill, 'code' | 'name'> {
  to_code: string | null;
  to_name: string | undefined;
  /** Undefined while nobody has said anything. */
  relation: Relation | undefined;
  /** By the same code, as somebody said, or still open. */
  how: 'same' | 'said' | 'open';
  /** The same code under another name. */
  isRenamed: boolean;
}

const INVERSE: Record<Relation, Relation> = { equal: 'equal', broader: 'narrower', narrower: 'broader', none: 'none' };

/** What a mapping says the other way round; what has no counterpart says nothing. */
export const inverted = (mappings: readonly Mapping[]): Mapping[] =>
  mappings.flatMap(({ from_code, to_code, relation }) =>
    to_code === null ? [] : [{ from_code: to_code, to_code: from_code, relation: INVERSE[relation] }],
  );

/**
 * Each skill of one framework with its counterpart in another: as somebody said, else the one of the same code, which means the
 * same skill in every framework. `fresh` are skills of the other that none leads to.
 */
export function mapSkills(from: readonly Skill[], to: readonly Skill[], said: readonly Mapping[]) {
  const targets = new Map(to.map((skill) => [skill.code, skill]));
  const told = new Map(said.map((mapping) => [mapping.from_code, mapping]));
  const skills = from.map(({ code, name, names }): MappedSkill => {
    const mapping = told.get(code);
    const isUsable = mapping && (mapping.to_code === null || targets.has(mapping.to_code));
    const same = targets.get(code);
    const to_code = isUsable ? mapping.to_code : same !== undefined ? code : null;
    return {
      ...{ code, name, to_code, to_name: targets.get(to_code ?? '')?.name },
      relation: isUsable ? mapping.relation : same !== undefined ? 'equal' : undefined,
      how: isUsable ? 'said' : same !== undefined ? 'same' : 'open',
      isRenamed: to_code === code && same !== undefined && areOther(names, same.names),
    };
  });
  const reached = new Set(skills.map(({ to_code }) => to_code));
  return { skills, fresh: to.filter(({ code }) => !reached.has(code)) };
}

/**
 * Where evidence of a skill counts too: under the counterpart of another code, when the skill is the same or takes in more. A
 * part does not show the whole, so evidence of a narrower skill stays where it is.
 */
export const carriedCodes = (skills: readonly MappedSkill[]): { from: string; to: string }[] =>
  skills.flatMap(({ code, to_code, relation }) =>
    to_code !== null && to_code !== code && (relation === 'equal' || relation === 'broader')
      ? [{ from: code, to: to_code }]
      : [],
  );

/** Names that differ in a language that both have; what is only in another language is no other name. */
function areOther(ours: Skill['names'], theirs: Skill['names']): boolean {
  const shared = theirs.filter(({ language }) => ours.some((one) => one.language === language));
  return shared.length > 0 && !shared.some(({ text }) => ours.some((one) => one.text === text));
}

/** The levels of a profile under the codes of the other framework; where two skills lead to one, the higher level holds. */
export function mapLevels(levels: Ranges, skills: readonly MappedSkill[]): Ranges {
  const mapped = new Map<string, { minimum: number; aim: number }>();
  for (const { code, to_code } of skills) {
    const range = levels.get(code);
    if (!range || to_code === null) continue;
    const there = mapped.get(to_code);
    mapped.set(to_code, {
      minimum: Math.max(range.minimum, there?.minimum ?? 0),
      aim: Math.max(range.aim, there?.aim ?? 0),
    });
  }
  return mapped;
}
