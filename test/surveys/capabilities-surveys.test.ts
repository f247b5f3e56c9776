import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { forgetOffers } from '../../src/features/surveys/surveys.service';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { runJobs } from '../support/jobs';
import { aMailServer, textOf } from '../support/mail-server';

const FORM = {
  kind: 'own',
  naming: 'anonymous',
  paging: 'all',
  title: 'Miten digi sujuu?',
  language: 'fi',
  visibility: 'public',
};

async function aSurvey(values: object = {}, organisation?: { id: string }) {
  const maker = await aPerson({
    organisation: organisation ?? (await anOrganisation()),
    roles: ['author'],
    language: 'fi',
  });
  const made = await as(maker).post('/surveys/new', { ...FORM, key: randomUUID(), ...values });
  if (made.status !== 303) throw new Error(page(made)('.govuk-error-summary').text());
  const address = String(made.headers.location);
  return { maker, address, id: String(address.split('/').at(-1)) };
}
async function aQuestion(maker: Actor, address: string, kind: string, label: string, options = '') {
  const key = randomUUID();
  const answer = await as(maker).post(`${address}/questions`, { key, kind, label, options });
  expect(answer.status).toBe(303);
  return `q-${key}`;
}
const opened = async (maker: Actor, address: string) =>
  expect((await as(maker).post(`${address}/open`, {})).status).toBe(303);
const send = (who: Actor | undefined, address: string, form: object, how = 'answer') =>
  as(who).post(`${address}/${how}`, { key: randomUUID(), ...form });

it('digiverkosto-05: who answers may offer to present, apart from the answer, and gets a slot', async () => {
  const { maker, address, id } = await aSurvey({ kind: 'presenters', invited: '10' });
  const question = await aQuestion(maker, address, 'choice', 'Kiinnostaako?', 'Kyllä\nEi');
  await opened(maker, address);
  for (let times = 0; times < 5; times += 1)
    expect((await send(undefined, address, { [question]: '0' })).status).toBe(303);
  const empty = await as(undefined).post(`${address}/offer`, { name: 'Liisa', topic: '' });
  expect([empty.status, page(empty)('#name').val()]).toEqual([422, 'Liisa']);
  const key = randomUUID();
  const offer = { key, name: 'Liisa Laine', party: 'Testi ry', contact: 'liisa@example.org', topic: 'Digikahvila' };
  for (let times = 0; times < 2; times += 1)
    expect((await as(undefined).post(`${address}/offer`, offer)).headers.location).toContain('saved=offer');
  const unsaid = await as(maker).post(`${address}/offers/${key}`, { state: 'accepted', slot: '' });
  expect(unsaid.status).toBe(422);
  expect(
    (await as(maker).post(`${address}/offers/${key}`, { state: 'accepted', slot: '8.3.2027 klo 10' })).status,
  ).toBe(303);
  const offers = page(await as(maker).get(`${address}/offers`)).text();
  for (const part of ['Digikahvila', 'Liisa Laine', '8.3.2027 klo 10', 'Tarjouksia 1, hyväksytty 1.'])
    expect(offers).toContain(part);
  const foreign = await aPerson({ organisation: await anOrganisation(), roles: ['author'] });
  expect((await as(foreign).get(`${address}/offers`)).status).toBe(403);
  await as(maker).post(`${address}/close`, {});
  const results = page(await as(maker).get(`${address}/results`)).text();
  expect(results).toContain('Vastausosuus 50 %');
  expect(results).not.toContain('Liisa');
  const kept = await asOwner(async () => JSON.stringify(await db().table('survey_responses').where({ survey_id: id })));
  expect(kept).not.toContain('Liisa');
});

