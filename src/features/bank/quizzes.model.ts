import type { Knex } from 'knex';
import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { type QuestionContent, selectQuizContents } from '../quizzes/quiz-content.model';
import type { Written } from './written';

export interface OwnQuiz {
  /** Of the lesson. */
  id: string;
  quiz_id: string;
  title: string;
  course_title: string;
}

/** A published quiz of the organisation by its lesson; undefined for another organisation's. */
export async function findOwnQuiz(
  organisationId: string,
  lessonId: string,
  language: Language,
): Promise<OwnQuiz | undefined> {
  const languages = contentLanguages(language);
  const { rows } = await db().raw(
    `select l.id, l.quiz_id,
       (select x.title from lesson_texts x where x.lesson_id = l.id order by array_position(?::text[], x.language) limit 1) as title,
       (select x.title from course_texts x where x.course_id = l.course_id order by array_position(?::text[], x.language) limit 1)
         as course_title
     from lessons l where l.organisation_id = ? and l.id = ? and l.quiz_id is not null and l.published_at is not null`,
    [languages, languages, organisationId, lessonId] as never,
  );
  return rows[0];
}

/** The questions of a quiz as they are written, by their names in it. */
export async function selectWritten(quizId: string): Promise<{ id: string; question: Written }[]> {
  const content = (await selectQuizContents([quizId])).get(quizId);
  return (content?.questions ?? []).map((question) => ({ id: question.exchange_id, question: writtenFrom(question) }));
}

function writtenFrom({ type, competence_code, level, texts, options, content }: QuestionContent): Written {
  return {
    ...{ type, texts, competence: competence_code ?? '', level: level ?? 1 },
    options: options.map(({ key, is_correct, texts: words }) => ({ key, correct: is_correct, texts: words })),
    ...(content && { content }),
  };
}

/** The organisation's quizzes that are being written, those written last first: where questions can be put. */
export function selectQuizDrafts(organisationId: string): Knex.Raw<{ rows: { id: string; title: string }[] }> {
  return db().raw(
    `select id, coalesce(nullif(content->'title'->>(content->>'original'), ''), '–') as title from lesson_drafts
     where organisation_id = ? and kind = 'quiz' and state = 'writing' order by updated_at desc limit 100`,
    [organisationId],
  );
}
