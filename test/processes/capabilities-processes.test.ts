import { randomUUID } from 'node:crypto';
import * as cheerio from 'cheerio';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { asOwner } from '../support/factories';
import { aMember, aProcess, START, sent } from '../support/factories-processes';

const DECISION = {
  what: 'Teemme tiekartan vuoteen 2030',
  why: 'Kunnat tarvitsevat suunnan',
  decided_by: 'Ohjausryhmä',
};
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** A session with topics and what was brought to it. Returns the id of the session. */
async function aSession(actor: Actor, address: string, values: object, brought: [topic: string, party: string][] = []) {
  const key = randomUUID();
  const form = { kind: 'workshop', level: 'arena', title_fi: 'Työpaja', held_on: daysAgo(30), ...values, key };
  await sent(actor, `${address}/sessions`, form);
  for (const [topic_id, party] of brought)
    await sent(actor, `${address}/sessions/${key}/contributions`, { topic_id, party, body: `${party} kertoo` });
  return key;
}

async function aTopic(actor: Actor, address: string, name_fi: string, more: object = {}) {
  const key = randomUUID();
  await sent(actor, `${address}/topics`, { key, name_fi, area: 'skills', ...more });
  return key;
}

it('digitiekartta-02: Lab records the frame and the methods in a closed workspace, and opens a text when it is ready', async () => {
  const { id, address } = await aProcess();
  const lab = await aMember(id, 'lab');
  const studio = await aMember(id, 'studio');
  const key = randomUUID();
  const frame = {
    kind: 'frame',
    title_fi: 'Suomen digitaalinen kompassi',
    body_fi: 'Neljä aluetta.',
    level: 'lab',
    key,
  };
  await sent(lab, `${address}/texts`, frame);
  await sent(lab, `${address}/texts`, {
    kind: 'method',
    title_fi: 'Dialogi',
    body_fi: 'Näkemyksiä vierekkäin.',
    level: 'lab',
  });
  const $ = page(await as(lab).get(`${address}/lab`));
  expect($('#frames').parent().text()).toContain('Suomen digitaalinen kompassi');
  expect($('#methods').parent().text()).toContain('Dialogi');
  expect((await as(studio).get(`${address}/lab`)).status).toBe(404);
  expect((await as(undefined).get(`${address}/agora`)).text).not.toContain('Suomen digitaalinen kompassi');
  await sent(lab, `${address}/texts/${key}`, { ...frame, level: 'agora' });
  expect((await as(undefined).get(`${address}/agora`)).text).toContain('Suomen digitaalinen kompassi');
});

it('digitiekartta-03: Studio decides, and the log keeps what, why, who, when and parties; a revision never erases', async () => {
  const { id, address } = await aProcess();
  const studio = await aMember(id, 'studio');
  const key = randomUUID();
  const decision = { ...DECISION, decided_on: '2026-02-03', parties: 'Porvoo\nKotka\n\nPorvoo', is_open: 'yes', key };
  for (let times = 0; times < 2; times += 1) await sent(studio, `${address}/decisions`, decision);
  const first = page(await as(undefined).get(`${address}/decisions`));
  expect(first('.decisions > li')).toHaveLength(1);
  const told = first('.decisions > li').text();
  for (const part of [DECISION.what, DECISION.why, DECISION.decided_by, '3.2.2026', 'Porvoo, Kotka'])
    expect(told).toContain(part);

  const form = page(await as(studio).get(`${address}/decisions?revises=${key}`));
  expect([form('#what').val(), form('input[name=revises]').val()]).toEqual([DECISION.what, key]);
  const again = {
    ...decision,
    key: randomUUID(),
    revises: key,
    what: 'Teemme tiekartan vuoteen 2032',
    why: 'Aika ei riitä',
  };
  await sent(studio, `${address}/decisions`, again);
  // Two who revise the same decision at once: the second is asked to read first.
  const late = await as(studio).post(`${address}/decisions`, { ...again, key: randomUUID(), what: 'Toinen muoto' });
  expect([late.status, page(late)('#what').val()]).toEqual([422, 'Toinen muoto']);
  const after = page(await as(undefined).get(`${address}/decisions`));
  expect(after('.decisions > li h2').text()).toBe('Teemme tiekartan vuoteen 2032');
  expect(after('.decisions details').text()).toContain(DECISION.what);
  for (const work of [
    () => db().table('process_decisions').delete(),
    () => db().table('process_decisions').update({ what: 'Muu' }),
    () => db().table('process_progress').delete(),
  ])
    await expect(db().transaction((trx) => trx.raw('select 1').then(work))).rejects.toThrow('permission denied');
  const closed = { ...DECISION, what: 'Vain Studiolle', decided_on: '2026-02-04' };
  await sent(studio, `${address}/decisions`, closed);
  expect((await as(undefined).get(`${address}/decisions`)).text).not.toContain('Vain Studiolle');
  expect((await as(studio).get(`${address}/decisions`)).text).toContain('Vain Studiolle');
});

