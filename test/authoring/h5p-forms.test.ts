import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import request from 'supertest';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { EVERY_TYPE, INNER } from '../h5p/semantics/made-up';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { anH5pContent } from '../support/factories-h5p';
import { libraryFiles, TOY_FOLDER, toyPackage } from '../support/h5p-fixture';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

const PICTURE = 'test/support/h5p-toy/content/images/viesti.png';

/** An author where the toy, a library of every type of field and a small one are installed. */
async function aScene() {
  const organisation = await anOrganisation();
  const every = libraryFiles('H5P.Every', { title: 'Kaikki kentät', runnable: 1 });
  const zip = await toyPackage({
    ...every,
    'H5P.Every-1.0/semantics.json': JSON.stringify(EVERY_TYPE),
    ...libraryFiles('H5P.Inner'),
    'H5P.Inner-1.0/semantics.json': JSON.stringify(INNER),
  });
  const { id } = await anH5pContent(organisation, zip);
  const author = await aPerson({ organisation, roles: ['learner', 'expert'] });
  return { organisation, contentId: id, author };
}

/** Sends the form of a page as a browser does, with what is given in place of what stands there. */
async function press(actor: Actor, address: string, verb: string, typed: Record<string, string> = {}) {
  const $ = page(await as(actor).get(address));
  const sending = request(as(actor).app)
    .post(address.split('?')[0] ?? '')
    .set('Sec-Fetch-Site', 'same-origin');
  const fields = $('form[data-h5p-form]')
    .serializeArray()
    .filter(({ name }) => !Object.hasOwn(typed, name));
  for (const { name, value } of fields) sending.field(name, value);
  for (const [name, value] of Object.entries(typed)) sending.field(name, value);
  return sending.field('do', verb).buffer(true);
}

async function begin(actor: Actor, library: string, more: Record<string, string> = {}) {
  const id = randomUUID();
  const body = { id, library, title: 'Oma tehtävä', language: 'fi', ...more };
  const response = await as(actor).post('/write/h5p', body);
  return { id, response, address: `/write/h5p/${id}` };
}
const formOf = (id: string) => asOwner(() => db()('h5p_forms').where({ id }).first());
const contentOf = (id: string) => asOwner(() => db()('h5p_contents').where({ id }).first());

it('makes a task of every type of field: adds, moves, asks for what is missing, plays it, and finishes it', async () => {
  const { author } = await aScene();
  const { id, address, response } = await begin(author, 'H5P.Every-1.0');
  expect([response.status, response.headers.location]).toEqual([303, address]);

  const added = await press(author, address, 'add:answers', { 'answers.0.text': 'Ensimmäinen', note: 'a < b' });
  expect([added.status, added.headers.location]).toEqual([303, `${address}#at-answers.2`]);
  await press(author, address, 'down:answers.0');
  expect((await formOf(id))?.params).toMatchObject({
    note: 'a < b',
    answers: [{ text: '' }, { text: 'Ensimmäinen' }, { text: '' }],
  });

  const wrong = await press(author, address, 'preview', { points: 'monta', title: '' });
  expect(wrong.status).toBe(422);
  const $ = page(wrong);
  expect(
    $('.govuk-error-summary a')
      .map((_i, a) => $(a).attr('href'))
      .get(),
  ).toContain('#points');
  expect([$('#points').val(), $('[name="answers.1.text"]').val()]).toEqual(['monta', 'Ensimmäinen']);
  expect((await contentOf(id)) ?? 'none').toBe('none');

  const right = { title: 'Valmis', points: '4,5', 'answers.0.text': 'A', 'answers.2.text': '<b>C</b>' };
  await press(author, address, 'remove:answers.1', right);
  const shown = await press(author, address, 'preview');
  expect([shown.status, shown.headers.location]).toEqual([303, `${address}/preview`]);
  const preview = await as(author).get(`${address}/preview`);
  expect([preview.status, page(preview)('iframe').attr('sandbox')]).toEqual([200, 'allow-scripts']);
  expect(await contentOf(id)).toMatchObject({ being_made: true, title: 'Valmis' });

  const { version } = (await formOf(id)) ?? {};
  const finished = await as(author).post(`${address}/finish`, { version: String(version) });
  expect([finished.status, finished.headers.location]).toEqual([303, '/write/h5p?done=finished']);
  expect(await contentOf(id)).toMatchObject({
    being_made: false,
    main_library: 'H5P.Every-1.0',
    content_json: { points: 4.5, answers: [{ text: 'A' }, { text: '&lt;b>C&lt;/b>' }], check: 'Tarkista' },
    h5p_json: { mainLibrary: 'H5P.Every', language: 'fi' },
  });
  expect((await as(author).get(address)).status).toBe(404);
  const audit = await asOwner(() => db()('audit_events').where({ action: 'h5p.content-made' }).pluck('subject_id'));
  expect(audit).toEqual([id]);
});

