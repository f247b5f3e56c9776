import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { type Draft, insertDraft, lockDraft, updateDraft } from '../authoring/drafts.model';
import { findPlace, putPlace } from '../authoring/places.model';
import type { Actor } from '../organisations/organisations.model';
import type { CourseFile, Manifest } from './format.schema';
import { findTarget, type Outcome, type Preview } from './imports.model';
import { type ReadLesson, readLessons } from './lessons';
import type { Parts } from './parts.service';
import { canonical, renamed } from './portable';
import { findLessonDraft, insertCourse, mergeOrigin, modulesOf } from './writing.model';

interface Taken {
  manifest: Manifest;
  course: CourseFile;
  parts: Parts;
  words: Preview['words'];
  apart: boolean;
  importId: string;
}

/**
 * Writes the course of a file: new as one that nobody sees, or what is missing of one that is here. A lesson that somebody has
 * changed here, or that is out, is left as it is; one that lies as an earlier file brought it becomes what this one says.
 */
export function writeCourse(actor: Actor, taken: Taken): Promise<{ courseId: string; counts: Outcome }> {
  const { manifest, course, parts, words, apart, importId } = taken;
  const known = new Set([...manifest.media, ...manifest.h5p].map(({ id }) => id));
  const { lessons } = readLessons(course, known);
  const strange = new Set(words.map(({ code }) => code));
  return atomically(async () => {
    const there = apart ? undefined : await findTarget(actor.organisation_id, course.id);
    const names = apart ? (id: string) => `${importId}/${id}`.slice(0, 200) : (id: string) => id;
    const courseId = there?.id ?? (await insertCourse(actor.organisation_id, course, names(course.id), strange));
    await mergeOrigin(courseId, {
      from: manifest.from,
      names: Object.fromEntries(words.map(({ code, words: said }) => [code, said])),
      ranges: course.competences.filter(({ code }) => strange.has(code)),
      h5p: parts.h5p,
    });
    const modules = await modulesOf(courseId, course.modules, names);
    const counts = { added: 0, renewed: 0, left: 0 };
    for (const [index, lesson] of lessons.entries()) {
      const module_id = modules[lesson.module];
      if (!module_id) throw new Error('a lesson without its module');
      const place = { module_id, position: index + 1, exchange_id: names(lesson.id), audience: lesson.audience };
      counts[await writeLesson(actor, courseId, place, lesson, parts)] += 1;
    }
    const details = { ...counts, from: manifest.from };
    await recordAudit(actor, 'course.taken-from-file', { type: 'course', id: courseId }, details);
    return { courseId, counts };
  });
}

type Place = { module_id: string; position: number; exchange_id: string; audience: string[] };

async function writeLesson(
  actor: Actor,
  courseId: string,
  place: Place,
  lesson: ReadLesson,
  { names }: Parts,
): Promise<'added' | 'renewed' | 'left'> {
  const { organisation_id } = actor;
  const content = withoutWaiting(renamed(lesson.document, names), lesson, names);
  const known = await findLessonDraft(organisation_id, courseId, place.exchange_id);
  if (known === 'lesson') return 'left';
  const draft = known
    ? await lockDraft(organisation_id, known)
    : await insertDraft({ organisation_id, course_id: courseId, kind: lesson.kind, content, author_id: actor.id });
  if (!draft) return 'left';
  if (known && !(await isUntouched(draft, content))) return 'left';
  const version = known ? draft.version + 1 : draft.version;
  if (known) await updateDraft(draft, { content, version });
  if (lesson.review_by) await updateDraft(draft, { check_by: lesson.review_by });
  const { id: draft_id } = draft;
  await putPlace({ ...place, draft_id, organisation_id, origin: lesson.origin as never, brought: version });
  return known ? 'renewed' : 'added';
}

/** Whether a draft lies as a file brought it, and this file says something else. */
async function isUntouched(draft: Draft, content: Draft['content']): Promise<boolean> {
  const place = await findPlace(draft);
  const isOurs = draft.state === 'writing' && draft.lesson_id === null && place?.brought === draft.version;
  return isOurs && canonical(draft.content) !== canonical(content);
}

/** A task that waits for its libraries has no content yet; the same file brings it once they are here. */
function withoutWaiting(content: Draft['content'], { document }: ReadLesson, names: Parts['names']): Draft['content'] {
  const { h5p_content_id, ...rest } = content;
  const isHere = document.h5p_content_id === undefined || names.has(document.h5p_content_id);
  return {
    ...(isHere ? content : rest),
    blocks: content.blocks.map((block, index) => {
      const given = document.blocks[index];
      const { file_id: _, h5p_content_id: __, ...plain } = block;
      const isWaiting = [given?.file_id, given?.h5p_content_id].some((id) => id && !names.has(id));
      return isWaiting ? plain : block;
    }),
  };
}
