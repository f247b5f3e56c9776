import { randomUUID } from 'node:crypto';
import { published } from '../../src/features/blocks/published';
import { createCourse, publishLesson } from '../../src/features/courses/publication.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';

const DAY = 24 * 3600 * 1000;
const blocks = published(
  ['Alku on tässä.', 'Keskellä on vaikea kohta.', 'Loppu.'].map((text, index) => ({
    ...{ id: `b${index}`, kind: 'text' as const, version: 1 },
    texts: { fi: { text, follows: 1 } },
  })),
  'fi',
);

async function aRead() {
  const organisation = await anOrganisation();
  const author = await aPerson({ organisation, roles: ['expert'], language: 'fi' });
  const { course, lesson } = await asOwner(async () => {
    const courseId = await createCourse(organisation.id, 'fi', `Kurssi ${randomUUID()}`);
    const id = await publishLesson({
      ...{ organisation_id: organisation.id, course_id: courseId, lesson_id: null, kind: 'text', minutes: 5, level: 1 },
      ...{ competences: [], h5p_content_id: null, questions: [], credits: [] },
      texts: [{ language: 'fi', title: 'Outo viesti', body: 'Teksti', practice: '', blocks, follows_version: 1 }],
    });
    return { course: courseId, lesson: id };
  });
  const opens = async (who: Actor, spot: string | 'done', days = 20) =>
    asOwner(() =>
      db()
        .table('lesson_progress')
        .insert({
          ...{ organisation_id: who.organisation_id, person_id: who.id, lesson_id: lesson, course_id: course },
          ...{ spot: spot === 'done' ? '' : spot, opened_at: new Date(Date.now() - days * DAY) },
          completed_at: spot === 'done' ? new Date() : null,
        }),
    );
  const read = async (
    spot: string | 'done',
    days = 20,
    where = organisation,
    relation: Actor['relation'] = 'employee',
  ) => {
    const learner = await aPerson({ organisation: where, relation });
    await opens(learner, spot, days);
    return learner;
  };
  return { organisation, author, course, lesson, read, opens, here: `/write/courses/${course}/readers` };
}

/** The page without the numbers that change by themselves. */
const text = async (author: Actor, address: string) => page(await as(author).get(address).expect(200))('main').text();

it('leads the writer to the part where most stop, in words, bars and a table', async () => {
  const { author, read, here, lesson } = await aRead();
  for (let n = 0; n < 8; n += 1) await read('done', 60 - n);
  for (let n = 0; n < 6; n += 1) await read('spot-2', 40 - n);
  await read('spot-3', 30);
  const $ = page(await as(author).get(`${here}/${lesson}`).expect(200));
  expect($('.lead').text()).toContain('Noin 5 kymmenestä luki loppuun. Mukana on 15 lukijaa.');
  expect($('#look').text()).toContain('Teksti 2');
  expect($('main').text()).toContain('Keskellä on vaikea kohta.');
  expect($('.answer-bars li')).toHaveLength($('tbody tr').length);
  expect($('tbody tr').eq(0).text()).toContain('6 lukijaa (40 %)');
  expect($('tbody tr').eq(1).text()).toContain('Muutama');
  expect(await text(author, here)).toContain('Outo viesti');
});

it('tells nothing by subtraction: neither one more reader, nor one who is erased, nor a new look changes a figure', async () => {
  const { author, read, opens, here, lesson } = await aRead();
  const look = () => text(author, `${here}/${lesson}`);
  for (let n = 0; n < 4; n += 1) await read('done', 40 - n);
  // The writer's own reading fills no group.
  await opens(author, 'done', 35);
  expect(await look()).toContain('Lukijoita on vielä niin vähän');
  const fifth = await read('spot-2', 30);
  const five = await look();
  expect(five).toContain('Mukana on 5 lukijaa');
  expect(await look()).toBe(five);
  for (let n = 0; n < 4; n += 1) {
    await read('spot-3', 29 - n);
    expect(await look()).toBe(five);
  }
  await asOwner(() => db().table('lesson_progress').where({ person_id: fifth.id }).delete());
  expect(await look()).toBe(five);
  // Somebody who opened it last week is not in it yet.
  await read('done', 7);
  expect(await look()).toBe(five);
  await read('done', 20);
  expect(await look()).toContain('Mukana on 10 lukijaa');
});

it('asks for ten when there are clients, counts partners with one’s own, and never tells that all did alike', async () => {
  const { author, read, here, lesson } = await aRead();
  const partner = await anOrganisation();
  for (let n = 0; n < 9; n += 1)
    await read('done', 40 - n, n < 4 ? partner : undefined, n === 0 ? 'client' : 'employee');
  expect(await text(author, `${here}/${lesson}`)).toContain('Lukijoita on vielä niin vähän');
  await read('done', 20);
  const $ = page(await as(author).get(`${here}/${lesson}`));
  expect($('.lead').text()).toContain('Noin 9 kymmenestä luki loppuun. Mukana on 10 lukijaa.');
  expect($('tbody tr')).toHaveLength(1);
});

it('tells what was said and asked without names, and nothing of it to another organisation or to learners', async () => {
  const { author, organisation, here, lesson, course } = await aRead();
  const asker = await aPerson({ organisation, name: 'Kysyjä Nimi' });
  await asOwner(async () => {
    await db().table('lesson_voices').insert({
      id: randomUUID(),
      organisation_id: organisation.id,
      lesson_id: lesson,
      useful: 1,
      words: 'Liian pitkä',
      given_on: '2026-01-05',
    });
    await db().table('lesson_messages').insert({
      id: randomUUID(),
      organisation_id: organisation.id,
      lesson_id: lesson,
      person_id: asker.id,
      body: 'Mistä tunnen huijarin?',
    });
  });
  for (const address of [here, `${here}/${lesson}`]) {
    const shown = await text(author, address);
    expect(shown).toContain('Liian pitkä');
    expect(shown).toContain('Mistä tunnen huijarin?');
    expect(shown).not.toContain('Kysyjä');
    const stranger = await aPerson({ roles: ['expert'] });
    await as(stranger).get(address).expect(404);
    await as(asker).get(address).expect(403);
  }
  await as(author).get(`/write/courses/${course}/readers/${randomUUID()}`).expect(404);
  await as(author).get('/write/courses/x/readers').expect(404);
});
