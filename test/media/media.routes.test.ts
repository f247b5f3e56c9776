import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import request from 'supertest';
import { updateDraft } from '../../src/features/authoring/drafts.model';
import { published } from '../../src/features/blocks/published';
import { publishLesson } from '../../src/features/courses/publication.service';
import { putCaptions } from '../../src/features/files/captions.model';
import { findFile, type StoredFile, storageKey } from '../../src/features/files/files.model';
import { clearFormers } from '../../src/features/media/former.service';
import { clearBin } from '../../src/features/media/media.service';
import { clearOrganisationUploads, PART_BYTES } from '../../src/features/media/uploads.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { storage } from '../../src/lib/storage';
import { aPhoto, aPicture, REFUSED, VIDEO, VOICE } from '../files/hostile';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aDraft, aTextLesson, temporaryStorage } from '../support/factories-authoring';
import { aCourse } from '../support/factories-courses';
import { runJobs } from '../support/jobs';

const DAY = 24 * 3600 * 1000;
let removeStorage: () => void;
let author: Actor;
beforeEach(async () => {
  removeStorage = temporaryStorage();
  author = await aPerson({ organisation: await anOrganisation(), roles: ['author'] });
});
afterEach(() => removeStorage());

const send = (
  actor: Actor,
  address: string,
  field: string,
  bytes: Buffer,
  name: string,
  fields: Record<string, string> = {},
) => {
  const sending = request(as(actor).app).post(address);
  for (const [key, value] of Object.entries(fields)) sending.field(key, value);
  return sending.attach(field, bytes, name);
};

async function added(actor: Actor, bytes: Buffer, name = 'kuva.png'): Promise<StoredFile> {
  const response = await send(actor, '/write/media', 'file', bytes, name);
  expect(response.status).toBe(303);
  const id = /\/write\/media\/([0-9a-f-]{36})/.exec(response.headers.location ?? '')?.[1] ?? '';
  return (await inScope(actor, () => findFile(actor.organisation_id, id))) as StoredFile;
}

const aPng = (width = 700) => aPicture(width, 400).png().toBuffer();
const actions = async (actor: Actor) =>
  (
    await inScope(actor, () =>
      db()('audit_events').where({ organisation_id: actor.organisation_id }).orderBy('created_at'),
    )
  ).map(({ action }) => action);

/** A lesson, published or being written, that shows the file. */
const showInDraft = (file: StoredFile) =>
  aDraft(author).then(async (draft) => {
    const content = aTextLesson();
    content.blocks.push({ id: 'kuva', kind: 'image', version: 1, texts: {}, file_id: file.id });
    await inScope(author, () => updateDraft(draft, { content }));
    return draft;
  });

async function publishShowing(file: StoredFile): Promise<string> {
  const course = await aCourse({ id: author.organisation_id });
  const text = {
    language: 'fi' as const,
    title: 'Kuva',
    body: `![Kuva](/files/${file.id})`,
    practice: '',
    follows_version: 1,
  };
  const lesson = {
    organisation_id: author.organisation_id,
    course_id: course.id,
    lesson_id: null,
    kind: 'text' as const,
  };
  const rest = {
    minutes: 5,
    level: 1,
    competences: [],
    texts: [text],
    questions: [],
    h5p_content_id: null,
    credits: [],
  };
  return inScope(author, () => publishLesson({ ...lesson, ...rest }));
}

it('takes a picture, asks what it shows, and finds it by that', async () => {
  const file = await added(author, await aPhoto(), 'IMG_2031.jpg');
  expect(file).toMatchObject({ name: 'IMG_2031', kind: 'image', alts: {}, licence: '' });
  const form = { name: 'Laituri', alt_fi: 'Laituri järvellä "<b>"', licence: 'cc-by', author: 'Aino', source: '' };
  expect((await as(author).post(`/write/media/${file.id}`, form)).status).toBe(303);
  const found = page(await as(author).get('/write/media?q=j%C3%A4rvell%C3%A4&kind=image'));
  expect(found('.media-card h2').text()).toBe('Laituri');
  expect(found('.media-card img').attr('alt')).toBe('Laituri järvellä "<b>"');
  for (const query of ['q=meri', 'kind=video', 'lacks=alt', 'lacks=licence', 'licence=own', 'q=%25'])
    expect(page(await as(author).get(`/write/media?${query}`))('.media-card')).toHaveLength(0);
  expect(await actions(author)).toEqual(['file.added', 'file.described']);
});

