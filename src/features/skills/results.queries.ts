import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { Observation } from './observations.model';
import type { ObservationResponse } from './responses.model';
import { SEEN_BY_SUPERVISORS } from './skills.policy';
import type { Whose } from './skills.queries';

type Answered = Pick<
  ObservationResponse,
  'read_at' | 'comment' | 'contested_at' | 'reason' | 'explained_at' | 'explanation' | 'withdrawn_at' | 'settled_at'
>;

/** An observation with what was answered to it. */
export type Result = Pick<
  Observation,
  | 'id'
  | 'person_id'
  | 'competence_code'
  | 'source'
  | 'level'
  | 'help_level'
  | 'share_right'
  | 'observed_at'
  | 'recorded_at'
  | 'recorded_by'
  | 'origin_type'
  | 'note'
> &
  Answered & { seen_by: string | null; is_new: boolean };

/** What came in lately and has not been opened is new; quizzes and own views were seen when they were made. */
const IS_NEW = `r.read_at is null and o.source not in ('self', 'quiz') and o.origin_type <> 'invited-view'
  and o.recorded_at > now() - interval '60 days'`;

const RESULT = `select o.id, o.person_id, o.competence_code, o.source, o.level, o.help_level, o.share_right, o.observed_at,
    o.recorded_at, o.recorded_by, o.origin_type, o.note, r.read_at, coalesce(r.comment, '') as comment, r.contested_at,
    coalesce(r.reason, '') as reason, r.explained_at, coalesce(r.explanation, '') as explanation, r.withdrawn_at,
    r.settled_at, (${IS_NEW}) as is_new,
    case when o.rater_name <> '' then o.rater_name when o.recorded_by <> o.person_id then p.name end as seen_by
  from observations o left join observation_responses r on r.observation_id = o.id
  left join people p on p.id = o.recorded_by`;

/** The person's results that others gave, the newest first. */
export const listResults = ({ organisation_id, id }: Whose) =>
  db().raw<{ rows: Result[] }>(
    `${RESULT} where o.organisation_id = ? and o.person_id = ? and o.source <> 'self'
     order by (${IS_NEW}) desc, o.recorded_at desc, o.id limit 60`,
    [organisation_id, id],
  );

/** One piece of evidence of the person's own skills, own views too. */
export async function findResult({ organisation_id, id }: Whose, observation: string): Promise<Result | undefined> {
  const { rows } = await db().raw<{ rows: Result[] }>(
    `${RESULT} where o.organisation_id = ? and o.person_id = ? and o.id = ?`,
    [organisation_id, id, observation],
  );
  return rows[0];
}

/** What asks for the person's eye: what is new, what they contest, what its rater took back. */
export const selectOpenResults = ({ organisation_id, id }: Whose) =>
  db().raw<{ rows: Result[] }>(
    `${RESULT} where o.organisation_id = ? and o.person_id = ?
       and ((${IS_NEW}) or r.withdrawn_at is not null or r.contested_at is not null)
     order by o.recorded_at desc, o.id limit 60`,
    [organisation_id, id],
  );

export type AnsweredNote = Result & { person: string; target_profile: string | null };

/**
 * Notes that the actor made, and notes by others about members of the teams that the actor supervises, where the person
 * commented or contested in the last year. Of the others only such sources as a supervisor may see; which skills the
 * profile requires is for the caller to hold against `target_profile`.
 */
export const listAnswered = (actor: Actor) =>
  db().raw<{ rows: AnsweredNote[] }>(
    `select answered.*, who.name as person, m.target_profile from (
       ${RESULT} where o.organisation_id = :organisation and r.organisation_id = :organisation
         and (r.contested_at is not null or r.comment <> '') and o.person_id <> :actor
         and greatest(r.contested_at, r.commented_at) > now() - interval '1 year'
         and (o.recorded_by = :actor or (o.source = any(:sources) and exists (
           select from team_members t where t.organisation_id = o.organisation_id and t.person_id = o.person_id
             and t.team_id = any(:teams) and (t.left_on is null or t.left_on > current_date))))
     ) answered
     join people who on who.id = answered.person_id
     join memberships m on m.organisation_id = :organisation and m.person_id = answered.person_id
       and m.suspended_at is null and (m.ended_on is null or m.ended_on > current_date)
     order by answered.contested_at desc nulls last, answered.observed_at desc, answered.id limit 100`,
    {
      organisation: actor.organisation_id,
      actor: actor.id,
      sources: [...SEEN_BY_SUPERVISORS],
      teams: actor.supervised_teams,
    } as never,
  );
