import { standingOf } from '../../src/features/skills/responses.model';
import { comment, contest, explain, markRead, settle, withdraw } from '../../src/features/skills/responses.service';
import { db } from '../../src/lib/db';
import { anOrganisation, aPerson, aTeam, inScope } from '../support/factories';
import { anObservation, theFramework } from '../support/factories-skills';

const DAY = (day: string) => new Date(`${day}T10:00:00Z`);

async function aResult() {
  await theFramework();
  const organisation = await anOrganisation();
  const [learner, rater, other] = [
    await aPerson({ organisation }),
    await aPerson({ organisation }),
    await aPerson({ organisation }),
  ];
  await anObservation(learner, { by: rater, level: 2, observed_at: DAY('2026-02-01') });
  await anObservation(learner, { by: rater, level: 5, source: 'supervisor', observed_at: DAY('2026-03-01') });
  const [result] = await inScope(learner, () => db()('observations').where({ source: 'supervisor' }));
  return { organisation, learner, rater, other, id: result?.id ?? '' };
}

const levels = (actor: { id: string; organisation_id: string }) =>
  inScope(actor, async () => ({
    points: (await db()('skill_points').orderBy('observed_at')).map(({ level }) => Math.round(level * 10) / 10),
    estimate: (await db()('skill_estimates')).map(({ observations }) => observations),
  }));
const standing = async (actor: { id: string; organisation_id: string }) =>
  standingOf(await inScope(actor, () => db()('observation_responses').first()));

it('leaves what is contested out of the estimate until the person lets it stand', async () => {
  const { learner, id } = await aResult();
  const before = await levels(learner);
  expect(before.points).toHaveLength(2);

  expect(await inScope(learner, () => contest(learner, id, 'I was ill that day'))).toBe(true);
  expect(await levels(learner)).toEqual({ points: [before.points[0]], estimate: [1] });
  expect(await standing(learner)).toBe('contested');

  expect(await inScope(learner, () => settle(learner, id))).toBe(true);
  expect(await levels(learner)).toEqual(before);
  expect(await standing(learner)).toBe('counts');
});

const told = (to: { id: string; organisation_id: string }) =>
  inScope(to, async () => (await db().table('notifications').orderBy('created_at')).map(({ kind }) => kind));

it('tells the rater once, however often it is sent, and the person what the rater answered', async () => {
  const { learner, rater, other, id } = await aResult();
  for (let time = 0; time < 2; time += 1) await inScope(learner, () => contest(learner, id, 'No'));
  await inScope(rater, () => explain(rater, id, 'I looked twice'));
  expect([await told(rater), await told(learner), await told(other)]).toEqual([
    ['skill.contested'],
    ['skill.explained'],
    [],
  ]);
});

it.each([
  ['demonstration', 'professional', ['skill.contested']],
  ['peer', 'professional', []],
  ['demonstration', null, []],
] as const)('tells the supervisor of a contested %s with the profile %s: %j', async (source, target_profile, kinds) => {
  await theFramework();
  const organisation = await anOrganisation();
  const learner = await aPerson({ organisation, target_profile });
  const [rater, supervisor] = [await aPerson({ organisation }), await aPerson({ organisation })];
  await aTeam(organisation, { members: [learner], supervisor });
  await anObservation(learner, { by: rater, source });
  const [result] = await inScope(learner, () => db()('observations'));
  await inScope(learner, () => contest(learner, result?.id ?? '', 'No'));
  expect(await told(supervisor)).toEqual(kinds);
});

it('lets the rater explain or take it back; taken back, it stays in the history and never counts again', async () => {
  const { learner, rater, id } = await aResult();
  expect(await inScope(rater, () => withdraw(rater, id))).toBe(false);
  await inScope(learner, () => contest(learner, id, 'No'));
  expect(await inScope(rater, () => explain(rater, id, 'I looked twice'))).toBe(true);
  expect(await inScope(rater, () => withdraw(rater, id))).toBe(true);

  expect(await inScope(learner, () => settle(learner, id))).toBe(false);
  expect(await inScope(learner, () => contest(learner, id, 'Again'))).toBe(false);
  expect((await levels(learner)).estimate).toEqual([1]);
  expect(await inScope(learner, () => db()('observations').where({ id }))).toHaveLength(1);
});

it('is for the person and the rater alone: nobody else, and nobody of another organisation', async () => {
  const { learner, rater, other, id } = await aResult();
  const stranger = await aPerson();
  for (const actor of [rater, other, stranger])
    for (const verb of [
      () => markRead(actor, id),
      () => comment(actor, id, 'x'),
      () => contest(actor, id, 'x'),
      () => settle(actor, id),
    ])
      expect(await inScope(actor, verb)).toBe(false);
  await inScope(learner, () => contest(learner, id, 'No'));
  for (const actor of [learner, other, stranger])
    for (const verb of [() => explain(actor, id, 'x'), () => withdraw(actor, id)])
      expect(await inScope(actor, verb)).toBe(false);
});

it('keeps one comment, which the person may change and take away', async () => {
  const { learner, id } = await aResult();
  const read = () => inScope(learner, () => db()('observation_responses').first());
  await inScope(learner, () => comment(learner, id, 'With glasses'));
  expect(await read()).toMatchObject({ comment: 'With glasses', read_at: expect.any(Date) });
  await inScope(learner, () => comment(learner, id, ''));
  expect(await read()).toMatchObject({ comment: '', commented_at: null });
});
