import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import { withScope } from '../../lib/scope';
import type { Look } from '../people/people.model';

export const ROLES = ['learner', 'author', 'reviewer', 'expert', 'administrator'] as const;
export type Role = (typeof ROLES)[number];
export const RELATIONS = ['employee', 'peer', 'volunteer', 'independent', 'client'] as const;
export type Relation = (typeof RELATIONS)[number];

export interface Organisation {
  id: string;
  slug: string;
  name: string;
  smallest_group: number;
  is_demo: boolean;
  created_at: Date;
}

export interface Membership {
  id: string;
  organisation_id: string;
  person_id: string;
  roles: Role[];
  relation: Relation;
  target_profile: string | null;
  /** Whether others see the role of an expert by experience. */
  shows_role: boolean;
  started_on: Date;
  /** The first day the person is no longer a member. */
  ended_on: Date | null;
  /** No way in for now; everything stays. */
  suspended_at: Date | null;
}

/** Who is asking: a person in one of their organisations, with what they may do there today. */
export interface Actor {
  id: string;
  name: string;
  username: string;
  language: Language;
  /** The language of lessons; the same as `language` unless the person chose another. */
  content_language: Language;
  organisation_id: string;
  organisation_name: string;
  smallest_group: number;
  roles: Role[];
  relation: Relation;
  target_profile: string | null;
  /** Teams that the actor supervises today, as a supervisor or as a deputy whose time has not ended. */
  supervised_teams: string[];
  /** Networks that the actor coordinates. */
  coordinated_networks: string[];
  organisations: { id: string; name: string }[];
  shows_role: boolean;
  /** How pages look for the actor. */
  look: Look;
  /** Has not been asked yet whether they want one thing on a page. */
  offer_simple: boolean;
  /** The password was given on paper: a new one comes first. */
  must_change: boolean;
  /** Told and not read yet, in this organisation. Here because the header of every page shows it. */
  unread_notifications: number;
  /** When the password came into force: a session that another password opened is none. */
  password_of: string;
  /** Other ways in that the person has now, by id: a session that another one opened is none. */
  ways: string[];
  /** The organisation wants a second factor of those who see others' information. */
  needs_second: boolean;
  /** Came in by a way that is not sure enough for their tasks: acts as a learner in this session. Set by the sign-in only. */
  lowered?: boolean;
}

declare global {
  namespace Express {
    interface Request {
      /** The signed-in person. Only for routes whose policy is not `anyone`. */
      actor: Actor;
      /** The same, or undefined when nobody has signed in. */
      visitor: Actor | undefined;
    }
  }
}

declare module 'knex/types/tables' {
  interface Tables {
    organisations: Organisation;
    memberships: Membership;
  }
}

const actorWhere = (condition: string) => `
  select p.id, p.name, p.username, p.language, coalesce(p.content_language, p.language) as content_language,
    o.id as organisation_id, o.name as organisation_name, o.smallest_group, m.roles, m.relation, m.target_profile, m.shows_role,
    jsonb_build_object('simple_mode', p.simple_mode, 'text_size', p.text_size, 'contrast', p.contrast, 'theme', p.theme,
      'hears_pages', p.hears_pages, 'explains_words', p.explains_words) as look, p.simple_offered_at is null as offer_simple,
    coalesce(c.must_change, false) as must_change, coalesce(extract(epoch from c.changed_at)::text, '') as password_of,
    array(select w.id from sign_in_ways w where w.person_id = p.id) as ways,
    coalesce((select r.second_factor from sign_in_rules r where r.organisation_id = m.organisation_id), false) as needs_second,
    array(select team_id from team_supervisors s where s.organisation_id = m.organisation_id and s.person_id = p.id
      and (s.ends_on is null or s.ends_on >= current_date)) as supervised_teams,
    array(select network_id from network_coordinators c where c.organisation_id = m.organisation_id
      and c.person_id = p.id) as coordinated_networks,
    (select count(*)::int from notifications n where n.organisation_id = m.organisation_id and n.person_id = p.id
      and n.read_at is null) as unread_notifications,
    array(select jsonb_build_object('id', o2.id, 'name', o2.name) from memberships m2
      join organisations o2 on o2.id = m2.organisation_id
      where m2.person_id = p.id and (m2.ended_on is null or m2.ended_on > current_date)
      and m2.suspended_at is null order by o2.name) as organisations
  from people p
  left join credentials c on c.person_id = p.id
  join memberships m on m.person_id = p.id
  join organisations o on o.id = m.organisation_id
  where ${condition} and p.suspended_at is null
    and (m.ended_on is null or m.ended_on > current_date) and m.suspended_at is null`;

const ACTOR = actorWhere('p.id = ? and m.organisation_id = ?');

/** SQL: the person in scope as an Actor. */
export const ACTOR_IN_SCOPE = actorWhere('p.id = oppiva_person() and m.organisation_id = oppiva_organisation()');

/** The person as a member of the organisation; undefined when suspended or no longer (or never) a member. */
export async function findActor(organisationId: string, personId: string): Promise<Actor | undefined> {
  const { rows } = await withScope({ organisationId, personId }, () => db().raw(ACTOR, [personId, organisationId]));
  return rows[0];
}

/** The organisations where the person is a member today, the oldest membership first. */
export function selectOwnOrganisations(personId: string): Promise<{ organisation_id: string }[]> {
  return withScope({ organisationId: null, personId }, () =>
    db()('memberships')
      .where({ person_id: personId, suspended_at: null })
      .where((open) => open.whereNull('ended_on').orWhereRaw('ended_on > current_date'))
      .orderBy('started_on')
      .select('organisation_id')
      .then((rows) => rows),
  );
}

export async function insertMembership(
  membership: Pick<Membership, 'organisation_id' | 'person_id'> & Partial<Membership>,
): Promise<void> {
  await db()('memberships').insert(membership);
}

/** Every organisation of the installation, by name: for commands of the operator, never for a page. */
export function selectOrganisations(): Promise<Organisation[]> {
  return db()('organisations').orderBy('name');
}

/** A slug that another organisation has gets a number. */
export async function insertOrganisation({ id, slug, name }: Pick<Organisation, 'id' | 'slug' | 'name'>) {
  const { rows } = await db().raw("select count(*)::int as n from organisations where slug ~ ('^' || ? || '[0-9]*$')", [
    slug,
  ]);
  await db()('organisations').insert({ id, name, slug: rows[0].n ? `${slug}${rows[0].n + 1}` : slug });
}
