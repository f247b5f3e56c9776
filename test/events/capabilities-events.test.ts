import { randomUUID } from 'node:crypto';
import { remindEvents } from '../../src/features/events/reminders.service';
import { cancelToken } from '../../src/features/events/signups.service';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { nextDay } from '../support/days';
import { aPerson, asOwner } from '../support/factories';
import { aKeeper, anEvent, EVENT_FORM, idOf, sent } from '../support/factories-events';
import { aPath } from '../support/factories-paths';

it('uudi-10: an event has a programme, sign-up with places, access needs only organisers see, materials and counted feedback', async () => {
  const keeper = await aKeeper();
  const organisation = { id: keeper.organisation_id };
  const [first, second] = [
    await aPerson({ organisation, name: 'Aino', language: 'fi' }),
    await aPerson({ organisation, name: 'Bertta', language: 'fi' }),
  ];
  const event = await anEvent(keeper, { capacity: '1', remote_link: 'https://meet.example.org/salainen' });
  await sent(first, `${event}/sign-up`, { needs: 'Tarvitsen hissin' });
  await sent(first, `${event}/sign-up`, { needs: 'Tarvitsen hissin' });
  await sent(second, `${event}/sign-up`);
  expect((await as(first).get(event)).text).toContain('https://meet.example.org/salainen');
  const waiting = (await as(second).get(event)).text;
  expect(waiting).toContain('Olet jonossa');
  expect(waiting).not.toContain('https://meet.example.org/salainen');
  expect(waiting).not.toContain('hissin');
  expect((await as(second).get(`${event}/organise`)).status).toBe(403);
  expect((await as(keeper).get(`${event}/organise`)).text).toContain('Tarvitsen hissin');
  await sent(first, `${event}/not-coming`);
  expect((await as(second).get(event)).text).toContain('https://meet.example.org/salainen');
  const told = await asOwner(() => db().table('notifications').where({ person_id: second.id, kind: 'event.place' }));
  expect(told).toHaveLength(1);
  await asOwner(() =>
    db().raw(
      `update events set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour' where id = ?`,
      [idOf(event)],
    ),
  );
  await sent(second, `${event}/answer`, { useful: 4, easy: 3, heard: 4 });
  await sent(second, `${event}/answer`, { useful: 1, easy: 1, heard: 1 });
  const answers = await asOwner(() =>
    db()
      .table('event_answers')
      .where({ event_id: idOf(event) }),
  );
  expect(answers.map(({ useful }) => useful)).toEqual([4]);
  expect((await as(keeper).get(`${event}/organise`)).text).toContain('niin vähän');
});

it('uudi-11: an event is seen by the organisation or by anybody, as chosen', async () => {
  const keeper = await aKeeper();
  const stranger = await aKeeper();
  const own = await anEvent(keeper, { title: 'Oma tapaaminen' });
  const open = await anEvent(keeper, { title: 'Avoin tapahtuma', visibility: 'public', anyway: 'yes' });
  expect((await as(undefined).get(own)).status).toBe(404);
  expect((await as(stranger).get(own)).status).toBe(404);
  expect((await as(stranger).post(`${own}/sign-up`, {})).status).toBe(404);
  expect((await as(undefined).get(open)).status).toBe(200);
  const list = (await as(undefined).get('/events')).text;
  expect(list).toContain(open);
  expect(list).not.toContain(own);
  expect((await as(stranger).get(`${open}/change`)).status).toBe(403);
});

