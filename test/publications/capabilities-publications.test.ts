import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import request from 'supertest';
import { remindReviews } from '../../src/features/publications/reminders.service';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { atomically, db } from '../../src/lib/db';
import { FolderStorage, useStorage } from '../../src/lib/storage';
import { as, page } from '../support/browser';
import { asOwner, inScope } from '../support/factories';
import { aNetworkOfTwo, aPublication, stage, written } from '../support/factories-publications';

beforeAll(() => useStorage(new FolderStorage(fs.mkdtempSync(path.join(os.tmpdir(), 'publications-')))));

it('uudi-05: principles are agreed by the network before they are published', async () => {
  const { keeper, partner, space } = await aNetworkOfTwo();
  const id = await aPublication(keeper, {
    kind: 'principles',
    space_id: space,
    visibility: 'network',
    title: 'Periaatteet ja arvot',
  });
  expect((await stage(keeper, id, 'publish')).status).toBe(422);
  await stage(keeper, id, 'approval');
  await as(keeper).post(`/publications/${id}/approval`, { number: 1 });
  expect((await stage(keeper, id, 'publish')).text).toContain('Not everyone of the core group');
  await as(partner).post(`/publications/${id}/approval`, { number: 1 });
  expect((await stage(keeper, id, 'publish')).status).toBe(303);
  expect(page(await as(partner).get(`/publications/${id}`))('h1').text()).toBe('Periaatteet ja arvot');
});

it('uudi-06: the core group approves one version of a handbook; it is frozen with date, approvers and sum, and a change needs approval again', async () => {
  const { keeper, partner, stranger, space } = await aNetworkOfTwo();
  const id = await aPublication(keeper, {
    kind: 'handbook',
    space_id: space,
    visibility: 'public',
    title: 'Verkoston käsikirja',
  });
  await written(keeper, id, { title: 'Verkoston käsikirja', body_p1: 'Näin toimimme.' });
  expect((await as(undefined).get(`/publications/${id}`)).status).toBe(404);
  await stage(keeper, id, 'approval');
  // A change takes the question away: what was read is no longer what would be published.
  await written(keeper, id, { title: 'Verkoston käsikirja', body_p1: 'Näin toimimme yhdessä.' });
  expect((await as(partner).post(`/publications/${id}/approval`, { number: 2 })).status).toBe(422);
  await stage(keeper, id, 'approval');
  expect((await as(stranger).post(`/publications/${id}/approval`, { number: 3 })).status).toBe(404);
  for (const actor of [keeper, partner])
    expect((await as(actor).post(`/publications/${id}/approval`, { number: 3 })).status).toBe(303);
  await stage(keeper, id, 'publish');
  const $ = page(await as(undefined).get(`/publications/${id}`));
  expect($('#approval').text()).toContain('Pekka Partneri');
  expect($('#approval code').text()).toMatch(/^[0-9a-f]{64}$/);
  const sum = $('#approval code').text();

  await written(keeper, id, { title: 'Verkoston käsikirja', body_p1: 'Uusi luku.' });
  const after = page(await as(undefined).get(`/publications/${id}`));
  expect(after('#p1').text()).toContain('Näin toimimme yhdessä.');
  expect(after('#approval code').text()).toBe(sum);
  expect((await stage(keeper, id, 'publish')).status).toBe(422);
  const change = page(await as(keeper).get(`/publications/${id}/versions/4`));
  expect([change('del').text(), change('ins').text()]).toEqual([
    expect.stringContaining('Näin'),
    expect.stringContaining('Uusi'),
  ]);
});

it('lets nothing change a version, and nobody approve for another', async () => {
  const { keeper, partner, space } = await aNetworkOfTwo();
  const id = await aPublication(keeper, { kind: 'handbook', space_id: space, visibility: 'network' });
  await expect(
    inScope(keeper, () =>
      atomically(() => db().table('publication_versions').where({ publication_id: id }).update({ texts: '{}' })),
    ),
  ).rejects.toThrow(/never changes/);
  await stage(keeper, id, 'approval');
  await expect(
    inScope(keeper, () =>
      db().table('publication_approvals').where({ person_id: partner.id }).update({ approved_at: new Date() }),
    ),
  ).rejects.toThrow(/each approves for themself/);
});

