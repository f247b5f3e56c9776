import { addCalendarDays } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { nextDay } from '../support/days';
import { aPerson, asOwner } from '../support/factories';
import { aKeeper, anEvent, EVENT_FORM, idOf, sent } from '../support/factories-events';

const day = nextDay('05-10');
const inSeries = (event: string) =>
  asOwner(() =>
    db()
      .table('events')
      .where({ series_id: idOf(event) })
      .orderBy('starts_at'),
  );
const aSeries = async () => {
  const keeper = await aKeeper();
  return { keeper, first: await anEvent(keeper, { repeat: 'week', times: '4', day, place_text: 'Sali 1' }) };
};
const form = { ...EVENT_FORM, day, place_text: 'Sali 1' };

it('digiverkosto-03: later events of a series are changed with one, each on its own day; those before it stay', async () => {
  const { keeper, first } = await aSeries();
  const second = `/events/${(await inSeries(first))[1].id}`;
  expect(page(await as(keeper).get(`${second}/change`))('input[name=later]').length).toBe(1);
  const reader = await aPerson({ organisation: { id: keeper.organisation_id } });
  const last = `/events/${(await inSeries(first))[3].id}`;
  await sent(reader, `${last}/sign-up`);
  const change = { ...form, title: 'Uusi nimi', starts: '14.00', ends: '15.30' };
  // A week later: to the time where its next one stood.
  await sent(keeper, `${second}/change`, { ...change, day: addCalendarDays(day, 14), later: 'yes' });
  expect((await inSeries(first)).map((one) => [one.title, one.starts_at.toISOString()])).toEqual([
    ['Verkostotapaaminen', `${day}T10:00:00.000Z`],
    ['Uusi nimi', `${addCalendarDays(day, 14)}T11:00:00.000Z`],
    ['Uusi nimi', `${addCalendarDays(day, 21)}T11:00:00.000Z`],
    ['Uusi nimi', `${addCalendarDays(day, 28)}T11:00:00.000Z`],
  ]);
  const told = await asOwner(() => db().table('notifications').where({ person_id: reader.id }).pluck('kind'));
  expect(told).toEqual(['event.moved']);

  await sent(keeper, `${first}/change`, { ...form, title: 'Vain tämä' });
  expect((await inSeries(first)).map(({ title }) => title)).toEqual(['Vain tämä', ...Array(3).fill('Uusi nimi')]);
});

it('changes none of them when one clashes with something else', async () => {
  const { keeper, first } = await aSeries();
  const other = await aPerson({ organisation: { id: keeper.organisation_id }, roles: ['author'] });
  await anEvent(other, { title: 'Toisten kokous', place_text: 'Sali 2', day: addCalendarDays(day, 21) });
  const answer = await as(keeper).post(`${first}/change`, { ...form, place_text: 'Sali 2', later: 'yes' });
  expect([answer.status, page(answer)('main').text().includes('Toisten kokous')]).toEqual([422, true]);
  expect(page(answer)('input[name=later]').attr('checked')).toBe('checked');
  expect((await inSeries(first)).map(({ place_text }) => place_text)).toEqual(Array(4).fill('Sali 1'));
});

it('calls off the rest of a series, tells who comes, and leaves other series and organisations alone', async () => {
  const { keeper, first } = await aSeries();
  const other = await aSeries();
  const rows = await inSeries(first);
  const reader = await aPerson({ organisation: { id: keeper.organisation_id } });
  await sent(reader, `/events/${rows[3].id}/sign-up`);
  const third = `/events/${rows[2].id}`;
  expect((await as(other.keeper).post(`${third}/call-off`, { later: 'yes' })).status).toBe(404);
  await sent(keeper, `${third}/call-off`, { later: 'yes' });
  const states = async (event: string) => (await inSeries(event)).map(({ state }) => state);
  expect(await states(first)).toEqual(['planned', 'planned', 'cancelled', 'cancelled']);
  expect(await states(other.first)).toEqual(Array(4).fill('planned'));
  const told = await asOwner(() => db().table('notifications').where({ person_id: reader.id }).pluck('kind'));
  expect(told).toEqual(['event.cancelled']);
  await sent(keeper, `${first}/call-off`, {});
  expect(await states(first)).toEqual(['cancelled', 'planned', 'cancelled', 'cancelled']);
});