it('digitiekartta-04: Arena writes what each organisation brought to workshops and dialogues', async () => {
  const { owner, id, address } = await aProcess();
  const arena = await aMember(id, 'arena');
  const topic = await aTopic(arena, address, 'Osaajapula');
  const session = await aSession(arena, address, {}, [
    [topic, 'Porvoo'],
    [topic, 'Kotka'],
  ]);
  const $ = page(await as(owner).get(`${address}/sessions/${session}`));
  expect(
    $('#contributions')
      .parent()
      .find('.card h3')
      .map((_, one) => $(one).text())
      .get(),
  ).toEqual(['Porvoo', 'Kotka']);
  const list = page(await as(arena).get(`${address}/sessions`)).text();
  expect(list).toContain('Kirjauksia 2, organisaatioita 2');
  const missing = await as(arena).post(`${address}/sessions/${session}/contributions`, {
    topic_id: randomUUID(),
    party: 'Porvoo',
    body: 'x',
  });
  expect([missing.status, page(missing)('#topic_id-error').length]).toEqual([422, 1]);
  // Who said what is Arena's own; everybody else sees the topic.
  for (const path of ['/sessions', '/picture', '/agora'])
    expect((await as(undefined).get(`${address}${path}`)).text).not.toContain('Porvoo');
});

it('digitiekartta-05: anybody comments without an account; a moderator shows it, answers, and says what changed', async () => {
  const { owner, id, address } = await aProcess();
  const part = randomUUID();
  const text = { kind: 'part', title_fi: 'Johdanto', body_fi: 'Luonnos.', level: 'agora', key: part };
  await sent(owner, `${address}/texts`, text);
  const form = page(await as(undefined).get(`${address}/agora`));
  expect(form('form[action$="/comments"]')).toHaveLength(1);
  const comment = { body: 'Pienet kunnat <b>puuttuvat</b>.', name: 'Asukas', text_id: part, key: randomUUID() };
  for (let times = 0; times < 2; times += 1) await sent(undefined, `${address}/comments`, comment);
  await sent(undefined, `${address}/comments`, { body: 'Osta halvalla', website: 'http://mainos.example' });
  expect((await as(undefined).get(`${address}/agora`)).text).not.toContain('Pienet kunnat');

  const waiting = page(await as(owner).get(`${address}/comments`));
  expect(waiting('#waiting').parent().find('li')).toHaveLength(1);
  const row = await asOwner(() => db().table('process_comments').where({ process_id: id }).first());
  expect([row.organisation_id, Object.keys(row).some((key) => /person|address|ip/.test(key))]).toEqual([
    owner.organisation_id,
    false,
  ]);
  const lab = await aMember(id, 'lab');
  expect((await as(lab).get(`${address}/comments`)).text).toContain('Pienet kunnat');
  const hidden = await as(lab).post(`${address}/comments/${row.id}`, { state: 'declined', reply: '' });
  expect([hidden.status, page(hidden)('#reply-error').length]).toEqual([422, 1]);
  await sent(lab, `${address}/comments/${row.id}`, {
    state: 'shown',
    reply: 'Kiitos!',
    changed: 'Lisäsimme luvun pienistä kunnista.',
  });
  const $ = page(await as(undefined).get(`${address}/agora`));
  const shown = $(`#text-${part} .comments`);
  for (const words of ['Pienet kunnat <b>puuttuvat</b>.', 'Kiitos!', 'Lisäsimme luvun pienistä kunnista.'])
    expect(shown.text()).toContain(words);
  expect(shown.find('b')).toHaveLength(0);
  expect((await as(undefined).get(address)).text).toContain('Niistä muutti jotakin: 1');

  const empty = await as(undefined).post(`${address}/comments`, { body: ' ' });
  expect([empty.status, page(empty)('#body-error').length]).toEqual([422, 1]);
  await sent(owner, `${address}/settings`, START);
  expect((await as(undefined).post(`${address}/comments`, { body: 'Myöhässä' })).status).toBe(403);
});

