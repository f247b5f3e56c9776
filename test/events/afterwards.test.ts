import { remindEvents } from '../../src/features/events/reminders.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { noonOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { inDays } from '../support/days';
import { aPerson, asOwner } from '../support/factories';
import { aKeeper, anEvent, EVENT_FORM, idOf, sent } from '../support/factories-events';
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

describe('what a tick gave', () => {
  it('goes over to another step when the event stands for that one, and is gone when it stands for none', async () => {
    const { keeper, person, step } = await aStepOfEvents();
    const [{ path_id }] = await asOwner(() => db().table('path_steps').where({ id: step }).select('path_id'));
    const [other] = await asOwner(() =>
      db()
        .table('path_steps')
        .insert({ organisation_id: keeper.organisation_id, path_id, position: 91, kind: 'outside' })
        .returning('id'),
    );
    const event = await anEvent(keeper, { path_step_id: step });
    await sent(keeper, `${event}/attendance`, { attended: await signUpOf(event, person) });
    await sent(keeper, `${event}/change`, { ...EVENT_FORM, path_step_id: other.id });
    expect([await marks(step), await marks(other.id)]).toEqual([[], ['attended']]);
    await sent(keeper, `${event}/change`, EVENT_FORM);
    expect([await marks(step), await marks(other.id)]).toEqual([[], []]);
  });

  it('is gone when the person says that they do not come', async () => {
    const { keeper, person, step } = await aStepOfEvents();
    const event = await anEvent(keeper, { path_step_id: step });
    await sent(keeper, `${event}/attendance`, { attended: await signUpOf(event, person) });
    await sent(person, `${event}/not-coming`);
    expect(await marks(step)).toEqual([]);
  });
});

describe('who is told', () => {
  const told = (person: Actor) =>
    asOwner(() => db().table('notifications').where({ person_id: person.id }).orderBy('created_at').pluck('kind'));

  it.each([
    ['another end', { ends: '18.00' }],
    ['another way in from afar', { remote_link: 'https://b.example.org/y' }],
  ])('%s is told to those who come', async (_what, change) => {
    const { keeper, person } = await aStepOfEvents();
    const event = await anEvent(keeper, { remote_link: 'https://a.example.org/x' });
    await signUpOf(event, person);
    const same = { ...EVENT_FORM, remote_link: 'https://a.example.org/x' };
    await sent(keeper, `${event}/change`, { ...same, title: 'Uusi nimi' });
    expect(await told(person)).toEqual([]);
    await sent(keeper, `${event}/change`, { ...same, ...change });
    expect(await told(person)).toEqual(['event.moved']);
  });

  it('nobody hears that a cancelled event has moved', async () => {
    const { keeper, person } = await aStepOfEvents();
    const event = await anEvent(keeper);
    await signUpOf(event, person);
    await sent(keeper, `${event}/call-off`);
    await sent(keeper, `${event}/change`, { ...EVENT_FORM, starts: '12.00' });
    expect(await told(person)).toEqual(['event.cancelled']);
  });

  it('who waits for a place is not told that their event is tomorrow', async () => {
    const { keeper, person } = await aStepOfEvents();
    const first = await aPerson({ organisation: { id: keeper.organisation_id } });
    const event = await anEvent(keeper, { capacity: '1' });
    for (const one of [first, person]) await signUpOf(event, one);
    await remindEvents(noonOf(inDays(9)));
    expect([await told(first), await told(person)]).toEqual([['event.tomorrow'], []]);
  });
});

it('who was marked as absent is not asked how it was', async () => {
  const { keeper, person } = await aStepOfEvents();
  const event = await anEvent(keeper);
  const signup = await signUpOf(event, person);
  await asOwner(() =>
    db().raw(
      "update events set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour' where id = ?",
      [idOf(event)],
    ),
  );
  const asks = async () => page(await as(person).get(event))('input[name=useful]').length > 0;
  const answer = { useful: 4, easy: 3, heard: 4 };
  await sent(keeper, `${event}/attendance`, {});
  expect([await asks(), (await as(person).post(`${event}/answer`, answer)).status]).toEqual([false, 403]);
  await sent(keeper, `${event}/attendance`, { attended: signup });
  expect([await asks(), (await as(person).post(`${event}/answer`, answer)).status]).toEqual([true, 303]);
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
