import { newContent, newQuestion } from '../../src/features/authoring/drafts.document';
import type { Draft } from '../../src/features/authoring/drafts.model';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { translator } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aDraft } from '../support/factories-authoring';
import { aQuizLesson } from '../support/factories-quizzes';

const words = translator('en');
type Question = Draft['content']['questions'][number];

function question(id: string, prompt: string, competence = '4.2', level = 2): Question {
  const options = ['a', 'b'].map((key) => ({
    key,
    correct: key === 'b',
    texts: { fi: { text: `Vaihtoehto ${key}`, feedback: '' } },
  }));
  return { id, type: 'single', competence, level, texts: { fi: { prompt, feedback: 'Hyvä.' } }, options };
}

const content = (questions: Question[]) => ({ ...newContent('fi', 'Testi', 'quiz'), competences: ['4.2'], questions });

async function setting(questions = [question('q1', 'Kysymys yksi?'), question('q2', 'Kysymys kaksi?', '2.1', 1)]) {
  const organisation = await anOrganisation();
  const author = await aPerson({ organisation, roles: ['expert'], language: 'en' });
  const draft = await aDraft(author, { kind: 'quiz', content: content(questions) });
  return { organisation, author, draft, base: `/write/bank/drafts/${draft.id}` };
}

const stored = (draft: Draft) =>
  asOwner(async () => (await db()('lesson_drafts').where({ id: draft.id }).first()) as Draft);
const banked = (organisationId: string) =>
  asOwner(() =>
    db().table('bank_questions').where({ organisation_id: organisationId, removed_at: null }).orderBy('created_at'),
  );
const post = async (actor: Actor, draft: Draft, path: string, form: object) =>
  as(actor).post(`/write/bank/drafts/${draft.id}/${path}`, { version: String((await stored(draft)).version), ...form });

const keep = (actor: Actor, draft: Draft, ...ids: string[]) => post(actor, draft, 'keep', { question: ids });

describe('the bank', () => {
  it('names each question that a file cannot hold, and says why', async () => {
    const spots = Array.from({ length: 25 }, (_, at) => ({
      ...newQuestion('hotspot'),
      texts: { fi: { prompt: `Kohta ${at}?`, feedback: '' } },
    }));
    const { author, draft } = await setting([question('q1', 'Kysymys yksi?'), ...spots]);
    const shown = page(await as(author).get(`/write/bank/export?draft=${draft.id}`).expect(200));
    for (const card of ['moodle', 'gift']) {
      const left = shown(`[aria-labelledby="file-${card}"] li`)
        .toArray()
        .map((line) => shown(line).text());
      expect(left).toHaveLength(25);
      for (const at of spots.keys())
        expect(left[at]).toBe(
          `Kohta ${at}?: ${words('bank.export.why.noPlace', { type: words('authoring.type.hotspot') })}`,
        );
    }
    expect((await as(author).get(`/write/bank/export/questions.xml?draft=${draft.id}`)).text).toContain('Kysymys yksi');
  });

  it('keeps a question once and finds it by competence, level, type, language and words', async () => {
    const { author, draft, organisation } = await setting();
    expect((await keep(author, draft, 'q1', 'q2')).status).toBe(303);
    expect((await keep(author, draft, 'q1')).headers.location).toContain('kept=0&known=1');
    expect((await banked(organisation.id)).map(({ competence_code, level }) => [competence_code, level])).toEqual([
      ['4.2', 2],
      ['2.1', 1],
    ]);
    const found = async (query: string) =>
      page(await as(author).get(`/write/bank?${query}`).expect(200))('.bank-row h3').length;
    expect(await found('')).toBe(2);
    expect(await found('competence=4.2')).toBe(1);
    expect(await found('level=1')).toBe(1);
    expect(await found('type=matching')).toBe(0);
    expect(await found('language=sv')).toBe(0);
    expect(await found('words=kysymys+KAKSI')).toBe(1);
    expect(await found('words=%25')).toBe(0);
    expect(await found('competence=%27&level=x&page=-1&language=xx')).toBe(2);
  });

  it('copies a question into another quiz as a copy that knows where it came from, and only once', async () => {
    const { author, draft, organisation } = await setting();
    await keep(author, draft, 'q1');
    const [kept] = await banked(organisation.id);
    const other = await aDraft(author, { kind: 'quiz', content: newContent('fi', 'Toinen', 'quiz') });
    const copy = () => as(author).post('/write/bank/copy', { draft: other.id, question: kept.id });
    expect((await copy()).headers.location).toBe(`/write/bank/drafts/${other.id}?copied=1`);
    expect((await copy()).headers.location).toBe(`/write/bank/drafts/${other.id}?copied=0`);
    const { questions } = (await stored(other)).content;
    // The empty question that a new quiz begins with gave way.
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({
      texts: { fi: { prompt: 'Kysymys yksi?' } },
      bank: { id: kept.id, version: 1 },
    });
    expect((await as(author).post('/write/bank/copy', { draft: other.id })).status).toBe(422);
  });

  it('asks for the new text when the question has changed in the bank, and takes it only then', async () => {
    const { author, draft, organisation } = await setting();
    await keep(author, draft, 'q1');
    const [kept] = await banked(organisation.id);
    const other = await aDraft(author, { kind: 'quiz', content: newContent('fi', 'Toinen', 'quiz') });
    await as(author).post('/write/bank/copy', { draft: other.id, question: kept.id });
    const there = async () => page(await as(author).get(`/write/bank/drafts/${other.id}`))('[id^=news-]').length;
    expect(await there()).toBe(0);

    const mine = await stored(draft);
    const changed = mine.content.questions.map((one) =>
      one.id === 'q1' ? { ...one, texts: { fi: { prompt: 'Selvempi kysymys?', feedback: '' } } } : one,
    );
    await asOwner(() =>
      db()('lesson_drafts')
        .where({ id: draft.id })
        .update({ content: JSON.stringify({ ...mine.content, questions: changed }) as never }),
    );
    expect((await post(author, draft, 'renew', { question: 'q1' })).headers.location).toContain('done=renewed');
    expect((await banked(organisation.id)).map(({ version }) => version)).toEqual([2]);

    expect(await there()).toBe(1);
    const [copy] = (await stored(other)).content.questions;
    expect(copy?.texts.fi?.prompt).toBe('Kysymys yksi?');
    await post(author, other, 'news', { question: copy?.id });
    const [now] = (await stored(other)).content.questions;
    expect(now).toMatchObject({ id: copy?.id, texts: { fi: { prompt: 'Selvempi kysymys?' } }, bank: { version: 2 } });
    expect(await there()).toBe(0);
  });

  it('writes over nothing that somebody saved meanwhile', async () => {
    const { author, draft } = await setting();
    const sent = await as(author).post(`/write/bank/drafts/${draft.id}/draws`, {
      version: '999',
      from: 'own',
      competence: '4.2',
      level: '0',
      count: '1',
    });
    expect(sent.status).toBe(409);
    expect((await stored(draft)).content.draws).toBeUndefined();
  });

  it('keeps questions of a published quiz', async () => {
    const { author, organisation } = await setting();
    const quiz = await aQuizLesson(organisation, { questions: [{}, { type: 'multi', options: 'aBC' }] });
    const here = `/write/bank/quizzes/${quiz.lesson}`;
    const $ = page(await as(author).get(here).expect(200));
    const ids = $('[name=question]')
      .map((_, one) => $(one).val())
      .get();
    expect(ids).toHaveLength(2);
    await as(author).post(`${here}/keep`, { question: ids }).expect(303);
    expect((await banked(organisation.id)).map(({ type }) => type).toSorted()).toEqual(['multi', 'single']);
    expect(page(await as(author).get(here))('[name=question]')).toHaveLength(0);
  });

  it('forgets a question and leaves its copies', async () => {
    const { author, draft, organisation } = await setting();
    await keep(author, draft, 'q1');
    const [kept] = await banked(organisation.id);
    await as(author).post(`/write/bank/questions/${kept.id}/remove`).expect(303);
    expect(await banked(organisation.id)).toEqual([]);
    expect((await stored(draft)).content.questions).toHaveLength(2);
    await as(author).get(`/write/bank/drafts/${draft.id}`).expect(200);
    // The same may be kept again.
    expect((await keep(author, draft, 'q1')).headers.location).toContain('kept=1');
  });
});

