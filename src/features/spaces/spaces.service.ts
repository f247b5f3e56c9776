import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { rememberObject } from '../loop/loop.service';
import type { Actor } from '../organisations/organisations.model';
import { insertSpace, insertSpaceMember, insertSpaceOrganisation, type Space } from './spaces.model';

/**
 * Begins a space that the actor's organisation keeps, once for an id; the actor coordinates it. Levels of a process have a
 * `parent_id`. Returns its id.
 */
export function createSpace(
  actor: Pick<Actor, 'id' | 'name' | 'organisation_id'>,
  space: Pick<Space, 'id' | 'kind' | 'name'> & Partial<Space>,
): Promise<string> {
  return atomically(async () => {
    const organisation_id = actor.organisation_id;
    const isNew = await insertSpace({ owner_id: actor.id, ...space, organisation_id });
    if (!isNew) return space.id;
    await insertSpaceOrganisation({ space_id: space.id, organisation_id, role: 'owner' });
    await insertSpaceMember({
      ...{ space_id: space.id, person_id: actor.id, organisation_id, host_organisation_id: organisation_id },
      ...{ role: 'coordinator', shown_name: actor.name },
    });
    await rememberObject({
      ...{ kind: 'space', id: space.id, organisation_id, space_id: space.id, title: space.name },
      ...{ href: `/spaces/${space.id}`, visibility: space.visibility ?? 'network', language: space.language ?? 'fi' },
    });
    await recordAudit(actor, 'space.made', { type: 'space', id: space.id }, { kind: space.kind });
    return space.id;
  });
}
