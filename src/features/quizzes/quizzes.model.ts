import type { Knex } from 'knex';
import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import type { Question, Scorable } from './question';
import type { QuestionContent } from './quiz-content.model';

export type { Option, Question, Scorable } from './question';

/** The rules of a quiz. `attempts_allowed` null: as many as one likes. */
export interface Quiz {
  id: string;
  organisation_id: string;
  attempts_allowed: number | null;
  counts: 'best' | 'last' | 'first';
  pass_share: number;
  version: number;
}

/** Knex types raw queries as `any`; this is one that `together` takes and that comes back as rows. */
export type Rows<R> = Knex.Raw<{ rows: R[] }>;

export function selectQuiz(quizId: string): Rows<Quiz> {
  return db().raw(
    `select id, organisation_id, attempts_allowed, counts, pass_share::float8 as pass_share, version
     from quizzes where id = ?`,
    [quizId],
  );
}

export interface QuestionsAsked {
  quizId: string;
  language: Language;
  /** The audiences of the reader. */
  audiences: string[];
  /** Of questions that are drawn only those of this person's latest attempt; without it, all of them. */
  personId?: string;
  /** Whose options are needed: of one question by its number, of all, or of none. */
  options?: number | 'all' | 'none';
}

/**
 * The questions of a quiz without those that the person's latest attempt did not draw. Before there is an attempt the first
 * ones of each pile stand for what will be drawn, so that the page before it counts right. Bindings: person, quiz, quiz.
 */
const DRAWN = `(select d.* from (
    select x.*, x.draw is null or coalesce(x.id = any(last.drawn),
      row_number() over (partition by x.draw, x.retired_at is null order by x.id) <= coalesce(pile.count, 0)) as asked
    from questions x
    left join (select drawn from quiz_attempts where person_id = ? and quiz_id = ? order by number desc limit 1) last on true
    left join quizzes z on z.id = x.quiz_id and x.draw is not null
    left join lateral (select p.count from jsonb_to_recordset(z.draws) p(key text, count int) where p.key = x.draw) pile on true
    where x.quiz_id = ?) d where d.asked)`;

const ALL = 0;
const NONE = -1;

/** The questions of a quiz that are there now and for this audience, with their texts, in order. */
export function selectQuestions({
  quizId,
  language,
  audiences,
  personId,
  options = 'none',
}: QuestionsAsked): Rows<Question> {
  const languages = contentLanguages(language);
  const wanted = { all: ALL, none: NONE }[options as string] ?? (options as number);
  return db().raw(
    `select q.id, q.version, q.quiz_id, q.number, q.type, q.judged, q.competence_code, q.level, t.language, t.prompt, t.feedback,
       array(select language from question_texts all_texts where all_texts.question_id = q.id) as languages,
       case when ?::int in (${ALL}, q.number) then (
         select coalesce(jsonb_agg(jsonb_build_object('key', o.key, 'is_correct', o.is_correct, 'text', x.text,
           'feedback', x.feedback) order by o.position, o.key), '[]')
         from question_options o
         cross join lateral (select text, feedback from option_texts x
           where x.question_id = o.question_id and x.key = o.key
           order by x.language <> t.language, array_position(?::text[], x.language) limit 1) x
         where o.question_id = q.id) else '[]' end as options,
       case when ?::int in (${ALL}, q.number) then q.content end as content
     from (
       select id, version, quiz_id, type, judged, content, competence_code, level,
         row_number() over (order by position, id)::int as number
       from ${personId ? DRAWN : 'questions'} q
       where quiz_id = ? and retired_at is null and (audience = '{}' or audience && ?::text[])
         and exists (select from question_texts t where t.question_id = q.id)
     ) q
     cross join lateral (select language, prompt, feedback from question_texts t where t.question_id = q.id
       order by array_position(?::text[], t.language) limit 1) t
     order by q.number`,
    [wanted, languages, wanted, ...(personId ? [personId, quizId, quizId] : []), quizId, audiences, languages],
  );
}

/** A question of the quiz by its id, retired or not, with its key: for an answer that was on its way meanwhile. */
export async function findQuestion(quizId: string, questionId: string): Promise<Scorable | undefined> {
  const { rows } = await db().raw(
    `select id, version, type, content, coalesce((select language from question_texts where question_id = questions.id limit 1), 'fi')
       as language, coalesce((select jsonb_agg(jsonb_build_object('key', key, 'is_correct', is_correct))
       from question_options where question_id = questions.id), '[]') as options
     from questions where quiz_id = ? and id = ?`,
    [quizId, questionId],
  );
  return rows[0];
}

/**
 * The question as it was in an earlier version, for an answer that was given to that one; the present one when nothing is
 * known of it. `isChanged`: what was answered is no longer what is asked.
 */
export async function findAnswered(
  quizId: string,
  questionId: string,
  version: number,
): Promise<(Scorable & { isChanged: boolean }) | undefined> {
  const { rows } = await db().raw(
    `select q.retired_at is not null as retired, v.content from questions q
     left join question_versions v on v.question_id = q.id and v.version = ?
     where q.quiz_id = ? and q.id = ?`,
    [version, quizId, questionId],
  );
  const now = rows[0] && (await findQuestion(quizId, questionId));
  if (!now) return undefined;
  const isChanged = rows[0].retired || version < now.version;
  return rows[0].content ? { ...now, ...rows[0].content, id: now.id, version, isChanged } : { ...now, isChanged };
}

/** A question as it stood in an earlier version, told in the same language where it had it; undefined when nothing is known of that. */
export async function findAsItWas(question: Question, version: number): Promise<Question | undefined> {
  const { rows } = await db().raw<{ rows: { content: QuestionContent }[] }>(
    'select content from question_versions where question_id = ? and version = ?',
    [question.id, version],
  );
  const was = rows[0]?.content;
  if (!was?.texts) return undefined;
  const languages = [question.language, ...contentLanguages(question.language)];
  const language = languages.find((one) => was.texts[one]);
  if (!language) return undefined;
  const { type, content } = was;
  const options = was.options.map(({ key, is_correct, texts }) => {
    const said = languages.flatMap((one) => texts[one] ?? [])[0];
    return { key, is_correct, text: said?.text ?? '', feedback: said?.feedback ?? '' };
  });
  return {
    ...question,
    ...(was.texts[language] as { prompt: string; feedback: string }),
    version,
    type,
    content,
    language,
    options,
  };
}
