import type { Source } from '../../src/features/skills/estimate';
import { db } from '../../src/lib/db';
import { LANGUAGES } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, aTeam, inScope, reload } from '../support/factories';
import { anObservation, theFramework } from '../support/factories-skills';

beforeEach(theFramework);

async function aResult(source: Source = 'demonstration', code = '4.2') {
  const organisation = await anOrganisation();
  const learner = await aPerson({ organisation, name: 'Aino Koski', target_profile: 'professional' });
  const rater = await aPerson({ organisation, name: 'Leena Laine', roles: ['learner', 'reviewer'] });
  const supervisor = await aPerson({ organisation });
  await aTeam(organisation, { members: [learner], supervisor });
  await anObservation(learner, { by: rater, source, competence_code: code, note: 'MERKINTÄ' });
  const [row] = await inScope(learner, () => db()('observations'));
  const id = row?.id ?? '';
  return {
    organisation,
    learner,
    rater,
    supervisor: await reload(supervisor),
    colleague: await aPerson({ organisation }),
    stranger: await aPerson({ roles: ['administrator', 'reviewer'] }),
    result: `/skills/results/${id}`,
    answer: `/skills/answers/${id}`,
  };
}

it('is new until the person says they have read it', async () => {
  const { learner, result } = await aResult();
  expect(page(await as(learner).get('/skills/results'))('main .tag').text()).toContain('New');
  await as(learner).post(`${result}/read`);
  expect(page(await as(learner).get('/skills/results'))('main .tag')).toHaveLength(0);
});

it('goes from "this does not look right" to an answer and back into the estimate, with both texts beside it', async () => {
  const { learner, rater, result, answer } = await aResult();
  const estimates = () => inScope(learner, () => db()('skill_estimates'));
  expect((await as(learner).post(`${result}/contest`, { reason: ' ' })).status).toBe(422);
  expect(await estimates()).toHaveLength(1);

  await as(learner).post(`${result}/contest`, { reason: 'Se oli Ulla' });
  expect(await estimates()).toHaveLength(0);
  expect((await as(rater).get(answer)).text).toContain('Se oli Ulla');
  expect((await as(rater).post(`${answer}/explanation`, { explanation: '' })).status).toBe(422);
  await as(rater).post(`${answer}/explanation`, { explanation: 'Katsoin kahdesti' });
  expect((await as(learner).get(result)).text).toContain('Katsoin kahdesti');

  await as(learner).post(`${result}/settle`);
  expect(await estimates()).toHaveLength(1);
  const text = (await as(learner).get(result)).text;
  expect([text.includes('Se oli Ulla'), text.includes('Katsoin kahdesti')]).toEqual([true, true]);
});

it('stays in the history as withdrawn when the rater takes it back', async () => {
  const { learner, rater, result, answer } = await aResult();
  await as(learner).post(`${result}/contest`, { reason: 'Ei' });
  expect((await as(rater).post(`${answer}/withdrawal`)).headers.location).toBe(`${answer}?saved=withdrawn`);
  expect(page(await as(learner).get(result))('main').text()).toContain('This counts no longer');
  expect(page(await as(learner).get('/skills/results'))('main .tag').text()).toContain('Taken back');
  expect(await inScope(learner, () => db()('skill_estimates'))).toEqual([]);
});

it.each([
  ['demonstration', '4.2', 200],
  ['peer', '4.2', 404],
  ['quiz', '4.2', 404],
  ['demonstration', 'no-such', 404],
] as const)('shows the supervisor the answer to a %s of %s with %i', async (source, code, status) => {
  const { learner, supervisor, result, answer } = await aResult(source, code);
  await as(learner).post(`${result}/contest`, { reason: 'SYY' });
  const response = await as(supervisor).get(answer);
  expect(response.status).toBe(status);
  expect(response.text.includes('SYY')).toBe(response.status === 200);
  expect((await as(supervisor).post(`${answer}/withdrawal`)).status).toBe(response.status === 200 ? 403 : 404);
});

it('is found by nobody else', async () => {
  const { organisation, learner, rater, colleague, stranger, supervisor, result, answer } = await aResult();
  const administrator = await aPerson({ organisation, roles: ['administrator'] });
  await as(learner).post(`${result}/contest`, { reason: 'SYY' });
  for (const person of [rater, supervisor, colleague, stranger, administrator]) {
    expect((await as(person).get(result)).status).toBe(404);
    for (const verb of ['read', 'comment', 'contest', 'settle', 'remove'])
      expect((await as(person).post(`${result}/${verb}`, { reason: 'x' })).status).toBe(404);
  }
  for (const person of [learner, colleague, stranger, administrator]) {
    expect((await as(person).get(answer)).status).toBe(404);
    expect((await as(person).post(`${answer}/explanation`, { explanation: 'x' })).status).toBe(404);
    expect((await as(person).post(`${answer}/withdrawal`)).status).toBe(404);
  }
  expect((await as(undefined).get(result)).status).toBe(303);
  for (const id of ['x', '00000000-0000-4000-8000-000000000000', `${result.slice(-36)}'`])
    expect((await as(learner).get(`/skills/results/${id}`)).status).toBe(404);
});

it('takes away what is the person’s own, and nothing that others saw', async () => {
  const { learner, result } = await aResult();
  await anObservation(learner, { source: 'self', level: 5 });
  const own = await inScope(learner, () => db()('observations').where({ source: 'self' }).first());
  expect((await as(learner).post(`/skills/results/${own?.id}/remove`)).headers.location).toBe(
    '/skills/4.2?saved=removed',
  );
  expect((await as(learner).post(`${result}/remove`)).headers.location).toBe('/skills/4.2?saved=kept');
  expect(await inScope(learner, () => db()('observations'))).toMatchObject([{ source: 'demonstration' }]);
});

it('shows hostile text as text, and refuses a book', async () => {
  const { learner, rater, result, answer } = await aResult();
  const evil = '<img src=x onerror=alert(1)>';
  await as(learner).post(`${result}/comment`, { comment: evil });
  await as(learner).post(`${result}/contest`, { reason: evil });
  for (const { text } of [await as(learner).get(result), await as(rater).get(answer)]) {
    expect(text).toContain('&lt;img');
    expect(text).not.toContain('<img src=x');
  }
  expect((await as(learner).post(`${result}/comment`, { comment: 'a'.repeat(1001) })).status).toBe(422);
});

it.each(LANGUAGES)('speaks %s', async (language) => {
  const { learner, rater, result, answer } = await aResult();
  for (const person of [learner, rater]) person.language = language;
  await as(learner).post(`${result}/contest`, { reason: 'x' });
  for (const response of [
    await as(learner).get(result),
    await as(learner).get('/skills/results'),
    await as(rater).get(answer),
    await as(rater).get('/skills/answers'),
  ]) {
    expect(response.status).toBe(200);
    expect(response.text).not.toMatch(/>\s*skills\./);
  }
});
