import type { Knex } from 'knex';
import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { StoredFile } from '../files/files.model';
import type { LibraryQuery } from './media.schema';

export const PER_PAGE = 24;

export type LibraryRow = StoredFile & { captions: Language[]; total: number };

const liked = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** A page of the organisation's library, the newest first; each row with the number of all that were found. */
export function selectLibrary(
  organisationId: string,
  query: LibraryQuery,
): Knex.QueryBuilder<LibraryRow, LibraryRow[]> {
  const rows = db()('files as f')
    .where('f.organisation_id', organisationId)
    .select('f.*')
    .select(
      db().raw('array(select language from captions c where c.file_id = f.id order by language) as captions'),
      db().raw('(count(*) over ())::int as total'),
    )
    .orderBy([{ column: 'f.created_at', order: 'desc' }, 'f.id'])
    .limit(PER_PAGE)
    .offset((query.page - 1) * PER_PAGE);
  if (query.bin) rows.whereNotNull('f.deleted_at');
  else rows.whereNull('f.deleted_at');
  if (query.kind) rows.where('f.kind', query.kind);
  if (query.licence) rows.where('f.licence', query.licence);
  if (query.lacks === 'alt') rows.where({ 'f.kind': 'image', is_decoration: false }).whereRaw("f.alts = '{}'");
  if (query.lacks === 'licence') rows.where('f.licence', '');
  if (query.lacks === 'captions')
    rows
      .whereIn('f.kind', ['video', 'audio'])
      .whereNotExists(db().table('captions').whereRaw('captions.file_id = f.id'));
  for (const word of query.q.split(' ').filter(Boolean))
    rows.whereRaw("concat_ws(' ', f.name, f.author, f.source, f.alts::text) ilike ?", [liked(word)]);
  return rows as never;
}

/** A place where a file is shown, newest first. `state`: of a draft. */
export interface Use {
  place: 'draft' | 'lesson' | 'questions' | 'bank' | 'template';
  id: string;
  title: string | null;
  course_title: string | null;
  href: string;
  state: string | null;
}

/** Where the organisation shows a file: in what it writes, in its lessons, in the bank and in its templates. */
export function selectUses(organisationId: string, fileId: string, language: Language): Knex.Raw {
  return db().raw(
    `with names as (select course_id, coalesce(max(title) filter (where language = :language), min(title)) as title
        from course_texts where course_id in (select id from courses where organisation_id = :organisationId) group by course_id)
    select 'draft' as place, d.id, d.content -> 'title' ->> (d.content ->> 'original') as title, n.title as course_title,
        '/write/drafts/' || d.id as href, d.state, d.updated_at as at
      from lesson_drafts d left join names n on n.course_id = d.course_id
      where d.organisation_id = :organisationId and oppiva_files_in(d.content) @> array[:fileId::uuid]
    union all
    select case when l.kind = 'quiz' then 'questions' else 'lesson' end, l.id,
        (select coalesce(max(x.title) filter (where x.language = :language), min(x.title)) from lesson_texts x where x.lesson_id = l.id),
        n.title, '/learn/' || c.slug || '/' || l.slug, null, l.published_at
      from lesson_files lf join lessons l on l.id = lf.lesson_id join courses c on c.id = l.course_id
      left join names n on n.course_id = c.id
      where lf.file_id = :fileId and l.organisation_id = :organisationId
    union all
    select 'bank', b.id, left(coalesce(b.question -> 'texts' -> :language ->> 'prompt', b.words), 120), null,
        '/write/bank', null, b.created_at
      from bank_questions b
      where b.organisation_id = :organisationId and b.removed_at is null and oppiva_files_in(b.question) @> array[:fileId::uuid]
    union all
    select 'template', p.id, p.title, null, '/write/start', null, p.created_at from lesson_templates p
      where p.organisation_id = :organisationId and p.removed_at is null and oppiva_files_in(p.content) @> array[:fileId::uuid]
    order by at desc nulls last, id limit 200`,
    { organisationId, fileId, language },
  );
}

/** Which of these files something still shows: a lesson, a draft, or a question that is written. */
export async function selectUsed(organisationId: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await db().raw(
    `select f.id from files f where f.organisation_id = :organisationId and f.id = any(:ids::uuid[]) and (
      exists (select from lesson_files lf where lf.file_id = f.id)
      or exists (select from lesson_drafts d where d.organisation_id = :organisationId and oppiva_files_in(d.content) @> array[f.id])
      or exists (select from questions q join quizzes z on z.id = q.quiz_id
        where z.organisation_id = :organisationId and q.content is not null and oppiva_files_in(q.content) @> array[f.id])
      or exists (select from bank_questions b where b.organisation_id = :organisationId and b.removed_at is null
        and oppiva_files_in(b.question) @> array[f.id])
      or exists (select from lesson_templates p where p.organisation_id = :organisationId and p.removed_at is null
        and oppiva_files_in(p.content) @> array[f.id])
      or exists (select from question_imports m join question_import_items i on i.import_id = m.id
        where m.organisation_id = :organisationId and f.id = any(i.pictures)))`,
    { organisationId, ids: ids as string[] },
  );
  return new Set(rows.map(({ id }: { id: string }) => id));
}

/** Ids of files that were replaced before `before` and can still be taken back. */
export function selectWithOldFormer(organisationId: string, before: Date): Promise<string[]> {
  return db()('files')
    .where({ organisation_id: organisationId })
    .whereRaw("(former ->> 'replaced_at')::timestamptz < ?", [before])
    .orderBy('id')
    .limit(500)
    .then((rows) => rows.map(({ id }) => id));
}

/** Files that have lain in the bin since before `before`. */
export function selectForgotten(organisationId: string, before: Date): Promise<StoredFile[]> {
  return db()('files')
    .where({ organisation_id: organisationId })
    .where('deleted_at', '<', before)
    .orderBy('deleted_at')
    .limit(500)
    .then((rows) => rows);
}
