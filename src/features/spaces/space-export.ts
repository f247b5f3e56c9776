import { db } from '../../lib/db';
import type { ZipEntry } from '../../lib/zip-stream';
import { zipped } from '../../lib/zip-stream';
import type { LoopObject } from '../loop/loop.model';
import type { Actor } from '../organisations/organisations.model';
import type { Space } from './spaces.model';
import { readSpacePage } from './spaces.queries';

export type SpaceExport = Awaited<ReturnType<typeof readSpaceExport>>;
type ObjectLine = Pick<LoopObject, 'kind' | 'title' | 'href' | 'status' | 'theme' | 'language'> & { dated_on: string };

/**
 * All that the space itself keeps, as its reader may see it, and the list of what stands in it. People are told by the name they
 * showed, never by an id: the file leaves the product, and an id would join it to other files.
 */
export async function readSpaceExport(actor: Actor, space: Space) {
  const page = await readSpacePage(actor, space.id);
  const { rows: objects } = await db().raw<{ rows: ObjectLine[] }>(
    `select kind, title, href, status, theme, language, dated_on::text as dated_on from loop_objects
     where space_id = ? and kind <> 'space' order by loop_objects.dated_on, title, id`,
    [space.id],
  );
  const { owner_id: _, network_id: __, ...told } = space;
  return {
    format: 'oppiva-space',
    version: 1,
    space: told,
    organisations: page.organisations
      .filter(({ state }) => state === 'member')
      .map(({ organisation_id: id, name, role, joined_at }) => ({ id, name, role, joined_at })),
    members: page.members
      .filter(({ state }) => state === 'member')
      .map(({ shown_name, organisation_name, role, joined_at }) => ({
        ...{ name: shown_name, organisation: organisation_name, role, joined_at },
      })),
    tasks: page.tasks.map(({ kind, title, target, who, due_on, done_on, result, organisation_name }) => ({
      ...{ kind, title, target, who, due_on, done_on, result, organisation: organisation_name },
    })),
    topics: page.topics.map(({ title, summary, link, made_at, messages, organisation_name }) => ({
      ...{ title, summary, link, made_at, organisation: organisation_name },
      messages: messages.map(({ shown_name, body, written_at }) => ({ name: shown_name, body, written_at })),
    })),
    interests: page.interests.map(({ id, side, theme, body, accepts, organisation_name }) => ({
      ...{ id, side, theme, body, accepts, organisation: organisation_name },
    })),
    contacts: page.contacts.map(({ name, about, address, ends_on, organisation_name }) => ({
      ...{ name, about, address, ends_on, organisation: organisation_name },
    })),
    groups: page.groups.map(({ id, name, kind }) => ({ id, name, kind })),
    objects,
  };
}

/** The archive: the same content for a machine and for a reader. */
export function spaceArchive(content: SpaceExport, html: string): AsyncGenerator<Buffer> {
  const entries: ZipEntry[] = [
    { name: 'space.json', pieces: [JSON.stringify(content, null, 2)] },
    { name: 'space.html', pieces: [html] },
  ];
  return zipped(entries);
}
