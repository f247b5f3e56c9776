import { randomUUID } from 'node:crypto';
import { newContent } from '../../src/features/authoring/drafts.document';
import { findDraft } from '../../src/features/authoring/drafts.model';
import { createDraft } from '../../src/features/authoring/drafts.service';
import { publishNow } from '../../src/features/authoring/review/publishing.service';
import { importCourses } from '../../src/features/courses/courses.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { aDraft, aTextLesson, temporaryStorage } from '../support/factories-authoring';
import { anH5pContent } from '../support/factories-h5p';
import { theFramework } from '../support/factories-skills';
import { runJobs } from '../support/jobs';
import { brought, exported, sends, unzipped } from './support';

let removeStorage: () => void;
beforeAll(() => {
  removeStorage = temporaryStorage();
});
afterAll(() => removeStorage());

const anAuthor = (roles: Actor['roles'] = ['author']) => aPerson({ roles, language: 'en' });
const draftsOf = ({ organisation_id }: Actor) =>
  asOwner(() => db().table('lesson_drafts').where({ organisation_id }).orderBy('created_at'));
const table = (name: string, where: object) => asOwner(() => db().table(name).where(where));

function lesson(title: string) {
  const content = aTextLesson();
  return { ...content, title: { fi: title } };
}

async function aCourse(...titles: string[]) {
  const author = await anAuthor();
  const [first = 'Eka', ...others] = titles;
  const { course_id } = await aDraft(author, { content: lesson(first) });
  for (const title of others) await inScope(author, () => createDraft(author, course_id, 'text', lesson(title)));
  // One transaction gives all rows one time.
  for (const [index, title] of titles.entries())
    await asOwner(() =>
      db()
        .table('lesson_drafts')
        .whereRaw("course_id = ? and content->'title'->>'fi' = ?", [course_id, title])
        .update({ created_at: new Date(Date.now() - 10_000 + index) }),
    );
  return { author, course_id, file: () => exported(author, course_id) };
}

/** As if two others had signed it. */
async function publishes(by: Actor, row: { id: string; version: number }) {
  const organisation = { id: by.organisation_id };
  const signers = [
    { kind: 'true_to_life' as const, person_id: (await aPerson({ organisation, roles: ['expert'] })).id },
    { kind: 'correct_and_safe' as const, person_id: (await aPerson({ organisation, roles: ['reviewer'] })).id },
  ];
  await asOwner(async () => {
    await db().table('lesson_drafts').where({ id: row.id }).update({ state: 'approved' });
    for (const signer of signers)
      await db()
        .table('draft_signatures')
        .insert({
          ...{ ...signer, draft_id: row.id, organisation_id: by.organisation_id, draft_version: row.version },
          ...{ shown_name: '', shown: 'none', signed_at: new Date() },
        });
  });
  await inScope(by, async () => {
    const draft = await findDraft(by.organisation_id, row.id);
    if (draft) await publishNow(by, draft);
  });
}

it('is looked at first, taken once, and seen by nobody but writers until it is published in its own place', async () => {
  const { file } = await aCourse('Eka', 'Toka');
  const there = await anAuthor();
  const bytes = await file();
  const { id, response } = sends(there, bytes);
  expect((await response).headers.location).toBe(`/write/course-files/${id}`);
  expect((await sends(there, bytes, id).response).status).toBe(303);
  expect(await table('course_imports', { organisation_id: there.organisation_id })).toHaveLength(1);
  expect(await draftsOf(there)).toEqual([]);

  await as(there).post(`/write/course-files/${id}/take`).expect(303);
  await as(there).post(`/write/course-files/${id}/take`).expect(303);
  expect(page(await as(there).get(`/write/course-files/${id}`))('progress').attr('max')).toBe('1');
  await runJobs();
  await as(there).post(`/write/course-files/${id}/take`).expect(303);
  await runJobs();
  const drafts = await draftsOf(there);
  expect(drafts.map(({ content, state }) => [content.title.fi, state]).sort()).toEqual([
    ['Eka', 'writing'],
    ['Toka', 'writing'],
  ]);
  const [course] = await table('courses', { organisation_id: there.organisation_id });
  expect(course.published_at).toBeNull();
  await as(there).get(`/learn/${course.slug}`).expect(404);
  const $ = page(await as(there).get(`/write/course-files/${id}`));
  expect($('.notice').text()).toContain('2 lessons became drafts.');
  expect($('a.govuk-button').attr('href')).toBe(`/write/courses/${course.id}/languages`);

  // The second lesson goes out first, and still stands second.
  for (const title of ['Toka', 'Eka'])
    await publishes(
      there,
      drafts.find(({ content }) => content.title.fi === title),
    );
  const lessons = await asOwner(() => db().table('lessons').where({ course_id: course.id }).orderBy('position'));
  expect(lessons.map(({ position, slug }) => [position, slug])).toEqual([
    [1, 'eka'],
    [2, 'toka'],
  ]);
});

