import { db, onReplica, together } from '../../../lib/db';
import type { Actor } from '../../organisations/organisations.model';
import type { Period } from '../period';
import { readCoverage, readGrowth } from '../reports.queries';
import { selectDialogueRecords } from './dialogue.model';

/** A path that is agreed with somebody: the plan for training. */
export interface PlannedPath {
  path_id: string;
  title: string;
  courses: string[];
  people: number;
  due_on: string | null;
}

/** Paths agreed today, by title: how many people each is agreed with, and the last day agreed. */
function selectPlans(organisationId: string, language: string) {
  return db().raw<{ rows: PlannedPath[] }>(
    `with teamed as (
       select team_id, person_id from team_members where organisation_id = :organisationId and joined_on <= current_date
         and (left_on is null or left_on > current_date)
     ),
     agreed as (
       select a.path_id, coalesce(a.person_id, t.person_id) as person_id, a.due_on from path_assignments a
       left join teamed t on t.team_id = a.team_id where a.organisation_id = :organisationId
     )
     select g.path_id, count(distinct g.person_id)::int as people, to_char(max(g.due_on), 'YYYY-MM-DD') as due_on,
       (select title from learning_path_texts where path_id = g.path_id
         order by language = :language desc, language = 'fi' desc limit 1) as title,
       array(select (select title from course_texts where course_id = pc.course_id
           order by language = :language desc, language = 'fi' desc limit 1)
         from path_courses pc where pc.path_id = g.path_id order by pc.position) as courses
     from agreed g
     join memberships ms on ms.organisation_id = :organisationId and ms.person_id = g.person_id
       and (ms.ended_on is null or ms.ended_on > current_date)
     group by 1 order by title, 1`,
    { organisationId, language },
  );
}

/** What the co-operation dialogue is about: needs, gaps to the target profiles, the plan, and what has been handled. */
export async function readDialogue(actor: Actor, period: Period) {
  const { report: growth, competences, k } = await readGrowth(actor, { team: null }, period);
  const { report: coverage } = await readCoverage(actor, { team: null }, period);
  const [plans, records] = await onReplica(() =>
    together(selectPlans(actor.organisation_id, actor.language), selectDialogueRecords(actor.organisation_id)),
  );
  return { growth, coverage, competences, k, plans: plans.rows, records: records.rows };
}

export type Dialogue = Awaited<ReturnType<typeof readDialogue>>;
