import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import request from 'supertest';
import { newContent } from '../../src/features/authoring/drafts.document';
import { openFile, readFile } from '../../src/features/bank/reading/file';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aDraft, temporaryStorage } from '../support/factories-authoring';
import { runJobs } from '../support/jobs';

let removeStorage: () => void;
beforeAll(() => {
  removeStorage = temporaryStorage();
});
afterAll(() => removeStorage());

const anAuthor = (organisation?: { id: string }) =>
  aPerson({ ...(organisation && { organisation }), roles: ['expert'], language: 'fi' });

const send = (actor: Actor, bytes: Buffer | string, fields: Record<string, string> = {}, name = 'kysymykset.xml') => {
  const all = { id: randomUUID(), language: 'fi', level: '2', ...fields };
  const sent = request(as(actor).app).post('/write/bank/imports');
  for (const [field, value] of Object.entries(all)) sent.field(field, value);
  return { id: all.id, response: sent.attach('file', Buffer.from(bytes), name) };
};

const file = (name: string) => fs.readFileSync(path.join(__dirname, 'corpus', name));
const rows = (table: string, where: object) => asOwner(() => db().table(table).where(where));
const nothingOf = async (id: string) => {
  expect(await rows('question_imports', { id })).toEqual([]);
  expect(await rows('question_import_items', { import_id: id })).toEqual([]);
};

it('shows what was read, what could not be kept and why not, and takes only what is chosen', async () => {
  const author = await anAuthor();
  const { id, response } = send(author, file('moodle-fi.xml'));
  expect((await response).headers.location).toBe(`/write/bank/imports/${id}`);
  expect(await rows('bank_questions', { organisation_id: author.organisation_id })).toEqual([]);

  const here = `/write/bank/imports/${id}`;
  const $ = page(await as(author).get(here).expect(200));
  expect($('.facts').text().replace(/\s+/g, ' ')).toContain('Kysymyksiä34');
  expect($('.bank-item')).toHaveLength(25);
  expect($('#item-1').text()).toContain('rivi');
  const unread = page(await as(author).get(`${here}?show=unread`));
  expect(unread('.bank-item')).toHaveLength(6);
  expect(unread('.bank-item').text()).toContain('Laskukaava arpoo luvut');
  expect(unread('[name=number]')).toHaveLength(0);
  expect(page(await as(author).get(`${here}?show=noted`))('.bank-notes').length).toBeGreaterThan(3);

  expect((await as(author).post(`${here}/take`, {})).status).toBe(422);
  await as(author)
    .post(`${here}/take`, { number: ['1', '2'] })
    .expect(303);
  await as(author)
    .post(`${here}/take`, { number: ['1', '2'] })
    .expect(303);
  expect(await rows('bank_questions', { organisation_id: author.organisation_id })).toHaveLength(2);
  // Two of the file say the same as others of it or of the bank: the bank keeps one of each.
  const all = (await as(author).post(`${here}/take`, { which: 'all' })).headers.location as string;
  const { kept, known } = Object.fromEntries(new URL(`http://x${all}`).searchParams);
  expect(Number(kept) + Number(known)).toBe(26);
  expect(await rows('bank_questions', { organisation_id: author.organisation_id })).toHaveLength(2 + Number(kept));
  expect(await rows('question_import_items', { import_id: id, taken: null })).toHaveLength(6);
});

