import type { Actor } from '../organisations/organisations.model';
import type { Confidence } from './estimate';
import type { SkillEstimate } from './observations.model';
import { showLevel } from './shown-level';
import { estimateNow } from './skill-story';
import { frameworkWords, wordsLanguage } from './skills.model';
import { ownEstimates } from './skills.queries';

/** A skill in short, as cards show it. */
export interface NewestSkill {
  code: string;
  name: string;
  /** The level in words. */
  text: string;
  plant: 0 | 1 | 2 | 3;
  confidence: Confidence;
}

/** The person's skills of which something was seen last; for `together` with a page's other reads. */
export const newestEstimates = (actor: Actor, count: number) => ownEstimates(actor).limit(count);

/** Those skills in words. Nothing more is read but the framework, which is kept in memory. */
export async function tellNewest(actor: Actor, rows: readonly SkillEstimate[], now = new Date()) {
  const words = await frameworkWords(wordsLanguage(actor));
  return rows.flatMap((row): NewestSkill[] => {
    const competence = words.competences.get(row.competence_code);
    const estimate = estimateNow(row, now);
    if (!competence || estimate.level === null) return [];
    const { level, plant } = showLevel(estimate.level);
    const text = words.levels.get(level) ?? '';
    return [{ code: competence.code, name: competence.plain_name, text, plant, confidence: estimate.confidence }];
  });
}