it('digiverkosto-05: the slot stands on the agenda of the meeting, and who offered hears of it by mail', async () => {
  const mail = await aMailServer();
  const { maker, address, id } = await aSurvey({ kind: 'presenters' });
  await aQuestion(maker, address, 'text', 'Mitä kuuluu?');
  await opened(maker, address);
  const day = addCalendarDays(dayOf(new Date()), 20);
  const meeting = { kind: 'meeting', title: 'Kevään tapaaminen', day, starts: '9.00', ends: '12.00' };
  const made = await as(maker).post('/events/new', { ...meeting, visibility: 'public', key: randomUUID() });
  const event = String(made.headers.location).split('/')[2];
  const offers = [randomUUID(), randomUUID()];
  for (const key of offers)
    await as(undefined).post(`${address}/offer`, {
      ...{ key, name: 'Liisa Laine', party: 'Testi ry', contact: 'liisa@example.org', topic: 'Digikahvila' },
    });
  const decide = (offer: string | undefined, form: object) => as(maker).post(`${address}/offers/${offer}`, form);
  for (let times = 0; times < 2; times += 1) await decide(offers[0], { state: 'accepted', slot: 'klo 10.15', event });
  await decide(offers[1], { state: 'declined' });
  const agenda = page(await as(undefined).get(`/events/${event}`)).text();
  expect(agenda.split('Digikahvila')).toHaveLength(2);
  expect(agenda).toContain('Testi ry');
  expect(page(await as(maker).get(address))('#chain').text()).toContain('Kevään tapaaminen');
  await runJobs();
  const texts = mail.received.map((one) => textOf(one));
  await mail.close();
  expect(mail.received.every(({ to }) => to[0] === 'liisa@example.org')).toBe(true);
  expect(texts.some((text) => text.includes('Aikasi on: klo 10.15'))).toBe(true);
  expect(texts.some((text) => text.includes('Tällä kertaa aika ei riitä'))).toBe(true);
  // Names and addresses of who offered are gone a year after the survey.
  await as(maker).post(`${address}/close`, {});
  const kept = () => asOwner(async () => (await db().table('survey_offers').where({ survey_id: id })).length);
  await inScope(maker, forgetOffers);
  expect(await kept()).toBe(2);
  await asOwner(() =>
    db()
      .table('surveys')
      .where({ id })
      .update({ closed_on: addCalendarDays(dayOf(new Date()), -400) }),
  );
  await inScope(maker, forgetOffers);
  expect(await kept()).toBe(0);
});

it('tells by no table what another one hides', async () => {
  const { maker, address } = await aSurvey();
  const group = await aQuestion(maker, address, 'choice', 'Missä asut?', 'Kaupungissa\nMaalla');
  const item = await aQuestion(maker, address, 'choice', 'Mikä auttaa?', 'Ohje\nIhminen\nKurssi');
  await opened(maker, address);
  // Three said "Kurssi": hidden, and "Ihminen" with it. By group "Ihminen" is 6 and 5: shown, their sum would tell it.
  for (const [place, help, count] of [
    [0, 0, 8],
    [1, 0, 7],
    [0, 1, 6],
    [1, 1, 5],
    [1, 2, 3],
  ] as const)
    for (let times = 0; times < count; times += 1)
      await send(undefined, address, { [group]: String(place), [item]: String(help) });
  await as(maker).post(`${address}/close`, {});
  const $ = page(await as(maker).get(`${address}/results?group=${group.slice(2)}`));
  const told = (caption: string) =>
    $(`caption:contains("${caption}")`)
      .closest('table')
      .find('tbody td')
      .map((_, one) => (/^\d+$/.test($(one).text().trim()) ? $(one).text().trim() : '–'))
      .get();
  expect(told('Mikä auttaa? (n = 29)')).toEqual(['15', '–', '–']);
  expect(told('Mikä auttaa? / Missä asut?')).toEqual(['8', '–', '–', '7', '–', '–']);
});

it('lets everybody who works with service users write down their answers, and nobody else', async () => {
  const { maker, address } = await aSurvey({ kind: 'service' });
  const question = await aQuestion(maker, address, 'choice', 'Onko puhelinta?', 'Kyllä\nEi');
  await opened(maker, address);
  const supporter = await aPerson({ organisation: { id: maker.organisation_id }, language: 'fi' });
  expect(page(await as(supporter).get(address)).text()).toContain('Avustettu vastaaminen');
  const form = { [question]: 'skip', channel: 'phone' };
  expect((await send(supporter, address, form, 'keyed')).status).toBe(422);
  expect((await send(supporter, address, { ...form, [question]: '1' }, 'keyed')).status).toBe(303);
  expect((await as(supporter).get(`${address}/offers`)).status).toBe(403);
  const foreign = await aPerson({ organisation: await anOrganisation() });
  expect((await send(foreign, address, { ...form, [question]: '1' }, 'keyed')).status).toBe(403);
});

