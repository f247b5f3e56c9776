import { db, together } from '../../lib/db';
import { notFound } from '../../lib/errors';
import { found } from '../../lib/guards';
import { contentLanguages, type Language } from '../../lib/i18n';
import { findPublishedLesson, type PublishedLesson } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf, isForAudience } from '../organisations/organisations.policy';
import { type Answer, type Attempt, selectAttempts, selectLatestAnswers } from '../quizzes/attempts.model';
import { type Question, type Quiz, type Rows, selectQuestions, selectQuiz } from '../quizzes/quizzes.model';
import { byQuestion } from '../quizzes/quizzes.service';
import { type LessonNews, NEWS } from './lesson-news';

/** All that the pages of one quiz show of it, for one person. */
export interface QuizPage {
  lesson: PublishedLesson;
  /** Titles in the reader's language: of the course and of the lesson. */
  titles: Titles;
  quiz: Quiz;
  questions: Question[];
  /** The latest first. */
  attempts: Attempt[];
  latest: Attempt | undefined;
  isOpen: boolean;
  /** The newest answers of the latest attempt, by question. */
  newest: Map<string, Answer>;
  unanswered: Question[];
}

/** Two flights, whatever the number of questions and answers. Throws 404 for a lesson that is not a quiz this person sees. */
export async function readQuiz(
  actor: Actor,
  { course, lesson: slug }: { course: string; lesson: string },
  options: number | 'all' | 'none',
): Promise<QuizPage> {
  const lesson = await findLessonFor(actor, course, slug);
  if (!lesson.quiz_id) throw notFound();
  const taker = { organisationId: actor.organisation_id, personId: actor.id, quizId: lesson.quiz_id };
  const language = actor.content_language;
  const [titles, quizzes, questions, attempts, newest] = await together(
    selectTitles(lesson, language, taker),
    selectQuiz(lesson.quiz_id),
    selectQuestions({ quizId: lesson.quiz_id, language, audiences: audiencesOf(actor), personId: actor.id, options }),
    selectAttempts(taker),
    selectLatestAnswers(taker, 'newest'),
  );
  const latest = attempts.rows[0];
  const answered = byQuestion(newest.rows);
  return {
    lesson,
    titles: titles.rows[0] ?? NO_TITLES,
    quiz: found(quizzes.rows[0]),
    questions: questions.rows,
    attempts: attempts.rows,
    latest,
    isOpen: latest !== undefined && latest.submitted_at === null,
    newest: answered,
    unanswered: questions.rows.filter(({ id }) => !answered.has(id)),
  };
}

/** The lesson of a quiz and the person's attempts at it, and nothing of its questions. Throws 404 as `readQuiz` does. */
export async function readAttempts(actor: Actor, { course, lesson: slug }: { course: string; lesson: string }) {
  const lesson = await findLessonFor(actor, course, slug);
  if (!lesson.quiz_id) throw notFound();
  const taker = { organisationId: actor.organisation_id, personId: actor.id, quizId: lesson.quiz_id };
  return { lesson, attempts: (await selectAttempts(taker)).rows };
}

/** A published lesson that is meant for the actor. Throws 404 for any other. */
async function findLessonFor(actor: Actor, course: string, slug: string): Promise<PublishedLesson> {
  const lesson = found(await findPublishedLesson(actor.organisation_id, course, slug));
  if (!isForAudience(actor, lesson.audience)) throw notFound();
  return lesson;
}

/** How a lesson is called, and what is new in it for its reader. */
interface Titles {
  course: string;
  lesson: string;
  news: LessonNews[];
  /** The newest version that the reader has seen; null when they have not opened it. */
  seen_version: number | null;
}
const NO_TITLES: Titles = { course: '', lesson: '', news: [], seen_version: null };

type Reader = { organisationId: string; personId: string };

function selectTitles({ id }: PublishedLesson, language: Language, { organisationId, personId }: Reader): Rows<Titles> {
  const languages = contentLanguages(language);
  return db().raw(
    `select coalesce((select title from course_texts where course_id = l.course_id
         order by array_position(?::text[], language) limit 1), '') as course,
       coalesce((select title from lesson_texts where lesson_id = l.id
         order by array_position(?::text[], language) limit 1), '') as lesson, ${NEWS} as news, p.seen_version
     from lessons l
     left join lesson_progress p on p.lesson_id = l.id and p.organisation_id = ? and p.person_id = ? where l.id = ?`,
    [languages, languages, organisationId, personId, id],
  );
}

/** What the result needs besides: the first answers, and what handing in added to the person's skills. */
export async function readResult(actor: Actor, { quiz, latest }: QuizPage) {
  const taker = { organisationId: actor.organisation_id, personId: actor.id, quizId: quiz.id };
  const recorded: Rows<{ competence_code: string; level: number }> = db().raw(
    `select competence_code, level::float8 as level from observations
     where organisation_id = ? and person_id = ? and origin_type = 'quiz_attempt' and origin_id = ?
     order by competence_code`,
    [actor.organisation_id, actor.id, latest?.id ?? ''],
  );
  const [first, added] = await together(selectLatestAnswers(taker, 'first'), recorded);
  return { first: byQuestion(first.rows), recorded: added.rows };
}

/** Competences that a lesson is about: those named for it and those of its questions for these audiences. */
export async function selectCompetences(lesson: PublishedLesson, audiences: string[]): Promise<string[]> {
  const { rows } = await db().raw(
    `select competence_code from lesson_competences where lesson_id = ?
     union select competence_code from questions
       where quiz_id = ? and retired_at is null and competence_code is not null
         and (audience = '{}' or audience && ?::text[])
     order by 1`,
    [lesson.id, lesson.quiz_id, audiences],
  );
  return rows.map((row: { competence_code: string }) => row.competence_code);
}

/** A lesson of any kind with its titles. */
export async function readLessonTitles(actor: Actor, { course, lesson: slug }: { course: string; lesson: string }) {
  const lesson = await findLessonFor(actor, course, slug);
  const reader = { organisationId: actor.organisation_id, personId: actor.id };
  const { rows } = await selectTitles(lesson, actor.content_language, reader);
  return { lesson, titles: rows[0] ?? NO_TITLES };
}
