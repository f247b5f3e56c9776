import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, reload } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

async function aLessonToTalkAbout() {
  const organisation = await anOrganisation();
  const course = await aCourse(organisation);
  const lesson = await aLesson(course, { title: 'Salasanat' });
  const writer = await aPerson({ organisation, name: 'Aino Koski' });
  const reader = await aPerson({ organisation, name: 'Pekka Laine' });
  const here = `/learn/${course.slug}/${lesson.slug}/discussion`;
  return { organisation, course, lesson, writer, reader, here };
}

const say = (body: string, more = {}) => ({ id: randomUUID(), body, signed: 'first', ...more });
const messages = () => asOwner(() => db().table('lesson_messages').orderBy('written_at'));
const told = () => asOwner(() => db().table('notifications').orderBy('created_at'));

it('says a thing once, by the name that the writer chose, to people of the organisation only', async () => {
  const { organisation, writer, reader, here } = await aLessonToTalkAbout();
  const said = say('Missä salasana\n\nvaihdetaan? <b>x</b>');
  expect((await as(writer).post(here, said)).headers.location).toContain('?saved=said#');
  await as(writer).post(here, said);
  expect(await messages()).toHaveLength(1);

  const $ = page(await as(reader).get(here));
  expect($('.thread strong').text()).toBe('Aino');
  expect($('.thread__words').text()).toContain('<b>x</b>');
  expect($('.thread form[action$="/removal"]')).toHaveLength(0);

  const other = await aPerson({ organisation: await anOrganisation() });
  expect((await as(other).get(here)).status).toBe(404);
  expect((await as(other).post(here, say('x'))).status).toBe(404);
  await asOwner(() =>
    db().raw(`insert into course_shares (course_id, organisation_id) select id, ? from courses`, [
      other.organisation_id,
    ]),
  );
  expect((await as(other).get(here)).text).not.toContain('salasana');
  expect((await as(other).post(`${here}/${said.id}/flag`)).status).toBe(404);
  expect(organisation.id).not.toBe(other.organisation_id);
});

it('tells those who take part of an answer, and nobody who said no', async () => {
  const { writer, reader, here } = await aLessonToTalkAbout();
  const first = say('Kysymys');
  await as(writer).post(here, first);
  const answer = say('Vastaus', { reply_to: first.id });
  await as(reader).post(here, answer);
  expect(await told()).toMatchObject([
    { person_id: writer.id, kind: 'discussion.said', params: { title: 'Salasanat' }, href: `${here}#${first.id}` },
  ]);
  expect(page(await as(writer).get(here))('.thread__answers li').text()).toContain('Vastaus');

  await as(writer).post(`${here}/follow`, { follow: 'no' });
  await as(writer).post(here, say('Kiitos', { reply_to: first.id }));
  await as(reader).post(here, say('Ole hyvä', { reply_to: first.id }));
  expect((await told()).map(({ person_id }) => person_id)).toEqual([writer.id, reader.id]);
});

it('lets the writer change, remove and bring back, and nobody else but those who look after it', async () => {
  const { organisation, writer, reader, here } = await aLessonToTalkAbout();
  const said = say('Hupsis');
  await as(writer).post(here, said);
  const it = `${here}/${said.id}`;
  expect((await as(reader).post(it, { body: 'x' })).status).toBe(403);
  expect((await as(reader).post(`${it}/removal`)).status).toBe(403);

  await as(writer).post(it, { body: 'Parempi' });
  await as(writer).post(`${it}/removal`);
  expect((await as(reader).get(here)).text).not.toContain('Parempi');
  expect((await as(reader).post(`${it}/return`)).status).toBe(403);
  await as(writer).post(`${it}/return`);
  expect((await as(reader).get(here)).text).toContain('Parempi');

  const keeper = await aPerson({ organisation, roles: ['learner', 'reviewer'] });
  await as(reader).post(`${it}/flag`);
  await as(reader).post(`${it}/flag`);
  expect((await told()).filter(({ kind }) => kind === 'discussion.flagged')).toMatchObject([{ person_id: keeper.id }]);
  expect(page(await as(keeper).get('/discussions/told'))('.card').text()).toContain('Parempi');
  expect((await as(await reload(reader)).get('/discussions/told')).status).toBe(403);
  await as(keeper).post(`/discussions/told/${said.id}`, { settled: 'removal' });
  expect((await as(reader).get(here)).text).not.toContain('Parempi');
  // What a caretaker took away does not come back by its writer.
  expect((await as(writer).post(`${it}/return`)).status).toBe(403);
  expect(await asOwner(() => db().table('audit_events').where({ action: 'discussion.removed' }))).toHaveLength(1);
});

it('keeps what was typed when it is empty or too long, and an answer to a thread that is gone', async () => {
  const { writer, here } = await aLessonToTalkAbout();
  const long = await as(writer).post(here, say('a'.repeat(4001)));
  expect([long.status, page(long)('#body').text().trim().length]).toEqual([422, 4001]);
  expect((await as(writer).post(here, say(' '))).status).toBe(422);
  await as(writer).post(here, say('Yksin', { reply_to: randomUUID(), signed: 'boss', id: 'nonsense' }));
  expect(await messages()).toMatchObject([{ body: 'Yksin', reply_to: null, signed: 'first' }]);
});
