import { randomUUID } from 'node:crypto';
import { newContent } from '../../src/features/authoring/drafts.document';
import { type Draft, findDraft } from '../../src/features/authoring/drafts.model';
import { differenceOf } from '../../src/features/authoring/versions/difference';
import { keepInBank } from '../../src/features/bank/bank.service';
import type { Written } from '../../src/features/bank/written';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { selectQuestions, selectQuiz } from '../../src/features/quizzes/quizzes.model';
import { answerQuestion, handIn, openAttempt } from '../../src/features/quizzes/quizzes.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aDraft } from '../support/factories-authoring';
import { aQuestion, aQuizLesson } from '../support/factories-quizzes';

const written = (prompt: string): Written => ({
  type: 'truefalse',
  competence: '4.2',
  level: 2,
  texts: { fi: { prompt, feedback: '' } },
  options: [true, false].map((correct, at) => ({
    key: 'ab'[at] ?? '',
    correct,
    texts: { fi: { text: correct ? 'Oikein' : 'Väärin', feedback: '' } },
  })),
});

/** A published quiz of one question for all and eight in a pile, of which three are drawn. */
async function aDrawnQuiz(actor: Actor) {
  const lesson = await aQuizLesson({ id: actor.organisation_id }, { questions: [{}] });
  const pile: string[] = [];
  for (let at = 0; at < 8; at += 1) pile.push(await aQuestion(lesson.quiz, at + 2));
  await asOwner(async () => {
    await db().raw('update questions set draw = ? where id = any(?::uuid[])', ['pile', pile] as never);
    await db().raw('update quizzes set draws = ? where id = ?', [
      JSON.stringify([{ key: 'pile', count: 3 }]),
      lesson.quiz,
    ]);
  });
  const { rows } = await selectQuiz(lesson.quiz);
  if (!rows[0]) throw new Error('no quiz');
  const asked = async (who = actor) => {
    const all = await inScope(
      who,
      async () =>
        (
          await selectQuestions({
            quizId: lesson.quiz,
            language: 'en',
            audiences: ['employee', 'client', 'staff'],
            personId: who.id,
          })
        ).rows,
    );
    return all.map(({ id }) => id);
  };
  return { lesson, pile, quiz: rows[0], asked };
}

async function answerAll(actor: Actor, quizId: string, attempt: Parameters<typeof answerQuestion>[0]) {
  const asked = await inScope(
    actor,
    async () =>
      (
        await selectQuestions({
          quizId,
          language: 'en',
          audiences: ['employee', 'client', 'staff'],
          personId: actor.id,
          options: 'all',
        })
      ).rows,
  );
  for (const question of asked)
    await inScope(actor, () => answerQuestion(attempt, question, { chosen: ['b'], answerId: randomUUID() }));
  return asked.map(({ id }) => id);
}

describe('an attempt', () => {
  it('draws its own questions, keeps them to the end and counts its points of them', async () => {
    const actor = await aPerson();
    const { pile, quiz, asked, lesson } = await aDrawnQuiz(actor);
    // Before it the page counts what will be asked.
    expect(await asked()).toHaveLength(4);
    const first = await inScope(actor, () => openAttempt(actor, quiz));
    if (!first) throw new Error('no attempt');
    const drawn = await asked();
    expect(drawn).toHaveLength(4);
    expect(drawn[0]).toBe(lesson.questions[0]);
    expect(await asked()).toEqual(drawn);
    expect((await inScope(actor, () => openAttempt(actor, quiz)))?.id).toBe(first.id);
    expect(await asked()).toEqual(drawn);

    await answerAll(actor, quiz.id, first);
    const done = await inScope(actor, () => handIn(actor, first));
    expect(done).toMatchObject({ points_possible: 4 });
    // The result is of what was asked, also afterwards.
    expect(await asked()).toEqual(drawn);

    await inScope(actor, () => openAttempt(actor, quiz));
    const again = (await asked()).filter((id) => pile.includes(id));
    expect(again).toHaveLength(3);
    // Those that were answered lately come last, and there were five others.
    expect(again.filter((id) => drawn.includes(id))).toEqual([]);
  });

  it('of another person draws by chance', async () => {
    const actor = await aPerson();
    const { quiz, asked } = await aDrawnQuiz(actor);
    const draws = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      const person = await aPerson({ organisation: { id: actor.organisation_id } });
      await inScope(person, () => openAttempt(person, quiz));
      draws.add((await asked(person)).join());
    }
    expect(draws.size).toBeGreaterThan(1);
  });

  it('proves skill by its answers as any other does', async () => {
    const actor = await aPerson();
    const { quiz } = await aDrawnQuiz(actor);
    const attempt = await inScope(actor, () => openAttempt(actor, quiz));
    if (!attempt) throw new Error('no attempt');
    const asked = await answerAll(actor, quiz.id, attempt);
    await inScope(actor, () => handIn(actor, attempt));
    const observations = await asOwner(() => db().table('observations').where({ person_id: actor.id }));
    const right = await asOwner(() => db().table('quiz_answers').where({ attempt_id: attempt.id, points: 1 }));
    expect(asked).toHaveLength(4);
    // Option b is right in each of them: four of four on level 2 is mastered.
    expect(right).toHaveLength(4);
    expect(observations.map(({ competence_code, source }) => [competence_code, source])).toEqual([['4.2', 'quiz']]);
  });
});

