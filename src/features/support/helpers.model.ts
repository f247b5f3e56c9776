import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;
const own = ({ id, organisation_id }: Somebody) => ({ organisation_id, person_id: id });

/** Somebody who lets others ask them, with the skills that the reader might ask about. */
export interface Helper {
  id: string;
  name: string;
  codes: string[];
  words: string;
}

/** Writes anew what a person lets others ask about, and when and how. */
export async function replaceOffers(actor: Somebody, codes: readonly string[], words: string): Promise<void> {
  await db().table('helper_offers').where(own(actor)).whereNotIn('competence_code', codes).delete();
  for (const competence_code of codes)
    await db()
      .table('helper_offers')
      .insert({ ...own(actor), competence_code })
      .onConflict(['organisation_id', 'person_id', 'competence_code'])
      .ignore();
  await db()
    .table('helper_words')
    .insert({ ...own(actor), words })
    .onConflict(['organisation_id', 'person_id'])
    .merge();
}

/** What the actor lets others ask about. A query, for `together`. */
export function selectOffers(actor: Somebody) {
  return db().raw<{ rows: { codes: string[]; words: string }[] }>(
    `select array(select competence_code from helper_offers where organisation_id = ? and person_id = ? order by 1) as codes,
       coalesce((select words from helper_words where organisation_id = ? and person_id = ?), '') as words`,
    [actor.organisation_id, actor.id, actor.organisation_id, actor.id],
  );
}

/**
 * Skills that the person said they can guide others in: in a lesson of the skill, or when they told of the skill itself, and in
 * the newest that they said of it. A query, for `together`.
 */
export function selectGuided(actor: Somebody) {
  return db().raw<{ rows: { code: string }[] }>(
    `select distinct code from (
       select distinct on (h.lesson_id) h.help_level, k.competence_code as code, h.lesson_id
       from help_levels h join lesson_competences k on k.lesson_id = h.lesson_id
       where h.organisation_id = :o and h.person_id = :p order by h.lesson_id, h.answered_at desc
     ) by_lesson where help_level = 3
     union
     select code from (
       select distinct on (competence_code) help_level, competence_code as code
       from observations where organisation_id = :o and person_id = :p and help_level is not null
       order by competence_code, observed_at desc, id
     ) by_skill where help_level = 3
     order by code`,
    { o: actor.organisation_id, p: actor.id },
  );
}

/**
 * Members who let others ask about the skills of a lesson; without a lesson, about anything. Never the actor, nobody who is
 * away, and only as many as one can choose from, in turn: those who were asked longest ago come first. A query, for `together`.
 */
export function selectHelpers(actor: Somebody, lessonId: string | null) {
  return db().raw<{ rows: Helper[] }>(
    `select p.id, p.name, array_agg(o.competence_code order by o.competence_code) as codes, coalesce(w.words, '') as words
     from helper_offers o
     join memberships m on m.organisation_id = o.organisation_id and m.person_id = o.person_id
       and (m.ended_on is null or m.ended_on > current_date) and m.suspended_at is null
     join people p on p.id = o.person_id and p.suspended_at is null
     left join helper_words w on w.organisation_id = o.organisation_id and w.person_id = o.person_id
     where o.organisation_id = :o and o.person_id <> :p
       and (cast(:lesson as uuid) is null or o.competence_code in (select competence_code from lesson_competences where lesson_id = cast(:lesson as uuid)))
     group by p.id, p.name, w.words
     order by (select max(h.asked_at) from help_requests h where h.organisation_id = :o and h.to_person_id = p.id) nulls first,
       p.name, p.id
     limit 5`,
    { o: actor.organisation_id, p: actor.id, lesson: lessonId } as never,
  );
}
