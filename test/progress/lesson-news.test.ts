import type { ChangeKind } from '../../src/features/courses/lesson-changes.model';
import { publishLesson } from '../../src/features/courses/publication.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { aQuizLesson } from '../support/factories-quizzes';

async function aReader(simple_mode = false) {
  const organisation = await anOrganisation();
  const reader = await aPerson({ organisation, simple_mode });
  const course = await aCourse(organisation, { slug: 'kurssi' });
  const lesson = await aLesson(course);
  const here = `/learn/kurssi/${lesson.slug}`;
  const publish = (kind: ChangeKind, words: string) =>
    inScope(reader, () =>
      publishLesson({
        ...{ organisation_id: organisation.id, course_id: course.id, lesson_id: lesson.id, kind: 'text' },
        ...{ minutes: 5, level: 1, competences: [], questions: [], h5p_content_id: null, credits: [] },
        texts: [{ language: 'fi', title: 'Oppitunti', body: 'Uusi teksti', practice: '', follows_version: 1 }],
        change: { kind, words, language: 'fi' },
      }),
    );
  return { reader, here, publish, told: (who = reader) => newsOf(who, here) };
}

async function newsOf(reader: Parameters<typeof as>[0], address: string): Promise<string[]> {
  const $ = page(await as(reader).get(address));
  return $('.news li')
    .get()
    .map((item) => $(item).text());
}
const aDayPasses = () =>
  asOwner(() => db().raw("update lesson_progress set newer_since = newer_since - interval '1 day'"));

it('tells one who comes back what changed since the version they saw, the newest first, and then no more', async () => {
  const { reader, here, publish, told } = await aReader();
  expect(await told()).toEqual([]);
  await publish('clearer', 'Lisättiin esimerkki');
  await publish('typo', 'Pilkku');
  await publish('new', 'Uusi kuva');

  // During one visit it stays, however often the page is opened.
  const both = ['There is something new. Uusi kuva', 'The text is clearer now. Lisättiin esimerkki'];
  expect([await told(), await told()]).toEqual([both, both]);
  const $ = page(await as(reader).get(here));
  expect($('.news').text()).toContain('All that you have already done is saved.');
  expect($('.news span[lang=fi]').first().text()).toBe('Uusi kuva');
  await aDayPasses();
  expect(await told()).toEqual([]);

  await publish('requirement', 'Laki muuttui');
  expect(await told()).toEqual(['The instructions have changed. Laki muuttui']);
});

it('adds what is published while one is still looking, and tells the newest three of many', async () => {
  const { publish, told } = await aReader();
  await told();
  await publish('clearer', 'yksi');
  await told();
  await publish('clearer', 'kaksi');
  expect((await told()).join()).toMatch(/kaksi.*yksi/);
  await aDayPasses();
  for (const words of ['a', 'b', 'c', 'd']) await publish('new', words);
  expect((await told()).map((text) => text.at(-1))).toEqual(['d', 'c', 'b']);
});

it('tells nothing to one who opens the lesson for the first time, and to each reader apart', async () => {
  const { reader, publish, told } = await aReader();
  await told();
  await publish('new', 'Uusi kuva');
  const other = await aPerson({ organisation: { id: reader.organisation_id } });
  expect(await told(other)).toEqual([]);
  expect(await told()).toHaveLength(1);
  const stranger = await aPerson();
  expect((await as(stranger).get('/learn/kurssi')).status).toBe(404);
});

it('waits behind one press in simple mode', async () => {
  const { reader, here, publish, told } = await aReader(true);
  await told();
  await publish('clearer', 'Lisättiin esimerkki');
  const $ = page(await as(reader).get(here));
  expect($('details.more:not([open]) .news li')).toHaveLength(1);
});

it('is told by the questions of a quiz too, once for the version seen', async () => {
  const organisation = await anOrganisation();
  const reader = await aPerson({ organisation });
  const quiz = await aQuizLesson(organisation, {});
  await as(reader).get(`${quiz.base}/questions/1`);
  await asOwner(async () => {
    await db().table('lessons').where({ id: quiz.lesson }).update({ version: 2 });
    await db().raw(
      `insert into lesson_changes (organisation_id, course_id, lesson_id, version, kind, words)
       select organisation_id, course_id, id, 2, 'clearer', 'Kysymys 1' from lessons where id = ?`,
      [quiz.lesson],
    );
  });
  expect(await newsOf(reader, `${quiz.base}/questions/1`)).toEqual(['The text is clearer now. Kysymys 1']);
  await aDayPasses();
  expect(await newsOf(reader, `${quiz.base}/questions/1`)).toEqual([]);
});
