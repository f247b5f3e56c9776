import { randomUUID } from 'node:crypto';
import { findFaults } from '../../src/features/authoring/drafts.check';
import type { DraftContent } from '../../src/features/authoring/drafts.document';
import { findDraft } from '../../src/features/authoring/drafts.model';
import { BlocksSchema } from '../../src/features/blocks/registry';
import { createCourse, publishLesson } from '../../src/features/courses/publication.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { SHIPPED, shippedContent } from '../../src/features/templates/shipped';
import { db } from '../../src/lib/db';
import { LANGUAGES } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aDraft, aTextLesson } from '../support/factories-authoring';
import { aCourse, aLesson } from '../support/factories-courses';

const anAuthor = (organisation?: { id: string }) =>
  aPerson({ ...(organisation && { organisation }), roles: ['learner', 'author'] });

const draftsOf = (actor: Actor) =>
  inScope(actor, () =>
    db().table('lesson_drafts').where({ organisation_id: actor.organisation_id }).orderBy('created_at').select<
      {
        id: string;
        kind: string;
        content: DraftContent;
        course_id: string;
        based_on: { organisation: string } | null;
      }[]
    >('*'),
  );

describe('a template that comes with the product', () => {
  it.each(SHIPPED.map(({ key }) => key))('%s is whole in every language, and its guidance reaches no reader', (key) => {
    const template = SHIPPED.find((one) => one.key === key);
    for (const lesson of template?.lessons ?? []) {
      const content = shippedContent(lesson, ['fi', 'fi-x-selko']);
      expect(BlocksSchema.safeParse(content.blocks).error).toBeUndefined();
      expect(findFaults(content, lesson.kind).map((fault) => fault.key)).toContain('authoring.fault.guidance');
      const texts = [
        ...lesson.blocks.map((block) => block.texts),
        ...lesson.blocks.flatMap(({ parts }) => Object.values(parts ?? {})),
      ];
      for (const words of [lesson.title, ...texts.filter((one) => Object.keys(one).length > 0)])
        expect(Object.keys(words).sort()).toEqual([...LANGUAGES].sort());
    }
  });

  it('becomes a draft in the chosen language, once however often it is pressed', async () => {
    const author = await anAuthor();
    const shown = page(await as(author).get('/write/start/template/guides-limits').expect(200));
    const id = shown('input[name=id]').attr('value');
    const form = { id, title: 'Mina gränser', language: 'sv', course: 'new', course_title: 'Handledning' };
    for (let time = 0; time < 2; time += 1)
      await as(author)
        .post('/write/start/template/guides-limits', form)
        .expect(303)
        .expect('Location', `/write/drafts/${id}/page`);
    const drafts = await draftsOf(author);
    expect(drafts).toHaveLength(1);
    const content = drafts[0]?.content as DraftContent;
    expect(content.original).toBe('sv');
    expect(content.title).toEqual({ sv: 'Mina gränser' });
    expect(content.blocks.map(({ kind }) => kind)).toEqual(['text', 'limits', 'callout', 'try']);
    await as(author).get(`/write/drafts/${id}/page`).expect(200);
  });

  it('of a course makes all its lessons in a new course; easy Finnish comes along when asked', async () => {
    const author = await anAuthor();
    await as(author)
      .post('/write/start/template/three-lessons', {
        id: randomUUID(),
        course_title: 'Oma kurssi',
        language: 'fi',
        easy: 'yes',
      })
      .expect(303);
    const drafts = await draftsOf(author);
    expect(drafts).toHaveLength(3);
    expect(new Set(drafts.map(({ course_id }) => course_id)).size).toBe(1);
    expect(drafts.every(({ content }) => content.title['fi-x-selko'])).toBe(true);
  });

  it('says what is missing beside its field and keeps what was typed; nonsense is not there', async () => {
    const author = await anAuthor();
    const bad = { id: randomUUID(), title: ' ', course: 'new', course_title: '' };
    const answer = page(await as(author).post('/write/start/template/steps-on-phone', bad).expect(422));
    expect(answer('#title-error').text()).not.toBe('');
    expect(answer('input[name=id]').attr('value')).toBe(bad.id);
    await as(author)
      .post('/write/start/template/steps-on-phone', { ...bad, title: 'x', course: randomUUID() })
      .expect(404);
    for (const address of [
      'template/none',
      'nothing/1',
      'lesson/abc',
      `course/${randomUUID()}`,
      `own/${randomUUID()}`,
      'card/%27',
    ])
      await as(author).get(`/write/start/${address}`).expect(404);
    expect(await draftsOf(author)).toEqual([]);
  });
});

