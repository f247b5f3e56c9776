import { db } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import type { InstalledLibrary } from '../installed.model';

export interface LibraryLine {
  folder: string;
  title: string;
  version: string;
  runnable: boolean;
  licence: string | null;
  installed_at: Date;
  /** Who installed it; another organisation's people are not named to this one. */
  installer: string | null;
  /** How many contents of the organisation load it. */
  used: number;
  /** Whether some other organisation's do: nothing more is told of them. */
  elsewhere: boolean;
  /** How many contents of the organisation this library plays in an older version. */
  older: number;
}

const LINES = `select l.folder, l.title, l.major || '.' || l.minor || '.' || l.patch as version, l.runnable,
    l.library_json->>'license' as licence, l.installed_at, coalesce(p.name, o.name) as installer,
    (select count(*)::int from h5p_contents c where c.organisation_id = :ours and l.folder = any(c.dependencies)) as used,
    exists (select from h5p_contents c where c.organisation_id <> :ours and l.folder = any(c.dependencies)) as elsewhere,
    (select count(*)::int from h5p_contents c join h5p_libraries x on x.folder = c.main_library
      where c.organisation_id = :ours and not c.being_made and x.machine_name = l.machine_name and (x.major, x.minor) < (l.major, l.minor)) as older
  from h5p_libraries l
  left join people p on p.id = l.installed_by
  left join organisations o on o.id = l.installed_in`;

/** All installed libraries by title, with what the organisation has of each. */
export async function selectLibraryLines(organisationId: string): Promise<LibraryLine[]> {
  const sql = `${LINES} order by l.runnable desc, lower(l.title), l.major, l.minor`;
  return (await db().raw(sql, { ours: organisationId })).rows;
}

export async function findLibraryLine(organisationId: string, folder: string): Promise<LibraryLine | undefined> {
  return (await db().raw(`${LINES} where l.folder = :folder`, { ours: organisationId, folder })).rows[0];
}

/** The other installed libraries that load this one, in their own words. */
export async function selectNeedingLibraries({ machine_name, major, minor }: InstalledLibrary): Promise<string[]> {
  const { rows } = await db().raw(
    `select l.folder from h5p_libraries l where exists (
       select from json_array_elements(coalesce(l.library_json -> 'preloadedDependencies', '[]')) d
       where d ->> 'machineName' = ? and d ->> 'majorVersion' = ? and d ->> 'minorVersion' = ?)
     order by l.folder`,
    [machine_name, String(major), String(minor)],
  );
  return rows.map(({ folder }: { folder: string }) => folder);
}

export interface ContentUse {
  id: string;
  title: string;
  main_library: string;
  created_at: Date;
  /** Lessons and drafts of the organisation that show it. */
  places: { title: string; course: string | null; href: string; kind: 'lesson' | 'draft' }[];
}

/** Contents of the organisation that load a library, and where each is, the newest first. */
export async function selectContentUses(
  organisationId: string,
  folder: string,
  language: Language,
): Promise<ContentUse[]> {
  const { rows } = await db().raw(
    `select c.id, c.title, c.main_library, c.created_at, coalesce((
       select json_agg(json_build_object('title', u.title, 'course', u.course, 'href', u.href, 'kind', u.kind) order by u.kind desc, u.href)
       from (
         select 'lesson' as kind, '/learn/' || k.slug || '/' || l.slug as href,
           (select t.title from lesson_texts t where t.lesson_id = l.id order by (t.language = :language) desc, t.language limit 1) as title,
           (select t.title from course_texts t where t.course_id = k.id order by (t.language = :language) desc, t.language limit 1) as course
         from lessons l join courses k on k.id = l.course_id
         where l.organisation_id = :ours and (l.h5p_content_id = c.id
           or exists (select from lesson_h5p_contents b where b.lesson_id = l.id and b.h5p_content_id = c.id))
         union all
         select 'draft', '/write/drafts/' || d.id, coalesce(nullif(d.content -> 'title' ->> (d.content ->> 'original'), ''), '–'), null
         from lesson_drafts d
         where d.organisation_id = :ours and (d.content ->> 'h5p_content_id' = c.id::text
           or d.content -> 'blocks' @> jsonb_build_array(jsonb_build_object('h5p_content_id', c.id::text)))
       ) u), '[]') as places
     from h5p_contents c
     where c.organisation_id = :ours and not c.being_made and :folder = any(c.dependencies)
     order by c.created_at desc, c.id limit 100`,
    { ours: organisationId, folder, language },
  );
  return rows;
}