it('changes a copy: the content that lessons hold stays, its files and unknown values come along', async () => {
  const { author, contentId } = await aScene();
  const id = randomUUID();
  const address = `/write/h5p/${id}`;
  await as(author).post(`/write/h5p/contents/${contentId}/edit`, { id, language: 'fi' });
  await as(author).post(`/write/h5p/contents/${contentId}/edit`, { id, language: 'fi' });
  const before = await contentOf(contentId);
  const same = await press(author, address, 'preview');
  expect(same.status).toBe(303);
  expect((await contentOf(id))?.content_json).toEqual(before?.content_json);
  await press(author, address, 'preview', { 'answers.1.feedback': 'Hienoa.' });
  const copy = await contentOf(id);
  expect(copy).toMatchObject({ version: 2, files: before?.files, dependencies: [TOY_FOLDER] });
  expect(copy?.content_json).toMatchObject({ answers: [{}, { feedback: 'Hienoa.', points: 1 }] });
  expect(await contentOf(contentId)).toEqual(before);
});

it('puts contents into contents, each on the page it needs', async () => {
  const { author } = await aScene();
  const { id, address } = await begin(author, 'H5P.Every-1.0');
  await press(author, address, 'add:parts');
  await press(author, address, 'save', { 'parts.0.params.body': 'Yksi\n\nKaksi' });
  expect((await formOf(id))?.params.parts).toMatchObject([
    { library: 'H5P.Inner 1.0', params: { body: '<p>Yksi</p>\n<p>Kaksi</p>' } },
  ]);
});

it('takes a picture by what it holds, and never one that could run', async () => {
  const { author } = await aScene();
  const { id, address } = await begin(author, TOY_FOLDER);
  const send = (name: string, bytes: Buffer) =>
    request(as(author).app)
      .post(`${address}/media`)
      .set('Sec-Fetch-Site', 'same-origin')
      .field('at', 'picture')
      .attach('file', bytes, name);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  for (const bad of [
    await send('kuva.svg', svg),
    await send('kuva.png', svg),
    await send('kuva.png', Buffer.alloc(0)),
  ]) {
    expect(bad.status).toBe(422);
  }
  const good = await send('oma kuva.png', fs.readFileSync(PICTURE));
  expect([good.status, good.headers.location]).toEqual([303, `${address}#at-picture`]);
  const form = await formOf(id);
  const { path } = (form?.params.picture ?? {}) as { path?: string };
  expect(form?.params.picture).toMatchObject({
    path: expect.stringMatching(/^images\/image-\w+\.(png|jpg)$/),
    width: 1,
  });
  const file = await as(author).get(`${address}/files/${path}`);
  expect([file.status, file.headers['x-content-type-options']]).toEqual([200, 'nosniff']);
  expect((await as(author).get(`${address}/files/${path}x`)).status).toBe(404);
});

it('never undoes what was saved meanwhile, and keeps what was typed', async () => {
  const { author } = await aScene();
  const { address } = await begin(author, TOY_FOLDER);
  await press(author, address, 'save', { question: 'Toinen ikkuna' });
  const late = await press(author, address, 'save', { version: '1', question: 'Oma tekstini' });
  expect(late.status).toBe(422);
  const $ = page(late);
  expect([$('[name=question]').text().trim(), $('[name=version]').val()]).toEqual(['Oma tekstini', '2']);
});

it('is closed to other organisations and to those who do not write', async () => {
  const { author, contentId, organisation } = await aScene();
  const { id, address } = await begin(author, TOY_FOLDER);
  await press(author, address, 'save', { question: 'Salaisuus' });
  const stranger = await aPerson({ organisation: await anOrganisation(), roles: ['learner', 'expert'] });
  const learner = await aPerson({ organisation });
  for (const [actor, status] of [
    [stranger, 404],
    [learner, 403],
  ] as const) {
    expect((await as(actor).get(address)).status).toBe(status);
    expect((await as(actor).get(`${address}/preview`)).status).toBe(status);
    for (const way of ['', '/finish', '/delete', '/media']) {
      expect((await as(actor).post(`${address}${way}`, { version: '2' })).status).toBe(status);
    }
    const copy = { id: randomUUID(), language: 'fi' };
    expect((await as(actor).post(`/write/h5p/contents/${contentId}/edit`, copy)).status).toBe(status);
  }
  // An id that is taken elsewhere begins nothing and shows nothing.
  await begin(stranger, TOY_FOLDER, { id });
  expect((await as(stranger).get(address)).status).toBe(404);
  expect((await formOf(id))?.params).toMatchObject({ question: '<p>Salaisuus</p>' });
});

it.each([
  [{ library: 'H5P.Inner-1.0' }, 404],
  [{ library: '' }, 422],
  [{ title: ' ' }, 422],
  [{ title: 'x'.repeat(300) }, 422],
  [{ id: 'not an id' }, 422],
  [{ draft: randomUUID() }, 404],
])('begins nothing from %j', async (more, status) => {
  const { author } = await aScene();
  expect((await begin(author, TOY_FOLDER, more as Record<string, string>)).response.status).toBe(status);
});