describe('an organisation’s own template', () => {
  it('is a draft as it was, for those who write in the organisation and nobody else', async () => {
    const organisation = await anOrganisation();
    const [author, other, stranger] = [await anAuthor(organisation), await anAuthor(organisation), await anAuthor()];
    const draft = await aDraft(author);
    const form = { id: randomUUID(), title: 'Salasanapohja', about: 'Lyhyt' };
    for (let time = 0; time < 2; time += 1)
      await as(author).post(`/write/drafts/${draft.id}/template`, form).expect(303);
    expect((await as(other).get('/write/start').expect(200)).text).toContain('Salasanapohja');
    expect((await as(stranger).get('/write/start').expect(200)).text).not.toContain('Salasanapohja');
    await as(stranger).get(`/write/start/own/${form.id}`).expect(404);
    await as(stranger).post(`/write/templates/${form.id}/remove`).expect(404);
    await as(other)
      .post(`/write/start/own/${form.id}`, { id: randomUUID(), title: 'Uusi', course: 'new', course_title: 'K' })
      .expect(303);
    const made = (await draftsOf(other)).find(({ content }) => content.title.fi === 'Uusi');
    expect(made?.content.blocks[0]?.texts.fi?.text).toBe(aTextLesson().blocks[0]?.texts.fi?.text);
    expect(made?.content.blocks[0]?.id).not.toBe(draft.content.blocks[0]?.id);
    await as(other).post(`/write/templates/${form.id}/remove`).expect(303);
    await as(author).get(`/write/start/own/${form.id}`).expect(404);
  });
});

describe('a practice card', () => {
  const words = (more: object = {}) => ({
    ...{
      id: randomUUID(),
      language: 'fi',
      title: 'Tauko auttoi',
      happened: 'Kiire painoi.',
      helped: 'Hengitä\nLue uudelleen',
    },
    ...{ for_whom: 'Kaikille', beware: 'Älä anna koodia', is_shown: 'no', ...more },
  });

  it('is its writer’s own until they let other writers see it, and becomes a lesson', async () => {
    const organisation = await anOrganisation();
    const [author, other, stranger] = [await anAuthor(organisation), await anAuthor(organisation), await anAuthor()];
    const learner = await aPerson({ organisation });
    const card = words();
    for (let time = 0; time < 2; time += 1) await as(author).post('/write/cards', card).expect(303);
    const here = `/write/cards/${card.id}`;
    const table = async () =>
      Promise.all([author, other, stranger, learner].map(async (one) => (await as(one).get(here)).status));
    expect(await table()).toEqual([200, 404, 404, 403]);
    await as(author)
      .post(here, { ...card, is_shown: 'yes' })
      .expect(303);
    expect(await table()).toEqual([200, 200, 404, 403]);
    await as(other)
      .post(here, { ...card, title: 'Minun nyt' })
      .expect(403);
    await as(other).post(`${here}/remove`).expect(403);
    await as(other).get(`${here}/edit`).expect(403);

    await as(other)
      .post(`/write/start/card/${card.id}`, { id: randomUUID(), title: 'Tauko', course: 'new', course_title: 'K' })
      .expect(303);
    const [draft] = await draftsOf(other);
    expect(draft?.content.blocks.map(({ kind }) => kind)).toEqual([
      'text',
      'heading',
      'steps',
      'heading',
      'text',
      'callout',
      'try',
    ]);
    expect(page(await as(author).get(here).expect(200))('main').text()).toContain('Tauko');
    await as(author).post(`${here}/remove`).expect(303);
    await as(author).get(here).expect(404);
    expect(await draftsOf(other)).toHaveLength(1);
  });

  it('is hidden by the database too', async () => {
    const organisation = await anOrganisation();
    const [author, other] = [await anAuthor(organisation), await anAuthor(organisation)];
    await as(author).post('/write/cards', words()).expect(303);
    expect(await inScope(other, () => db().table('practice_cards'))).toEqual([]);
    expect(await inScope(other, () => db().table('practice_cards').update({ is_shown: true }))).toBe(0);
  });

  it('asks for what is missing and takes no endless text', async () => {
    const author = await anAuthor();
    const empty = page(
      await as(author)
        .post('/write/cards', words({ title: '', helped: ' ' }))
        .expect(422),
    );
    expect(empty('#title-error').length + empty('#helped-error').length).toBe(2);
    expect(empty('textarea[name=happened]').text().trim()).toBe('Kiire painoi.');
    await as(author)
      .post('/write/cards', words({ happened: 'a'.repeat(3001) }))
      .expect(422);
    await as(author)
      .post('/write/cards', words({ language: 'xx', is_shown: 'maybe' }))
      .expect(422);
    const hostile = words({ title: '<script>alert(1)</script>' });
    await as(author).post('/write/cards', hostile).expect(303);
    expect((await as(author).get(`/write/cards/${hostile.id}`).expect(200)).text).not.toContain('<script>alert');
  });
});