it.each([
  ['Tunnukseni on 131052-308T', 'error.private'],
  ['Tilini FI21 1234 5600 0007 85', 'error.private'],
  ['a'.repeat(2001), 'error.long'],
])('keeps a comment that says too much where it was typed: %.30s', async (body, why) => {
  const { id, address } = await aProcess();
  const answer = await as(undefined).post(`${address}/comments`, { body });
  expect([answer.status, page(answer)('#body').val()]).toEqual([422, body]);
  expect(page(answer)('#body-error').text().trim().length).toBeGreaterThan(10);
  expect(page(answer)('#body-error').text()).not.toContain(why);
  expect(await asOwner(() => db().table('process_comments').where({ process_id: id }))).toEqual([]);
});

it('holds back a flood of comments', async () => {
  const { address } = await aProcess();
  const states = [];
  for (let times = 0; times < 12; times += 1)
    states.push((await as(undefined).post(`${address}/comments`, { body: `Sama ${times}`, key: randomUUID() })).status);
  expect(states.filter((state) => state === 429).length).toBeGreaterThan(0);
  expect(states.slice(0, 5)).toEqual([303, 303, 303, 303, 303]);
});

it('digitiekartta-07: the road map is made of the sessions, and its words hold the same; it can be downloaded', async () => {
  const { owner, address } = await aProcess();
  const [skills, safety] = [
    await aTopic(owner, address, 'Osaajapula', { name_sv: 'Brist på kunniga' }),
    await aTopic(owner, address, 'Tietoturva'),
  ];
  await aSession(owner, address, { title_fi: 'Aloitus', held_on: daysAgo(90) }, [
    [skills, 'Porvoo'],
    [skills, 'Kotka'],
  ]);
  await aSession(owner, address, { title_fi: 'Jatko', kind: 'dialogue', held_on: daysAgo(20) }, [
    [skills, 'Lahti'],
    [safety, 'Lahti'],
  ]);
  const $ = page(await as(undefined).get(`${address}/picture`));
  for (const size of ['wide', 'narrow']) expect($(`.road--${size} .road-topic`)).toHaveLength(2);
  const words = $('.road-words').text();
  for (const told of [
    'Aloitus',
    'Jatko',
    'Osaajapula',
    'esillä 3 kertaa, tapaamisia 2',
    'Tietoturva',
    'esillä 1 kertaa',
  ])
    expect([told, words.includes(told)]).toEqual([told, true]);
  const radius = (name: string) => {
    const at = $('.road--wide text').filter((_, one) => $(one).text() === name);
    return Number(at.prevAll('circle.road-topic').first().attr('r'));
  };
  expect(radius('Osaajapula')).toBeGreaterThan(radius('Tietoturva'));
  const file = await as(undefined).get(`${address}/picture.svg?lang=fi&download`);
  expect(file.headers['content-type']).toContain('image/svg+xml');
  expect(file.headers['content-disposition']).toContain('tiekartta-fi.svg');
  const svg = cheerio.load(file.body.toString(), { xml: true });
  expect(svg('desc').text()).toContain('esillä 3 kertaa');
  expect(svg('circle').length).toBeGreaterThan(2);
});