it('uudi-11: a visitor without an account signs up with consent, and cancels by the link of the mail', async () => {
  const keeper = await aKeeper();
  const open = await anEvent(keeper, { visibility: 'public' });
  const visitor = { name: 'Vieno Vieras', email: 'vieno@example.org', consent: 'yes' };
  expect((await as(undefined).post(`${open}/visit`, { ...visitor, consent: '' })).status).toBe(422);
  await sent(undefined, `${open}/visit`, visitor);
  await sent(undefined, `${open}/visit`, { ...visitor, email: 'VIENO@example.org' });
  await sent(undefined, `${open}/visit`, { ...visitor, email: 'robot@example.org', website: 'x' });
  const rows = await asOwner(() =>
    db()
      .table('event_signups')
      .where({ event_id: idOf(open) }),
  );
  expect(rows.map(({ name, state }) => [name, state])).toEqual([['Vieno Vieras', 'in']]);
  const cancel = `/events/cancel/${cancelToken(rows[0])}`;
  expect((await as(undefined).get(`${cancel}x`)).status).toBe(404);
  expect((await as(undefined).post(cancel, {})).status).toBe(200);
  const [after] = await asOwner(() =>
    db()
      .table('event_signups')
      .where({ event_id: idOf(open) }),
  );
  expect(after.state).toBe('cancelled');
});

it('uudi-17: the kit gives methods whose steps become the agenda', async () => {
  const keeper = await aKeeper();
  expect((await as(keeper).get('/events/kit')).text).toContain('Oppimiskahvila');
  const event = await anEvent(keeper, { kind: 'workshop', method: 'learning-cafe' });
  const text = (await as(keeper).get(event)).text;
  expect(text).toContain('Kolme kierrosta, 15 minuuttia kukin');
  expect(text).toContain('13.10');
  await sent(keeper, `${event}/parts`, { kind: 'outcome', outcome: 'idea', title: 'Lainattavat laitteet' });
  const $ = page(await as(keeper).get(event));
  expect($('#chain').text()).toContain('Lainattavat laitteet');
});

it('digiverkosto-03: a series of meetings with agenda, speakers and notes; the clock time holds over the turning of clocks', async () => {
  const keeper = await aKeeper();
  // Clocks are turned back on the last Sunday of October.
  const day = nextDay('10-20');
  const event = await anEvent(keeper, { repeat: 'two-weeks', times: '3', day });
  const rows = await asOwner(() =>
    db()
      .table('events')
      .where({ series_id: idOf(event) })
      .orderBy('starts_at'),
  );
  expect(rows.map(({ starts_at }) => starts_at.toISOString())).toEqual([
    `${day}T10:00:00.000Z`,
    `${addCalendarDays(day, 14)}T11:00:00.000Z`,
    `${addCalendarDays(day, 28)}T11:00:00.000Z`,
  ]);
  await sent(keeper, `${event}/parts`, { kind: 'talk', title: 'Vauhtia piloteista', speaker: 'Marja Lehto' });
  await sent(keeper, `${event}/notes`, { notes: 'Sovittiin seuraavasta tapaamisesta' });
  const text = (await as(keeper).get(event)).text;
  for (const words of ['Marja Lehto', 'Sovittiin seuraavasta', 'Sarjan tapahtumat']) expect(text).toContain(words);
});

it('digiverkosto-03: what is at the same time in the same place is told with both names, and made only when one says so', async () => {
  const keeper = await aKeeper();
  await anEvent(keeper, { title: 'Ensimmäinen', place_text: 'Sali 1' });
  const key = randomUUID();
  const second = { ...EVENT_FORM, title: 'Toinen', place_text: 'sali 1', key };
  const answer = await as(keeper).post('/events/new', second);
  expect(answer.status).toBe(422);
  expect(page(answer)('main').text()).toMatch(/"Toinen" ja "Ensimmäinen" ovat samassa paikassa/);
  expect((await as(keeper).get(`/events/${key}`)).status).toBe(404);
  await sent(keeper, '/events/new', { ...second, anyway: 'yes' });
  expect((await as(keeper).get(`/events/${key}`)).status).toBe(200);
});