it('digiverkosto-06: service users answer without a name on the web, on paper and by phone; channels are counted from five', async () => {
  const { maker, address } = await aSurvey({ kind: 'service', paging: 'one', language: 'fi-x-selko' });
  const first = await aQuestion(maker, address, 'choice', 'Onko sinulla puhelin?', 'Kyllä\nEi');
  const second = await aQuestion(maker, address, 'text', 'Mikä on vaikeaa?');
  await opened(maker, address);
  const paper = page(await as(undefined).get(`${address}/print`)).text();
  expect(paper).toContain('☐ Kyllä');
  expect(page(await as(maker).get(address))('svg.qr')).toHaveLength(1);
  const start = page(await as(undefined).get(`${address}/answer`));
  expect([start(`[name="${first}"]`).attr('type'), start(`textarea[name="${second}"]`).length]).toEqual(['radio', 0]);
  const next = page(await send(undefined, address, { [first]: '1', step: '0' }));
  expect([
    next(`[name="${first}"]`).attr('type'),
    next(`[name="${first}"]`).val(),
    next(`textarea[name="${second}"]`).length,
  ]).toEqual(['hidden', '1', 1]);
  // What is typed is not kept beside a person's name before it is sent.
  expect(start('form[data-no-keep] input[name="key"]')).toHaveLength(1);
  const secret = await send(undefined, address, { [first]: '1', [second]: 'Tunnus 131052-308T', step: '1' });
  expect([secret.status, page(secret)('.govuk-error-message').length]).toEqual([422, 1]);
  for (let times = 0; times < 5; times += 1) {
    await send(undefined, address, { [first]: '0', [second]: `Salasanat ${'x'.repeat(times)}`, step: '1' });
    expect((await send(maker, address, { [first]: '0', channel: 'phone' }, 'keyed')).status).toBe(303);
  }
  await send(maker, address, { [first]: '1', channel: 'paper' }, 'keyed');
  expect((await as(maker).get(`${address}/results`)).status).toBe(403);
  await as(maker).post(`${address}/close`, {});
  const results = page(await as(maker).get(`${address}/results`));
  expect(results.text()).toContain('Vastauksia 11.');
  // One on paper is too few, and a second channel is hidden with it.
  expect(results('#channels').closest('table').find('.hidden-note')).toHaveLength(2);
  expect((await as(undefined).get(`${address}/answer`)).status).toBe(404);
  const csv = (await as(maker).get(`${address}/results.csv`)).text;
  expect(csv).toContain('Onko sinulla puhelin?;Kyllä;;11');
  expect(csv).toContain('Onko sinulla puhelin?;Ei;;11');
});

it('joins no anonymous answer to a person: no column, no key, no time, no order, no transaction', async () => {
  const organisation = await anOrganisation();
  const { maker, address, id } = await aSurvey({ visibility: 'organisation' }, organisation);
  const question = await aQuestion(maker, address, 'number', 'Kuinka monta?');
  await opened(maker, address);
  for (let number = 0; number < 12; number += 1) {
    const person = await aPerson({ organisation });
    expect((await send(person, address, { [question]: String(number) })).status).toBe(303);
    expect((await send(person, address, { [question]: '99' })).headers.location).toContain('again=yes');
  }
  await asOwner(async () => {
    const { rows: columns } = await db().raw(
      `select table_name || '.' || column_name as name, data_type from information_schema.columns
       where table_name in ('survey_responses', 'survey_tokens')`,
    );
    const names = columns.map(({ name }: { name: string }) => name.split('.'));
    const both = names.filter(([table]: string[]) => table === 'survey_tokens').map(([, name]: string[]) => name);
    const shared = names.filter(([table, name]: string[]) => table === 'survey_responses' && both.includes(name));
    expect(shared.map(([, name]: string[]) => name).sort()).toEqual(['organisation_id', 'survey_id']);
    expect(columns.filter(({ data_type }: { data_type: string }) => /time|inet/.test(data_type))).toEqual([]);
    const { rows: keys } = await db().raw(
      `select confrelid::regclass::text as target from pg_constraint where contype = 'f'
       and conrelid in ('survey_responses'::regclass, 'survey_tokens'::regclass)`,
    );
    expect([...new Set(keys.map(({ target }: { target: string }) => target))]).toEqual(['surveys']);
    const tokens = await db().raw('select xmin::text as made_in, token from survey_tokens where survey_id = ?', [id]);
    const answers = await db().raw(
      'select id::text, xmin::text as made_in, answers from survey_responses where survey_id = ?',
      [id],
    );
    expect([tokens.rows.length, answers.rows.length]).toEqual([12, 12]);
    expect(new Set(tokens.rows.map(({ made_in }: { made_in: string }) => made_in)).size).toBe(1);
    expect(new Set(answers.rows.map(({ made_in }: { made_in: string }) => made_in)).size).toBe(1);
    const given = answers.rows.map((row: { answers: object }) => Object.values(row.answers)[0]);
    expect(given).not.toEqual([...given].sort((one: number, other: number) => one - other));
    expect(given.includes(99)).toBe(false);
    const audit = await db().table('audit_events').where({ organisation_id: organisation.id }).select('action');
    expect(audit.filter(({ action }) => /answer/.test(action))).toEqual([]);
  });
});

