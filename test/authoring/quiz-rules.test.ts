import { newContent } from '../../src/features/authoring/drafts.document';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aDraft } from '../support/factories-authoring';

function content() {
  const made = newContent('fi', 'Testaa salasanat', 'quiz');
  const [question] = made.questions;
  if (!question) throw new Error('a new quiz has a question');
  question.competence = '4.2';
  question.texts = { fi: { prompt: 'Kumpi on parempi?', feedback: 'Pitkä.' } };
  question.options = ['a', 'b'].map((key) => ({
    key,
    correct: key === 'b',
    texts: { fi: { text: `Vaihtoehto ${key}`, feedback: '' } },
  }));
  return { ...made, competences: ['4.2'] };
}

async function setting() {
  const organisation = await anOrganisation();
  const expert = await aPerson({ organisation, roles: ['expert'], language: 'en' });
  const professional = await aPerson({ organisation, roles: ['reviewer'] });
  const draft = await aDraft(expert, { kind: 'quiz', content: content() });
  const address = `/write/drafts/${draft.id}`;
  const stored = async () => asOwner(() => db()('lesson_drafts').where({ id: draft.id }).first());
  const publish = async (fields: Record<string, string>) => {
    const sent = await as(expert).post(address, {
      version: String((await stored())?.version),
      ...fields,
      do: 'submit',
    });
    const version = String((await stored())?.version);
    const sign = (actor: Actor, kind: string) =>
      as(actor).post(`${address}/signatures`, { kind, version, shown: 'full' }).expect(303);
    await sign(expert, 'true_to_life');
    await sign(professional, 'correct_and_safe');
    return sent;
  };
  return { organisation, expert, address, stored, publish };
}

const quiz = () => asOwner(() => db().table('quizzes').first());

test('an author chooses how often and what counts, and a learner reads it before the first question', async () => {
  const { organisation, expert, address, publish, stored } = await setting();
  const $ = page(await as(expert).get(address));
  expect($('[name=rules_attempts] option[selected]').val()).toBe('any');
  expect($('[name=rules_counts]:checked').val()).toBe('best');

  await publish({ rules_attempts: '2', rules_counts: 'last', rules_pass: '80' });
  expect(await quiz()).toMatchObject({ attempts_allowed: 2, counts: 'last', pass_share: '0.80' });

  const learner = await aPerson({ organisation, language: 'en', relation: 'client' });
  const lessonId = (await stored())?.lesson_id ?? '';
  const lesson = await asOwner(() =>
    db()
      .table('lessons as l')
      .join('courses as c', 'c.id', 'l.course_id')
      .where({ 'l.id': lessonId })
      .first('c.slug as course', 'l.slug'),
  );
  const intro = page(await as(learner).get(`/learn/${lesson?.course}/${lesson?.slug}/questions`))('main').text();
  expect(intro).toContain('You can do the questions 2 times. The latest time counts.');
  expect(intro).toContain('at least 80% of it is right');
  expect((await stored())?.state).toBe('published');
});

test('odd rules change nothing, and what is published keeps its rules and its answers when the text is mended', async () => {
  const { expert, address, stored, publish } = await setting();
  await publish({ rules_attempts: '3', rules_counts: 'first', rules_pass: '60' });
  const [before] = await asOwner(() => db().table('questions'));

  await as(expert).post(`${address}/again`).expect(303);
  const id = (await stored())?.content.questions[0]?.id;
  await publish({
    rules_attempts: '0',
    rules_counts: 'worst',
    rules_pass: '5000',
    [`q_${id}_fi_prompt`]: 'Kumpi on turvallisempi?',
    [`q_${id}_fi_feedback`]: 'Pitkä.',
    [`q_${id}_competence`]: '4.2',
    [`q_${id}_level`]: '1',
    [`q_${id}_correct`]: 'b',
  });
  expect(await quiz()).toMatchObject({ attempts_allowed: 3, counts: 'first', pass_share: '0.60' });
  const after = await asOwner(() => db().table('questions'));
  expect(after).toHaveLength(1);
  expect([after[0]?.id, after[0]?.version]).toEqual([before?.id, before?.version + 1]);
});
