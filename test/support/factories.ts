import { randomUUID } from 'node:crypto';
import {
  type Actor,
  findActor,
  insertMembership,
  type Membership,
  type Organisation,
} from '../../src/features/organisations/organisations.model';
import { insertPerson, type Person } from '../../src/features/people/people.model';
import { db } from '../../src/lib/db';
import { withScope } from '../../src/lib/scope';

/** Each factory inserts one valid row. A test names only what it is about. */
export async function anOrganisation(values: Partial<Organisation> = {}): Promise<Organisation> {
  const id = values.id ?? randomUUID();
  await asOwner(() => db()('organisations').insert({ id, slug: id, name: `Järjestö ${id.slice(0, 4)}`, ...values }));
  return asOwner(() => db()('organisations').where({ id }).first()) as Promise<Organisation>;
}

type PersonValues = Partial<Person> &
  Partial<Pick<Membership, 'roles' | 'relation' | 'target_profile' | 'started_on' | 'ended_on'>> & {
    organisation?: { id: string };
  };

/** A signed-in member of an organisation (a new one unless given), as requests see them. */
export async function aPerson(values: PersonValues = {}): Promise<Actor> {
  const {
    organisation = await anOrganisation(),
    roles,
    relation,
    target_profile,
    started_on,
    ended_on,
    ...person
  } = values;
  const id = person.id ?? randomUUID();
  await inScope({ id, organisation_id: organisation.id }, async () => {
    await insertPerson({ id, username: id, name: 'Aino Koski', language: 'en', ...person });
    const membership = { roles, relation, target_profile, started_on, ended_on };
    const given = Object.fromEntries(Object.entries(membership).filter(([, value]) => value !== undefined));
    await insertMembership({ organisation_id: organisation.id, person_id: id, ...given });
  });
  return reload({ id, organisation_id: organisation.id });
}

/** The actor as the next request would see them, after a test changed roles or teams. */
export async function reload(actor: { id: string; organisation_id: string }): Promise<Actor> {
  const found = await findActor(actor.organisation_id, actor.id);
  if (!found) throw new Error('not a member');
  return found;
}

/** A team with these members; the supervisor, when given, comes to supervise it. */
export async function aTeam(
  organisation: { id: string },
  { name = `Tiimi ${randomUUID().slice(0, 8)}`, members = [], supervisor }: TeamValues = {},
): Promise<{ id: string; name: string }> {
  const id = randomUUID();
  await asOwner(async () => {
    await db().table('teams').insert({ id, organisation_id: organisation.id, name });
    const ours = { organisation_id: organisation.id, team_id: id };
    for (const { id: person_id } of members)
      await db()
        .table('team_members')
        .insert({ ...ours, person_id });
    if (supervisor)
      await db()
        .table('team_supervisors')
        .insert({ ...ours, person_id: supervisor.id });
  });
  return { id, name };
}

interface TeamValues {
  name?: string;
  members?: { id: string }[];
  supervisor?: { id: string };
}

/** Runs as the actor would: their rows are in scope and no others. */
export function inScope<T>(actor: { id: string; organisation_id: string }, work: () => Promise<T>): Promise<T> {
  return withScope({ organisationId: actor.organisation_id, personId: actor.id }, work);
}

/** Runs as the owner of the tables, past the row policies: for arranging and for looking at what was stored. */
export async function asOwner<T>(work: () => PromiseLike<T>): Promise<T> {
  await db().raw('set local role postgres');
  try {
    return await work();
  } finally {
    await db().raw('set local role oppiva_app');
  }
}