it('uudi-09: a statement is commented on, approved, published, signed by organisations, and what followed is told', async () => {
  const { keeper, partner, stranger, space } = await aNetworkOfTwo();
  const id = await aPublication(keeper, {
    kind: 'statement',
    space_id: space,
    visibility: 'public',
    title: 'Digituki kuuluu kaikille',
  });
  await stage(keeper, id, 'comments');
  const comment = { id: randomUUID(), part_id: 'p1', quote: 'kaikille', body: 'Lisätään ruotsi.' };
  expect((await as(partner).post(`/publications/${id}/comment`, comment)).status).toBe(303);
  await written(keeper, id, { title: 'Digituki kuuluu kaikille', body_p1: 'Myös ruotsiksi.' });
  await as(keeper).post(`/publications/${id}/comments/${comment.id}`, {
    state: 'shown',
    reply: 'Hyvä huomio.',
    changed: 'changed',
  });
  await stage(keeper, id, 'approval');
  for (const actor of [keeper, partner]) await as(actor).post(`/publications/${id}/approval`, { number: 2 });
  expect((await stage(keeper, id, 'publish')).status).toBe(303);

  expect((await as(partner).post(`/publications/${id}/signatures`, { title: 'toiminnanjohtaja' })).status).toBe(303);
  await as(partner).post(`/publications/${id}/signatures`, { title: 'toiminnanjohtaja' });
  await as(stranger).post(`/publications/${id}/signatures`);
  await as(stranger).post(`/publications/${id}/signatures/removal`, { reason: 'Hallitus ei käsitellyt.' });
  const form = { from_whom: 'Kunta', answered_on: '31.5.2026', answer: 'Kiitos.', followed: 'Tapaaminen syksyllä.' };
  expect((await as(keeper).post(`/publications/${id}/responses`, { ...form, answered_on: '31.2.2026' })).status).toBe(
    422,
  );
  await as(keeper).post(`/publications/${id}/responses`, form);

  const $ = page(await as(undefined).get(`/publications/${id}`));
  expect(
    $('#signatures li')
      .map((_i, li) => $(li).text())
      .get(),
  ).toEqual(
    expect.arrayContaining([
      expect.stringContaining('toiminnanjohtaja'),
      expect.stringContaining('Hallitus ei käsitellyt.'),
    ]),
  );
  expect($('#responses li').text()).toContain('Tapaaminen syksyllä.');
  expect($(`#comment-${comment.id}`).text()).toContain('versiossa 2');
  const learner = { ...partner, roles: [] };
  expect((await as(learner as never).post(`/publications/${id}/signatures`)).status).toBe(403);
});

it('uudi-12: an article becomes the draft of a small lesson, once', async () => {
  const { keeper } = await aNetworkOfTwo();
  const id = await aPublication(keeper);
  await written(keeper, id, { heading_p1: 'Vinkki', body_p1: 'Päivitä laite ensin.' });
  expect((await stage(keeper, id, 'publish')).status).toBe(303);
  const [first, again] = [
    await as(keeper).post(`/publications/${id}/lesson`),
    await as(keeper).post(`/publications/${id}/lesson`),
  ];
  expect(first.headers.location).toMatch(/^\/write\/drafts\//);
  expect(again.headers.location).toBe(first.headers.location);
  const [draft] = await asOwner(() => db().table('lesson_drafts').where({ organisation_id: keeper.organisation_id }));
  expect(JSON.stringify(draft.content)).toContain('Päivitä laite ensin.');
});

it('digitiekartta-10: a roadmap of introduction, key results and annexes comes out as PDF and as one file', async () => {
  const { keeper } = await aNetworkOfTwo();
  const id = await aPublication(keeper, { kind: 'roadmap', title: 'Kuntien tiekartta' });
  const body =
    '## Suunta\n\nYhteinen **polku** & [linkki](https://esimerkki.fi)\n\n* yksi\n* kaksi\n\n<script>alert(1)</script>';
  await written(keeper, id, {
    title: 'Kuntien tiekartta',
    body_p1: body,
    heading_p3: 'Avaintulokset',
    body_p3: 'Kymmenen kuntaa.',
    kind_new: 'annexes',
    heading_new: 'Liite',
    body_new: 'Luettelo.',
  });
  await stage(keeper, id, 'publish');
  const $ = page(await as(undefined).get(`/publications/${id}`));
  expect(
    $('article section > h2')
      .map((_i, h) => $(h).text())
      .get(),
  ).toEqual(['Alku', 'Avaintulokset', 'Liite']);
  expect($('article script').length).toBe(0);
  const pdf = await as(undefined)
    .get(`/publications/${id}/pdf`)
    .buffer()
    .parse((res, done) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
    });
  expect([pdf.status, pdf.headers['content-type'], String(pdf.body.subarray(0, 5))]).toEqual([
    200,
    'application/pdf',
    '%PDF-',
  ]);
  const file = await as(undefined).get(`/publications/${id}/html`);
  expect(file.headers['content-disposition']).toContain('attachment; filename="Kuntien-tiekartta.html"');
  expect(file.text).not.toMatch(/<script|<link/);
});

