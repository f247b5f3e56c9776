import { createHash, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { newContent } from '../../src/features/authoring/drafts.document';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { storage } from '../../src/lib/storage';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { aDraft, temporaryStorage } from '../support/factories-authoring';
import { renamed, zipOf } from '../support/h5p-fixture';
import { runJobs } from '../support/jobs';
import { brought, exported, sends, unzipped } from './support';

let removeStorage: () => void;
beforeAll(() => {
  removeStorage = temporaryStorage();
});
afterAll(() => removeStorage());

const anAuthor = () => aPerson({ roles: ['author'], language: 'en' });
const hash = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

type Files = Map<string, Buffer>;
const toZip = (files: Files) => zipOf([...files].map(([name, content]) => ({ name, content })));

/** A file of a course with one lesson, taken apart. */
async function aCourse(): Promise<Files> {
  const author = await anAuthor();
  const content = newContent('fi', 'Hyvä salasana', 'text');
  if (content.blocks[0]) content.blocks[0].texts.fi = { text: 'Pitkä on hyvä.', follows: 1 };
  return unzipped(await exported(author, (await aDraft(author, { content })).course_id));
}

const json = (files: Files, name: string) => JSON.parse(String(files.get(name)));

interface CourseLike {
  modules: [{ lessons: ({ id: string; document: { blocks: object[] } } | null | { id: string })[] }];
}

/** The course changed, with a manifest that agrees with it. */
function withCourse(files: Files, change: (course: CourseLike) => void): Files {
  const course = json(files, 'course.json');
  change(course);
  const bytes = Buffer.from(JSON.stringify(course));
  const manifest = json(files, 'oppiva-course.json');
  manifest.course = { sha256: hash(bytes), bytes: bytes.length };
  return new Map([...files, ['course.json', bytes], ['oppiva-course.json', Buffer.from(JSON.stringify(manifest))]]);
}

/** With a medium that the manifest tells of as it is told here. */
function withMedium(files: Files, bytes: Buffer, ending = 'webp', more: object = {}): Files {
  const sha256 = hash(bytes);
  const manifest = json(files, 'oppiva-course.json');
  manifest.media = [
    {
      ...{
        id: randomUUID(),
        path: `media/${sha256}.${ending}`,
        sha256,
        bytes: bytes.length,
        kind: 'image',
        name: 'Kuva',
      },
      ...{ alts: {}, is_decoration: false, licence: '', author: '', source: '', captions: {}, ...more },
    },
  ];
  return new Map([
    ...files,
    ['oppiva-course.json', Buffer.from(JSON.stringify(manifest))],
    [`media/${sha256}.${ending}`, bytes],
  ]);
}

async function nothingOf(author: Actor) {
  for (const table of ['course_imports', 'courses', 'lesson_drafts', 'files', 'h5p_contents'])
    expect([table, await asOwner(() => db().table(table).where({ organisation_id: author.organisation_id }))]).toEqual([
      table,
      [],
    ]);
}

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const HTML = Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(80));

/** A zip program would not write such a name. */
async function namedOddly(files: Files, name: string): Promise<Buffer> {
  const plain = 'x'.repeat(name.length);
  return renamed(await toZip(new Map([...files, [plain, Buffer.from('x')]])), plain, name);
}

const HOSTILE: Record<string, [(files: Files) => Promise<Buffer> | Buffer, RegExp]> = {
  'no archive at all': [() => Buffer.from('ei zip'), /no whole zip/],
  'half of one': [async (files) => (await toZip(files)).subarray(0, 400), /no whole zip/],
  'another zip': [() => zipOf([{ name: 'course.json', content: '{}' }]), /no course saved/],
  'a way out of the folder': [(files) => namedOddly(files, '../../etc/x.json'), /does not belong/],
  'a way out inside media': [(files) => namedOddly(files, 'media/../../x.webp'), /does not belong/],
  'a way from the root': [(files) => namedOddly(files, '/etc/cron.d/x'), /does not belong/],
  'a name with a nought in it': [(files) => namedOddly(files, 'course.json\0.webp'), /does not belong/],
  'a file that nothing tells of': [
    (files) => toZip(new Map([...files, [`media/${'a'.repeat(64)}.webp`, Buffer.from('x')]])),
    /does not belong/,
  ],
  'broken JSON': [(files) => toZip(new Map([...files, ['oppiva-course.json', Buffer.from('{"format":')]])), /broken/],
  'deep JSON': [
    (files) => toZip(new Map([...files, ['oppiva-course.json', Buffer.from('['.repeat(9000) + ']'.repeat(9000))]])),
    /not understood/,
  ],
  'a newer format': [
    (files) =>
      toZip(
        new Map([
          ...files,
          ['oppiva-course.json', Buffer.from(JSON.stringify({ ...json(files, 'oppiva-course.json'), version: 2 }))],
        ]),
      ),
    /newer Oppiva/,
  ],
  'fields that nobody knows': [
    (files) => toZip(withCourse(files, (course) => Object.assign(course, { evil: true }))),
    /not understood/,
  ],
  'a course that was changed on the way': [
    (files) =>
      toZip(
        new Map([...files, ['course.json', Buffer.from(String(files.get('course.json')).replace('hyvä', 'paha'))]]),
      ),
    /changed on its way/,
  ],
  'the same entry twice': [
    async (files) => zipOf([...files, ...files].map(([name, content]) => ({ name, content }))),
    /same thing twice/,
  ],
  'a bomb': [
    (files) => toZip(withMedium(files, Buffer.alloc(30_000_000), 'pdf', { kind: 'file' })),
    /enormous|too large/,
  ],
  'code as a picture': [(files) => toZip(withMedium(files, SVG)), /not what it is said/],
  'a page as a picture': [(files) => toZip(withMedium(files, HTML)), /not what it is said/],
  'a page as a document': [(files) => toZip(withMedium(files, HTML, 'pdf', { kind: 'file' })), /not what it is said/],
  'a picture that is said to be a video': [
    async (files) => toZip(withMedium(files, await aWebp(), 'webm', { kind: 'video' })),
    /not what it is said/,
  ],
  'a size that is a lie': [
    async (files) => toZip(withMedium(files, await aWebp(), 'webp', { bytes: 20 })),
    /another size/,
  ],
  'bytes that are others than told': [
    async (files) => {
      const lied = withMedium(files, await aWebp());
      const name = [...lied.keys()].find((one) => one.startsWith('media/')) ?? '';
      const bytes = Buffer.from(lied.get(name) ?? '');
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return toZip(new Map([...lied, [name, bytes]]));
    },
    /changed on its way/,
  ],
};

