import { randomUUID } from 'node:crypto';
import { dayOf } from '../../src/lib/calendar';
import { addDays } from '../../src/lib/dates';
import { db } from '../../src/lib/db';
import { LANGUAGES } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { theFramework } from '../support/factories-skills';

beforeEach(theFramework);

async function aSituation() {
  const organisation = await anOrganisation();
  const learner = await aPerson({ organisation, target_profile: 'professional', name: 'Aino Koski' });
  const professional = await aPerson({ organisation, roles: ['learner', 'reviewer'], name: 'Leena Laine' });
  const supervisor = await aPerson({ organisation });
  await aTeam(organisation, { members: [learner], supervisor });
  return { organisation, learner, professional, supervisor: await reload(supervisor) };
}

const form = (values: object = {}) => ({
  key: randomUUID(),
  seen: ['4.2-o-1', '4.2-o-3'],
  help_level: '2',
  done_on: dayOf(new Date()),
  note: 'We tried it on the phone.',
  present: 'yes',
  ...values,
});

describe('a professional’s observation', () => {
  it('becomes a demonstration at the highest line ticked, once, and the learner sees it with who and when', async () => {
    const { learner, professional } = await aSituation();
    const sent = form();
    const response = await as(professional).post(`/skills/observe/${learner.id}/4.2`, sent);
    await as(professional).post(`/skills/observe/${learner.id}/4.2`, sent);

    expect([response.status, response.headers.location]).toEqual([303, `/skills/observe/${learner.id}?saved=4.2`]);
    expect(await inScope(learner, () => db()('observations'))).toMatchObject([
      { source: 'demonstration', level: 3, help_level: 2, recorded_by: professional.id },
    ]);
    expect(await inScope(learner, () => db().table('notifications'))).toMatchObject([{ kind: 'skill.noted' }]);
    const $ = page(await as(learner).get('/skills/4.2'));
    expect($('#same').closest('table').text()).toContain('Noted by Leena Laine');
    expect($('#same').closest('table').text()).toContain('We tried it on the phone.');
  });

  it('needs a line that was seen, the learner there and a day that has been; what was typed stays', async () => {
    const { learner, professional } = await aSituation();
    const bad = { seen: [], present: undefined, done_on: dayOf(addDays(new Date(), 2)), note: 'Kept' };
    const response = await as(professional).post(`/skills/observe/${learner.id}/4.2`, form(bad));
    const $ = page(response);
    expect(response.status).toBe(422);
    expect($('.govuk-error-summary li')).toHaveLength(2);
    expect($('#note').val()?.toString().trim()).toBe('Kept');

    const nothing = await as(professional).post(`/skills/observe/${learner.id}/4.2`, form({ seen: [] }));
    expect(nothing.status).toBe(422);
    expect(page(nothing)('#seen-error').text()).toContain('Tick what you saw');
    const old = await as(professional).post(`/skills/observe/${learner.id}/4.2`, form({ done_on: '2001-01-01' }));
    expect(page(old)('#done_on-error').text()).toContain('within the past year');
    expect(await asOwner(() => db()('observations'))).toHaveLength(0);
  });
});

it('lets a supervisor tell how the work went without a line ticked', async () => {
  const { learner, supervisor } = await aSituation();
  await as(supervisor).post(`/skills/observe/${learner.id}/4.2`, form({ seen: undefined, help_level: '1' }));
  expect(await inScope(learner, () => db()('observations'))).toMatchObject([
    { source: 'supervisor', level: null, help_level: 1 },
  ]);
});

it('concerns only the skills of the agreed profile', async () => {
  const { organisation, professional } = await aSituation();
  const without = await aPerson({ organisation });
  const $ = page(await as(professional).get(`/skills/observe/${without.id}`));
  expect($('.empty')).toHaveLength(1);
  expect((await as(professional).get(`/skills/observe/${without.id}/4.2`)).status).toBe(404);
  expect((await as(professional).post(`/skills/observe/${without.id}/4.2`, form())).status).toBe(404);
});

it.each(LANGUAGES)('speaks %s', async (language) => {
  const { learner, organisation } = await aSituation();
  const professional = await aPerson({ organisation, roles: ['reviewer'], language });
  for (const path of [`/skills/observe/${learner.id}`, `/skills/observe/${learner.id}/4.2`]) {
    const response = await as(professional).get(path);
    expect([path, response.status]).toEqual([path, 200]);
    expect(response.text).not.toMatch(/>\s*skills\./);
  }
});