describe('other people', () => {
  it('of another organisation find nothing, and those who do not write may not come', async () => {
    const { author, draft, organisation, base } = await setting();
    await keep(author, draft, 'q1');
    const [kept] = await banked(organisation.id);
    const quiz = await aQuizLesson(organisation, {});
    const foreign = await aPerson({ roles: ['expert'] });
    const reviewer = await aPerson({ organisation, roles: ['reviewer'] });
    const learner = await aPerson({ organisation, roles: ['learner'] });
    const places = [
      `/write/bank/questions/${kept.id}`,
      base,
      `/write/bank/quizzes/${quiz.lesson}`,
      `/write/bank/export?question=${kept.id}`,
      `/write/bank/export?draft=${draft.id}`,
      `/write/bank/export?lesson=${quiz.lesson}`,
    ];
    for (const place of places) {
      expect([place, (await as(author).get(place)).status]).toEqual([place, 200]);
      expect([place, (await as(foreign).get(place)).status]).toEqual([place, 404]);
      expect([place, (await as(learner).get(place)).status]).toEqual([place, 403]);
    }
    expect((await as(reviewer).get('/write/bank')).status).toBe(200);
    expect((await as(reviewer).get(base)).status).toBe(403);
    expect(page(await as(foreign).get('/write/bank'))('.bank-row')).toHaveLength(0);
    expect((await as(foreign).get('/write/bank/export/questions.xml')).text).not.toContain('Kysymys yksi');

    const theirs = await aDraft(foreign, { kind: 'quiz', content: newContent('fi', 'Vieras', 'quiz') });
    expect(
      (await as(foreign).post('/write/bank/copy', { draft: theirs.id, question: kept.id })).headers.location,
    ).toContain('copied=0');
    expect((await as(foreign).post('/write/bank/copy', { draft: draft.id, question: kept.id })).status).toBe(404);
    for (const path of ['keep', 'renew', 'news', 'draws'])
      expect((await as(foreign).post(`${base}/${path}`, { version: '1', question: 'q1' })).status).toBe(404);
    expect((await as(foreign).post(`/write/bank/questions/${kept.id}/remove`)).status).toBe(404);
    expect(await banked(organisation.id)).toHaveLength(1);
  });
});