it('keeps its pictures as ours, and leaves out what is no picture', async () => {
  const author = await anAuthor();
  const picture = (
    await sharp({ create: { width: 30, height: 20, channels: 3, background: '#884' } })
      .png()
      .toBuffer()
  ).toString('base64');
  const one = (
    name: string,
    data: string,
  ) => `<question type="truefalse"><name><text>${name}</text></name><questiontext format="html">
    <text><![CDATA[<p><img src="@@PLUGINFILE@@/k.png" alt="Kirje"></p><p>Onko tämä ${name}?</p>]]></text><file name="k.png" encoding="base64">${data}</file></questiontext>
    <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>`;
  const { id, response } = send(
    author,
    `<quiz>${one('kuva', picture)}${one('ei', Buffer.from('<svg onload="alert(1)"/>').toString('base64'))}</quiz>`,
  );
  await response;
  const [kept, left] = (await rows('question_import_items', { import_id: id })).toSorted((a, b) => a.number - b.number);
  expect(kept.question.texts.fi.prompt).toMatch(/^!\[Kirje\]\(\/files\/[0-9a-f-]{36}\)\n\nOnko tämä kuva\?$/);
  expect(left.question.texts.fi.prompt).toBe('Onko tämä ei?');
  expect(left.notes).toEqual([{ key: 'pictureUnreadable', values: { name: 'k.png' } }]);
  const [stored] = await rows('files', { organisation_id: author.organisation_id });
  expect(stored).toMatchObject({ mime: 'image/webp' });

  await as(author).post(`/write/bank/imports/${id}/take`, { which: 'all' }).expect(303);
  const xml = (await as(author).get('/write/bank/export/questions.xml').expect(200)).text;
  const [again] = [...readFile(openFile(Buffer.from(xml)), { language: 'fi', competence: '', level: 1 })].filter(
    (item) => item !== 'category',
  );
  expect(again?.pictures).toHaveLength(1);
  expect(again?.question?.texts.fi?.prompt).toBe('![Kirje](picture:0)\n\nOnko tämä kuva?');
});

it('copies the chosen into a quiz when asked', async () => {
  const author = await anAuthor();
  const draft = await aDraft(author, { kind: 'quiz', content: newContent('fi', 'Oma', 'quiz') });
  const { id, response } = send(author, file('gift-fi.gift'), { draft: draft.id }, 'a.gift');
  await response;
  const here = `/write/bank/imports/${id}`;
  expect(page(await as(author).get(here))('[name=draft]').val()).toBe(draft.id);
  await as(author)
    .post(`${here}/take`, { number: ['1', '3'], draft: draft.id })
    .expect(303);
  const now = await asOwner(() => db()('lesson_drafts').where({ id: draft.id }).first());
  expect(now?.content.questions.map(({ bank }) => Boolean(bank))).toEqual([true, true]);
});

it('reads a long file by a job and tells how far it is', async () => {
  const author = await anAuthor();
  const many = Array.from({ length: 450 }, (_, at) => `Kysymys ${at}? {T}`).join('\n\n');
  const { id, response } = send(author, many, {}, 'pitka.gift');
  await response;
  const here = `/write/bank/imports/${id}`;
  expect(page(await as(author).get(here))('progress').attr('max')).toBe('450');
  expect(await rows('question_import_items', { import_id: id })).toEqual([]);
  expect(await runJobs()).toEqual(['bank.imports.read']);
  expect((await rows('question_imports', { id }))[0]).toMatchObject({ state: 'ready', done: 450 });
  expect(page(await as(author).get(`${here}?page=18`))('.bank-item')).toHaveLength(25);
  await as(author).post(`${here}/take`, { which: 'all' }).expect(303);
  expect(await rows('bank_questions', { organisation_id: author.organisation_id })).toHaveLength(450);
});

