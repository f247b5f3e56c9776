import { addToPoint, type EstimatePoint, type Source } from '../features/skills/estimate';
import { pointRow } from '../features/skills/skills.service';
import type { Rows } from './bulk';
import type { Member } from './people';

export interface DemoObservation {
  competence_code: string;
  source: Source;
  level: number;
  help_level: 0 | 1 | 2 | 3 | null;
  share_right: number | null;
  observed_at: Date;
  recorded_by: string;
  origin_type: string;
  origin_id: string;
  note: string;
}

/** Stores a person's observations with the points and estimates that `recordObservation` would have kept of them. */
export function addSkills(rows: Rows, member: Member, observations: readonly DemoObservation[]): void {
  const byCode = Map.groupBy(observations, ({ competence_code }) => competence_code);
  for (const [competence_code, ofOne] of byCode) {
    const skill = { organisation_id: member.organisationId, person_id: member.id, competence_code };
    const inOrder = ofOne.toSorted((a, b) => a.observed_at.getTime() - b.observed_at.getTime());
    let point: EstimatePoint | undefined;
    for (const [index, observation] of inOrder.entries()) {
      rows.add('observations', {
        id: member.chance.uuid(),
        ...skill,
        ...observation,
        recorded_at: observation.observed_at,
      });
      point = addToPoint(point, { source: observation.source, level: observation.level, at: observation.observed_at });
      const next = inOrder[index + 1];
      // Several at the same moment make one point: the last one holds them all.
      if (next?.observed_at.getTime() !== point.at.getTime()) rows.add('skill_points', { ...pointRow(skill, point) });
    }
    if (point) rows.add('skill_estimates', { ...pointRow(skill, point), observations: inOrder.length });
  }
}