it('changes nothing when it comes again, renews what nobody has touched, and leaves alone what was changed', async () => {
  const { author, course_id, file } = await aCourse('Eka', 'Toka');
  const there = await anAuthor();
  expect(await brought(there, await file())).toMatchObject({ outcome: { added: 2 } });
  expect(await brought(there, await file())).toMatchObject({ outcome: { added: 0, renewed: 0, left: 2 } });

  const [eka, toka] = (await draftsOf(author)).toSorted((a, b) => (a.content.title.fi < b.content.title.fi ? -1 : 1));
  for (const draft of [eka, toka])
    await asOwner(() =>
      db()
        .table('lesson_drafts')
        .where({ id: draft.id })
        .update({ content: JSON.stringify({ ...draft.content, minutes: 17 }) as never }),
    );
  await inScope(author, () => createDraft(author, course_id, 'text', lesson('Kolmas')));
  const ours = (await draftsOf(there)).find(({ content }) => content.title.fi === 'Toka');
  await asOwner(() =>
    db()
      .table('lesson_drafts')
      .where({ id: ours.id })
      .update({ version: ours.version + 1 }),
  );
  const again = await brought(there, await file());
  expect(again).toMatchObject({ outcome: { added: 1, renewed: 1, left: 1 } });
  const now = await draftsOf(there);
  expect(now.map(({ content }) => [content.title.fi, content.minutes]).sort()).toEqual([
    ['Eka', 17],
    ['Kolmas', 5],
    ['Toka', 5],
  ]);

  expect(await brought(there, await file(), 'apart')).toMatchObject({ outcome: { added: 3 } });
  expect(await table('courses', { organisation_id: there.organisation_id })).toHaveLength(2);
  // Where it was born it is known too.
  const $ = page(await as(author).get(`/write/course-files/${(await brought(author, await file())).id}`));
  expect($('.notice').text()).toContain('3 lessons were here already');
});

it('belongs to one organisation: another neither gives it away, looks at it, takes nor removes it', async () => {
  const { author, course_id, file } = await aCourse();
  const stranger = await anAuthor();
  for (const way of ['file', 'file/course.zip'])
    await as(stranger).get(`/write/courses/${course_id}/${way}`).expect(404);
  await as(author).get('/write/courses/nobody/file').expect(404);
  const { id, response } = sends(author, await file());
  await response;
  await as(stranger).get(`/write/course-files/${id}`).expect(404);
  await as(stranger).post(`/write/course-files/${id}/take`).expect(404);
  await as(stranger).post(`/write/course-files/${id}/discard`).expect(404);
  expect((await sends(stranger, await file(), id).response).status).toBe(409);
  const learner = await aPerson({ organisation: { id: author.organisation_id } });
  for (const address of ['/write/course-files', `/write/course-files/${id}`, `/write/courses/${course_id}/file`])
    await as(learner).get(address).expect(403);
  expect((await sends(learner, await file()).response).status).toBe(403);
  await as(author).post(`/write/course-files/${id}/discard`).expect(303);
  await as(author).get(`/write/course-files/${id}`).expect(404);
});

it('lets an H5P lesson wait for its library, unless the one who brings it may install', async () => {
  const author = await anAuthor();
  const { id: h5p_content_id } = await anH5pContent({ id: author.organisation_id });
  const content = { ...newContent('fi', 'Tehtävä', 'h5p'), h5p_content_id };
  const { course_id } = await aDraft(author, { kind: 'h5p', content });
  const bytes = await exported(author, course_id);
  // Elsewhere the library is not installed.
  await asOwner(() => db().table('h5p_libraries').delete());
  const there = await anAuthor();
  const { id, response } = sends(there, bytes);
  await response;
  expect(page(await as(there).get(`/write/course-files/${id}`))('section[aria-labelledby=h5p]').text()).toContain(
    'H5P.OppivaToy-1.0',
  );
  const row = await brought(there, bytes);
  expect(row.outcome).toMatchObject({ added: 1, waiting: [{ reasons: [{ key: 'h5p.refused.libraryNotInstalled' }] }] });
  expect((await draftsOf(there))[0].content.h5p_content_id).toBeUndefined();
  expect(page(await as(there).get(`/write/course-files/${row.id}`))('#waiting').text()).toContain('These tasks wait');

  const administrator = await aPerson({
    organisation: { id: there.organisation_id },
    roles: ['author', 'administrator'],
    language: 'en',
  });
  expect(await brought(administrator, bytes)).toMatchObject({ outcome: { added: 0, renewed: 1, waiting: [] } });
  expect((await draftsOf(there))[0].content.h5p_content_id).toBeDefined();
  expect(await brought(there, bytes)).toMatchObject({ outcome: { added: 0, renewed: 0, left: 1, waiting: [] } });
  expect(await table('h5p_contents', { organisation_id: there.organisation_id })).toHaveLength(1);
});

