import { addDays } from '../../src/lib/dates';
import { db } from '../../src/lib/db';
import { LANGUAGES } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { aPerson, inScope } from '../support/factories';
import { anObservation, theFramework } from '../support/factories-skills';

beforeEach(theFramework);
const daysAgo = (days: number) => addDays(new Date(), -days);
const text = (raw: string) => raw.replace(/\s+/g, ' ');

async function aLearner() {
  const learner = await aPerson();
  await anObservation(learner, { source: 'self', level: 4, observed_at: daysAgo(100) });
  await anObservation(learner, { source: 'self', level: 3, observed_at: daysAgo(1) });
  const [then] = await inScope(learner, () => db()('observations').orderBy('observed_at'));
  const { code } = (await theFramework()).nodes.find(
    ({ kind, parent_code }) => kind === 'self_item' && parent_code === '4.2',
  ) as { code: string };
  return { learner, then, moment: `view ${then?.id}`, item: code };
}

it('is dated to the time it is about, marked, and stands beside what was said then and what is said now', async () => {
  const { learner, then, moment, item } = await aLearner();
  const sent = { moment, [item]: '1' };
  expect((await as(learner).post('/skills/looking-back/4.2', sent)).status).toBe(303);
  await as(learner).post('/skills/looking-back/4.2', sent);

  const backs = await inScope(learner, () => db()('observations').where({ origin_type: 'looking-back' }));
  expect(backs).toHaveLength(1);
  expect(backs[0]?.observed_at).toEqual(then?.observed_at);
  expect(backs[0]?.recorded_at.getTime()).toBeGreaterThan(daysAgo(1).getTime());

  const $ = page(await as(learner).get('/skills/4.2'));
  const facts = $('#own-views').nextAll('.facts').first().find('dd').toArray();
  expect(facts.map((dd) => $(dd).text())).toEqual(['Level 4', expect.stringMatching(/^Level [0-3]$/), 'Level 3']);
  const [, back] = facts.map((dd) => $(dd).text().replace('Level ', ''));
  expect($('#own-views').next().text()).toBe(`Looking back you say the level was ${back}. Now it is 3.`);
  expect(text($('#same').closest('table').text())).toContain('looking back');
  // The look back is no view of today, so it takes no part in what sources say now.
  expect($('#sources-table').closest('table').find('tbody td').first().text()).toMatch(/^3/);
});

it('asks for the time and an answer, and takes no time that is not offered', async () => {
  const { learner, moment, item } = await aLearner();
  const nothing = await as(learner).post('/skills/looking-back/4.2', {});
  expect([nothing.status, page(nothing)('.govuk-error-summary li').length]).toEqual([422, 2]);
  for (const wrong of ['view 00000000-0000-4000-8000-000000000000', `${moment}'`, '2020-01-01'])
    expect((await as(learner).post('/skills/looking-back/4.2', { moment: wrong, [item]: '1' })).status).toBe(422);
  expect((await as(learner).post('/skills/looking-back/4.2', { moment, [item]: '9' })).status).toBe(422);
  expect((await as(learner).get('/skills/looking-back/nothing')).status).toBe(404);
  expect(await inScope(learner, () => db()('observations'))).toHaveLength(2);
});

it('says kindly that there is no time to look back to', async () => {
  expect(page(await as(await aPerson()).get('/skills/looking-back/4.2'))('.empty')).toHaveLength(1);
});

it('deletes all own views, with every answer, and nothing else', async () => {
  const { learner } = await aLearner();
  await anObservation(learner, { source: 'demonstration', observed_at: daysAgo(5) });
  await as(learner).post('/skills/self-assessment');
  expect((await as(learner).get('/skills/own-views')).status).toBe(200);
  await as(learner).post('/skills/own-views/withdraw');
  expect(await inScope(learner, () => db()('observations'))).toMatchObject([{ source: 'demonstration' }]);
  expect(await inScope(learner, () => db()('skill_points'))).toHaveLength(1);
  expect(await inScope(learner, () => db()('skill_estimates'))).toMatchObject([{ observations: 1 }]);
});

it.each(LANGUAGES)('speaks %s', async (language) => {
  const { learner } = await aLearner();
  learner.language = language;
  for (const path of [
    '/skills/looking-back',
    '/skills/looking-back/4.2',
    '/skills/sharing',
    '/skills/own-views',
    '/skills/4.2',
    '/skills/why',
  ]) {
    const response = await as(learner).get(path);
    expect([path, response.status]).toEqual([path, 200]);
    expect(response.text).not.toMatch(/>\s*(skills|views)\./);
  }
});
