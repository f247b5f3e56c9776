import { db, together } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import { type LessonVoice, USEFUL, WHAT, type What } from './feedback.model';

/** Fewer voices than this about one lesson are told in words only, without counts: counts of few people tell of each. */
export const ENOUGH_VOICES = 5;

export interface HeardLesson {
  lesson_id: string;
  title: string;
  href: string;
  total: number;
  /** How many said so, by USEFUL and by WHAT; undefined while there are too few voices. */
  counts: { useful: { value: number; count: number }[]; what: { value: What; count: number }[] } | undefined;
  words: { text: string; day: string }[];
}

const MOST_LESSONS = 100;
const MOST_WORDS = 20;

/** What was said of the lessons that the actor's organisation makes, those with the newest words first; in one flight. */
export async function readVoices(actor: Actor): Promise<HeardLesson[]> {
  const [{ rows }] = await together(
    db().raw<{ rows: (Pick<HeardLesson, 'lesson_id' | 'title' | 'href'> & { voices: LessonVoice[] })[] }>(
      `select l.id as lesson_id, '/learn/' || c.slug || '/' || l.slug as href,
         (select x.title from lesson_texts x where x.lesson_id = l.id order by array_position(?::text[], x.language) limit 1)
           as title,
         jsonb_agg(jsonb_build_object('useful', v.useful, 'what', v.what, 'words', v.words, 'given_on', v.given_on)
           order by v.given_on desc, v.id) as voices
       from lesson_voices v join lessons l on l.id = v.lesson_id join courses c on c.id = l.course_id
       where v.organisation_id = ? and c.organisation_id = ?
       group by l.id, c.slug order by max(v.given_on) desc, l.id limit ?`,
      [contentLanguages(actor.content_language), actor.organisation_id, actor.organisation_id, MOST_LESSONS],
    ),
  );
  return rows.map(({ voices, ...lesson }) => ({
    ...lesson,
    total: voices.length,
    counts: voices.length < ENOUGH_VOICES ? undefined : countsOf(voices),
    words: voices
      .flatMap(({ words, given_on }) => (words ? [{ text: words, day: given_on }] : []))
      .slice(0, MOST_WORDS),
  }));
}

function countsOf(voices: readonly Pick<LessonVoice, 'useful' | 'what'>[]) {
  return {
    useful: USEFUL.map((value) => ({ value, count: voices.filter(({ useful }) => useful === value).length })),
    what: WHAT.map((value) => ({ value, count: voices.filter(({ what }) => what.includes(value)).length })).filter(
      ({ count }) => count > 0,
    ),
  };
}
