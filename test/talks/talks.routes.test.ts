import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, aTeam, reload } from '../support/factories';
import { aTalk, storedTalk, twoForTalk } from '../support/factories-talks';

const notes = (talk: string) => asOwner(() => db().table('talk_preparations').where({ talk_id: talk }).orderBy('well'));
const day = (days: number) => addCalendarDays(dayOf(new Date()), days);

describe('planning', () => {
  it('lets the supervisor suggest a talk, once, and tells the person', async () => {
    const { aino, supervisor } = await twoForTalk();
    const form = { key: randomUUID(), with: aino.id, planned_on: day(5) };
    const first = await as(supervisor).post('/talks', form);
    const again = await as(supervisor).post('/talks', form);
    const another = await as(supervisor).post('/talks', { ...form, key: randomUUID() });
    expect([first.status, again.headers.location, another.headers.location]).toEqual([
      303,
      first.headers.location,
      first.headers.location,
    ]);
    expect((await reload(aino)).unread_notifications).toBe(1);
    expect((await as(aino).get('/talks')).text).toContain(supervisor.name);
  });

  it('lets the person suggest one to their supervisor, and nobody to anyone else', async () => {
    const { aino, mikko, supervisor } = await twoForTalk();
    const stranger = await aPerson();
    const ask = (from: Actor, to: { id: string }) =>
      as(from).post('/talks', { key: randomUUID(), with: to.id, planned_on: day(5) });
    expect((await ask(aino, supervisor)).status).toBe(303);
    expect((await reload(supervisor)).unread_notifications).toBe(1);
    for (const [from, to] of [
      [aino, mikko],
      [aino, aino],
      [aino, stranger],
      [supervisor, stranger],
      [stranger, aino],
    ] as const)
      expect((await ask(from, to)).status).toBe(404);
  });

  it.each(['', '31.2.2027', 'huomenna', '1.1.2050', '1.1.1990'])(
    'keeps what was typed when the day is %j',
    async (typed) => {
      const { aino, supervisor } = await twoForTalk();
      const response = await as(supervisor).post('/talks', { key: randomUUID(), with: aino.id, planned_on: typed });
      const $ = page(response);
      expect(response.status).toBe(422);
      expect($('#planned_on-error').length).toBe(1);
      expect($('#with').val()).toBe(aino.id);
    },
  );

  it('moves the day, and takes a talk away with all that was written in it', async () => {
    const { aino, supervisor } = await twoForTalk();
    const talk = await aTalk(aino, supervisor);
    await as(aino).post(`/talks/${talk}/preparation`, { version: 0, well: 'Hyvin' });
    expect((await as(aino).post(`/talks/${talk}/day`, { planned_on: day(20) })).status).toBe(303);
    expect((await as(supervisor).post(`/talks/${talk}/removal`)).status).toBe(303);
    expect(await storedTalk(talk)).toBeUndefined();
    expect(await notes(talk)).toEqual([]);
  });
});

describe('preparing', () => {
  it('keeps half-filled notes, and shows them to the other only when their writer says so', async () => {
    const { aino, supervisor } = await twoForTalk();
    const talk = await aTalk(aino, supervisor);
    await as(aino).post(`/talks/${talk}/preparation`, { version: 0, well: 'MERKKI sujuu' });
    expect(page(await as(aino).get(`/talks/${talk}`))('#well').val()).toBe('MERKKI sujuu');
    expect((await as(supervisor).get(`/talks/${talk}`)).text).not.toContain('MERKKI');

    await as(aino).post(`/talks/${talk}/preparation`, { version: 1, well: 'MERKKI sujuu', is_shown: 'yes' });
    expect((await as(supervisor).get(`/talks/${talk}`)).text).toContain('MERKKI');
  });

  it('does not write over what another window saved: both texts are there to be put together', async () => {
    const { aino, supervisor } = await twoForTalk();
    const talk = await aTalk(aino, supervisor);
    await as(aino).post(`/talks/${talk}/preparation`, { version: 0, well: 'Ensimmäinen' });
    const second = await as(aino).post(`/talks/${talk}/preparation`, { version: 0, well: 'Toinen' });
    const $ = page(second);
    expect(second.status).toBe(422);
    expect($('#well').val()).toBe('Toinen');
    expect($('.quote').first().text()).toContain('Ensimmäinen');
    await as(aino).post(`/talks/${talk}/preparation`, { version: $('[name=version]').first().val(), well: 'Molemmat' });
    expect((await notes(talk)).map(({ well }) => well)).toEqual(['Molemmat']);
  });

  it('says when a text is too long, and loses none of it', async () => {
    const { aino, supervisor } = await twoForTalk();
    const talk = await aTalk(aino, supervisor);
    const long = 'a'.repeat(4001);
    const response = await as(aino).post(`/talks/${talk}/preparation`, { version: 0, well: long, learn: 'Kartat' });
    const $ = page(response);
    expect(response.status).toBe(422);
    expect([$('#well').val(), $('#learn').val(), $('#well-error').length]).toEqual([long, 'Kartat', 1]);
  });
});

