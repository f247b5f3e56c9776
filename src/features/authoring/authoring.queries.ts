import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { Draft } from './drafts.model';

export interface DraftCard {
  id: string;
  kind: string;
  state: Draft['state'];
  title: string;
  course_title: string;
  course_id: string;
  /** Where learners see the lesson; null until it is published. */
  lesson_address: string | null;
  author_name: string | null;
  updated_at: Date;
  signed: string[];
  /** Comments that nobody has settled. */
  open_threads: number;
  signed_by: string[];
}

/** SQL: how many threads of comments wait in the draft `d`. */
const OPEN_THREADS = `(select count(*)::int from draft_comments k
  where k.organisation_id = d.organisation_id and k.draft_id = d.id and k.reply_to is null and k.resolved_at is null)`;

/** All drafts of the organisation, the newest first, with the signatures of their present version. */
export function selectDraftCards(organisationId: string, language: Language) {
  return db()('lesson_drafts as d')
    .leftJoin('people as p', 'p.id', 'd.author_id')
    .where('d.organisation_id', organisationId)
    .orderBy('d.updated_at', 'desc')
    .limit(200)
    .select(
      'd.id',
      'd.kind',
      'd.course_id',
      'd.state',
      'd.updated_at',
      'p.name as author_name',
      db().raw("coalesce(nullif(d.content->'title'->>(d.content->>'original'), ''), '–') as title"),
      db().raw(
        `(select title from course_texts ct where ct.course_id = d.course_id
          order by (ct.language = ?) desc, (ct.language = 'fi') desc limit 1) as course_title`,
        [language],
      ),
      db().raw(`${OPEN_THREADS} as open_threads`),
      db().raw(
        `array(select kind from draft_signatures s where s.draft_id = d.id and s.draft_version = d.version) as signed`,
      ),
      db().raw(
        `array(select person_id from draft_signatures s where s.draft_id = d.id and s.draft_version = d.version) as signed_by`,
      ),
    );
}

/** The organisation's own courses by name, for choosing where a lesson goes. */
export function selectOwnCourses(organisationId: string, language: Language) {
  return db()
    .raw(
      `select c.id, (select title from course_texts ct where ct.course_id = c.id
         order by (ct.language = ?) desc, (ct.language = 'fi') desc limit 1) as title
       from courses c where c.organisation_id = ? order by 2`,
      [language, organisationId],
    )
    .then(({ rows }) => rows as { id: string; title: string }[]);
}

export interface EditorFacts {
  course_title: string;
  /** Where learners see the lesson; null until it is published. */
  lesson_address: string | null;
  author_name: string | null;
  expert_name: string | null;
  professional_name: string | null;
  /** Comments that nobody has settled. */
  open_threads: number;
}

export interface SignatureLine {
  kind: string;
  person_id: string;
  name: string;
  shown_name: string;
  signed_at: Date;
  /** The text that was signed; a signature of an earlier one has fallen. */
  draft_version: number;
}

/** What the editor shows around the text: names, signatures of this and earlier texts, notes of those who asked for changes. */
export function selectEditorFacts(draft: Draft, language: Language) {
  const facts = db().raw(
    `select (select title from course_texts ct where ct.course_id = d.course_id
        order by (ct.language = ?) desc, (ct.language = 'fi') desc limit 1) as course_title,
      (select '/learn/' || c.slug || '/' || l.slug from lessons l join courses c on c.id = l.course_id
        where l.id = d.lesson_id and l.published_at is not null) as lesson_address,
      (select name from people where id = d.author_id) as author_name,
      (select name from people where id = d.expert_id) as expert_name,
      (select name from people where id = d.professional_id) as professional_name, ${OPEN_THREADS} as open_threads
     from lesson_drafts d where d.organisation_id = ? and d.id = ?`,
    [language, draft.organisation_id, draft.id],
  );
  const signatures = db()('draft_signatures as s')
    .join('people as p', 'p.id', 's.person_id')
    .where({ 's.organisation_id': draft.organisation_id, 's.draft_id': draft.id })
    .select('s.kind', 's.person_id', 'p.name', 's.shown_name', 's.signed_at', 's.draft_version');
  const notes = db()
    .table('draft_events as n')
    .leftJoin('people as p', 'p.id', 'n.person_id')
    .where({ 'n.organisation_id': draft.organisation_id, 'n.draft_id': draft.id, 'n.kind': 'changes_asked' })
    .orderBy('n.created_at', 'desc')
    .limit(20)
    .select('n.text', 'n.created_at', 'p.name');
  return { facts, signatures, notes };
}
