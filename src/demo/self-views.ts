import { type ItemAnswer, type ItemKind, selfAssessedLevel } from '../features/skills/self-assessment';
import type { Ability } from './ability';
import type { Rows } from './bulk';
import { type Calendar, later } from './calendar';
import type { Member } from './people';
import type { DemoObservation } from './skills';

/** One of the short self-assessment's competences with its items. */
export interface StarterCompetence {
  code: string;
  items: { id: string; kind: ItemKind }[];
}

const WHOLE_SCALE = 5;

/**
 * A person's self-assessments: soon after they came, then about twice a year by some. Most see themselves a little too
 * well, some too modestly, and having learned makes many of them stricter.
 */
export function selfViews(
  rows: Rows,
  calendar: Calendar,
  member: Member,
  ability: Ability,
  starters: readonly StarterCompetence[],
): DemoObservation[] {
  const { chance } = member;
  const observations: DemoObservation[] = [];
  let bias = chance.normal(0.25, 0.8);
  let at = later(member.startedOn, { days: chance.whole(2, 20), minutes: chance.whole(420, 960) });
  for (let goesOn = chance.happens(0.8); goesOn && calendar.isPast(at); goesOn = chance.happens(0.65)) {
    observations.push(...oneView(rows, calendar, { member, ability, starters, bias, at }));
    bias -= chance.between(0, 0.25);
    at = later(at, { days: chance.whole(130, 250) });
  }
  return observations;
}

interface View {
  member: Member;
  ability: Ability;
  starters: readonly StarterCompetence[];
  bias: number;
  at: Date;
}

function oneView(rows: Rows, calendar: Calendar, { member, ability, starters, bias, at }: View): DemoObservation[] {
  const { chance } = member;
  const id = chance.uuid();
  const ours = { organisation_id: member.organisationId, person_id: member.id };
  const submitted = later(at, { minutes: chance.whole(5, 14) });
  rows.add('self_assessments', { id, ...ours, started_at: at, submitted_at: submitted });
  return starters.flatMap(({ code, items }, place) => {
    const seen = ability.at(code, at, calendar) + bias;
    const answers = items.map(({ id: item_code, kind }, index): ItemAnswer => {
      const skipped = !ability.isObserved(code) || chance.happens(0.04);
      const value = skipped ? null : toAnswer(seen + chance.normal(0, 0.6));
      rows.add('self_assessment_answers', {
        self_assessment_id: id,
        ...ours,
        item_code,
        competence_code: code,
        value,
        answered_at: later(at, { seconds: 20 * (place * items.length + index) }),
      });
      return { kind, value };
    });
    const level = selfAssessedLevel(answers);
    return level === null ? [] : [ownView(member, code, level, submitted, id)];
  });
}

const toAnswer = (level: number) => Math.min(3, Math.max(0, Math.round((3 * level) / WHOLE_SCALE)));

function ownView(member: Member, code: string, level: number, at: Date, id: string): DemoObservation {
  return {
    competence_code: code,
    source: 'self',
    level,
    help_level: null,
    share_right: null,
    observed_at: at,
    recorded_by: member.id,
    origin_type: 'self_assessment',
    origin_id: id,
    note: '',
  };
}
