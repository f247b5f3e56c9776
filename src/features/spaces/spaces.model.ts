import { db } from '../../lib/db';
import type { Visibility } from '../loop/kinds';

export const SPACE_KINDS = ['partnership', 'network', 'group', 'process', 'level'] as const;
export type SpaceKind = (typeof SPACE_KINDS)[number];
export const LEVELS = ['lab', 'studio', 'arena', 'agora'] as const;
export type Level = (typeof LEVELS)[number];
export const SPACE_ROLES = ['coordinator', 'core', 'facilitator', 'member', 'guest'] as const;
export type SpaceRole = (typeof SPACE_ROLES)[number];
export const JOININGS = ['open', 'request', 'invited'] as const;
export type Joining = (typeof JOININGS)[number];
/** Where a person or an organisation stands: they asked to come in, were asked in, or belong. */
export type Belonging = 'asked' | 'invited' | 'member';

/** Where people of several organisations work. */
export interface Space {
  id: string;
  /** Its keeper. */
  organisation_id: string;
  parent_id: string | null;
  /** The network of reports that it stands for, if any. */
  network_id: string | null;
  kind: SpaceKind;
  level: Level | null;
  language: string;
  name: string;
  purpose: string;
  themes: string[];
  visibility: Visibility;
  joining: Joining;
  owner_id: string | null;
  continuity_plan: string;
  /** A day as YYYY-MM-DD, or null. */
  ends_on: string | null;
  ended_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface SpaceOrganisation {
  space_id: string;
  organisation_id: string;
  role: 'owner' | 'member' | 'observer';
  state: Belonging;
  joined_at: Date;
  left_at: Date | null;
}

export interface SpaceMember {
  id: string;
  space_id: string;
  person_id: string;
  /** In whose name the person belongs. */
  organisation_id: string;
  /** The space's keeper. */
  host_organisation_id: string;
  role: SpaceRole;
  state: Belonging;
  shown_name: string;
  joined_at: Date;
  left_at: Date | null;
}

/** A space that the reader in scope may see; `actor` says who asks, row policies what they may see. */
export async function findSpace(
  _actor: { organisation_id: string } | undefined,
  id: string,
): Promise<Space | undefined> {
  const { rows } = await db().raw('select *, ends_on::text as ends_on from spaces where id::text = ?', [id]);
  return rows[0];
}

/** Spaces that the person belongs to, or their organisation keeps or belongs to: for "in which space". By name. */
export async function selectMySpaces(actor: { id: string; organisation_id: string }): Promise<Space[]> {
  const { rows } = await db().raw(
    `select s.*, s.ends_on::text as ends_on from spaces s
     where s.ended_at is null and (s.organisation_id = ?
       or exists (select from space_organisations o where o.space_id = s.id and o.organisation_id = ? and o.left_at is null and o.state = 'member')
       or exists (select from space_members m where m.space_id = s.id and m.person_id = ? and m.left_at is null and m.state = 'member'))
     order by s.name, s.id`,
    [actor.organisation_id, actor.organisation_id, actor.id],
  );
  return rows;
}

/** What the person does in the space today; empty when they do not belong. */
export async function spaceRoles(actor: { id: string }, spaceId: string): Promise<SpaceRole[]> {
  return db()
    .table('space_members')
    .where({ space_id: spaceId, person_id: actor.id, state: 'member' })
    .whereNull('left_at')
    .pluck('role');
}

export const isSpaceMember = async (actor: { id: string }, spaceId: string): Promise<boolean> =>
  (await spaceRoles(actor, spaceId)).length > 0;

export async function insertSpace(
  space: Pick<Space, 'id' | 'organisation_id' | 'kind' | 'name'> & Partial<Space>,
): Promise<boolean> {
  const rows = await db().table('spaces').insert(space).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export async function insertSpaceOrganisation(
  row: Pick<SpaceOrganisation, 'space_id' | 'organisation_id'> & Partial<SpaceOrganisation>,
): Promise<void> {
  await db().table('space_organisations').insert(row).onConflict(['space_id', 'organisation_id']).ignore();
}

export async function insertSpaceMember(
  row: Omit<SpaceMember, 'id' | 'joined_at' | 'left_at' | 'state'> & { state?: Belonging },
): Promise<void> {
  await db().table('space_members').insert(row).onConflict(['space_id', 'person_id']).ignore();
}

export async function selectSpaceOrganisations(spaceId: string): Promise<(SpaceOrganisation & { name: string })[]> {
  const { rows } = await db().raw(
    `select o.*, n.name from space_organisations o join organisations n on n.id = o.organisation_id
     where o.space_id = ? and o.left_at is null order by o.role = 'owner' desc, n.name`,
    [spaceId],
  );
  return rows;
}

export async function updateSpace(id: string, changes: Partial<Space>): Promise<void> {
  await db()
    .table('spaces')
    .where({ id })
    .update({ ...changes, updated_at: new Date() });
}

export function findMember(spaceId: string, id: string): Promise<SpaceMember | undefined> {
  return db().table('space_members').where({ space_id: spaceId }).whereRaw('id::text = ?', [id]).first();
}

/** The person's own belonging to the space, in whatever state. */
export function findOwnMember(actor: { id: string }, spaceId: string): Promise<SpaceMember | undefined> {
  return db().table('space_members').where({ space_id: spaceId, person_id: actor.id }).whereNull('left_at').first();
}

export async function updateMember(id: string, changes: Partial<SpaceMember>): Promise<void> {
  await db().table('space_members').where({ id }).update(changes);
}

export async function deleteMember(id: string): Promise<void> {
  await db().table('space_members').where({ id }).delete();
}

export async function updateOrganisation(
  spaceId: string,
  organisationId: string,
  changes: Partial<SpaceOrganisation>,
): Promise<void> {
  await db().table('space_organisations').where({ space_id: spaceId, organisation_id: organisationId }).update(changes);
}

/** Gives the space and what its keeper keeps of it to an organisation that belongs to it. False when that one does not belong. */
export async function giveSpace(id: string, heirId: string): Promise<boolean> {
  const { rows } = await db().raw('select give_space(?, ?) as is_given', [id, heirId]);
  return rows[0]?.is_given ?? false;
}
