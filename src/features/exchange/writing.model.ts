import { db } from '../../lib/db';
import { freeSlug } from '../../lib/text';
import type { CourseOrigin } from './export.model';
import type { CourseFile, ModuleOfFile } from './format.schema';

const table = (name: string) => db().table(name);

/** A course that nobody sees until a lesson of it is published. Returns its id. */
export async function insertCourse(
  organisationId: string,
  course: CourseFile,
  exchangeId: string,
  strange: ReadonlySet<string>,
): Promise<string> {
  const title = course.texts.fi?.title ?? Object.values(course.texts)[0]?.title ?? '';
  const taken: string[] = await table('courses').where({ organisation_id: organisationId }).pluck('slug');
  const [row] = await table('courses')
    .insert({
      organisation_id: organisationId,
      exchange_id: exchangeId,
      slug: freeSlug(title.slice(0, 80), taken, 'course'),
      picture: course.picture,
      sources: JSON.stringify(course.sources),
    })
    .returning('id');
  const texts = Object.entries(course.texts).map(([language, text]) => ({ course_id: row.id, language, ...text }));
  if (texts.length > 0) await table('course_texts').insert(texts);
  const competences = new Map(
    course.competences.filter(({ code }) => !strange.has(code)).map((one) => [one.code, one]),
  );
  const rows = [...competences.values()].map(({ code, ...levels }) => ({
    course_id: row.id,
    competence_code: code,
    ...levels,
  }));
  if (rows.length > 0) await table('course_competences').insert(rows);
  return row.id;
}

/** Keeps what the file tells of where the course came from; contents that came with an earlier one stay known. */
export async function mergeOrigin(courseId: string, { from, names, ranges, h5p }: CourseOrigin): Promise<void> {
  await db().raw(
    `update courses set origin = origin || jsonb_build_object('from', ?::text, 'names', ?::jsonb, 'ranges', ?::jsonb,
       'h5p', coalesce(origin -> 'h5p', '{}') || ?::jsonb) where id = ?`,
    [from ?? '', JSON.stringify(names ?? {}), JSON.stringify(ranges ?? []), JSON.stringify(h5p ?? {}), courseId],
  );
}

/** The ids of the course's modules in the order of the file; those that are not here come after the others. */
export async function modulesOf(
  courseId: string,
  modules: readonly ModuleOfFile[],
  names: (id: string) => string,
): Promise<string[]> {
  const known: { id: string; exchange_id: string; position: number }[] = await table('modules')
    .where({ course_id: courseId })
    .select('id', db().raw('coalesce(exchange_id, id::text) as exchange_id'), 'position');
  const ids: string[] = [];
  let last = Math.max(0, ...known.map(({ position }) => Math.abs(position)));
  const brought = new Map(known.map(({ id, exchange_id }) => [exchange_id, id]));
  for (const module of modules) {
    const exchange_id = names(module.id);
    const id = brought.get(exchange_id) ?? (await insertModule(courseId, module, exchange_id, ++last));
    brought.set(exchange_id, id);
    ids.push(id);
  }
  return ids;
}

async function insertModule(
  courseId: string,
  module: ModuleOfFile,
  exchange_id: string,
  position: number,
): Promise<string> {
  const { minutes, audience, competences, sources, texts } = module;
  const [row] = await table('modules')
    .insert({
      ...{ course_id: courseId, exchange_id, position, minutes, audience },
      competences: JSON.stringify(competences),
      sources: JSON.stringify(sources),
    })
    .returning('id');
  const rows = Object.entries(texts).map(([language, text]) => ({ module_id: row.id, language, ...text }));
  if (rows.length > 0) await table('module_texts').insert(rows);
  return row.id;
}

/** The draft of the course's lesson of this name in files; 'lesson' for one that is out and has no draft; undefined for none. */
export async function findLessonDraft(
  organisationId: string,
  courseId: string,
  exchangeId: string,
): Promise<string | 'lesson' | undefined> {
  const { rows } = await db().raw<{ rows: { id: string }[] }>(
    `select d.id::text as id from lesson_drafts d left join lessons l on l.id = d.lesson_id left join draft_places p on p.draft_id = d.id
     where d.organisation_id = ? and d.course_id = ? and coalesce(p.exchange_id, l.exchange_id, d.id::text) = ?
     union all select 'lesson' from lessons l where l.course_id = ? and coalesce(l.exchange_id, l.id::text) = ? limit 1`,
    [organisationId, courseId, exchangeId, courseId, exchangeId],
  );
  return rows[0]?.id;
}