it('keeps what was typed when the name is missing', async () => {
  const file = await added(author, await aPng());
  const response = await as(author).post(`/write/media/${file.id}`, {
    name: ' ',
    alt_fi: 'Kissa',
    licence: 'cc-by',
    author: '',
    source: '',
  });
  expect(response.status).toBe(422);
  expect([page(response)('#alt_fi').val(), page(response)('.govuk-error-summary a').attr('href')]).toEqual([
    'Kissa',
    '#name',
  ]);
});

it.each(Object.entries(REFUSED).slice(0, 8))('answers %s with a page that says why', async (_, { bytes, name }) => {
  const response = await send(author, '/write/media', 'file', bytes, name);
  expect(response.status).toBe(422);
  expect(page(response)('.govuk-error-summary a').attr('href')).toBe('#file');
  expect(response.text).not.toContain('alert(1)');
});

it('serves no file as something that runs', async () => {
  const picture = await added(author, await aPng());
  const pdf = await added(author, Buffer.from('%PDF-1.7\n<script>alert(1)</script>'), 'ohje\u202efdp.pdf');
  for (const address of [`/files/${picture.id}`, `/files/${picture.id}/320.webp`, `/files/${pdf.id}`]) {
    const { headers } = await as(author).get(address);
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
  const { headers } = await as(author).get(`/files/${pdf.id}`);
  expect(headers['content-type']).toBe('application/pdf');
  expect(headers['content-disposition']).toMatch(/^attachment; filename="ohjefdp\.pdf"/);
  for (const part of ['full.webp', '../full.webp', '320.webp%00', 'old.svg', '%2e%2e%2f1'])
    expect((await as(author).get(`/files/${picture.id}/${part}`)).status).toBeGreaterThanOrEqual(400);
});

const showInBank = (file: StoredFile) =>
  asOwner(() =>
    db()
      .table('bank_questions')
      .insert({
        organisation_id: author.organisation_id,
        type: 'hotspot',
        level: 1,
        languages: ['fi'],
        question: JSON.stringify({ texts: { fi: { prompt: 'Missä?' } }, content: { picture: `/files/${file.id}` } }),
        words: 'Missä?',
        fingerprint: file.id,
      }),
  );

it('says where a file is shown, and lets nobody take it away from there', async () => {
  const file = await added(author, await aPng());
  const draft = await showInDraft(file);
  await publishShowing(file);
  await showInBank(file);
  const shown = page(await as(author).get(`/write/media/${file.id}`));
  expect(
    shown('.media-uses a')
      .toArray()
      .map((a) => shown(a).attr('href')),
  ).toEqual(expect.arrayContaining([`/write/drafts/${draft.id}`, expect.stringMatching(/^\/learn\//), '/write/bank']));
  expect((await as(author).post(`/write/media/${file.id}/bin`)).status).toBe(422);
  expect((await inScope(author, () => findFile(author.organisation_id, file.id)))?.deleted_at).toBeNull();
});

it('takes a file back from the bin for 30 days, then it is gone with its bytes', async () => {
  const [kept, gone] = [await added(author, await aPng(500)), await added(author, await aPng(600))];
  for (const { id } of [kept, gone]) expect((await as(author).post(`/write/media/${id}/bin`)).status).toBe(303);
  expect(page(await as(author).get('/write/media'))('.media-card')).toHaveLength(0);
  expect(page(await as(author).get('/write/media?bin=yes'))('.media-card')).toHaveLength(2);
  await as(author).post(`/write/media/${kept.id}/restoration`);
  const job = { organisation_id: author.organisation_id };
  await clearBin(job, new Date(Date.now() + 29 * DAY));
  expect(await storage().read(storageKey(gone))).toBeDefined();
  await clearBin(job, new Date(Date.now() + 31 * DAY));
  expect(await storage().read(storageKey(gone))).toBeUndefined();
  expect(
    await inScope(author, () => db()('files').where({ organisation_id: author.organisation_id }).pluck('id')),
  ).toEqual([kept.id]);
});

it('gives a binned file back that somebody shows again', async () => {
  const file = await added(author, await aPng());
  await as(author).post(`/write/media/${file.id}/bin`);
  await showInDraft(file);
  await clearBin({ organisation_id: author.organisation_id }, new Date(Date.now() + 31 * DAY));
  expect((await inScope(author, () => findFile(author.organisation_id, file.id)))?.deleted_at).toBeNull();
});

describe('replacing', () => {
  it('asks for a yes, then shows the new one everywhere, and the old bytes go later', async () => {
    const file = await added(author, await aPng(700));
    const lesson = await publishShowing(file);
    const at = `/write/media/${file.id}/replacement`;
    const refused = await send(author, at, 'replacement', await aPng(1200), 'uusi.png');
    expect([refused.status, page(refused)('.govuk-error-summary a').attr('href')]).toEqual([422, '#everywhere']);
    expect((await send(author, at, 'replacement', await aPng(1200), 'uusi.png', { everywhere: 'yes' })).status).toBe(
      303,
    );
    const now = (await inScope(author, () => findFile(author.organisation_id, file.id))) as StoredFile;
    expect(now).toMatchObject({ version: 2, width: 1200, name: file.name });
    await runJobs();
    const { html } = await inScope(author, () => db().table('lesson_texts').where({ lesson_id: lesson }).first());
    expect(html).toContain(`/files/${file.id}/960.webp?v=2 960w`);
    expect(await actions(author)).toContain('file.replaced');
  });

  it('takes the former one back everywhere for 30 days, once for a press, and what stood there meanwhile too', async () => {
    const first = await added(author, await aPng(700));
    const lesson = await publishShowing(first);
    const at = `/write/media/${first.id}`;
    const now = async () => (await inScope(author, () => findFile(author.organisation_id, first.id))) as StoredFile;
    const replace = async (width: number) =>
      expect(
        (await send(author, `${at}/replacement`, 'replacement', await aPng(width), 'x.png', { everywhere: 'yes' }))
          .status,
      ).toBe(303);
    expect(page(await as(author).get(at))('#former')).toHaveLength(0);
    await replace(1200);
    const second = await now();
    expect(page(await as(author).get(at))('#former').text()).toContain('700 × 400');

    const unsure = await as(author).post(`${at}/former`, { version: '2' });
    expect([unsure.status, page(unsure)('.govuk-error-summary a').attr('href')]).toEqual([422, '#back']);
    for (const _ of ['pressed', 'twice'])
      expect((await as(author).post(`${at}/former`, { version: '2', back: 'yes' })).status).toBe(303);
    expect(await now()).toMatchObject({ version: 3, width: 700, sha256: first.sha256, folder: first.folder });
    await runJobs();
    const { html } = await inScope(author, () => db().table('lesson_texts').where({ lesson_id: lesson }).first());
    expect(html).toContain(`/files/${first.id}/320.webp?v=3 320w`);
    expect((await actions(author)).filter((action) => action === 'file.taken-back')).toHaveLength(1);
    await as(author).post(`${at}/former`, { version: '3', back: 'yes' });
    expect(await now()).toMatchObject({ version: 4, width: 1200 });

    // What is taken back no more goes for good, and only that.
    const { organisation_id } = author;
    await clearFormers({ organisation_id }, new Date(Date.now() + 29 * DAY));
    expect(await storage().read(storageKey(first))).toBeDefined();
    await clearFormers({ organisation_id }, new Date(Date.now() + 31 * DAY));
    expect([await storage().read(storageKey(first)), (await now()).former]).toEqual([undefined, null]);
    expect(await storage().read(storageKey(second))).toBeDefined();
    expect(page(await as(author).get(at))('#former')).toHaveLength(0);
    await as(author).post(`${at}/former`, { version: '4', back: 'yes' });
    expect(await now()).toMatchObject({ version: 4, width: 1200 });
  });

  it('is undone by those who write only, and a file in the bin goes with what it was', async () => {
    const { organisation_id } = author;
    const file = await added(author, await aPng(700));
    await send(author, `/write/media/${file.id}/replacement`, 'replacement', await aPng(900), 'x.png');
    const reviewer = await aPerson({ organisation: { id: organisation_id } as never, roles: ['reviewer'] });
    expect((await as(reviewer).post(`/write/media/${file.id}/former`, { version: '2' })).status).toBe(403);
    expect(page(await as(reviewer).get(`/write/media/${file.id}`))('#former')).toHaveLength(0);
    await as(author).post(`/write/media/${file.id}/bin`, {});
    await clearBin({ organisation_id }, new Date(Date.now() + 31 * DAY));
    expect(await storage().read(storageKey(file))).toBeUndefined();
  });

  it('refuses another kind and a broken file, and the file stays as it was', async () => {
    const file = await added(author, await aPng());
    for (const bytes of [fs.readFileSync(VIDEO), Buffer.from('<svg/>'), Buffer.alloc(0)])
      expect((await send(author, `/write/media/${file.id}/replacement`, 'replacement', bytes, 'x.png')).status).toBe(
        422,
      );
    expect(await inScope(author, () => findFile(author.organisation_id, file.id))).toMatchObject({
      version: 1,
      sha256: file.sha256,
    });
  });
});

it('shows nothing of one organisation’s library to another, and changes nothing of it', async () => {
  const file = await added(author, fs.readFileSync(VOICE), 'ääni.webm');
  const stranger = await aPerson({ organisation: await anOrganisation(), roles: ['author', 'administrator'] });
  expect(page(await as(stranger).get('/write/media'))('.media-card')).toHaveLength(0);
  expect((await as(stranger).get('/write/media/choices')).body).toEqual({ files: [], total: 0 });
  for (const path of ['', '/captions', '/captions/fi.vtt'])
    expect((await as(stranger).get(`/write/media/${file.id}${path}`)).status).toBe(404);
  for (const path of ['', '/bin', '/restoration', '/replacement', '/former', '/captions'])
    expect((await as(stranger).post(`/write/media/${file.id}${path}`, { name: 'Minun' })).status).toBe(404);
  for (const path of ['', '/captions/fi.vtt', '/320.webp'])
    expect((await as(stranger).get(`/files/${file.id}${path}`)).status).toBe(404);
  expect(await inScope(author, () => findFile(author.organisation_id, file.id))).toEqual(file);
});

it('is for those who write; those who sign look', async () => {
  const organisation = { id: author.organisation_id };
  const file = await added(author, await aPng());
  const rows: [string, Actor, number[]][] = [];
  for (const [role, expected] of [
    ['learner', [403, 403, 403, 403]],
    ['administrator', [403, 403, 403, 403]],
    ['reviewer', [200, 200, 403, 403]],
    ['expert', [200, 200, 303, 200]],
    ['author', [200, 200, 303, 200]],
  ] as const)
    rows.push([role, await aPerson({ organisation, roles: [role] }), [...expected]]);
  for (const [role, actor, expected] of rows) {
    const statuses = [
      (await as(actor).get('/write/media')).status,
      (await as(actor).get(`/write/media/${file.id}`)).status,
      (await as(actor).post(`/write/media/${file.id}`, { name: 'Kuva', author: '', source: '' })).status,
      (await as(actor).get('/write/media/record')).status,
    ];
    expect([role, statuses]).toEqual([role, expected]);
  }
});

describe('a file in parts', () => {
  const begin = (actor: Actor, body: object) => request(as(actor).app).post('/write/media/uploads').send(body);
  const put = (actor: Actor, id: string, number: number | string, bytes: Buffer) =>
    request(as(actor).app)
      .post(`/write/media/uploads/${id}/parts/${number}`)
      .type('application/octet-stream')
      .send(bytes);
  const finish = (actor: Actor, id: string) =>
    request(as(actor).app).post(`/write/media/uploads/${id}/finish`).send({});
  /** A photo of more than two parts: after its end a JPEG may hold anything, and nothing of that is kept. */
  const aLargePhoto = async () => Buffer.concat([await aPhoto(), Buffer.alloc(2 * PART_BYTES, 1)]);
  const partsOf = (bytes: Buffer) =>
    Array.from({ length: Math.ceil(bytes.length / PART_BYTES) }, (_, n) =>
      bytes.subarray(n * PART_BYTES, (n + 1) * PART_BYTES),
    );

  it('goes on where the connection broke, and becomes one file however often it is finished', async () => {
    const bytes = await aLargePhoto();
    const id = randomUUID();
    const beginning = { id, name: 'laituri.jpg', bytes: bytes.length };
    expect((await begin(author, beginning)).body).toEqual({ part: PART_BYTES, has: [] });
    const [first, second, third] = partsOf(bytes) as [Buffer, Buffer, Buffer];
    expect((await put(author, id, 0, first)).status).toBe(204);
    // Half a part is no part.
    expect((await put(author, id, 1, second.subarray(0, 1000))).status).toBe(422);
    expect((await finish(author, id)).body.fault).toBe('parts');
    expect((await begin(author, beginning)).body.has).toEqual([0]);
    for (const [number, part] of [
      [2, third],
      [1, second],
      [1, second],
    ] as const)
      expect((await put(author, id, number, part)).status).toBe(204);
    const [one, two] = [await finish(author, id), await finish(author, id)];
    expect(one.body.file).toMatchObject({ name: 'laituri', kind: 'image', href: `/write/media/${one.body.file.id}` });
    expect(two.body).toEqual(one.body);
    expect(await inScope(author, () => db()('file_upload_parts').where({ upload_id: id }))).toEqual([]);
    expect(await storage().read(`uploads/${author.organisation_id}/${id}/0`)).toBeUndefined();
  });

  it('is refused when it is larger than it may be, empty, or told in odd words', async () => {
    const id = randomUUID();
    expect((await begin(author, { id, name: 'a.mp4', bytes: 400 * 1024 * 1024 })).body.fault).toBe('large');
    expect((await begin(author, { id, name: 'a.mp4', bytes: 0 })).body.fault).toBe('empty');
    for (const body of [
      {},
      { id: 'x', name: 'a', bytes: 5 },
      { id, name: 5, bytes: 5 },
      { id, name: 'a', bytes: 1e99 },
    ])
      expect((await begin(author, body)).status).toBe(422);
    await begin(author, { id, name: 'a.mp4', bytes: 10 });
    for (const number of [1, -1, 'x', 1.5]) expect((await put(author, id, number, Buffer.alloc(10))).status).toBe(422);
    expect((await put(author, id, 0, Buffer.alloc(PART_BYTES + 1))).status).toBe(413);
  });

  it('that is no file of ours is told, and gone', async () => {
    const id = randomUUID();
    const bytes = Buffer.from('<svg onload="alert(1)"/>');
    await begin(author, { id, name: 'kuva.png', bytes: bytes.length });
    await put(author, id, 0, bytes);
    const response = await finish(author, id);
    expect([response.status, response.body.fault]).toEqual([422, 'kind']);
    expect(await inScope(author, () => db()('file_uploads').where({ id }))).toEqual([]);
  });

  it('is its sender’s alone', async () => {
    const id = randomUUID();
    await begin(author, { id, name: 'a.png', bytes: 10 });
    const colleague = await aPerson({ organisation: { id: author.organisation_id }, roles: ['author'] });
    const stranger = await aPerson({ organisation: await anOrganisation(), roles: ['author'] });
    for (const actor of [colleague, stranger]) {
      expect((await as(actor).get(`/write/media/uploads/${id}`)).status).toBe(404);
      expect((await put(actor, id, 0, Buffer.alloc(10))).status).toBe(404);
      expect((await finish(actor, id)).status).toBe(404);
      expect((await begin(actor, { id, name: 'b.png', bytes: 10 })).status).toBe(404);
    }
  });

  it('that never became whole is cleared away after a day, and what became whole stays', async () => {
    const [left, done] = [randomUUID(), randomUUID()];
    await begin(author, { id: left, name: 'a.png', bytes: 20 });
    await put(author, left, 0, Buffer.alloc(20));
    const bytes = await aPng();
    await begin(author, { id: done, name: 'b.png', bytes: bytes.length });
    await put(author, done, 0, bytes);
    const { file } = (await finish(author, done)).body;
    const job = { organisation_id: author.organisation_id };
    await clearOrganisationUploads(job, new Date(Date.now() + DAY / 2));
    expect(await storage().read(`uploads/${author.organisation_id}/${left}/0`)).toBeDefined();
    await clearOrganisationUploads(job, new Date(Date.now() + 2 * DAY));
    expect(await storage().read(`uploads/${author.organisation_id}/${left}/0`)).toBeUndefined();
    expect(await inScope(author, () => db()('file_uploads').where(job))).toEqual([]);
    expect((await as(author).get(file.src)).status).toBe(200);
  });
});

it('publishes a video with what is said in it, and changed captions reach its readers', async () => {
  const file = await added(author, fs.readFileSync(VIDEO), 'viesti.webm');
  const cues = [{ start: 0, end: 900, text: 'Odota hetki.' }];
  const ids = { file_id: file.id, organisation_id: file.organisation_id };
  await inScope(author, () => putCaptions({ ...ids, language: 'fi', cues, version: 0 }));
  const course = await aCourse({ id: author.organisation_id });
  const block = {
    id: 'film',
    kind: 'video' as const,
    version: 1,
    texts: { fi: { text: 'Outo viesti', follows: 1 } },
    file_id: file.id,
  };
  const blocks = published([block], 'fi');
  const text = { language: 'fi' as const, title: 'Video', body: 'Katso.', practice: '', follows_version: 1, blocks };
  const lesson = {
    organisation_id: author.organisation_id,
    course_id: course.id,
    lesson_id: null,
    kind: 'text' as const,
  };
  const rest = {
    minutes: 5,
    level: 1,
    competences: [],
    texts: [text],
    questions: [],
    h5p_content_id: null,
    credits: [],
  };
  await inScope(author, () => publishLesson({ ...lesson, ...rest }));

  const learner = await aPerson({ organisation: { id: author.organisation_id } });
  const read = async () => {
    const { blocks: kept } = await inScope(learner, () => db().table('lesson_texts').where({ title: 'Video' }).first());
    return kept[0].file;
  };
  const src = `/files/${file.id}/captions/fi.vtt?v=1`;
  expect(await read()).toMatchObject({
    ...{ src: `/files/${file.id}?v=1`, width: 640, height: 360, tracks: [{ language: 'fi', src }] },
    said: { language: 'fi', paragraphs: ['Odota hetki.'] },
  });
  expect((await as(learner).get(src)).text).toContain('Odota hetki.');

  const fields = { language: 'fi', version: '1', do: 'save', start_0: '0:00', end_0: '0:01', text_0: 'Kysy ensin.' };
  const sending = request(as(author).app).post(`/write/media/${file.id}/captions`);
  for (const [name, value] of Object.entries(fields)) sending.field(name, value);
  expect((await sending).status).toBe(303);
  await runJobs();
  expect((await read()).said.paragraphs).toEqual(['Kysy ensin.']);
});
