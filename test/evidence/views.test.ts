import { randomUUID } from 'node:crypto';
import { MOST_OPEN } from '../../src/features/evidence/views.service';
import { db } from '../../src/lib/db';
import { LANGUAGES } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, aTeam, inScope, reload } from '../support/factories';
import { anAnswer, anInvitation } from '../support/factories-evidence';
import { theFramework } from '../support/factories-skills';

beforeEach(theFramework);

async function aHouse() {
  const organisation = await anOrganisation();
  const learner = await aPerson({ organisation, name: 'Aino Koski' });
  const colleague = await aPerson({ organisation, name: 'Ville Virta', roles: ['learner', 'expert'] });
  const supervisor = await aPerson({ organisation, name: 'Satu Salo' });
  await aTeam(organisation, { members: [learner], supervisor });
  return { organisation, learner, colleague, supervisor: await reload(supervisor) };
}
const asked = (values: object = {}) => ({ key: randomUUID(), codes: ['4.2'], whom: 'person', ...values });

describe('asking', () => {
  it('finds a colleague by name, tells no role, and makes one invitation however often it is sent', async () => {
    const { learner, colleague } = await aHouse();
    const sent = asked({ search: 'virta', message: 'Muistatko?' });
    const search = await as(learner).post('/skills/views', sent);
    expect(search.status).toBe(422);
    const $ = page(search);
    expect($('input[name=person]').attr('value')).toBe(colleague.id);
    expect($('main').text()).not.toMatch(/expert/i);

    const chosen = { ...sent, person: colleague.id };
    const made = await as(learner).post('/skills/views', chosen);
    await as(learner).post('/skills/views', chosen);
    expect([made.status, made.headers.location]).toEqual([303, `/skills/views/${sent.key}?saved=asked`]);
    expect(await inScope(learner, () => db()('view_invitations'))).toMatchObject([
      { rater_id: colleague.id, competence_codes: ['4.2'], message: 'Muistatko?', token_hash: null },
    ]);
  });

  it('finds nobody elsewhere, nobody whom the organisation serves, and not oneself', async () => {
    const { organisation, learner } = await aHouse();
    await aPerson({ organisation, name: 'Kaisa Kolmas', relation: 'client' });
    const stranger = await aPerson({ name: 'Kaisa Toinen' });
    for (const search of ['Kaisa', 'Aino', '%%', 'k']) {
      const response = await as(learner).post('/skills/views', asked({ search }));
      expect([search, response.status, page(response)('input[name=person]').length]).toEqual([search, 422, 0]);
    }
    const forced = await as(learner).post('/skills/views', asked({ person: stranger.id, search: 'Kaisa' }));
    expect(forced.status).toBe(422);
    expect(await inScope(learner, () => db()('view_invitations'))).toEqual([]);
  });

  it('makes a link that can be shown again, and on paper', async () => {
    const { learner } = await aHouse();
    const sent = asked({ whom: 'link', shown_name: ' Aino ' });
    await as(learner).post('/skills/views', sent);
    const $ = page(await as(learner).get(`/skills/views/${sent.key}`));
    const address = $('.link-to-give a').attr('href') ?? '';
    expect(new URL(address).pathname).toMatch(/^\/view\/[0-9A-Z]{26}$/);
    expect($('.code').text().replaceAll('-', '')).toBe(address.slice(-26));
    expect((await as(undefined).get(new URL(address).pathname)).status).toBe(200);
  });

  it.each([
    [{ codes: [] }, 'codes'],
    [{ codes: ['1.2', '2.1', '2.3', '4.1', '4.2'] }, 'codes'],
    [{ codes: ['not a skill'] }, 'codes'],
    [{ whom: 'link', shown_name: '' }, 'shown_name'],
    [{ whom: '' }, 'whom'],
    [{ search: 'x' }, 'search'],
    [{ whom: 'link', shown_name: 'Aino', message: 'a'.repeat(501) }, 'message'],
  ])('shows a message by the field for %j', async (values, field) => {
    const { learner } = await aHouse();
    const response = await as(learner).post('/skills/views', asked(values));
    expect(response.status).toBe(422);
    expect(page(response)(`#${field}-error`)).toHaveLength(1);
  });

  it('lets so many wait at once and no more', async () => {
    const { learner } = await aHouse();
    for (let number = 0; number < MOST_OPEN; number += 1) await anInvitation(learner);
    const response = await as(learner).post('/skills/views', asked({ whom: 'link', shown_name: 'Aino' }));
    expect([response.status, page(response)('.govuk-error-summary li').length]).toEqual([422, 1]);
  });
});

