import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Actor } from '../../src/features/organisations/organisations.model';
import type { Attempt } from '../../src/features/quizzes/attempts.model';
import { findQuestion, type Quiz, selectQuiz } from '../../src/features/quizzes/quizzes.model';
import { answerQuestion, handIn, openAttempt } from '../../src/features/quizzes/quizzes.service';
import { useDatabase } from '../../src/lib/db';
import { connectAsApp, connectAsOwner, recreateDatabase, TEMPLATE } from '../support/database';
import { inScope } from '../support/factories';
import { aQuizLesson } from '../support/factories-quizzes';

/** Requests at the same moment need connections of their own and real commits: a database copy that this file throws away. */
const COPY = `oppiva_quizzes_${process.pid}`;
const MANY = 8;
let pool: Knex;
let owner: Knex;

beforeAll(async () => {
  await recreateDatabase(COPY, TEMPLATE);
  pool = connectAsApp(COPY, MANY);
  owner = connectAsOwner(COPY);
});

beforeEach(() => useDatabase(pool));

afterAll(async () => {
  await pool.destroy();
  await owner.destroy();
});

async function setting(rules: Partial<Quiz>): Promise<{ actor: Actor; quiz: Quiz; question: string }> {
  const actor = {
    id: randomUUID(),
    organisation_id: randomUUID(),
    relation: 'employee',
    content_language: 'en',
  } as Actor;
  const { id, organisation_id } = actor;
  await owner('organisations').insert({ id: organisation_id, slug: organisation_id, name: 'Järjestö' });
  await owner('people').insert({ id, username: id, name: 'Aino Koski' });
  await owner('memberships').insert({ organisation_id, person_id: id });
  const lesson = await aQuizLesson({ id: organisation_id }, { ...rules, questions: [{}, {}, {}, {}, {}] });
  const { rows } = await selectQuiz(lesson.quiz);
  return { actor, quiz: rows[0] as Quiz, question: lesson.questions[0] as string };
}

const atOnce = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: MANY }, work));

it('opens one attempt for many openings at the same moment', async () => {
  const { actor, quiz } = await setting({});

  const opened = await atOnce(() => inScope(actor, () => openAttempt(actor, quiz)));

  expect(new Set(opened.map((attempt) => attempt?.id)).size).toBe(1);
  expect(await owner('quiz_attempts').where({ quiz_id: quiz.id })).toHaveLength(1);
});

it('never passes the limit of attempts, whatever comes at the same moment', async () => {
  const { actor, quiz } = await setting({ attempts_allowed: 3 });

  for (let round = 0; round < 5; round += 1) {
    await atOnce(() =>
      inScope(actor, async () => {
        const attempt = await openAttempt(actor, quiz);
        if (attempt) await handIn(actor, attempt);
      }),
    );
  }

  const rows = await owner('quiz_attempts').where({ quiz_id: quiz.id }).orderBy('number');
  expect(rows.map(({ number }) => number)).toEqual([1, 2, 3]);
});

it('hands in once and keeps every answer that came before it, none after', async () => {
  const { actor, quiz, question } = await setting({});
  const attempt = (await inScope(actor, () => openAttempt(actor, quiz))) as Attempt;
  const scorable = await findQuestion(quiz.id, question);
  if (!scorable) throw new Error('no such question');
  const answer = () =>
    inScope(actor, () => answerQuestion(attempt, scorable, { chosen: ['b'], answerId: randomUUID() }));

  const [kept, handedIn] = await Promise.all([
    atOnce(answer),
    atOnce(() => inScope(actor, () => handIn(actor, attempt))),
  ]);

  expect(handedIn.filter((closed) => closed)).toHaveLength(1);
  expect(await answer()).toBe(false);
  const stored = await owner('quiz_answers').where({ attempt_id: attempt.id });
  expect(stored).toHaveLength(kept.filter((yes) => yes).length);
  const closed = await owner('quiz_attempts').where({ id: attempt.id }).first();
  expect(Number(closed.points)).toBe(stored.length > 0 ? 1 : 0);
});

it('keeps one row of the same form sent many times at once', async () => {
  const { actor, quiz, question } = await setting({});
  const attempt = (await inScope(actor, () => openAttempt(actor, quiz))) as Attempt;
  const scorable = await findQuestion(quiz.id, question);
  const answerId = randomUUID();

  await atOnce(() => inScope(actor, () => answerQuestion(attempt, scorable!, { chosen: ['a'], answerId })));

  expect(await owner('quiz_answers').where({ attempt_id: attempt.id })).toHaveLength(1);
});
