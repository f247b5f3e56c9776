import { db } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';

/** How a person is named by a lesson. 'role' is the part alone: "an experience expert". */
export const SHOWN = ['full', 'short', 'pen', 'role', 'none'] as const;
export type Shown = (typeof SHOWN)[number];
export const CREDIT_KINDS = ['written', 'true_to_life', 'correct_and_safe'] as const;
export type CreditKind = (typeof CREDIT_KINDS)[number];

export interface CreditWish {
  organisation_id: string;
  lesson_id: string;
  kind: CreditKind;
  person_id: string;
  shown: Shown;
  pen_name: string;
  signed_at: Date;
}

/** A signer's wish goes with their new signature; the writer's stays as they last chose it. */
export async function putWish(wish: CreditWish, keepEarlier: boolean): Promise<void> {
  const stored = db().table('credit_wishes').insert(wish).onConflict(['lesson_id', 'kind']);
  await (keepEarlier ? stored.ignore() : stored.merge());
}

/** The name that a wish shows; empty when no name is shown. */
export function nameShown(name: string, { shown, pen_name }: Pick<CreditWish, 'shown' | 'pen_name'>): string {
  if (shown === 'pen') return pen_name;
  if (shown === 'role' || shown === 'none') return '';
  const [first = '', ...rest] = name.split(/\s+/);
  const last = rest.at(-1);
  return shown === 'full' || !last ? name : `${first} ${last[0]}.`;
}

/** Writes what readers see under the lesson anew, from what its makers wish. */
export async function writeCredits(organisationId: string, lessonId: string): Promise<void> {
  const wishes: (CreditWish & { name: string })[] = await db()
    .table('credit_wishes as w')
    .join('people as p', 'p.id', 'w.person_id')
    .where({ 'w.organisation_id': organisationId, 'w.lesson_id': lessonId })
    .select('w.*', 'p.name');
  await db().table('lesson_credits').where({ lesson_id: lessonId }).delete();
  const rows = wishes
    .filter(({ shown }) => shown !== 'none')
    .map(({ name, ...wish }) => ({
      lesson_id: lessonId,
      kind: wish.kind,
      name: nameShown(name, wish),
      as_role: wish.shown === 'role',
      signed_at: wish.signed_at,
    }));
  if (rows.length > 0) await db().table('lesson_credits').insert(rows);
}

export function findWish(organisationId: string, lessonId: string, kind: string): Promise<CreditWish | undefined> {
  return db().table('credit_wishes').where({ organisation_id: organisationId, lesson_id: lessonId, kind }).first();
}

export interface OwnCredit extends CreditWish {
  title: string;
  address: string;
}

/** Published lessons that the person has a part in, the newest first. */
export async function selectOwnCredits(
  { id, organisation_id }: { id: string; organisation_id: string },
  language: Language,
): Promise<OwnCredit[]> {
  const { rows } = await db().raw<{ rows: OwnCredit[] }>(
    `select w.*, '/learn/' || c.slug || '/' || l.slug as address, (select x.title from lesson_texts x where x.lesson_id = l.id
       order by (x.language = ?) desc, (x.language = 'fi') desc limit 1) as title
     from credit_wishes w join lessons l on l.id = w.lesson_id join courses c on c.id = l.course_id
     where w.organisation_id = ? and w.person_id = ? order by w.signed_at desc, w.lesson_id, w.kind limit 200`,
    [language, organisation_id, id],
  );
  return rows;
}
