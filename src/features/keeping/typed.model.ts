import { db } from '../../lib/db';
import type { TypedFields } from './typed.schema';

/** What a person typed into one form. `fields` null: sent or thrown away. */
export interface TypedText {
  form: string;
  page: string;
  fields: TypedFields | null;
  typed_at: Date;
}

export interface Typist {
  organisation_id: string;
  id: string;
}

/** Enough for anybody, and a bound for a script that runs wild. */
export const MOST_FORMS = 50;
/** Texts that nobody came back to are forgotten after these days. */
export const KEPT_DAYS = 90;

const COLUMNS = ['form', 'page', 'fields', 'typed_at'] as const;
const ofTypist = ({ organisation_id, id }: Typist) => ({ organisation_id, person_id: id });

export function findTyped(typist: Typist, form: string): Promise<TypedText | undefined> {
  return db()
    .table('typed_texts')
    .where({ ...ofTypist(typist), form })
    .first(...COLUMNS);
}

/** All that the person has typed and not sent, the newest first. */
export function selectTyped(typist: Typist, page?: string): Promise<TypedText[]> {
  return db()
    .table('typed_texts')
    .where({ ...ofTypist(typist), ...(page && { page }) })
    .whereNotNull('fields')
    .orderBy('typed_at', 'desc')
    .limit(MOST_FORMS)
    .select(...COLUMNS);
}

/** Keeps what was typed `ageSeconds` ago; typed earlier than what is kept changes nothing. */
export async function saveTyped(
  { organisation_id, id }: Typist,
  { form, page, fields }: Omit<TypedText, 'typed_at'>,
  ageSeconds: number,
): Promise<void> {
  await db().raw(
    `insert into typed_texts (organisation_id, person_id, form, page, fields, typed_at)
     values (?, ?, ?, ?, ?::jsonb, now() - make_interval(secs => ?))
     on conflict (organisation_id, person_id, form) do update
       set page = excluded.page, fields = excluded.fields, typed_at = excluded.typed_at
       where typed_texts.typed_at <= excluded.typed_at`,
    [organisation_id, id, form, page, fields && JSON.stringify(fields), ageSeconds],
  );
}

/** Sent or thrown away: the text is gone at once, and that it is gone is known to the other devices. */
export async function throwTyped({ organisation_id, id }: Typist, form: string): Promise<void> {
  await db().raw(
    `insert into typed_texts (organisation_id, person_id, form, page, typed_at) values (?, ?, ?, ?, clock_timestamp())
     on conflict (organisation_id, person_id, form) do update set fields = null, typed_at = excluded.typed_at`,
    [organisation_id, id, form, form],
  );
}

/** Takes away what is over the bounds of number and age. */
export async function trimTyped({ organisation_id, id }: Typist): Promise<void> {
  await db().raw(
    `delete from typed_texts where organisation_id = ? and person_id = ? and (typed_at < now() - make_interval(days => ?)
       or form not in (select form from typed_texts where organisation_id = ? and person_id = ?
         order by typed_at desc limit ?))`,
    [organisation_id, id, KEPT_DAYS, organisation_id, id, MOST_FORMS],
  );
}
