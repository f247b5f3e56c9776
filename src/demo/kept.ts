import { refreshPathSearch } from '../features/courses/search-index.model';
import { db } from '../lib/db';

/** What learners of the demo have kept for themselves, what is found of its paths, a lesson that changed since it was read, and a word of their own. */
export async function addKept(): Promise<void> {
  await refreshPathSearch(await db().table('learning_paths').orderBy('id').pluck('id'));
  await db().raw(`
    insert into bookmarks (organisation_id, person_id, course_id, lesson_id)
    select m.organisation_id, m.person_id, l.course_id, l.id from memberships m join people p on p.id = m.person_id
    join lessons l on l.slug in ('l1', 'l3') join courses c on c.id = l.course_id and c.slug = 'recognise-scam-messages'
    where p.username = 'learner' and m.ended_on is null on conflict do nothing`);
  await db().raw(`
    insert into notes (id, organisation_id, person_id, lesson_id, about, body)
    select md5('a note of the demo ' || m.organisation_id)::uuid, m.organisation_id, m.person_id, l.id, t.title,
      'Kysyn aina Pekalta, jos viesti pyytää maksamaan heti.'
    from memberships m join people p on p.id = m.person_id
    join courses c on c.slug = 'recognise-scam-messages' join lessons l on l.course_id = c.id and l.slug = 'l1'
    join lesson_texts t on t.lesson_id = l.id and t.language = 'fi'
    where m.ended_on is null and (p.username = 'learner' or m.person_id = (select min(x.person_id::text)::uuid
      from memberships x where x.organisation_id = m.organisation_id and x.ended_on is null)) on conflict do nothing`);
  await db().raw(`
    with renewed as (update lessons l set version = version + 1 from courses c
        where c.id = l.course_id and c.slug = 'recognise-scam-messages' and l.slug = 'l1' returning l.*),
      followed as (update lesson_texts t set follows_version = r.version from renewed r where t.lesson_id = r.id),
      seen as (update lesson_progress p set seen_version = r.version - 1, told_from = r.version - 1 from renewed r
        where p.lesson_id = r.id)
    insert into lesson_changes (organisation_id, course_id, lesson_id, version, kind, words, published_at)
    select organisation_id, course_id, id, version, 'new', 'Kerromme nyt, että huijausviesti voi tulla samaan ketjuun oikeiden viestien kanssa.', now() - interval '2 days'
    from renewed`);
  await db().raw(`
    with own as (select id as organisation_id, md5('a word of the demo ' || id)::uuid as id from organisations),
      words as (insert into own_words (id, organisation_id) select id, organisation_id from own)
    insert into own_word_texts (word_id, organisation_id, language, words, about)
    select id, organisation_id, v.language, v.words::text[], v.about from own, (values
      ('fi', '{viestiketju}', 'Saman lähettäjän viestit allekkain. Kysy ohjaajalta, jos ketjussa on outo viesti.'),
      ('sv', '{meddelandetråd}', 'Meddelanden från samma avsändare efter varandra. Fråga en handledare om något ser konstigt ut.'),
      ('en', '{thread}', 'Messages from one sender, one below the other. Ask your supporter if something in it looks odd.')) v(language, words, about)`);
}