it('digiverkosto-08: a workshop of a series records its method, groups and outputs', async () => {
  const keeper = await aKeeper();
  const event = await anEvent(keeper, { kind: 'workshop', method: 'me-we-us' });
  await sent(keeper, `${event}/notes`, { groups: 'Ryhmä 1: esteet', notes: '' });
  await sent(keeper, `${event}/parts`, { kind: 'outcome', outcome: 'output', title: 'Luettelo esteistä' });
  const text = (await as(keeper).get(event)).text;
  for (const words of ['Yksin, pareittain, yhdessä', 'Ryhmä 1: esteet', 'Luettelo esteistä'])
    expect(text).toContain(words);
});

it('who was there has done the step of the path that the event stands for, and nobody else has', async () => {
  const keeper = await aKeeper();
  const organisation = { id: keeper.organisation_id };
  const [there, away] = [await aPerson({ organisation }), await aPerson({ organisation })];
  const path = await aPath(organisation);
  const [step] = await asOwner(() =>
    db()
      .table('path_steps')
      .insert({ organisation_id: organisation.id, path_id: path.id, position: 90, kind: 'outside' })
      .returning('id'),
  );
  const event = await anEvent(keeper, { path_step_id: step.id });
  for (const person of [there, away]) await sent(person, `${event}/sign-up`);
  const [signup] = await asOwner(() =>
    db()
      .table('event_signups')
      .where({ event_id: idOf(event), person_id: there.id }),
  );
  await sent(keeper, `${event}/attendance`, { attended: signup.id });
  const marks = await asOwner(() => db().table('path_step_marks').where({ step_id: step.id }));
  expect(marks).toMatchObject([{ person_id: there.id, how: 'attended' }]);
  expect((await as(there).post(`${event}/attendance`, { attended: signup.id })).status).not.toBe(303);
});

it('digiverkosto-11: experts by experience are invited, fee and agreement noted, seen by organisers only', async () => {
  const keeper = await aKeeper();
  const colleague = await aPerson({ organisation: { id: keeper.organisation_id } });
  const event = await anEvent(keeper);
  const expert = { name: 'Oili Osaaja', fee: '80,50', agreement: 'Puhuu omasta polustaan', state: 'agreed' };
  expect((await as(keeper).post(`${event}/experts`, { ...expert, fee: 'paljon' })).status).toBe(422);
  await sent(keeper, `${event}/experts`, expert);
  const text = (await as(keeper).get(`${event}/organise`)).text;
  expect(text).toContain('Oili Osaaja');
  expect(text).toContain('80,5');
  expect((await as(colleague).get(event)).text).not.toContain('Oili Osaaja');
  expect((await as(colleague).post(`${event}/experts`, expert)).status).toBe(403);
});

it('digiverkosto-12: materials of a meeting are links out, and nothing that a browser would run', async () => {
  const keeper = await aKeeper();
  const event = await anEvent(keeper);
  const material = { kind: 'material', title: 'Innokylän sivu', link: 'https://innokyla.fi/verkosto' };
  expect((await as(keeper).post(`${event}/parts`, { ...material, link: 'javascript:alert(1)' })).status).toBe(422);
  await sent(keeper, `${event}/parts`, material);
  expect(page(await as(keeper).get(event))('a[href="https://innokyla.fi/verkosto"]')).toHaveLength(1);
});

it('digiverkosto-15: the public feed, and the own secret one; a moved and a cancelled event keep their UID', async () => {
  const keeper = await aKeeper();
  const open = await anEvent(keeper, { title: 'Avoin ilta', visibility: 'public' });
  const own = await anEvent(keeper, { title: 'Oma ilta', anyway: 'yes' });
  const eventIn = (text: string, address: string) =>
    text.split('BEGIN:VEVENT').find((one) => one.includes(`UID:${idOf(address)}@oppiva`));
  const feed = async () => (await as(undefined).get('/events/feed.ics')).text;
  expect(eventIn(await feed(), open)).toMatch(/SEQUENCE:0/);
  expect(eventIn(await feed(), own)).toBeUndefined();
  await sent(keeper, `${open}/change`, {
    ...EVENT_FORM,
    title: 'Avoin ilta',
    visibility: 'public',
    starts: '14',
    ends: '16',
    anyway: 'yes',
  });
  expect(eventIn(await feed(), open)).toMatch(/SEQUENCE:1/);
  await sent(keeper, `${open}/call-off`);
  const last = eventIn(await feed(), open);
  expect(last).toMatch(/SEQUENCE:2/);
  expect(last).toMatch(/STATUS:CANCELLED/);
  const secretOf = async () =>
    /\/events\/feeds\/[\w.-]+/.exec((await as(keeper).get('/events/calendar')).text)?.[0] as string;
  const address = await secretOf();
  expect(eventIn((await as(undefined).get(address)).text, own)).toBeDefined();
  await sent(keeper, '/events/calendar');
  expect((await as(undefined).get(address)).status).toBe(404);
});