describe('an answer', () => {
  async function answered(values: object = {}) {
    const house = await aHouse();
    const invitation = await anInvitation(house.learner, { rater_id: house.colleague.id, shown_name: 'Aino Koski' });
    await as(house.colleague).post(`/skills/views/asked/${invitation.id}`, anAnswer(values));
    const [view] = await inScope(house.learner, () => db()('invited_views'));
    return { ...house, invitation, view, decide: `/skills/views/${invitation.id}/told/${view?.id}` };
  }

  it('of a colleague carries the colleague’s own name, whatever was sent, and waits', async () => {
    const { learner, view, colleague } = await answered({ rater_name: 'Pääministeri' });
    expect(view).toMatchObject({ rater_name: 'Ville Virta', rater_id: colleague.id, level: 3, help_level: 2 });
    expect(await inScope(learner, () => db()('observations'))).toEqual([]);
    expect(page(await as(learner).get('/skills/views'))('#waiting').length).toBe(1);
  });

  it('becomes an observation when the person accepts it, once, with their comment beside it', async () => {
    const { learner, decide, colleague } = await answered();
    const accept = { decision: 'accept', comment: 'Tämä oli tuttu kone.' };
    expect((await as(learner).post(decide, accept)).status).toBe(303);
    await as(learner).post(decide, accept);
    const seen = await inScope(learner, () => db()('observations'));
    expect(seen).toMatchObject([{ source: 'peer', level: 3, help_level: 2, recorded_by: colleague.id }]);
    expect(await inScope(learner, () => db()('observation_responses'))).toMatchObject([{ comment: accept.comment }]);
    expect(await inScope(learner, () => db()('skill_estimates'))).toMatchObject([{ observations: 1, verified: true }]);
  });

  it('is deleted when the person leaves it out', async () => {
    const { learner, decide } = await answered();
    await as(learner).post(decide, { decision: 'leave' });
    expect(await inScope(learner, () => db()('invited_views'))).toEqual([]);
    expect(await inScope(learner, () => db()('observations'))).toEqual([]);
    expect((await as(learner).post(decide, { decision: 'accept' })).status).toBe(404);
  });

  it('of an outsider has no account behind it, and the name they gave', async () => {
    const { learner } = await aHouse();
    const invitation = await anInvitation(learner);
    await as(undefined).post(invitation.address, anAnswer());
    const [view] = await inScope(learner, () => db()('invited_views'));
    await as(learner).post(`/skills/views/${invitation.id}/told/${view?.id}`, { decision: 'accept' });
    expect(await inScope(learner, () => db()('observations'))).toMatchObject([
      { recorded_by: null, rater_name: 'Ulla', source: 'peer' },
    ]);
    expect((await as(learner).get('/skills/4.2')).text).toContain('Ulla');
  });

  it('comes too late after the invitation was withdrawn', async () => {
    const { learner, colleague } = await aHouse();
    const { id } = await anInvitation(learner, { rater_id: colleague.id });
    await as(learner).post(`/skills/views/${id}/withdraw`);
    expect((await as(colleague).get(`/skills/views/asked/${id}`)).status).toBe(404);
    await as(colleague).post(`/skills/views/asked/${id}`, anAnswer());
    expect(await inScope(learner, () => db()('invited_views'))).toEqual([]);
  });
});

it('is between two: everybody else finds nothing at any of these addresses', async () => {
  const { organisation, learner, colleague, supervisor } = await aHouse();
  const invitation = await anInvitation(learner, { rater_id: colleague.id, message: 'MERKKI' });
  await as(colleague).post(`/skills/views/asked/${invitation.id}`, anAnswer({ 'note-4.2': 'MERKKI' }));
  const [view] = await inScope(learner, () => db()('invited_views'));
  const administrator = await aPerson({ organisation, roles: ['administrator'] });
  const stranger = await aPerson();
  for (const person of [supervisor, administrator, stranger, colleague]) {
    const own = await as(person).get(`/skills/views/${invitation.id}`);
    const decided = await as(person).post(`/skills/views/${invitation.id}/told/${view?.id}`, { decision: 'accept' });
    const withdrawn = await as(person).post(`/skills/views/${invitation.id}/withdraw`);
    expect([own.status, decided.status, withdrawn.status]).toEqual([404, 404, 404]);
    expect((await as(person).get('/skills/views')).text).not.toContain('MERKKI');
    expect(await inScope(person, () => db()('invited_views').whereNot({ rater_id: person.id }))).toEqual([]);
  }
  for (const person of [supervisor, administrator, stranger, learner])
    expect((await as(person).get(`/skills/views/asked/${invitation.id}`)).status).toBe(404);
  expect((await as(undefined).get('/skills/views')).status).toBe(303);
  expect((await as(undefined).post('/skills/views', asked())).status).toBe(403);
});

it.each(LANGUAGES)('speaks %s', async (language) => {
  const organisation = await anOrganisation();
  const learner = await aPerson({ organisation, language });
  const colleague = await aPerson({ organisation, language });
  const { id } = await anInvitation(learner, { rater_id: colleague.id });
  const link = await anInvitation(learner);
  const pages = [await as(colleague).get(`/skills/views/asked/${id}`), await as(colleague).get('/skills/views')];
  await as(colleague).post(`/skills/views/asked/${id}`, anAnswer());
  for (const path of ['/skills/views', '/skills/views/new', `/skills/views/${id}`, `/skills/views/${link.id}`])
    pages.push(await as(learner).get(path));
  for (const { status, text } of pages) {
    expect(status).toBe(200);
    expect(text).not.toMatch(/>\s*(views|skills)\./);
  }
});
