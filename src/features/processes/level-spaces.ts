import { randomUUID } from 'node:crypto';
import type { Actor } from '../organisations/organisations.model';
import type { Space } from '../spaces/spaces.model';
import { createSpace } from '../spaces/spaces.service';

/** A space that the actor's organisation keeps and the actor coordinates. Returns its id. In the caller's transaction. */
export function openSpace(
  actor: Actor,
  space: Pick<Space, 'kind' | 'name' | 'visibility'> & Partial<Pick<Space, 'level' | 'parent_id'>>,
): Promise<string> {
  const joining = space.kind === 'level' ? 'invited' : 'request';
  return createSpace(actor, { id: randomUUID(), joining, ...space, name: space.name.slice(0, 200) });
}