it('digitiekartta-13: a living document says that it opens a discussion, and its owner hears of the review once', async () => {
  const { keeper } = await aNetworkOfTwo();
  const id = await aPublication(keeper, { kind: 'roadmap' });
  await stage(keeper, id, 'publish');
  const review_on = addCalendarDays(dayOf(new Date()), 10);
  const settings = { visibility: 'public', comments: 'open', is_opening: 'yes', review_on };
  expect((await as(keeper).post(`/publications/${id}/settings`, settings)).status).toBe(303);
  expect(
    page(await as(undefined).get(`/publications/${id}`))('.tags')
      .first()
      .text(),
  ).toContain('Keskustelun avaus');
  for (let time = 0; time < 2; time += 1) await remindReviews();
  const told = await inScope(keeper, () => db().table('notifications').where({ kind: 'publication.review' }));
  expect(told).toHaveLength(1);
});

it('digitiekartta-14: Finnish and Swedish stand side by side, and a translation that fell behind says so', async () => {
  const { keeper } = await aNetworkOfTwo();
  const id = await aPublication(keeper, { kind: 'roadmap', title: 'Kuntien digitiekartta' });
  await written(keeper, id, { language: 'sv', title: 'Kommunernas digitala vägkarta', body_p1: 'En gemensam stig.' });
  await stage(keeper, id, 'publish');
  const swedish = page(await as(undefined).get(`/publications/${id}?lang=sv`));
  expect([swedish('h1').text(), swedish('h1').attr('lang')]).toEqual(['Kommunernas digitala vägkarta', 'sv']);
  expect(swedish('article').text()).not.toContain('vanhentunut');
  await written(keeper, id, { title: 'Kuntien digitiekartta', body_p1: 'Uusi suunta.' });
  await stage(keeper, id, 'publish');
  expect(page(await as(undefined).get(`/publications/${id}?lang=sv`))('article').text()).toContain('vanhentunut');
});

it('digisti_fiksu-06: any member tells a story; a picture asks for its words and for the consent of those in it', async () => {
  const { keeper } = await aNetworkOfTwo();
  const learner = { ...keeper, roles: ['learner' as const], coordinated_networks: [] };
  expect(
    (
      await as(learner).post('/publications', {
        id: randomUUID(),
        kind: 'handbook',
        language: 'fi',
        title: 'Oma',
        visibility: 'public',
      })
    ).status,
  ).toBe(403);
  const id = await aPublication(learner, { kind: 'story', title: 'Minun tarinani' });
  expect((await stage(learner, id, 'publish')).status).toBe(403);
  const picture = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#667788' } })
    .png()
    .toBuffer();
  const send = (fields: Record<string, string>) => {
    const sent = request(as(learner).app).post(`/publications/${id}/pictures`);
    for (const [name, value] of Object.entries(fields)) sent.field(name, value);
    return sent.attach('picture', picture, 'kuva.png');
  };
  expect((await send({ alt: '' })).status).toBe(422);
  expect((await send({ alt: 'Kaksi ihmistä puhelimen ääressä' })).status).toBe(422);
  expect((await send({ alt: 'Kaksi ihmistä puhelimen ääressä', people: 'agreed' })).status).toBe(303);
  await stage(keeper, id, 'publish');
  const shown = page(await as(undefined).get(`/publications/${id}`))('article img');
  expect(shown.attr('alt')).toBe('Kaksi ihmistä puhelimen ääressä');
  expect((await as(undefined).get(String(shown.attr('src')))).status).toBe(200);
  await as(keeper).post(`${shown.attr('src')}/removal`);
  expect(page(await as(undefined).get(`/publications/${id}`))('article img').length).toBe(0);
  expect((await as(undefined).get(String(shown.attr('src')))).status).toBe(404);
});