it('keeps words for competences that mean nothing here, or something else, and makes no evidence of them', async () => {
  await theFramework();
  const author = await anAuthor();
  const content = { ...lesson('Omat taidot'), competences: ['OMA-7', '4.2', '1.1'] };
  const { course_id } = await aDraft(author, { content });
  const names = {
    'OMA-7': { en: 'Lighting a fire', fi: 'Tulen teko' },
    '1.1': { en: 'Boiling water', fi: 'Veden keitto' },
  };
  const ranges = [{ code: 'OMA-7', from_level: 1, to_level: 4 }];
  await asOwner(() =>
    db()
      .table('courses')
      .where({ id: course_id })
      .update({ origin: JSON.stringify({ names, ranges }) }),
  );
  const there = await anAuthor();
  const bytes = await exported(author, course_id);
  const row = await brought(there, bytes);
  const $ = page(await as(there).get(`/write/course-files/${row.id}`));
  const said = $('section[aria-labelledby=words] li').map((_, one) => $(one).text().trim());
  expect(
    said
      .get()
      .map((text) => text.split('Here')[0])
      .sort(),
  ).toEqual(['1.1 Boiling water', 'OMA-7 Lighting a fire']);
  const [course] = await table('courses', { organisation_id: there.organisation_id });
  expect(course.origin).toMatchObject({ names, ranges });
  expect(await table('course_competences', { course_id: course.id })).toEqual([]);
  const [draft] = await draftsOf(there);
  expect(draft.content.competences).toEqual(['OMA-7', '4.2', '1.1']);
  const again = await unzipped(await exported(there, course.id));
  expect(again.get('course.json')).toEqual((await unzipped(bytes)).get('course.json'));
  await publishes(there, draft);
  const [out] = await table('lessons', { course_id: course.id });
  expect(await table('lesson_competences', { lesson_id: out.id })).toMatchObject([{ competence_code: '4.2' }]);
});

it('gives away what learners see, without drafts and names unless they are asked for; an older course becomes documents', async () => {
  const author = await anAuthor();
  const words = (text: string) => ({ fi: text, sv: `${text} på svenska` });
  const id = `kurssi-${randomUUID()}`;
  const [course] = await inScope(author, () =>
    importCourses(author.organisation_id, {
      modules: [
        {
          ...{ id, title: words('Turva'), minutes: 10, competences: [{ code: '4.2', from_level: 1, to_level: 3 }] },
          lessons: [
            {
              id: `${id}/1`,
              kind: 'text',
              minutes: 5,
              competences: ['4.2'],
              title: words('Eka'),
              body_md: words('**Odota.**'),
              practice: words('Kokeile'),
            },
          ],
          quiz: [
            {
              ...{ id: `${id}/q1`, type: 'single', prompt: words('Mitä teet?') },
              options: [
                { id: 'a', correct: true, text: words('Odotan') },
                { id: 'b', correct: false, text: words('Maksan') },
              ],
            },
          ],
        },
      ],
    }),
  );
  const courseId = String(course?.id);
  await inScope(author, () => createDraft(author, courseId, 'text', lesson('Kesken')));
  const there = await anAuthor();
  await brought(there, await exported(author, courseId, { drafts: false, names: false }));
  const drafts = await draftsOf(there);
  expect(drafts.map(({ kind }) => kind).sort()).toEqual(['quiz', 'text']);
  const text = drafts.find(({ kind }) => kind === 'text').content;
  expect(text.blocks.map(({ kind, texts }: { kind: string; texts: object }) => [kind, texts])).toEqual([
    ['text', { fi: { text: '**Odota.**', follows: 1 }, sv: { text: '**Odota.** på svenska', follows: 1 } }],
    ['try', { fi: { text: 'Kokeile', follows: 1 }, sv: { text: 'Kokeile på svenska', follows: 1 } }],
  ]);
  expect(drafts.find(({ kind }) => kind === 'quiz').content.questions[0].options).toHaveLength(2);
});

it('asks the database as often for many lessons as for one', async () => {
  const counted = async (titles: string[]) => {
    const { author, course_id } = await aCourse(...titles);
    const counts: number[] = [];
    for (const way of ['file', 'file/course.zip?drafts=yes', 'readers']) {
      await as(author).get(`/write/courses/${course_id}/${way}`).expect(200);
      const before = statementsSent();
      await as(author).get(`/write/courses/${course_id}/${way}`).expect(200);
      counts.push(statementsSent() - before);
    }
    return counts;
  };
  const few = await counted(['Eka']);
  expect(await counted(['Eka', 'Toka', 'Kolmas', 'Neljäs'])).toEqual(few);
  expect(Math.max(...few)).toBeLessThanOrEqual(20);
});
