import { storePicture } from '../../src/features/files/files.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { aCourse, aLesson } from '../support/factories-courses';

const PICTURE = 'test/support/h5p-toy/content/images/viesti.png';

let tidy: () => void;
beforeAll(() => {
  tidy = temporaryStorage();
});
afterAll(() => tidy());

const block = (id: string, kind: string, more: object = {}) => ({
  ...{ id, kind, text: id, parts: {}, html: { text: `<p>${id}</p>` }, languages: ['fi', 'en'] },
  ...more,
});

/** A public course: one text with a picture, a question and a task, a lesson for staff, and a quiz. */
async function aPublicCourse(isPublic = true) {
  const organisation = await anOrganisation();
  const author = await aPerson({ organisation, roles: ['learner', 'author'], name: 'Salainen Tekijä' });
  const course = await aCourse(organisation, { is_public: isPublic, sharedWith: 'all' });
  const lesson = await aLesson(course, { title: 'Avoin oppitunti' });
  await aLesson(course, { title: 'Vain henkilökunnalle', audience: ['staff'], slug: 'staff' });
  const file = await inScope(author, () => storePicture(organisation.id, PICTURE));
  const other = await inScope(author, () => storePicture(organisation.id, 'public/images/tasks/browser-address.webp'));
  if (!file || !other) throw new Error('no picture');
  const blocks = [
    block('Alku', 'text'),
    block('kuva', 'image', { file_id: file.id, html: { picture: `<img src="/files/${file.id}" alt="">` } }),
    block('q', 'question', { question_id: 'q', question: { prompt: 'SALAINEN KYSYMYS' } }),
    block('t', 'h5p', { h5p_content_id: file.id }),
  ];
  await asOwner(async () => {
    await db()
      .table('lesson_texts')
      .where({ lesson_id: lesson.id })
      .update({ blocks: JSON.stringify(blocks) });
    await db().table('lesson_files').insert({ lesson_id: lesson.id, file_id: file.id });
    await db()
      .table('lesson_credits')
      .insert({ lesson_id: lesson.id, kind: 'true_to_life', name: 'Salainen Tekijä', signed_at: new Date() });
  });
  return { organisation, course, lesson, file, other, base: `/open/${organisation.slug}/${course.slug}` };
}

describe('a public course', () => {
  it('is read by anybody, without a name, a question or a trace', async () => {
    const { base, lesson, file, course } = await aPublicCourse();
    const list = page(await as(undefined).get('/open').expect(200));
    expect(list(`a[href="${base}"]`)).toHaveLength(1);
    const head = page(await as(undefined).get(base).expect(200));
    expect(head('.open-stops li')).toHaveLength(1);
    const before = await asOwner(() => traces());
    const answer = await as(undefined).get(`${base}/${lesson.slug}?lang=fi`).expect(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['x-robots-tag']).toBeUndefined();
    expect(answer.headers.vary).toMatch(/Cookie.*Accept-Language/i);
    const $ = page(answer);
    expect($('h1').text()).toBe('Avoin oppitunti');
    expect($('main').text()).toContain('Alku');
    expect(answer.text).not.toMatch(/SALAINEN|Salainen Tekijä|<iframe/);
    expect($('img').attr('src')).toBe(`${base}/files/${file.id}`);
    const picture = await as(undefined).get(`${base}/files/${file.id}`).expect(200);
    expect(picture.headers['cache-control']).toBe('public, max-age=300');
    expect(picture.headers['set-cookie']).toBeUndefined();
    expect(await asOwner(() => traces())).toEqual(before);
    expect(course.id).toBeTruthy();
  });

  it('keeps the rest to itself: other files, lessons for some, other courses and organisations, and courses that are not public', async () => {
    const open = await aPublicCourse();
    const closed = await aPublicCourse(false);
    const { base, other, file } = open;
    const absent = [
      ...[
        `${base}/staff`,
        `${base}/none`,
        `${base}/files/${other.id}`,
        `${base}/files/${closed.file.id}`,
        `${base}/files/nonsense`,
      ],
      ...[`${base}/files/${file.id}/none.webp`, `${base}/files/${file.id}/captions/fi.vtt`],
      ...[closed.base, `${closed.base}/${closed.lesson.slug}`, `${closed.base}/files/${closed.file.id}`],
      ...[
        `/open/${closed.organisation.slug}/${open.course.slug}`,
        `/open/${closed.organisation.slug}/${open.course.slug}/files/${file.id}`,
      ],
    ];
    for (const address of absent) {
      const answer = await as(undefined).get(address);
      expect([address, answer.status]).toEqual([address, 404]);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    // The way of those who sign in stays theirs.
    await as(undefined).get(`/files/${file.id}`).expect(303);
    await as(undefined).get(`/learn/${open.course.slug}`).expect(303);
    expect((await as(undefined).get('/open')).text).not.toContain(closed.course.slug);
  });

  it('is nobody else’s page in a cache: one who carries a cookie or has signed in gets their own', async () => {
    const { base } = await aPublicCourse();
    const carrying = await as(undefined).get(base).set('Cookie', 'language=sv').expect(200);
    expect(carrying.headers['cache-control']).toBe('no-store');
    const member = await aPerson();
    expect((await as(member).get(base).expect(200)).headers['cache-control']).toBe('no-store');
    expect(await asOwner(() => db().table('enrolments').where({ person_id: member.id }))).toEqual([]);
  });

  it('is gone at once when it is public no more', async () => {
    const { base, course } = await aPublicCourse();
    await asOwner(() => db().table('courses').where({ id: course.id }).update({ is_public: false }));
    await as(undefined).get(base).expect(404);
  });
});

/** Whatever a reader could leave behind. */
async function traces() {
  const tables = ['enrolments', 'lesson_progress', 'sessions', 'looks', 'audit_events', 'notifications'];
  return Promise.all(tables.map(async (name) => [name, (await db().table(name).count())[0]?.count]));
}