it('digitiekartta-08: key results have an owner, actions by organisation, and dated progress in words', async () => {
  const { id, address } = await aProcess();
  const studio = await aMember(id, 'studio');
  const arena = await aMember(id, 'arena');
  const key = randomUUID();
  const result = {
    goal_fi: 'Osaavat kunnat',
    title_fi: 'Jokaisessa kunnassa on digituen vastuuhenkilö',
    owner: 'Kuntaliitto',
    due_on: '2028-12-31',
    key,
  };
  await sent(studio, `${address}/results`, result);
  await sent(arena, `${address}/results/${key}/actions`, { party: 'Porvoo', body: 'Nimeää vastuuhenkilön' });
  await sent(studio, `${address}/results/${key}/actions`, { party: 'Kotka', body: 'Järjestää koulutuksen' });
  await sent(arena, `${address}/results/${key}/progress`, { party: 'Porvoo', status: 'going', body: 'Haku on auki' });
  await sent(arena, `${address}/results/${key}/progress`, { party: 'Porvoo', status: 'done', body: 'Nimetty' });
  const action = await asOwner(() => db().table('process_actions').where({ party: 'Porvoo', process_id: id }).first());
  await sent(arena, `${address}/actions/${action.id}`, { done: 'yes' });
  const $ = page(await as(undefined).get(`${address}/results`));
  const card = $(`#result-${key}`).text();
  for (const told of ['Kuntaliitto', '31.12.2028', 'Valmis', 'Porvoo', 'Kotka', 'tehty', 'Haku on auki', 'Nimetty'])
    expect([told, card.includes(told)]).toEqual([told, true]);
  const chain = page(await as(studio).get(address))('#chain').text();
  expect(chain).toContain(result.title_fi);
  const bad = await as(arena).post(`${address}/results/${key}/progress`, { party: '', status: 'valmis', body: '' });
  expect([bad.status, ...['party', 'status', 'body'].map((field) => page(bad)(`#${field}-error`).length)]).toEqual([
    422, 1, 1, 1,
  ]);
  expect((await as(arena).post(`${address}/results/${randomUUID()}/actions`, { party: 'x', body: 'y' })).status).toBe(
    404,
  );
});

it('digitiekartta-09: a question with its year opens the process, and the outcome answers it', async () => {
  const { owner, address } = await aProcess();
  const before = page(await as(undefined).get(address));
  expect(before('.question-block').text()).toContain(START.question_fi);
  expect(before('.question-block').text()).toContain('Kysymykseen ei ole vielä vastattu');
  expect(before('.question-block h2').text()).toContain('2030');
  await sent(owner, `${address}/settings`, { ...START, answer_fi: 'Yhdessä, askel kerrallaan.' });
  const after = page(await as(undefined).get(address));
  expect(after('#answer').text()).toContain('Yhdessä, askel kerrallaan.');
  expect(after('.question-block').text()).not.toContain('ei ole vielä vastattu');
  expect((await as(undefined).get('/processes')).text).toContain('Vastattu');
});

it.each([
  [{ title_fi: '', title_sv: '' }, 'title_fi'],
  [{ question_fi: '', question_sv: '' }, 'question_fi'],
  [{ target_year: 'pian' }, 'target_year'],
  [{ target_year: '2999' }, 'target_year'],
  [{ visibility: 'kaikki' }, 'visibility'],
  [{ review_on: '31.2.2027' }, 'review_on'],
  [{ title_fi: 'a'.repeat(121) }, 'title_fi'],
])('asks again when a process is begun with %j', async (wrong, field) => {
  const { owner } = await aProcess();
  const answer = await as(owner).post('/processes/new/roadmap', { ...START, ...wrong });
  expect([answer.status, page(answer)(`#${field}-error`).length]).toEqual([422, 1]);
  if (field !== 'target_year') expect(page(answer)('#target_year').val()).toBe('2030');
});

it('digitiekartta-11: a discussion elsewhere is linked and summed up, and no address can run anything', async () => {
  const { owner, address } = await aProcess();
  const talk = {
    title: 'Ryhmä LinkedInissä',
    address: 'https://www.linkedin.com/groups/1/',
    summary: 'Kaivattiin esimerkkejä pienistä kunnista.',
  };
  await sent(owner, `${address}/discussions`, talk);
  const $ = page(await as(undefined).get(`${address}/discussions`));
  expect($(`a[href="${talk.address}"]`).text()).toBe(talk.title);
  expect($('main').text()).toContain(talk.summary);
  for (const bad of ['javascript:alert(1)', 'linkedin', 'data:text/html,x', '']) {
    const answer = await as(owner).post(`${address}/discussions`, { ...talk, address: bad });
    expect([bad, answer.status, page(answer)('#address-error').length]).toEqual([bad, 422, 1]);
  }
});

