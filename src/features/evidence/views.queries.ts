import { db } from '../../lib/db';
import { likePatterns } from '../../lib/search-words';
import type { InvitedView, ViewInvitation } from './views.model';

type Whose = { id: string; organisation_id: string };

/** So many people of one search are offered to choose from. */
export const MOST_FOUND = 10;

/**
 * People of the organisation whose name holds the words, by name; one more than are offered. Only names come back: what
 * somebody's role is, is theirs to tell. People whom the organisation serves are in no list.
 */
export function searchColleagues({ id, organisation_id }: Whose, text: string) {
  return db().raw<{ rows: { id: string; name: string }[] }>(
    `select p.id, p.name from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and m.relation <> 'client' and m.suspended_at is null and p.suspended_at is null
       and (m.ended_on is null or m.ended_on > current_date) and p.id <> ? and p.name ilike all(?)
     order by p.name, p.id limit ?`,
    [organisation_id, id, likePatterns(text), MOST_FOUND + 1] as never,
  );
}

/** The one who was chosen from such a search; undefined for anybody who would not be in one. */
export async function findColleague({ id, organisation_id }: Whose, colleague: string) {
  const { rows } = await db().raw<{ rows: { id: string; name: string }[] }>(
    `select p.id, p.name from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and p.id = ? and p.id <> ? and m.relation <> 'client' and m.suspended_at is null
       and p.suspended_at is null and (m.ended_on is null or m.ended_on > current_date)`,
    [organisation_id, colleague, id],
  );
  return rows[0];
}

export type ListedInvitation = Omit<ViewInvitation, 'token_hash' | 'answer_key'> & {
  rater: string | null;
  /** Views that wait for the person to read them. */
  waiting: number;
};

const LISTED = `select v.id, v.organisation_id, v.person_id, v.rater_id, v.shown_name, v.competence_codes, v.message,
    v.created_at, v.expires_at, v.withdrawn_at, v.answered_at, p.name as rater,
    (select count(*)::int from invited_views w where w.invitation_id = v.id and w.accepted_at is null) as waiting
  from view_invitations v left join people p on p.id = v.rater_id`;

/** The person's invitations, the newest first. */
export const listOwn = ({ id, organisation_id }: Whose) =>
  db().raw<{ rows: ListedInvitation[] }>(
    `${LISTED} where v.organisation_id = ? and v.person_id = ? order by v.created_at desc, v.id limit 50`,
    [organisation_id, id],
  );

/** Open invitations to tell something, the oldest first. */
export const listAsked = ({ id, organisation_id }: Whose) =>
  db().raw<{ rows: ListedInvitation[] }>(
    `${LISTED} where v.organisation_id = ? and v.rater_id = ? and v.withdrawn_at is null and v.answered_at is null
       and v.expires_at > now() order by v.created_at, v.id limit 50`,
    [organisation_id, id],
  );

/** What was told at an invitation of the person. */
export const toldAt = ({ id, organisation_id }: Whose, invitationId: string) =>
  db()('invited_views')
    .where({ organisation_id, person_id: id, invitation_id: invitationId })
    .orderBy(['competence_code', 'id'])
    .select<InvitedView[]>('*');
