import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { type Attempt, selectAttempts } from '../../src/features/quizzes/attempts.model';
import { findQuestion, type Quiz, selectQuestions, selectQuiz } from '../../src/features/quizzes/quizzes.model';
import { answerQuestion, handIn, openAttempt } from '../../src/features/quizzes/quizzes.service';
import { db } from '../../src/lib/db';
import { aPerson, asOwner, inScope } from '../support/factories';
import { aQuestion, aQuizLesson, type QuizLessonValues } from '../support/factories-quizzes';

const five = Array.from({ length: 5 }, () => ({}));

async function setting(values: QuizLessonValues = {}, person: Parameters<typeof aPerson>[0] = {}) {
  const actor = await aPerson(person);
  const lesson = await aQuizLesson({ id: actor.organisation_id }, values);
  const { rows } = await selectQuiz(lesson.quiz);
  return { actor, lesson, quiz: rows[0] as Quiz };
}

const open = async (actor: Actor, quiz: Quiz) => (await inScope(actor, () => openAttempt(actor, quiz))) as Attempt;

async function answer(actor: Actor, attempt: Attempt, questionId: string, chosen: string[], answerId = randomUUID()) {
  const question = await findQuestion(attempt.quiz_id, questionId);
  if (!question) throw new Error('no such question');
  return inScope(actor, () => answerQuestion(attempt, question, { chosen, answerId }));
}

const answers = () => asOwner(() => db().table('quiz_answers').orderBy('answered_at'));
const observations = () => asOwner(() => db().table('observations').orderBy('competence_code'));

describe('answerQuestion', () => {
  it('adds a row for each answer and one row for the same form sent twice', async () => {
    const { actor, lesson, quiz } = await setting();
    const attempt = await open(actor, quiz);
    const form = randomUUID();

    expect(await answer(actor, attempt, lesson.questions[0]!, ['a'], form)).toBe(true);
    expect(await answer(actor, attempt, lesson.questions[0]!, ['a'], form)).toBe(true);
    expect(await answers()).toHaveLength(1);

    await answer(actor, attempt, lesson.questions[0]!, ['b'], form);
    await answer(actor, attempt, lesson.questions[0]!, []);
    expect((await answers()).map(({ chosen, dont_know, points }) => [chosen, dont_know, Number(points)])).toEqual([
      [['a'], false, 0],
      [['b'], false, 1],
      [[], true, 0],
    ]);
  });

  it('adds nothing once handed in', async () => {
    const { actor, lesson, quiz } = await setting();
    const attempt = await open(actor, quiz);
    await answer(actor, attempt, lesson.questions[0]!, ['a']);
    await inScope(actor, () => handIn(actor, attempt));

    expect(await answer(actor, attempt, lesson.questions[0]!, ['b'])).toBe(false);
    expect(await answers()).toHaveLength(1);
  });
});

describe('handIn', () => {
  it('scores the newest answers and takes evidence from the first ones, once', async () => {
    const { actor, lesson, quiz } = await setting({ questions: five });
    const attempt = await open(actor, quiz);
    for (const id of lesson.questions.slice(0, 4)) await answer(actor, attempt, id, ['b']);
    await answer(actor, attempt, lesson.questions[4]!, ['a']);
    await answer(actor, attempt, lesson.questions[4]!, ['b']);

    const closed = await inScope(actor, () => handIn(actor, attempt));

    expect(closed).toMatchObject({ points: 5, points_possible: 5 });
    expect(await observations()).toMatchObject([
      { person_id: actor.id, competence_code: '4.2', source: 'quiz', level: 1, share_right: 0.8 },
    ]);
    expect(await inScope(actor, () => handIn(actor, attempt))).toBeUndefined();
    expect(await observations()).toHaveLength(1);
  });

  it('does not count the same questions again within 30 days, but does after', async () => {
    const { actor, lesson, quiz } = await setting({ questions: five });
    const round = async () => {
      const attempt = await open(actor, quiz);
      for (const id of lesson.questions) await answer(actor, attempt, id, ['b']);
      await inScope(actor, () => handIn(actor, attempt));
    };
    await round();
    await round();
    expect(await observations()).toHaveLength(1);

    await asOwner(() =>
      db()
        .table('quiz_answers')
        .update({ answered_at: db().raw("now() - interval '31 days'") }),
    );
    await round();
    expect(await observations()).toHaveLength(2);
  });

  it('goes on with what is there when the author retires, adds or rewrites a question; answers stay', async () => {
    const { actor, lesson, quiz } = await setting({ questions: [{}, {}] });
    const attempt = await open(actor, quiz);
    for (const id of lesson.questions) await answer(actor, attempt, id, ['b']);
    await db().table('questions').where({ id: lesson.questions[0] }).update({ retired_at: new Date() });
    await aQuestion(lesson.quiz, 3);
    await db().table('question_options').where({ question_id: lesson.questions[1], key: 'a' }).delete();

    const closed = await inScope(actor, () => handIn(actor, attempt));

    expect(closed).toMatchObject({ points: 1, points_possible: 2 });
    expect(await answers()).toHaveLength(2);
  });
});