const aWebp = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .webp()
    .toBuffer();

it.each(Object.entries(HOSTILE))('refuses %s, says why, and keeps nothing', async (_, [make, why]) => {
  const author = await anAuthor();
  const written = jest.spyOn(storage(), 'write');
  const answer = await sends(author, await make(await aCourse())).response;
  expect(answer.status).toBe(422);
  expect(page(answer)('main').text()).toMatch(why);
  expect(page(answer)('.govuk-error-message').text()).toContain('cannot be opened');
  expect(written).not.toHaveBeenCalled();
  written.mockRestore();
  await nothingOf(author);
});

it('takes nothing when one of the files turns out to be no picture in the end', async () => {
  const author = await anAuthor();
  const good = await aWebp();
  const broken = Buffer.from(good);
  broken.fill(0xff, 24);
  const two = withMedium(await aCourse(), good);
  const manifest = json(two, 'oppiva-course.json');
  const sha256 = hash(broken);
  manifest.media.push({
    ...manifest.media[0],
    id: randomUUID(),
    path: `media/${sha256}.webp`,
    sha256,
    bytes: broken.length,
    name: 'Rikki',
  });
  const files = new Map([
    ...two,
    ['oppiva-course.json', Buffer.from(JSON.stringify(manifest))],
    [`media/${sha256}.webp`, broken],
  ]);
  const row = await brought(author, await toZip(files));
  expect(row).toMatchObject({ state: 'failed', course_id: null, outcome: { refused: { key: 'media.unreadable' } } });
  const $ = page(await as(author).get(`/write/course-files/${row.id}`).expect(200));
  expect($('main').text()).toContain('A file cannot be read: Rikki Nothing was kept.');
  await as(author).post(`/write/course-files/${row.id}/discard`).expect(303);
  await nothingOf(author);
});

it('draws a picture anew that holds more than its pixels', async () => {
  const author = await anAuthor();
  const spied = await sharp(await aWebp())
    .withMetadata({ exif: { IFD0: { Copyright: 'PLACE-OF-HOME' } } })
    .webp()
    .toBuffer();
  expect(spied.includes('PLACE-OF-HOME')).toBe(true);
  await brought(author, await toZip(withMedium(await aCourse(), spied)));
  const [file] = await asOwner(() => db().table('files').where({ organisation_id: author.organisation_id }));
  const kept = await storage().read(`${file.folder}/full.webp`);
  for await (const chunk of kept ?? []) expect((chunk as Buffer).includes('PLACE-OF-HOME')).toBe(false);
});

it('leaves out what it does not understand, part by part, and says what and why before anything is taken', async () => {
  const author = await anAuthor();
  const files = withCourse(await aCourse(), (course) => {
    const lesson = course.modules[0].lessons[0] as { id: string; document: { blocks: object[] } };
    const block = (more: object) => ({ id: 'x1', kind: 'text', version: 1, texts: {}, ...more });
    lesson.document.blocks.push(block({ kind: 'hologram' }), block({ onclick: 'x' }), block({ id: '"><script>' }));
    lesson.document.blocks.push(
      block({ id: 'k', kind: 'image', file_id: randomUUID() }),
      block({ id: 'v', kind: 'video', link: 'javascript:alert(1)' }),
    );
    course.modules[0].lessons.push({ ...lesson, id: lesson.id }, { id: 'odd' }, null);
  });
  const { id, response } = sends(author, await toZip(files));
  expect((await response).status).toBe(303);
  const $ = page(await as(author).get(`/write/course-files/${id}`));
  const said = $('section[aria-labelledby=unread] li')
    .map((_, one) => $(one).text())
    .get();
  expect(said).toHaveLength(8);
  expect(said.join()).toContain('2 (hologram)');
  await nothingOf({ ...author, organisation_id: randomUUID() });
  expect(await asOwner(() => db().table('courses').where({ organisation_id: author.organisation_id }))).toEqual([]);
  await as(author).post(`/write/course-files/${id}/take`).expect(303);
  await runJobs();
  const [draft] = await asOwner(() => db().table('lesson_drafts').where({ organisation_id: author.organisation_id }));
  expect(draft.content.blocks.map(({ kind }: { kind: string }) => kind)).toEqual(['text', 'image']);
  // A picture of somebody else's is nobody's to show.
  expect(draft.content.blocks[1].file_id).toBeUndefined();
});