it('digitiekartta-06: a workshop decides and a dialogue records views only', async () => {
  const keeper = await aKeeper();
  const dialogue = await anEvent(keeper, { kind: 'dialogue', method: 'timeout-dialogue' });
  const decision = { kind: 'outcome', outcome: 'decision', title: 'Ostetaan laitteet' };
  const refused = await as(keeper).post(`${dialogue}/parts`, decision);
  expect(refused.status).toBe(422);
  expect(page(refused)('.govuk-error-summary').text()).toContain('vain näkemyksiä');
  await sent(keeper, `${dialogue}/parts`, { ...decision, outcome: 'view', title: 'Laitteet puuttuvat' });
  const workshop = await anEvent(keeper, { kind: 'workshop', anyway: 'yes' });
  await sent(keeper, `${workshop}/parts`, decision);
  expect((await as(keeper).get(dialogue)).text).not.toContain('Ostetaan laitteet');
  expect((await as(keeper).get(workshop)).text).toContain('Ostetaan laitteet');
});

it('reminders come the day before; needs and visitors are erased 30 days after', async () => {
  const keeper = await aKeeper();
  const event = await anEvent(keeper, { visibility: 'public', day: addCalendarDays(dayOf(new Date()), 5) });
  await sent(keeper, `${event}/sign-up`, { needs: 'Tulkki' });
  await sent(undefined, `${event}/visit`, { name: 'Vieno', email: 'v@example.org', consent: 'yes', needs: 'Tauot' });
  await remindEvents(new Date(Date.now() + 4 * 86_400_000));
  await remindEvents(new Date(Date.now() + 4 * 86_400_000));
  const told = await asOwner(() => db().table('notifications').where({ person_id: keeper.id, kind: 'event.tomorrow' }));
  expect(told).toHaveLength(1);
  await remindEvents(new Date(Date.now() + 40 * 86_400_000));
  const rows = await asOwner(() =>
    db()
      .table('event_signups')
      .where({ event_id: idOf(event) }),
  );
  expect(rows.map(({ person_id, needs }) => [person_id, needs])).toEqual([[keeper.id, '']]);
});

it('digiverkosto-04: a talk with topic, speaker and slides starts a lesson that is being written, once', async () => {
  const keeper = await aKeeper();
  const event = await anEvent(keeper);
  const key = randomUUID();
  await sent(keeper, `${event}/parts`, {
    key,
    kind: 'talk',
    title: 'Vauhtia piloteista',
    speaker: 'Marja Lehto',
    link: 'https://example.org/kalvot',
  });
  const course = randomUUID();
  await asOwner(() =>
    db()
      .table('courses')
      .insert({ id: course, organisation_id: keeper.organisation_id, slug: `k-${course}` }),
  );
  const one = await sent(keeper, `${event}/parts/${key}/lesson`, { course });
  const two = await sent(keeper, `${event}/parts/${key}/lesson`, { course });
  expect(one.headers.location).toBe(two.headers.location);
  const draft = await asOwner(() => db().table('lesson_drafts').where({ course_id: course }));
  expect(draft.map(({ content }) => content.title)).toEqual([{ fi: 'Vauhtia piloteista' }]);
});
