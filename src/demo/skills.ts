import { addToPoint, type EstimatePoint, type Source, showsAtLeast } from '../features/skills/estimate';
import { pointRow } from '../features/skills/skills.service';
import type { Rows } from './bulk';
import { later } from './calendar';
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
  /** Why the person says that it does not look right: then it counts in nothing until that is settled. */
  contested?: string;
}

/** Stores a person's observations with the points and estimates that `recordObservation` would have kept of them. */
export function addSkills(rows: Rows, member: Member, observations: readonly DemoObservation[]): void {
  const byCode = Map.groupBy(observations, ({ competence_code }) => competence_code);
  for (const [competence_code, ofOne] of byCode) {
    const skill = { organisation_id: member.organisationId, person_id: member.id, competence_code };
    const inOrder = ofOne.toSorted((a, b) => a.observed_at.getTime() - b.observed_at.getTime());
    let point: EstimatePoint | undefined;
    for (const { contested, ...observation } of inOrder) {
      const id = member.chance.uuid();
      rows.add('observations', { id, ...skill, ...observation, recorded_at: observation.observed_at });
      if (contested) contest(rows, member, { id, ...skill, ...observation }, contested);
    }
    const counted = inOrder.filter(({ contested }) => contested === undefined);
    for (const [index, observation] of counted.entries()) {
      const { source, level, observed_at: at } = observation;
      point = addToPoint(point, { source, level, at, atLeast: showsAtLeast(observation) });
      const next = counted[index + 1];
      // Several at the same moment make one point: the last one holds them all.
      if (next?.observed_at.getTime() !== point.at.getTime()) rows.add('skill_points', { ...pointRow(skill, point) });
    }
    if (point) rows.add('skill_estimates', { ...pointRow(skill, point), observations: counted.length });
  }
}

type Contested = DemoObservation & { id: string; organisation_id: string; person_id: string };

/** As `contest` of responses.service leaves it: the rater is told. */
function contest(rows: Rows, member: Member, observation: Contested, reason: string): void {
  const { id, organisation_id, person_id, competence_code, observed_at, recorded_by } = observation;
  const contested_at = later(observed_at, { days: 1, minutes: 90 });
  rows.add('observation_responses', {
    observation_id: id,
    organisation_id,
    person_id,
    competence_code,
    read_at: contested_at,
    contested_at,
    reason,
  });
  rows.add('notifications', {
    organisation_id,
    person_id: recorded_by,
    kind: 'skill.contested',
    params: JSON.stringify({ name: member.name }),
    href: `/skills/answers/${id}`,
    key: null,
    created_at: contested_at,
  });
}