describe('a copy', () => {
  it('of an own lesson is a new draft with new ids, its bank draws and what it is based on', async () => {
    const author = await anAuthor();
    const question = {
      id: 'q1',
      type: 'single' as const,
      competence: '4.2',
      level: 2,
      texts: { fi: { prompt: 'Mikä?', feedback: '' } },
      options: ['a', 'b'].map((key) => ({ key, correct: key === 'a', texts: { fi: { text: key, feedback: '' } } })),
    };
    const lessonId = await inScope(author, async () => {
      const courseId = await createCourse(author.organisation_id, 'fi', 'Kurssi');
      return publishLesson({
        ...{
          organisation_id: author.organisation_id,
          course_id: courseId,
          lesson_id: null,
          kind: 'quiz',
          minutes: 3,
          level: 2,
        },
        ...{ competences: ['4.2'], h5p_content_id: null, credits: [], draws: [{ key: 'arpa', count: 1 }] },
        texts: [{ language: 'fi', title: 'Kysymyksiä', body: '', practice: '', follows_version: 1 }],
        questions: [
          {
            exchange_id: 'q1',
            type: 'single',
            competence_code: '4.2',
            level: 2,
            content: null,
            draw: 'arpa',
            texts: [{ language: 'fi', prompt: 'Mikä?', feedback: '' }],
            options: question.options.map(({ key, correct }) => ({
              key,
              is_correct: correct,
              texts: [{ language: 'fi', text: key, feedback: '' }],
            })),
          },
        ],
      });
    });
    const id = randomUUID();
    await as(author)
      .post(`/write/start/lesson/${lessonId}`, { id, title: 'Kopio', course: 'new', course_title: 'Uusi' })
      .expect(303);
    const draft = await inScope(author, () => findDraft(author.organisation_id, id));
    expect(draft?.kind).toBe('quiz');
    expect(draft?.content.draws).toMatchObject([
      { from: 'bank', count: 1, pile: [{ type: 'single', competence: '4.2', options: question.options }] },
    ]);
    expect(draft?.content.questions).toEqual([]);
    expect(draft?.based_on).toMatchObject({ id: lessonId, title: { fi: 'Kysymyksiä' } });
    expect(draft && findFaults(draft.content, 'quiz')).toEqual([]);
  });

  it('of a shared course brings every lesson; what is not shared, or no longer, is not there', async () => {
    const [maker, partner] = [await anOrganisation(), await anOrganisation()];
    const [theirs, stranger] = [await anAuthor(partner), await anAuthor()];
    const course = await aCourse(maker, { sharedWith: [partner] });
    const lesson = await aLesson(course, {
      body: '## Alku\n\nTeksti [linkki](https://example.org)',
      practice: 'Kokeile',
    });
    await aLesson(course, { title: 'Toinen' });
    for (const address of [`course/${course.id}`, `lesson/${lesson.id}`]) {
      await as(theirs).get(`/write/start/${address}`).expect(200);
      await as(stranger).get(`/write/start/${address}`).expect(404);
      await as(stranger)
        .post(`/write/start/${address}`, { id: randomUUID(), title: 'x', course: 'new', course_title: 'x' })
        .expect(404);
    }
    await as(theirs).post(`/write/start/course/${course.id}`, { id: randomUUID(), course_title: 'Meidän' }).expect(303);
    const drafts = await draftsOf(theirs);
    expect(drafts.map(({ content }) => content.title.fi)).toEqual(['Hyvä salasana', 'Toinen']);
    expect(drafts[0]?.content.blocks.map(({ kind }) => kind)).toEqual(['heading', 'text', 'try']);
    expect(drafts[0]?.based_on?.organisation).toBe(maker.name);
    const copy = await asOwner(() => db().table('courses').where({ id: drafts[0]?.course_id }).first());
    expect(copy).toMatchObject({
      organisation_id: partner.id,
      published_at: null,
      based_on: { id: course.id, organisation: maker.name },
    });
    await asOwner(() => db().table('course_shares').where({ course_id: course.id }).delete());
    await as(theirs).get(`/write/start/course/${course.id}`).expect(404);
  });
});