it('takes the same form once', async () => {
  const author = await anAuthor();
  const id = randomUUID();
  await send(author, file('broken.gift'), { id }).response;
  expect((await send(author, file('broken.gift'), { id }).response).status).toBe(303);
  expect(await rows('question_import_items', { import_id: id })).toHaveLength(20);
});

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]><quiz><question type="truefalse"><name><text>&lol2;</text></name></question></quiz>`;

it.each([
  ['a document type and its entities', LAUGHS, 'DOCTYPE'],
  [
    'a document type after the first question',
    `<quiz><question type="essay"></question><!DOCTYPE x SYSTEM "file:///etc/passwd"></quiz>`,
    'DOCTYPE',
  ],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'tekstitiedosto'],
  ['a web page', '<!doctype html><html><body>{T}</body></html>', 'Moodlen kysymystiedosto'],
  ['another XML', '<?xml version="1.0"?><rss><a/></rss>', 'Moodlen kysymystiedosto'],
  ['words', 'Hei, tässä ei ole kysymyksiä.', 'ei löytynyt kysymyksiä'],
  ['nothing but spaces', '  \n ', 'tyhjä'],
])('refuses %s in plain words and keeps nothing', async (_what, bytes, words) => {
  const author = await anAuthor();
  const { id, response } = send(author, bytes);
  const answer = await response;
  expect(answer.status).toBe(422);
  expect(page(answer)('.govuk-error-summary').text()).toContain(words);
  await nothingOf(id);
});

it('refuses a file over the limit in words', async () => {
  const author = await anAuthor();
  const { id, response } = send(author, Buffer.alloc(31 * 1024 * 1024, 'a '));
  expect(page(await response)('.govuk-error-summary').text()).toContain('liian suuri');
  await nothingOf(id);
});

it('reads hostile questions in no time and lets nothing of them run', () => {
  const read = (text: string) => [
    ...readFile(openFile(Buffer.from(text)), { language: 'fi', competence: '', level: 1 }),
  ];
  const started = Date.now();
  const deep = `<quiz><question type="essay">${'<a>'.repeat(100_000)}</question></quiz>`;
  expect(read(deep)).toMatchObject([{ reason: { key: 'tooDeep' } }]);
  const nested = `<quiz><question type="truefalse"><questiontext format="html"><text><![CDATA[${'<div>'.repeat(20_000)}Sana?]]></text></questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>`;
  expect(read(nested)).toHaveLength(1);
  expect(read(`<quiz>${'<question type="x"><![CDATA['.repeat(3000)}</quiz>`).length).toBeGreaterThan(0);
  expect(read(`<quiz>${'<!--'.repeat(200_000)}<question type="x"></quiz>`).length).toBeLessThan(3);
  expect(read('{'.repeat(19_000))).toMatchObject([{ reason: {} }]);
  expect(read(`Q {${'=a '.repeat(6000)}}`)).toMatchObject([{}]);
  const script = `<quiz><question type="truefalse"><name><text>&lt;script&gt;alert(1)&lt;/script&gt;</text></name><questiontext format="html"><text><![CDATA[<p onclick="x()">Sana<script>alert(1)</script> <a href="javascript:alert(1)">linkki</a> <img src=x onerror=alert(1)></p>]]></text></questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>`;
  const [item] = read(script);
  expect(item).toMatchObject({
    question: { texts: { fi: { prompt: 'Sana linkki' } } },
    notes: [{ key: 'script' }, { key: 'pictureMissing', values: { name: 'x' } }],
  });
  expect(Date.now() - started).toBeLessThan(8000);
});

it('is seen by the writers of the organisation only', async () => {
  const organisation = await anOrganisation();
  const author = await anAuthor(organisation);
  const { id, response } = send(author, file('odd.gift'), {}, '<img src=x onerror=alert(1)>.gift');
  await response;
  const here = `/write/bank/imports/${id}`;
  const colleague = await anAuthor(organisation);
  const foreign = await anAuthor();
  expect((await as(colleague).get(here)).status).toBe(200);
  expect((await as(colleague).get(here)).text).not.toContain('<img src=x');
  for (const path of ['', '/take', '/discard']) {
    const sent = path ? as(foreign).post(here + path, { which: 'all' }) : as(foreign).get(here);
    expect([path, (await sent).status]).toEqual([path, 404]);
  }
  const draft = await aDraft(foreign, { kind: 'quiz', content: newContent('fi', 'Vieras', 'quiz') });
  expect((await as(author).post(`${here}/take`, { which: 'all', draft: draft.id })).status).toBe(404);
  expect(await rows('bank_questions', { organisation_id: organisation.id })).toEqual([]);
  for (const roles of [['learner'], ['reviewer'], ['administrator']] as const)
    expect((await as(await aPerson({ organisation, roles: [...roles] })).get(here)).status).toBe(403);
  await as(author).post(`${here}/discard`).expect(303);
  await nothingOf(id);
});