async function signed(draft: Draft, expert: Actor, professional: Actor) {
  const now = async () => (await asOwner(() => db()('lesson_drafts').where({ id: draft.id }).first())) as Draft;
  const base = `/write/drafts/${draft.id}`;
  const { version } = await now();
  await as(expert).post(base, { version: String(version), do: 'submit' });
  const submitted = String((await now()).version);
  for (const [who, kind] of [
    [expert, 'true_to_life'],
    [professional, 'correct_and_safe'],
  ] as const)
    await as(who).post(`${base}/signatures`, { kind, version: submitted, shown: 'full' }).expect(303);
  return now();
}

it('is written on the quiz’s page, read by those who sign, and published with its pile as it was then', async () => {
  const organisation = await anOrganisation();
  const expert = await aPerson({ organisation, roles: ['expert'], language: 'fi' });
  const professional = await aPerson({ organisation, roles: ['reviewer'] });
  await inScope(expert, () =>
    keepInBank(
      expert,
      ['Yksi?', 'Kaksi?', 'Kolme?'].map((prompt) => ({ question: written(prompt), source: { kind: 'file' as const } })),
    ),
  );
  const draft = await aDraft(expert, {
    kind: 'quiz',
    content: { ...newContent('fi', 'Arpa', 'quiz'), competences: ['4.2'] },
  });
  const here = `/write/bank/drafts/${draft.id}`;
  expect(
    (
      await as(expert).post(`${here}/draws`, {
        version: String(draft.version),
        from: 'bank',
        competence: '',
        count: '0',
      })
    ).status,
  ).toBe(422);
  await as(expert)
    .post(`${here}/draws`, { version: String(draft.version), from: 'bank', competence: '4.2', level: '2', count: '2' })
    .expect(303);
  // What the bank gets later is not what they sign.
  await inScope(expert, () => keepInBank(expert, [{ question: written('Neljä?'), source: { kind: 'file' } }]));
  const preview = page(await as(professional).get(`/write/drafts/${draft.id}/preview`));
  expect(preview('.bank-question__head').text()).toContain('Kaksi?');
  expect(preview('.bank-question__head').text()).not.toContain('Neljä?');

  // They may say something of each question that may be drawn, and see how the pile changed.
  const comments = page(await as(professional).get(`/write/drafts/${draft.id}/comments`));
  expect(comments('.passage__words').text()).toContain('Kolme?');
  const now = await inScope(expert, () => findDraft(draft.organisation_id, draft.id));
  const changed = differenceOf(draft.content, now?.content ?? draft.content, 'fi');
  expect(changed.filter(({ state }) => state === 'added')).toHaveLength(3);

  const published = await signed(draft, expert, professional);
  expect(published.lesson_id).not.toBeNull();
  const rows = await asOwner(() =>
    db().raw(
      `select q.draw, z.draws from questions q join quizzes z on z.id = q.quiz_id join lessons l on l.quiz_id = z.id
    where l.id = ? and q.retired_at is null`,
      [published.lesson_id as string],
    ),
  );
  expect(rows.rows).toHaveLength(3);
  expect(new Set(rows.rows.map(({ draw }: { draw: string }) => draw)).size).toBe(1);
  expect(rows.rows[0].draws).toEqual([{ key: rows.rows[0].draw, count: 2 }]);
});