it('keeps what was declared once somebody has answered, whatever asks for a change', async () => {
  const { maker, address, id } = await aSurvey();
  const question = await aQuestion(maker, address, 'scale', 'Sujuuko?');
  await opened(maker, address);
  await send(undefined, address, { [question]: '3' });
  await asOwner(async () => {
    const change = (sql: string) => db().transaction((trx) => trx.raw(sql, [id]));
    await expect(change('update surveys set is_anonymous = false where id = ?')).rejects.toThrow(
      'stays as it was declared',
    );
    await expect(change("update survey_questions set label = 'Muu' where survey_id = ?")).rejects.toThrow('stay');
    await expect(change('delete from survey_questions where survey_id = ?')).rejects.toThrow('stay');
  });
  const late = await as(maker).post(`${address}/questions`, { kind: 'text', label: 'Myöhässä' });
  expect(late.status).toBe(422);
});

it('asks the pulse at most once in four weeks, without names, item by item', async () => {
  const organisation = await anOrganisation();
  const { maker, address, id } = await aSurvey(
    { kind: 'pulse', naming: 'named', visibility: 'organisation' },
    organisation,
  );
  expect(await asOwner(() => db().table('survey_questions').where({ survey_id: id }))).toHaveLength(10);
  expect((await asOwner(() => db().table('surveys').where({ id }).first())).is_anonymous).toBe(true);
  await opened(maker, address);
  const second = await aSurvey({ kind: 'pulse', visibility: 'organisation' }, organisation);
  expect((await as(second.maker).post(`${second.address}/open`, {})).status).toBe(422);
  expect(page(await as(await aPerson({ organisation, language: 'sv' })).get(`${address}/answer`)).text()).toContain(
    'Jag kan berätta på min arbetsplats',
  );
  const items = await asOwner(() =>
    db().table('survey_questions').where({ survey_id: id }).orderBy('position').pluck('id'),
  );
  for (let times = 0; times < 5; times += 1) {
    const person = await aPerson({ organisation });
    await send(person, address, { [`q-${items[0]}`]: '2', ...(times === 0 && { [`q-${items[1]}`]: '2' }) });
  }
  await as(maker).post(`${address}/close`, {});
  const $ = page(await as(maker).get(`${address}/results`));
  expect($('#trend').closest('table').find('tbody tr')).toHaveLength(1);
  expect($('#trend').closest('table').text()).toContain('2,0');
  // All five said the same: nothing is hidden, and how they spread is told. Of the second item too few said anything.
  expect($('section caption')).toHaveLength(2);
});

it('shows a draft to its keepers, an open one to those it is for, and its results to nobody else', async () => {
  const { maker, address } = await aSurvey({ visibility: 'organisation' });
  const own = await aPerson({ organisation: { id: maker.organisation_id } });
  const foreign = await aPerson({ organisation: await anOrganisation(), roles: ['author', 'administrator'] });
  const statuses = async (path: string) => {
    const answers = [];
    for (const who of [maker, own, foreign, undefined]) answers.push((await as(who).get(`${address}${path}`)).status);
    return answers;
  };
  await aQuestion(maker, address, 'text', 'Mitä kuuluu?');
  expect(await statuses('')).toEqual([200, 404, 404, 404]);
  await opened(maker, address);
  expect(await statuses('/answer')).toEqual([200, 200, 404, 404]);
  expect(await statuses('/keyed')).toEqual([200, 403, 404, 303]);
  await as(maker).post(`${address}/close`, {});
  expect(await statuses('/results')).toEqual([200, 403, 404, 303]);
  expect((await as(foreign).post(`${address}/close`, {})).status).toBe(404);
});

it('takes clumsy and hostile answers kindly', async () => {
  const { maker, address } = await aSurvey({ naming: 'named' });
  const choice = await aQuestion(maker, address, 'several', 'Mitä käytät?', 'A\nB');
  const number = await aQuestion(maker, address, 'number', 'Ikä?');
  await opened(maker, address);
  for (const form of [
    { [choice]: '7' },
    { [choice]: ['0', 'x'] },
    { [number]: '1e9' },
    { [number]: '12' },
    {},
    { [choice]: { a: '1' } },
  ])
    expect([form, (await send(undefined, address, form)).status]).toEqual([form, 422]);
  const key = randomUUID();
  for (let times = 0; times < 2; times += 1)
    await send(undefined, address, { key, name: '<script>x</script>', [choice]: ['0', '0', '1'], [number]: '12' });
  const results = await as(maker).get(`${address}/results`);
  expect(results.status).toBe(200);
  expect(page(results)('section li').text()).toBe('<script>x</script>');
  expect((await as(maker).get('/surveys/not-an-id')).status).toBe(404);
});
