import { atomically, db } from '../../lib/db';
import { found } from '../../lib/guards';
import type { Language } from '../../lib/i18n';
import { recordAudit } from '../audit/audit.model';
import type { DraftContent } from '../authoring/drafts.model';
import { type Draft, findDraft } from '../authoring/drafts.model';
import { createDraft } from '../authoring/drafts.service';
import { createCourse } from '../courses/publication.service';
import { takeFiles } from '../files/taken.service';
import { takeContents } from '../h5p/taken.service';
import type { Actor } from '../organisations/organisations.model';
import { insertCardDraft } from './cards.model';
import { freshContent, namedIn, renamed } from './fresh-content';
import { basedOn, type Start } from './starts';
import { insertTemplate, removeTemplate } from './templates.model';

export interface Beginning {
  /** Made with the page: the id of the first draft, so that a form sent twice makes one. */
  id: string;
  title: string;
  /** An own course, or undefined for a new one of this name. */
  course_id?: string | undefined;
  course_title: string;
}

/**
 * Makes drafts of a start: one, or of a course all of its lessons in a new course. Media of the own organisation are named where
 * they are; those of another become the organisation's own without doubling their bytes. Nothing is seen by learners before
 * two have signed it. Returns the first draft.
 */
export function begin(actor: Actor, start: Start, beginning: Beginning): Promise<Draft> {
  return atomically(async () => {
    await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`begin ${beginning.id}`]);
    const known = await findDraft(actor.organisation_id, beginning.id);
    if (known) return known;
    const courseId = beginning.course_id ?? (await newCourse(actor, start, beginning));
    let first: Draft | undefined;
    for (const [index, { kind, content, based_on }] of start.lessons.entries()) {
      const fresh = await taken(actor, start, freshContent(content, start.owner !== undefined));
      const named = start.isCourse ? fresh : withTitle(fresh, beginning.title);
      const id = index === 0 ? { id: beginning.id } : {};
      const draft = await createDraft(actor, courseId, kind, named, { ...id, based_on });
      first ??= draft;
    }
    const made = found(first);
    if (start.from === 'card') await insertCardDraft(actor.organisation_id, start.id, made.id);
    await recordAudit(
      actor,
      'draft.begun',
      { type: 'lesson_draft', id: made.id },
      { from: start.from, source: start.id },
    );
    return made;
  });
}

const withTitle = (content: DraftContent, title: string): DraftContent => ({
  ...content,
  title: { ...content.title, [content.original]: title },
});

async function taken({ organisation_id }: Actor, { owner }: Start, content: DraftContent): Promise<DraftContent> {
  if (!owner) return content;
  const { files, contents } = namedIn(content);
  const ids = [
    ...(await takeFiles(organisation_id, owner.id, files)),
    ...(await takeContents(organisation_id, owner.id, contents)),
  ];
  return renamed(content, new Map(ids));
}

async function newCourse({ organisation_id }: Actor, start: Start, { course_title }: Beginning): Promise<string> {
  const original: Language = start.lessons[0]?.content.original ?? 'fi';
  const id = await createCourse(organisation_id, original, course_title);
  if (!start.course) return id;
  const { texts, picture, competences } = start.course;
  const titles = Object.fromEntries(Object.entries(texts).map(([language, { title }]) => [language, title]));
  const based_on = JSON.stringify(basedOn(start.course, titles));
  await db().table('courses').where({ organisation_id, id }).update({ picture, based_on });
  const rows = Object.entries(texts).map(([language, { title, summary }]) => ({
    ...{ course_id: id, language, summary },
    title: language === original ? course_title : title,
  }));
  if (rows.length > 0) await db().table('course_texts').insert(rows).onConflict(['course_id', 'language']).merge();
  if (competences.length > 0)
    await db()
      .table('course_competences')
      .insert(competences.map((one) => ({ ...one, course_id: id })));
  return id;
}

/** Keeps a draft as it stands as a template of the organisation. */
export function keepTemplate(
  actor: Actor,
  draft: Draft,
  { id, title, about }: { id: string; title: string; about: string },
): Promise<void> {
  return atomically(async () => {
    const content = freshContent(draft.content, false);
    const { organisation_id, based_on } = draft;
    const kind = draft.kind === 'quiz' ? 'quiz' : 'text';
    const isNew = await insertTemplate({
      id,
      organisation_id,
      kind,
      title,
      about,
      language: content.original,
      content,
      based_on,
    });
    if (isNew) await recordAudit(actor, 'template.kept', { type: 'lesson_template', id }, { draft: draft.id });
  });
}

export function dropTemplate(actor: Actor, id: string): Promise<void> {
  return atomically(async () => {
    if ((await removeTemplate(actor.organisation_id, id)) > 0)
      await recordAudit(actor, 'template.removed', { type: 'lesson_template', id });
  });
}
