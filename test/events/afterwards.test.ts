import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { aKeeper, anEvent, idOf, sent } from '../support/factories-events';
import { aPath } from '../support/factories-paths';

async function aStepOfEvents() {
  const keeper = await aKeeper();
  const organisation = { id: keeper.organisation_id };
  const path = await aPath(organisation);
  const [step] = await asOwner(() =>
    db()
      .table('path_steps')
      .insert({ organisation_id: organisation.id, path_id: path.id, position: 90, kind: 'outside' })
      .returning('id'),
  );
  return { keeper, person: await aPerson({ organisation }), step: step.id as string };
}
const signUpOf = async (event: string, person: Actor): Promise<string> => {
  await sent(person, `${event}/sign-up`);
  const where = { event_id: idOf(event), person_id: person.id };
  return (await asOwner(() => db().table('event_signups').where(where).first())).id;
};
const marks = (step: string) => asOwner(() => db().table('path_step_marks').where({ step_id: step }).pluck('how'));

describe('a tick for somebody who was not there', () => {
  it('is taken back with what it gave, and is kept in the log both times', async () => {
    const { keeper, person, step } = await aStepOfEvents();
    const event = await anEvent(keeper, { path_step_id: step });
    const signup = await signUpOf(event, person);
    await sent(keeper, `${event}/attendance`, { attended: signup });
    expect(await marks(step)).toEqual(['attended']);
    await sent(keeper, `${event}/attendance`, {});
    expect(await marks(step)).toEqual([]);
    const log = await asOwner(() =>
      db()
        .table('audit_events')
        .where({ organisation_id: keeper.organisation_id, action: 'event.attendance' })
        .orderBy('id')
        .pluck('details'),
    );
    expect(log).toEqual([
      { came: 1, signed: 1 },
      { came: 0, signed: 1 },
    ]);
  });

  it('leaves what another event, another person or the learner themselves gave', async () => {
    const { keeper, person, step } = await aStepOfEvents();
    const other = await aPerson({ organisation: { id: keeper.organisation_id } });
    const first = await anEvent(keeper, { path_step_id: step });
    const second = await anEvent(keeper, { path_step_id: step, starts: '16.00', ends: '17.00' });
    const [one, again, others] = [
      await signUpOf(first, person),
      await signUpOf(second, person),
      await signUpOf(first, other),
    ];
    await asOwner(() =>
      db()
        .table('path_step_marks')
        .insert({ organisation_id: keeper.organisation_id, person_id: person.id, step_id: step, how: 'self' }),
    );
    await sent(keeper, `${first}/attendance`, { attended: [one, others] });
    await sent(keeper, `${second}/attendance`, { attended: again });
    await sent(keeper, `${first}/attendance`, { attended: others });
    expect((await marks(step)).sort()).toEqual(['attended', 'attended', 'self']);
    await sent(keeper, `${second}/attendance`, {});
    expect((await marks(step)).sort()).toEqual(['attended', 'self']);
  });
});

it('an after-action review asks its four questions, keeps their answers and tells them to those who see the event', async () => {
  const keeper = await aKeeper();
  const event = await anEvent(keeper, { kind: 'review', title: 'Mitä opimme pilotista' });
  const fields = ['expected', 'happened', 'why', 'next'];
  const form = page(await as(keeper).get(`${event}/organise`));
  expect(fields.map((name) => form(`textarea[name=${name}]`).length)).toEqual([1, 1, 1, 1]);
  const review = {
    expected: 'Kymmenen tulee',
    happened: 'Neljä tuli',
    why: 'Aika oli aamulla',
    next: 'Kokeillaan iltaa',
  };
  await sent(keeper, `${event}/notes`, { notes: '', groups: '', ...review });
  const reader = await aPerson({ organisation: { id: keeper.organisation_id }, language: 'fi' });
  const told = page(await as(reader).get(event))('main').text();
  for (const words of ['Mitä piti tapahtua?', ...Object.values(review)]) expect(told).toContain(words);
  expect(page(await as(keeper).get(`${event}/organise`))('textarea[name=why]').val()).toBe('Aika oli aamulla');

  const long = await as(keeper).post(`${event}/notes`, { notes: '', groups: '', ...review, why: 'x'.repeat(3001) });
  expect([long.status, page(long)('textarea[name=next]').val()]).toEqual([422, 'Kokeillaan iltaa']);
  expect((await as(await aKeeper()).get(event)).status).toBe(404);
});

it('a speaker in two places at once is told with both names, and added only when one says so', async () => {
  const keeper = await aKeeper();
  const second = await aPerson({ organisation: { id: keeper.organisation_id }, roles: ['author'], language: 'fi' });
  const [first, other] = [
    await anEvent(keeper, { title: 'Aamun tapaaminen' }),
    await anEvent(second, { title: 'Toinen tapaaminen', starts: '14.00', ends: '16.00' }),
  ];
  const talk = { kind: 'talk', title: 'Vauhtia piloteista', speaker: 'Marja Lehto' };
  await sent(keeper, `${first}/parts`, talk);
  const answer = await as(second).post(`${other}/parts`, {
    ...{ ...talk, title: 'Sama puhuja', speaker: ' marja lehto ' },
    key: 'f3b0c9a1-5f0e-4d0a-9a55-0c2f7f6f1d11',
  });
  expect(answer.status).toBe(422);
  const told = page(answer)('main').text();
  for (const words of ['Aamun tapaaminen', 'Toinen tapaaminen']) expect(told).toContain(words);
  expect(page(answer)('input[name=title]').val()).toBe('Sama puhuja');
  const talks = () =>
    asOwner(() =>
      db()
        .table('event_parts')
        .where({ event_id: idOf(other) })
        .pluck('title'),
    );
  expect(await talks()).toEqual([]);
  await sent(second, `${other}/parts`, { ...talk, title: 'Sama puhuja', anyway: 'yes' });
  expect(await talks()).toEqual(['Sama puhuja']);
});
