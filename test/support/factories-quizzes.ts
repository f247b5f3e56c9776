import { randomUUID } from 'node:crypto';
import { isJudged, type TypeName } from '../../src/features/quizzes/question-types/registry';
import type { Quiz } from '../../src/features/quizzes/quizzes.model';
import { db } from '../../src/lib/db';

export interface QuestionValues {
  type?: TypeName;
  /** Of a type without options. */
  content?: object;
  /** Letters of the options; upper case: right. */
  options?: string;
  competence_code?: string | null;
  level?: number | null;
  audience?: string[];
  feedback?: string;
  optionFeedback?: boolean;
}

export interface QuizLessonValues extends Partial<Omit<Quiz, 'id' | 'organisation_id'>> {
  questions?: QuestionValues[];
  slug?: string;
}

/**
 * A published course with one quiz lesson, in English and Finnish. Option `b` of question 1 reads "Option 1b", and its
 * texts of feedback hold the word "advice", so that a test may look for them.
 */
export async function aQuizLesson(organisation: { id: string }, values: QuizLessonValues = {}) {
  const { questions = [{}], slug = 'quiz', ...rules } = values;
  const ids = { course: randomUUID(), module: randomUUID(), quiz: randomUUID(), lesson: randomUUID() };
  const ours = { organisation_id: organisation.id };
  const now = new Date();
  const insert = (table: string, rows: object | object[]) => db().table(table).insert(rows);
  await insert('courses', { id: ids.course, ...ours, slug: 'safety', lessons_total: 1, published_at: now });
  await insert('course_texts', { course_id: ids.course, language: 'en', title: 'Safety' });
  await insert('modules', { id: ids.module, course_id: ids.course, position: 1 });
  await insert('quizzes', { id: ids.quiz, ...ours, ...rules });
  await insert('lessons', {
    id: ids.lesson,
    ...ours,
    course_id: ids.course,
    module_id: ids.module,
    slug,
    position: 1,
    kind: 'quiz',
    quiz_id: ids.quiz,
    published_at: now,
  });
  await insert('lesson_texts', { lesson_id: ids.lesson, language: 'en', title: 'Questions on safety' });
  const made: string[] = [];
  for (const question of questions) made.push(await aQuestion(ids.quiz, made.length + 1, question));
  return { ...ids, slug, questions: made, base: `/learn/safety/${slug}` };
}

/** One more question of a quiz; comes back as its id. */
export async function aQuestion(quizId: string, position: number, values: QuestionValues = {}): Promise<string> {
  const { type = 'single', options = 'aBc', competence_code = '4.2', level = 2, audience = [] } = values;
  const id = randomUUID();
  const insert = (table: string, rows: object | object[]) => db().table(table).insert(rows);
  const content = values.content ? JSON.stringify(values.content) : null;
  const judged = isJudged(type, values.content ?? null);
  await insert('questions', { id, quiz_id: quizId, position, type, competence_code, level, audience, content, judged });
  const feedback = values.feedback ?? `General advice ${position}`;
  await insert('question_texts', [
    { question_id: id, language: 'en', prompt: `Question number ${position}?`, feedback },
    { question_id: id, language: 'fi', prompt: `Kysymys numero ${position}?`, feedback: `Yleinen neuvo ${position}` },
  ]);
  if (content) return id;
  const keys = [...options];
  await insert(
    'question_options',
    keys.map((letter, index) => ({
      question_id: id,
      key: letter.toLowerCase(),
      position: index + 1,
      is_correct: letter !== letter.toLowerCase(),
    })),
  );
  await insert(
    'option_texts',
    keys
      .map((letter) => letter.toLowerCase())
      .flatMap((key) => [
        {
          question_id: id,
          key,
          language: 'en',
          text: `Option ${position}${key}`,
          feedback: values.optionFeedback ? `Own advice ${position}${key}` : '',
        },
        { question_id: id, key, language: 'fi', text: `Vaihtoehto ${position}${key}`, feedback: '' },
      ]),
  );
  return id;
}