describe('openAttempt', () => {
  it('comes back to the open one, and opens as many as the quiz allows', async () => {
    const { actor, quiz } = await setting({ attempts_allowed: 2 });
    const first = await open(actor, quiz);
    expect((await open(actor, quiz)).id).toBe(first.id);

    await inScope(actor, () => handIn(actor, first));
    await inScope(actor, async () => handIn(actor, await open(actor, quiz)));
    expect(await open(actor, quiz)).toBeUndefined();
  });

  it('is counted in each organisation of a person by itself', async () => {
    const { actor, quiz } = await setting({ attempts_allowed: 1 });
    const other = await aPerson();
    await open(actor, quiz);
    expect(await open({ ...actor, organisation_id: other.organisation_id }, quiz)).toMatchObject({ number: 1 });
  });

  it('shows nobody else the attempt, in the same organisation either', async () => {
    const { actor, lesson, quiz } = await setting();
    const attempt = await open(actor, quiz);
    await answer(actor, attempt, lesson.questions[0]!, ['a']);
    const colleague = await aPerson({ organisation: { id: actor.organisation_id }, roles: ['administrator'] });
    const taker = { organisationId: actor.organisation_id, personId: actor.id, quizId: quiz.id };

    expect((await inScope(actor, () => selectAttempts(taker))).rows).toHaveLength(1);
    expect((await inScope(colleague, () => selectAttempts(taker))).rows).toHaveLength(0);
    expect(await answer(colleague, attempt, lesson.questions[0]!, ['b'])).toBe(false);
    expect(await inScope(colleague, () => handIn(colleague, attempt))).toBeUndefined();
  });
});

describe('selectQuestions', () => {
  const asked = (quizId: string, audiences: string[], language: 'en' | 'sv' = 'en') =>
    selectQuestions({ quizId, audiences, language, options: 'all' }).then(({ rows }) => rows);

  it('numbers what is for the reader, and leaves out what is for others or retired', async () => {
    const { lesson } = await setting({
      questions: [{}, { audience: ['peer_supporter'] }, {}, { audience: ['staff'] }],
    });
    await db().table('questions').where({ id: lesson.questions[0] }).update({ retired_at: new Date() });

    const prompts = async (audience: string) =>
      (await asked(lesson.quiz, [audience])).map(({ number, prompt }) => [number, prompt]);

    expect(await prompts('client')).toEqual([[1, 'Question number 3?']]);
    expect(await prompts('staff')).toEqual([
      [1, 'Question number 3?'],
      [2, 'Question number 4?'],
    ]);
  });

  it('speaks the language asked for, or the next one that the question has, options and all', async () => {
    const { lesson } = await setting();
    expect((await asked(lesson.quiz, [], 'sv'))[0]).toMatchObject({
      language: 'fi',
      prompt: 'Kysymys numero 1?',
      options: [{ text: 'Vaihtoehto 1a' }, { text: 'Vaihtoehto 1b' }, { text: 'Vaihtoehto 1c' }],
    });
  });
});
