import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

/** A person asks somebody to tell what they have seen: a colleague with an account, or an outsider with a link. */
export interface ViewInvitation {
  id: string;
  organisation_id: string;
  person_id: string;
  /** Null for an outsider. */
  rater_id: string | null;
  /** What the rater is told of the person's name: the person's own choice. */
  shown_name: string;
  competence_codes: string[];
  message: string;
  token_hash: Buffer | null;
  created_at: Date;
  expires_at: Date;
  withdrawn_at: Date | null;
  answered_at: Date | null;
  answer_key: string | null;
}

/** What the rater told of one skill. The person's own until they accept it. */
export interface InvitedView {
  id: string;
  organisation_id: string;
  invitation_id: string;
  person_id: string;
  rater_id: string | null;
  rater_name: string;
  source: 'peer' | 'experience_expert';
  knows_from: string;
  competence_code: string;
  seen: string[];
  level: number | null;
  help_level: 0 | 1 | 2 | 3 | null;
  observed_at: Date;
  note: string;
  answered_at: Date;
  accepted_at: Date | null;
  observation_id: string | null;
}

declare module 'knex/types/tables' {
  interface Tables {
    view_invitations: ViewInvitation;
    invited_views: InvitedView;
  }
}

type Whose = { id: string; organisation_id: string };
export type InvitationState = 'open' | 'answered' | 'expired' | 'withdrawn';

export function stateOf(
  invitation: Pick<ViewInvitation, 'withdrawn_at' | 'answered_at' | 'expires_at'>,
  now = new Date(),
): InvitationState {
  if (invitation.answered_at) return 'answered';
  if (invitation.withdrawn_at) return 'withdrawn';
  return invitation.expires_at <= now ? 'expired' : 'open';
}

/** False when the form was sent before. */
export async function insertInvitation(
  row: Omit<ViewInvitation, 'created_at' | 'withdrawn_at' | 'answered_at' | 'answer_key'>,
): Promise<boolean> {
  const made = await db()('view_invitations').insert(row).onConflict('id').ignore().returning('id');
  return made.length > 0;
}

/** Invitations of one person wait for each other, so that the most that may be open holds. */
export async function lockInviter({ id }: Whose): Promise<void> {
  await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`view invitations ${id}`]);
}

export async function countOpen({ id, organisation_id }: Whose): Promise<number> {
  const open = await db()('view_invitations')
    .where({ organisation_id, person_id: id, withdrawn_at: null, answered_at: null })
    .whereRaw('expires_at > now()')
    .select('id');
  return open.length;
}

export const ownInvitations = ({ id, organisation_id }: Whose) =>
  db()('view_invitations').where({ organisation_id, person_id: id });

/** Those where the person is asked to tell something. */
export const askedInvitations = ({ id, organisation_id }: Whose) =>
  db()('view_invitations').where({ organisation_id, rater_id: id });

export async function setInvitation(id: string, values: Partial<ViewInvitation>): Promise<void> {
  await db()('view_invitations').where({ id }).update(values);
}

/** The invitation that a token opens, while it is neither withdrawn nor expired. Nobody needs to be in scope. */
export async function findByToken(hash: Buffer): Promise<{ id: string; organisation_id: string } | undefined> {
  const { rows } = await db().raw('select id, organisation_id from open_view_invitation(?)', [hash]);
  return rows[0];
}

export const ownViews = ({ id, organisation_id }: Whose) =>
  db()('invited_views').where({ organisation_id, person_id: id });

export async function insertViews(
  rows: Omit<InvitedView, 'id' | 'answered_at' | 'accepted_at' | 'observation_id'>[],
): Promise<void> {
  await db()('invited_views').insert(rows);
}

/** Colleagues of an organisation who were asked and have not answered, and whose last day to do so is within so many days. */
export async function selectStillAsked(
  organisationId: string,
  now: Date,
  days: number,
): Promise<{ id: string; rater_id: string; name: string; last_on: Day }[]> {
  const { rows } = await db().raw(
    `select v.id, v.rater_id, p.name, to_char(v.expires_at, 'YYYY-MM-DD') as last_on
     from view_invitations v join people p on p.id = v.person_id
     join memberships m on m.organisation_id = v.organisation_id and m.person_id = v.rater_id and m.suspended_at is null
       and (m.ended_on is null or m.ended_on > :now)
     where v.organisation_id = :organisationId and v.answered_at is null and v.withdrawn_at is null
       and v.expires_at > :now and v.expires_at <= cast(:now as timestamptz) + make_interval(days => cast(:days as int))
     order by v.expires_at, v.id`,
    { organisationId, now, days },
  );
  return rows;
}
