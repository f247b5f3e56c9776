import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, reload } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

async function aLessonWithAHelper() {
  const organisation = await anOrganisation();
  const course = await aCourse(organisation);
  const lesson = await aLesson(course, { title: 'Salasanat' });
  await asOwner(() => db().table('lesson_competences').insert({ lesson_id: lesson.id, competence_code: '4.2' }));
  const asker = await aPerson({ organisation, name: 'Aino Koski' });
  const helper = await aPerson({ organisation, name: 'Pekka Laine' });
  await asOwner(() =>
    db()
      .table('help_levels')
      .insert({ organisation_id: organisation.id, person_id: helper.id, lesson_id: lesson.id, help_level: 3 }),
  );
  return { organisation, lesson, asker, helper, place: `/learn/${course.slug}/${lesson.slug}/questions/3` };
}

const told = () => asOwner(() => db().table('notifications').orderBy('created_at'));
const requests = () => asOwner(() => db().table('help_requests'));

it('shows a peer as a helper only when they wish it, only for what they can guide in, only in their organisation', async () => {
  const { asker, helper, place } = await aLessonWithAHelper();
  const helpPage = `/help?place=${encodeURIComponent(place)}`;
  expect((await as(asker).get(helpPage)).text).not.toContain('Pekka Laine');

  await as(helper).post('/help/helping', { codes: ['4.2', '1.1'], words: 'Tiistaisin kerhossa' });
  expect(await asOwner(() => db().table('helper_offers'))).toMatchObject([{ competence_code: '4.2' }]);
  const $ = page(await as(asker).get(helpPage));
  expect($('input[name=to]').val()).toBe(helper.id);
  expect($('main').text()).toContain('Tiistaisin kerhossa');

  const other = await aPerson({ organisation: await anOrganisation() });
  expect((await as(other).get(helpPage)).text).not.toContain('Pekka Laine');
  await as(helper).post('/help/helping', { words: '' });
  expect((await as(asker).get(helpPage)).text).not.toContain('Pekka Laine');
});

it('reaches the named helper with the place, is answered in words, and is read by nobody else', async () => {
  const { organisation, lesson, asker, helper, place } = await aLessonWithAHelper();
  const supervisor = await aPerson({ organisation });
  const team = await aTeam(organisation, { members: [asker], supervisor });
  await as(helper).post('/help/helping', { codes: '4.2' });
  const sent = { message: 'En löydä nappia', request: randomUUID(), to: helper.id, place };
  await as(asker).post('/help', sent);
  await as(asker).post('/help', sent);
  expect(await requests()).toMatchObject([{ to_person_id: helper.id, place, lesson_id: lesson.id }]);
  expect(await told()).toMatchObject([{ person_id: helper.id, kind: 'help.asked', params: { name: 'Aino Koski' } }]);

  const address = `/help/asked/${sent.request}`;
  const $ = page(await as(helper).get(address));
  expect($('main').text()).toContain('Salasanat, question 3');
  expect((await as(await reload(supervisor)).get(address)).status).toBe(404);
  expect((await as(await reload(supervisor)).get(`/team/${team.id}`)).text).not.toContain('En löydä nappia');
  expect((await as(await aPerson({ organisation })).get(address)).status).toBe(404);
  expect((await as(await aPerson({ organisation: await anOrganisation() })).post(address, { body: 'x' })).status).toBe(
    404,
  );

  const reply = { id: randomUUID(), body: 'Se on oikealla ylhäällä' };
  await as(helper).post(address, reply);
  await as(helper).post(address, reply);
  expect(page(await as(asker).get(address))('main').text()).toContain('Se on oikealla ylhäällä');
  expect(await asOwner(() => db().table('help_replies'))).toHaveLength(1);
  expect((await requests())[0].answered_by).toBe(helper.id);
  await as(asker).post(address, { id: randomUUID(), body: 'En vieläkään löydä' });
  expect((await requests())[0].answered_at).toBeNull();
});

it('turns to the supervisors when the helper does not answer', async () => {
  const { organisation, asker, helper } = await aLessonWithAHelper();
  const supervisor = await aPerson({ organisation });
  await aTeam(organisation, { members: [asker], supervisor });
  await as(helper).post('/help/helping', { codes: '4.2' });
  const request = randomUUID();
  await as(asker).post('/help', { message: 'Apua', request, to: helper.id });
  await as(asker).post(`/help/asked/${request}/supervisors`);
  expect((await as(await reload(supervisor)).get(`/help/asked/${request}`)).text).toContain('Apua');
  expect((await as(helper).get(`/help/asked/${request}`)).status).toBe(404);
  expect((await as(helper).post(`/help/asked/${request}/supervisors`)).status).toBe(404);
});

it('takes no place that is not of learning, and no helper who has stopped', async () => {
  const { organisation, asker, helper } = await aLessonWithAHelper();
  await aTeam(organisation, { members: [asker], supervisor: await aPerson({ organisation }) });
  for (const place of ['https://evil.example/learn/x', '//evil', '/learn/../organisation', 'javascript:alert(1)'])
    await as(asker).post('/help', { message: 'x', request: randomUUID(), to: helper.id, place });
  const kept = await requests();
  expect(kept.every(({ to_person_id }) => to_person_id === null)).toBe(true);
  expect(kept.map(({ place }) => place).filter((place) => !place.startsWith('/learn'))).toEqual(['', '', '']);
});
