import { db } from '../../../lib/db';
import { likePatterns } from '../../../lib/search-words';
import type { CourseRole, Draft } from '../drafts.model';

type Asking = { id: string; organisation_id: string };

export interface Found {
  id: string;
  name: string;
}

/** So many people of one search are offered to choose from. */
export const MOST_FOUND = 10;

const MEMBERS = `from memberships m join people p on p.id = m.person_id
  where m.organisation_id = ? and m.suspended_at is null and p.suspended_at is null
    and (m.ended_on is null or m.ended_on > current_date)`;

/**
 * People of the organisation by a part of their name. Those whom the organisation serves come up only by the whole name or the
 * user name: who they are is in no list. Names alone come back, no roles.
 */
export async function searchPeople({ organisation_id }: Asking, text: string): Promise<Found[]> {
  const { rows } = await db().raw<{ rows: Found[] }>(
    `select p.id, p.name ${MEMBERS} and ((m.relation <> 'client' and p.name ilike all(?)) or lower(p.name) = lower(?)
       or lower(p.username) = lower(?)) order by p.name, p.id limit ?`,
    [organisation_id, likePatterns(text), text, text, MOST_FOUND + 1] as never,
  );
  return rows;
}

/** Members now, of these; with the roles that the rules ask for. */
export async function findMembers(organisationId: string, ids: readonly string[]) {
  const { rows } = await db().raw<{ rows: (Found & { roles: string[]; shows_role: boolean })[] }>(
    `select p.id, p.name, m.roles, m.shows_role ${MEMBERS} and p.id = any(?)`,
    [organisationId, ids] as never,
  );
  return rows;
}

/**
 * Who could be in the pair: professionals, and experts by experience who let others see that they are. One who does not is
 * offered to themself and where they are in the pair already.
 */
export async function selectPairChoices(actor: Asking, draft: Draft) {
  const { rows } = await db().raw<{ rows: (Found & { kind: 'expert' | 'reviewer' })[] }>(
    `select p.id, p.name, r.kind ${MEMBERS.replace('where', "cross join unnest('{expert,reviewer}'::text[]) r(kind) where")}
       and r.kind = any(m.roles) and (r.kind = 'reviewer' or m.shows_role or p.id = ? or p.id is not distinct from ?::uuid)
     order by p.name, p.id limit 400`,
    [actor.organisation_id, actor.id, draft.expert_id] as never,
  );
  return rows;
}

export interface Part extends Found {
  role: CourseRole;
}

/** Who has which part in the draft's course, by part and name. */
export function selectParts(draft: Pick<Draft, 'organisation_id' | 'course_id'>) {
  return db()
    .table('course_people as k')
    .join('people as p', 'p.id', 'k.person_id')
    .where({ 'k.organisation_id': draft.organisation_id, 'k.course_id': draft.course_id })
    .orderBy(['k.role', 'p.name'])
    .select<Part[]>('p.id', 'p.name', 'k.role');
}

/** False when the person has the part already. */
export async function insertPart(
  draft: Pick<Draft, 'organisation_id' | 'course_id'>,
  part: { person_id: string; role: CourseRole; added_by: string },
): Promise<boolean> {
  const { organisation_id, course_id } = draft;
  const rows = await db()
    .table('course_people')
    .insert({ organisation_id, course_id, ...part })
    .onConflict(['organisation_id', 'course_id', 'person_id', 'role'])
    .ignore()
    .returning('person_id');
  return rows.length > 0;
}

export function deletePart(
  { organisation_id, course_id }: Pick<Draft, 'organisation_id' | 'course_id'>,
  part: { person_id: string; role: CourseRole },
): Promise<number> {
  return db()
    .table('course_people')
    .where({ organisation_id, course_id, ...part })
    .delete();
}
