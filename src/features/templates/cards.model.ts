import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';

/** What was tried with people, told so that others can use it. */
export interface PracticeCard {
  id: string;
  organisation_id: string;
  person_id: string;
  language: Language;
  title: string;
  happened: string;
  helped: string;
  for_whom: string;
  beware: string;
  /** Whether the others who write in the organisation see it. */
  is_shown: boolean;
  created_at: Date;
  updated_at: Date;
}

export type CardWords = Pick<
  PracticeCard,
  'language' | 'title' | 'happened' | 'helped' | 'for_whom' | 'beware' | 'is_shown'
>;
export type CardLine = PracticeCard & { author_name: string; lessons: number };

/** The actor's own cards and those shown to the organisation's writers, changed last first. */
export function selectCards(actor: { id: string; organisation_id: string }) {
  return db().raw<{ rows: CardLine[] }>(
    `select c.*, p.name as author_name,
       (select count(*)::int from practice_card_drafts d where d.organisation_id = c.organisation_id and d.card_id = c.id) as lessons
     from practice_cards c join people p on p.id = c.person_id
     where c.organisation_id = ? and (c.is_shown or c.person_id = ?)
     order by c.updated_at desc, c.id limit 200`,
    [actor.organisation_id, actor.id],
  );
}

/** A card that the actor may see; another's that is not shown is not there. */
export async function findCard(
  actor: { id: string; organisation_id: string },
  id: string,
): Promise<(PracticeCard & { author_name: string; drafts: { id: string; title: string }[] }) | undefined> {
  const { rows } = await db().raw(
    `select c.*, p.name as author_name, coalesce((select jsonb_agg(jsonb_build_object('id', d.id,
         'title', coalesce(d.content->'title'->>(d.content->>'original'), '–')) order by k.made_at)
       from practice_card_drafts k join lesson_drafts d on d.organisation_id = k.organisation_id and d.id = k.draft_id
       where k.organisation_id = c.organisation_id and k.card_id = c.id), '[]') as drafts
     from practice_cards c join people p on p.id = c.person_id
     where c.organisation_id = ? and c.id::text = ? and (c.is_shown or c.person_id = ?)`,
    [actor.organisation_id, id, actor.id],
  );
  return rows[0];
}

/** Keeps a new card once; false when the form was sent twice. */
export async function insertCard(
  card: CardWords & Pick<PracticeCard, 'id' | 'organisation_id' | 'person_id'>,
): Promise<boolean> {
  const rows = await db().table('practice_cards').insert(card).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

const own = ({ organisation_id, id, person_id }: Pick<PracticeCard, 'id' | 'organisation_id' | 'person_id'>) =>
  db().table('practice_cards').where({ organisation_id, id, person_id });

export const updateCard = (card: PracticeCard, words: CardWords): Promise<number> =>
  own(card).update({ ...words, updated_at: new Date() });

export const deleteCard = (card: PracticeCard): Promise<number> => own(card).delete();

export async function insertCardDraft(organisationId: string, cardId: string, draftId: string): Promise<void> {
  await db()
    .table('practice_card_drafts')
    .insert({ organisation_id: organisationId, card_id: cardId, draft_id: draftId })
    .onConflict()
    .ignore();
}