it('digitiekartta-12: who takes part is counted by kind of organisation in public; few people are not told of', async () => {
  const { owner, id, address } = await aProcess();
  for (const [party, level, people] of [
    ['Porvoo', 'arena', '12'],
    ['porvoo', 'studio', '2'],
    ['Kotka', 'arena', '9'],
  ])
    await sent(owner, `${address}/people`, { party, kind: 'municipality', level, people });
  await sent(owner, `${address}/people`, { party: 'Pirkanmaa', kind: 'region', level: 'arena', people: '2' });
  const $ = page(await as(undefined).get(`${address}/people`));
  const counts = $('main .card--moss').first().text().replace(/\s+/g, ' ');
  expect(counts).toContain('2 kuntaa (21 ihmistä)');
  expect(counts).toContain('1 maakunta (ihmisiä alle sen');
  expect($('main').text()).not.toContain('Kotka');
  expect((await as(await aMember(id, 'arena')).get(`${address}/people`)).text).toContain('Kotka');
});

it('digitiekartta-13: the outcome is an opening of discussion with a day of looking again, which is told when it comes', async () => {
  const { owner, address } = await aProcess({ review_on: daysAgo(1) });
  const before = (await as(undefined).get(address)).text;
  expect(before).toContain('Keskustelun avaus');
  expect(before).toContain('On aika katsoa tätä uudelleen');
  const past = await as(owner).post(`${address}/reviews`, { note: 'Katsottu', next_on: daysAgo(3) });
  expect([past.status, page(past)('#next_on-error').length]).toEqual([422, 1]);
  const form = { note: 'Pitää paikkansa, mutta tekoäly puuttuu.', next_on: '2031-05-01', key: randomUUID() };
  for (let times = 0; times < 2; times += 1) await sent(owner, `${address}/reviews`, form);
  const $ = page(await as(undefined).get(address));
  expect($('#reviews').parent().find('li')).toHaveLength(1);
  expect($('main').text()).not.toContain('On aika katsoa tätä uudelleen');
  expect($('main').text()).toContain('1.5.2031');
});

it('digitiekartta-06: a dialogue records views and no decisions; a workshop has plan, notes and outcomes', async () => {
  const { owner, address } = await aProcess();
  const dialogue = { kind: 'dialogue', level: 'arena', title_fi: 'Dialogi', held_on: daysAgo(3), notes: 'Näkemyksiä' };
  const wrong = await as(owner).post(`${address}/sessions`, { ...dialogue, outcomes: 'Päätimme' });
  expect([wrong.status, page(wrong)('#outcomes-error').length]).toEqual([422, 1]);
  await sent(owner, `${address}/sessions`, dialogue);
  const id = await aSession(owner, address, { plan: 'Kolme tuntia', notes: 'Puhuttiin', outcomes: 'Kartta' });
  const told = page(await as(owner).get(`${address}/sessions/${id}`))('main').text();
  for (const part of ['Kolme tuntia', 'Puhuttiin', 'Kartta']) expect(told).toContain(part);
});

it('digitiekartta-14: question, texts and picture come out in Finnish and in Swedish', async () => {
  const { owner, address } = await aProcess();
  const topic = await aTopic(owner, address, 'Osaajapula', { name_sv: 'Brist på kunniga' });
  await aSession(owner, address, { title_sv: 'Verkstad ett' }, [[topic, 'Porvoo']]);
  await sent(owner, `${address}/settings`, { ...START, answer_fi: 'Yhdessä.', answer_sv: 'Tillsammans.' });
  const file = (await as(undefined).get(`${address}/picture.svg?lang=sv`)).body.toString();
  expect(file).toContain('Brist på kunniga');
  expect(file).toContain('lang="sv"');
  expect(file.replace(/\s*<\/?t(ext|span)[^>]*>/g, ' ')).toContain('Hur når vi');
  const swedish = page(await as({ ...owner, language: 'sv' } as Actor).get(address));
  expect(swedish('h1').text()).toBe(START.title_sv);
  expect(swedish('#answer').text()).toContain('Tillsammans.');
  const picture = page(await as(undefined).get(`${address}/picture?lang=sv`));
  expect(picture('.road-words').text()).toContain('Brist på kunniga');
  expect(picture('.road-words').parent().attr('lang')).toBe('sv');
});

