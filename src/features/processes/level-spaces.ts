import { randomUUID } from 'node:crypto';
import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { Level } from './levels';
import type { Visibility } from './processes.model';

export interface NewSpace {
  kind: 'partnership' | 'network' | 'group' | 'process' | 'level';
  level?: Level;
  parent_id?: string;
  name: string;
  visibility: Visibility;
}

/** A space that the actor's organisation keeps and the actor coordinates. Returns its id. In the caller's transaction. */
export async function openSpace(actor: Actor, space: NewSpace): Promise<string> {
  const id = randomUUID();
  const { organisation_id } = actor;
  await db()
    .table('spaces')
    .insert({
      id,
      organisation_id,
      owner_id: actor.id,
      joining: space.kind === 'level' ? 'invited' : 'request',
      ...space,
    });
  await db().table('space_organisations').insert({ space_id: id, organisation_id, role: 'owner' });
  await db()
    .table('space_members')
    .insert({
      ...{ space_id: id, person_id: actor.id, organisation_id, host_organisation_id: organisation_id },
      ...{ role: 'coordinator', shown_name: actor.name },
    });
  return id;
}
