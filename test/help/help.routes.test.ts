import { randomUUID } from 'node:crypto';
import { findHelpRequest } from '../../src/features/support/support.model';
import { answerHelpRequest } from '../../src/features/support/support.service';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

async function aTeamOfTwo() {
  const organisation = await anOrganisation();
  const actor = await aPerson({ organisation });
  const supervisor = await aPerson({ organisation, name: 'Mikko Virta' });
  const team = await aTeam(organisation, { name: 'Lähituki', members: [actor], supervisor });
  return { organisation, actor, team, supervisor: await reload(supervisor), browser: as(actor) };
}

const stored = () => asOwner(() => db().table('help_requests').orderBy('asked_at'));

it('says by name who sees the request, and warns about health, before it is sent', async () => {
  const { browser } = await aTeamOfTwo();
  const $ = page(await browser.get('/help'));
  expect($('.who-sees .yes').text()).toContain('Mikko Virta (Lähituki) sees your request.');
  expect($('#message-hint').text()).toContain('your health');
});

it('sends the request with its lesson once, however often the form is sent', async () => {
  const { browser, organisation, actor } = await aTeamOfTwo();
  const lesson = await aLesson(await aCourse(organisation), { title: 'Salasanat' });
  const form = page(await browser.get(`/help?lesson=${lesson.id}`))('main form').serialize();
  expect(form).toContain(lesson.id);

  const sent = { message: ' Missä? ', lesson: lesson.id, request: randomUUID() };
  expect((await browser.post('/help', sent)).headers.location).toBe('/help?sent=yes');
  expect((await browser.post('/help', sent)).status).toBe(303);

  expect(await stored()).toMatchObject([{ person_id: actor.id, lesson_id: lesson.id, message: 'Missä?' }]);
  const $ = page(await browser.get('/help?sent=yes'));
  expect($('.request').text()).toContain('Lesson: Salasanat');
  expect($('.request').text()).toContain('Waiting for an answer');
});

it('asks for the missing words and keeps what was typed', async () => {
  const { browser } = await aTeamOfTwo();
  const empty = await browser.post('/help', { message: '  ' });
  expect([empty.status, page(empty)('#message-error').text().trim()]).toEqual([
    422,
    'First write what you would like help with',
  ]);
  const long = await browser.post('/help', { message: 'a'.repeat(2001) });
  expect([long.status, page(long)('#message').text().trim().length]).toEqual([422, 2001]);
});

it('takes no lesson of another organisation with it', async () => {
  const { browser } = await aTeamOfTwo();
  const foreign = await aLesson(await aCourse(await anOrganisation()), { title: 'SECRET' });
  expect((await browser.get(`/help?lesson=${foreign.id}`)).text).not.toContain('SECRET');
  await browser.post('/help', { message: 'x', lesson: foreign.id });
  await browser.post('/help', { message: 'x', lesson: 'nonsense' });
  expect((await stored()).map(({ lesson_id }) => lesson_id)).toEqual([null, null]);
});

it('sends nothing when nobody would see it, and names the administrator instead', async () => {
  const organisation = await anOrganisation();
  const actor = await aPerson({ organisation });
  await aPerson({ organisation, name: 'Saara Niemi', roles: ['administrator'] });
  const $ = page(await as(actor).get('/help'));
  expect([$('textarea').length, $('main').text().includes('Administrator: Saara Niemi')]).toEqual([0, true]);
  expect((await as(actor).post('/help', { message: 'x' })).status).toBe(422);
  expect(await stored()).toEqual([]);
});

describe('a request that waits', () => {
  async function aRequest() {
    const world = await aTeamOfTwo();
    const id = randomUUID();
    await world.browser.post('/help', { message: 'Auttaisitko?', request: id });
    const load = () => inScope(world.actor, () => findHelpRequest(world.organisation.id, id));
    return { ...world, id, load };
  }

  it('is answered once, and the asker sees by whom', async () => {
    const { supervisor, browser, load } = await aRequest();
    const other = await aPerson({ organisation: { id: supervisor.organisation_id } });
    const request = (await load())!;
    await inScope(supervisor, () => answerHelpRequest(supervisor, request));
    await inScope(other, () => answerHelpRequest(other, request));
    expect((await load())?.answered_by).toBe(supervisor.id);
    expect(page(await browser.get('/help'))('.request').text()).toContain('Mikko Virta');
    expect(await asOwner(() => db()('audit_events').where({ action: 'help.answered' }))).toHaveLength(1);
  });

  it('is withdrawn by the asker only', async () => {
    const { id, organisation, supervisor, browser, load } = await aRequest();
    const address = `/help/${id}/withdraw`;
    expect((await as(await aPerson({ organisation })).post(address)).status).toBe(403);
    expect((await as(supervisor).post(address)).status).toBe(403);
    expect((await as(await aPerson()).post(address)).status).toBe(404);
    expect((await load())?.answered_at).toBeNull();
    expect((await browser.post(address)).headers.location).toBe('/help?sent=withdrawn');
    expect((await browser.post(address)).status).toBe(303);
    expect(page(await browser.get('/help'))('.request').text()).toContain('You withdrew it');
    expect((await browser.post('/help/nonsense/withdraw')).status).toBe(404);
  });

  it('is not on the page of a colleague', async () => {
    const { organisation, supervisor } = await aRequest();
    const colleague = await aPerson({ organisation });
    expect((await as(colleague).get('/help')).text).not.toContain('Auttaisitko?');
    expect((await as(supervisor).get('/help')).text).not.toContain('Auttaisitko?');
  });
});

it('sends as many queries for many requests as for none', async () => {
  const { browser } = await aTeamOfTwo();
  const count = async () => {
    const before = statementsSent();
    await browser.get('/help');
    return statementsSent() - before;
  };
  const none = await count();
  for (let more = 0; more < 10; more += 1) await browser.post('/help', { message: `nro ${more}` });
  expect(await count()).toBe(none);
});