it('digisti_fiksu-01: service design goes through its five phases with methods and what was learned', async () => {
  const { owner, id, address } = await aProcess({}, 'service-design');
  const $ = page(await as(owner).get(`${address}/phases`));
  expect(
    $('.phases > li h2')
      .map((_, one) => $(one).text())
      .get(),
  ).toEqual(['1. Ymmärrä', '2. Kiteytä', '3. Ideoi', '4. Kokeile', '5. Levitä']);
  expect($('.methods').length).toBe(5);
  const empty = await as(owner).post(`${address}/phases/understand`, { learned: '' });
  expect([empty.status, page(empty)('#learned-error').length]).toEqual([422, 1]);
  const phases = ['understand', 'define', 'ideate', 'try', 'spread'];
  for (const [index, phase] of phases.entries()) {
    await sent(owner, `${address}/phases/${phase}`, { methods: ['interview'], learned: `Opimme: ${phase}` });
    expect((await as(owner).get(`${address}/phases`)).text).toContain(`Vaiheita tehty ${index + 1}/5`);
  }
  expect((await as(owner).get(`${address}/phases`)).text).toContain('Haastattelu');
  expect((await as(owner).post(`${address}/phases/rest`, { learned: 'x' })).status).toBe(404);

  // The numbers that were promised: counted where they can be, by hand with a source where not.
  await aSession(owner, address, {});
  const first = await asOwner(() =>
    db().table('process_targets').where({ process_id: id, counted: 'by-hand', target: 200 }).first(),
  );
  const noSource = await as(owner).post(`${address}/targets/${first.id}`, { actual: '214', actual_source: '' });
  expect([noSource.status, page(noSource)('#actual_source-error').length]).toEqual([422, 1]);
  await sent(owner, `${address}/targets/${first.id}`, { actual: '214', actual_source: 'Ilmoittautumiset' });
  await sent(owner, `${address}/targets`, {
    title_fi: 'Tapaamisia',
    target: '9',
    source: 'Hankesuunnitelma',
    counted: 'sessions',
  });
  const report = page(await as(owner).get(`${address}/report`));
  const rows = report('tbody tr')
    .map((_, one) =>
      report(one)
        .find('th, td')
        .map((__, cell) => report(cell).text().trim())
        .get()
        .join(' '),
    )
    .get()
    .join('\n');
  for (const told of [
    'Kansalaisia mukana 200 214',
    'Ilmoittautumiset',
    'Tapaamisia 9 1',
    'Hankesuunnitelma',
    'Lasketaan pidetyistä',
  ])
    expect([told, rows.includes(told)]).toEqual([told, true]);
  for (const ending of ['csv', 'pdf', 'xlsx'])
    expect((await as(owner).get(`${address}/report.${ending}`)).status).toBe(200);
  const csv = (await as(owner).get(`${address}/report.csv`)).text;
  expect(csv).toContain('Kansalaisia mukana;200;214');
  expect((await as(await aMember(id, 'lab')).get(`${address}/report`)).status).toBe(200);
});

it('starts each of the five practices from its template, with its spaces and what to do first', async () => {
  const { owner } = await aProcess();
  const $ = page(await as(owner).get('/processes/new'));
  const links = $('.start-grid a')
    .map((_, one) => String($(one).attr('href')))
    .get();
  expect(links).toHaveLength(5);
  for (const link of links) {
    expect(
      page(await as(owner).get(link))('#makes')
        .parent()
        .find('li').length,
    ).toBeGreaterThan(3);
    const key = randomUUID();
    for (let times = 0; times < 2; times += 1) await sent(owner, link, { ...START, key });
    const spaces = await asOwner(() =>
      db()
        .table('spaces')
        .where('owner_id', owner.id)
        .whereRaw(`parent_id = (select space_id from processes where id = ?)`, [key]),
    );
    expect([link, spaces.length]).toEqual([
      link,
      { roadmap: 4, 'support-network': 3 }[link.split('/').at(-1) ?? ''] ?? 1,
    ]);
    const overview = page(await as(owner).get(`/processes/${key}`));
    expect(overview('.first-step').length).toBeGreaterThan(2);
    expect(overview('.next-step a').attr('href')).toMatch(/^\//);
    const step = overview('.first-step form').first().attr('action') ?? '';
    await sent(owner, step, { done: 'yes' });
    expect(page(await as(owner).get(`/processes/${key}`))('.first-step s')).toHaveLength(1);
  }
});