describe('agreeing', () => {
  it('adds a goal once, of a skill with a level or in own words, and removes it', async () => {
    const { aino, supervisor } = await twoForTalk();
    const talk = await aTalk(aino, supervisor);
    const goal = { key: randomUUID(), competence: '', words: 'Osaan neuvoa asiakasta' };
    await as(supervisor).post(`/talks/${talk}/goals`, goal);
    await as(supervisor).post(`/talks/${talk}/goals`, goal);
    const goals = () => asOwner(() => db().table('talk_goals').where({ talk_id: talk }));
    expect(await goals()).toHaveLength(1);
    await as(aino).post(`/talks/${talk}/goals/${goal.key}/removal`);
    expect(await goals()).toEqual([]);
  });

  it.each([
    [{ competence: '', words: '' }, '#words-error'],
    [{ competence: 'no such', words: '' }, '#competence-error'],
    [{ competence: '', words: 'a'.repeat(301) }, '#words-error'],
    [{ competence: '4.2', level: '9' }, '#level-error'],
  ])('refuses the goal %j with a message by the field', async (goal, error) => {
    const { aino, supervisor } = await twoForTalk();
    const talk = await aTalk(aino, supervisor);
    const response = await as(aino).post(`/talks/${talk}/goals`, { key: randomUUID(), ...goal });
    expect([response.status, page(response)(error).length]).toEqual([422, 1]);
  });

  it('lets two write at once without writing over each other', async () => {
    const { aino, supervisor } = await twoForTalk();
    const talk = await aTalk(aino, supervisor);
    await as(aino).post(`/talks/${talk}/agreement`, { text_version: 0, agreement: 'Ainon teksti' });
    const late = await as(supervisor).post(`/talks/${talk}/agreement`, {
      text_version: 0,
      agreement: 'Helenan teksti',
    });
    const $ = page(late);
    expect(late.status).toBe(422);
    expect($('#agreement').val()).toBe('Helenan teksti');
    expect($('.quote').text()).toContain('Ainon teksti');
    expect((await storedTalk(talk)).agreement).toBe('Ainon teksti');

    const version = $('[name=text_version]').val();
    await as(supervisor).post(`/talks/${talk}/agreement`, { text_version: version, agreement: 'Yhteinen teksti' });
    expect((await storedTalk(talk)).agreement).toBe('Yhteinen teksti');
  });
});

describe('confirming', () => {
  async function agreed() {
    const two = await twoForTalk();
    const talk = await aTalk(two.aino, two.supervisor);
    await as(two.aino).post(`/talks/${talk}/agreement`, {
      text_version: 0,
      agreement: 'Kaksi kotikäyntiä',
      next_on: day(200),
    });
    return { ...two, talk };
  }
  const confirm = async (who: Actor, talk: string) => {
    const $ = page(await as(who).get(`/talks/${talk}`));
    return as(who).post(`/talks/${talk}/confirmation`, {
      version: $('form[action$=confirmation] [name=version]').val(),
    });
  };

  it('holds the talk once both have said yes, forgets the notes but for those kept, and plans the next one', async () => {
    const { aino, supervisor, talk } = await agreed();
    await as(aino).post(`/talks/${talk}/preparation`, { version: 0, well: 'Ainon', is_kept: 'yes', is_shown: 'yes' });
    await as(supervisor).post(`/talks/${talk}/preparation`, { version: 0, well: 'Helenan' });
    await confirm(aino, talk);
    expect((await storedTalk(talk)).held_at).toBeNull();
    await confirm(supervisor, talk);

    expect((await storedTalk(talk)).held_at).toBeInstanceOf(Date);
    expect((await notes(talk)).map(({ well, is_shown }) => [well, is_shown])).toEqual([['Ainon', false]]);
    expect((await as(supervisor).get(`/talks/${talk}`)).text).not.toContain('Ainon');
    expect((await as(aino).get(`/talks/${talk}`)).text).toContain('Ainon');
    const open = await asOwner(() => db().table('talks').where({ person_id: aino.id, held_at: null }));
    expect(open).toHaveLength(1);
    await as(aino).post(`/talks/${talk}/preparation/removal`);
    expect(await notes(talk)).toEqual([]);
  });

  it('asks both again after any change', async () => {
    const { aino, supervisor, talk } = await agreed();
    await confirm(aino, talk);
    const before = (await storedTalk(talk)).version;
    await as(supervisor).post(`/talks/${talk}/goals`, { key: randomUUID(), words: 'Uusi tavoite' });
    expect((await storedTalk(talk)).person_confirmed_at).toBeNull();
    const stale = await as(supervisor).post(`/talks/${talk}/confirmation`, { version: before });
    expect(stale.status).toBe(422);
    expect((await storedTalk(talk)).supervisor_confirmed_at).toBeNull();
  });

  it('is no one’s alone: twice the same yes holds nothing, and an empty talk is not confirmed', async () => {
    const { aino, supervisor, talk } = await agreed();
    await confirm(aino, talk);
    const { version } = await storedTalk(talk);
    await as(aino).post(`/talks/${talk}/confirmation`, { version });
    expect((await storedTalk(talk)).held_at).toBeNull();
    const empty = await aTalk(supervisor, aino);
    await aTeam({ id: aino.organisation_id }, { members: [supervisor], supervisor: aino });
    expect((await as(supervisor).post(`/talks/${empty}/confirmation`, { version: 0 })).status).toBe(422);
  });

  it('changes no more once held; what was typed meanwhile is shown to be saved elsewhere', async () => {
    const { aino, supervisor, talk } = await agreed();
    await confirm(aino, talk);
    await confirm(supervisor, talk);
    const late = await as(aino).post(`/talks/${talk}/agreement`, { text_version: 1, agreement: 'Myöhästynyt teksti' });
    expect([late.status, late.text.includes('Myöhästynyt teksti')]).toEqual([422, true]);
    expect((await as(aino).post(`/talks/${talk}/goals`, { key: randomUUID(), words: 'x' })).status).toBe(403);
    expect((await as(aino).post(`/talks/${talk}/removal`)).status).toBe(403);
    expect((await storedTalk(talk)).agreement).toBe('Kaksi kotikäyntiä');
  });
});
