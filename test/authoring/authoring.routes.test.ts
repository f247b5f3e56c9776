import sharp from 'sharp';
import request from 'supertest';
import { newQuestion } from '../../src/features/authoring/drafts.document';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aDraft, aTextLesson, temporaryStorage } from '../support/factories-authoring';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

async function aPair() {
  const organisation = await anOrganisation();
  const expert = await aPerson({ organisation, name: 'Pekka Mäkinen', roles: ['learner', 'expert'] });
  const professional = await aPerson({ organisation, name: 'Sanna Niemi', roles: ['learner', 'reviewer'] });
  return { organisation, expert, professional };
}

const stored = (id: string) => asOwner(() => db()('lesson_drafts').where({ id }).first());
const sign = (actor: Actor, draft: { id: string; version: number }, kind: string, shown = 'full') =>
  as(actor).post(`/write/drafts/${draft.id}/signatures`, { kind, version: String(draft.version), shown });

describe('writing', () => {
  it('begins a lesson in a new course and keeps every press', async () => {
    const { expert } = await aPair();
    const begun = await as(expert).post('/write/drafts', {
      kind: 'text',
      title: 'Hyvä salasana',
      language: 'fi',
      course: 'new',
      course_title: 'Salasanat',
    });
    expect(begun.status).toBe(303);
    expect(begun.headers.location).toMatch(/\/page$/);
    const address = String(begun.headers.location).replace('/page', '');
    const $ = page(await as(expert).get(address));
    const field = String($('textarea').first().attr('name'));

    const saved = await as(expert).post(address, {
      version: '1',
      variant: 'sv',
      do: 'add-text',
      title_fi: 'Salasana',
      [field]: 'Pitkä on hyvä.',
    });

    expect([saved.status, saved.headers.location]).toEqual([303, `${address}#last-piece`]);
    const draft = await stored(address.split('/').at(-1) ?? '');
    expect([draft?.version, draft?.content.title.fi, draft?.content.blocks.length]).toEqual([2, 'Salasana', 2]);
  });

  it('asks for what is missing, with what was typed', async () => {
    const { expert } = await aPair();
    const response = await as(expert).post('/write/drafts', {
      kind: 'text',
      title: '',
      language: 'fi',
      course: 'new',
      course_title: 'Salasanat',
    });
    const $ = page(response);
    expect(response.status).toBe(422);
    expect($('#title-error').text()).toContain('title');
    expect($('#course_title').val()).toBe('Salasanat');
  });

  it('never overwrites what another saved meanwhile, and keeps what was typed', async () => {
    const { expert } = await aPair();
    const draft = await aDraft(expert);
    const block = draft.content.blocks[0]?.id;
    const theirs = { version: '1', title_fi: 'Toisen otsikko', [`b_${block}_fi`]: 'Toisen tekstini' };
    const first = await as(expert).post(`/write/drafts/${draft.id}`, theirs);
    expect(page(first)('.variant__others')).toHaveLength(0);

    const late = await as(expert).post(`/write/drafts/${draft.id}`, {
      version: '1',
      [`b_${block}_fi`]: 'Minun tekstini',
    });

    expect(late.status).toBe(409);
    expect(page(late)(`#b_${block}_fi`).val()).toBe('Minun tekstini');
    // Where it differs from what the other saved is told word by word; nothing is told of texts that are alike.
    const $ = page(late);
    expect([$('.variant__others').length, $('.variant__others del').text(), $('.variant__others ins').text()]).toEqual([
      ...[1, 'Taken away: Toisen', 'Added: Minun'],
    ]);
    expect((await stored(draft.id))?.content.title.fi).toBe('Toisen otsikko');
  });

  it('shows how titles and questions differ from what another saved, and texts whose block they took away', async () => {
    const { expert } = await aPair();
    const content = { ...aTextLesson(), questions: [newQuestion('single')] };
    const draft = await aDraft(expert, { content });
    const [block, question] = [content.blocks[0]?.id, content.questions[0]?.id];
    const send = (prompt: string, more: object) =>
      as(expert).post(`/write/drafts/${draft.id}`, { version: '1', [`q_${question}_fi_prompt`]: prompt, ...more });
    await send('Kenelle soitat ensin?', { title_fi: 'Toisen otsikko', do: `remove:${block}` });
    const mine = {
      title_fi: 'Minun otsikko',
      [`b_${block}_fi`]: 'Minun <b>tekstini</b>',
      [`b_${block}_fi_read`]: 'yes',
    };
    const $ = page(await send('Kenelle kirjoitat ensin?', mine));

    const said = $('.variant__others .difference').map((_, one) => $(one).text());
    expect(said.get()).toEqual([
      'Taken away: ToisenAdded: Minun otsikko',
      'Kenelle Taken away: soitatAdded: kirjoitat ensin?',
    ]);
    expect(
      $('blockquote')
        .map((_, one) => $(one).text())
        .get(),
    ).toEqual(['Minun <b>tekstini</b>']);
    expect($('#title_fi').val()).toBe('Minun otsikko');
  });

  it('takes a picture without its location, and refuses what is not a picture', async () => {
    const { expert } = await aPair();
    const draft = await aDraft(expert);
    const photo = await sharp({ create: { width: 2000, height: 100, channels: 3, background: 'green' } })
      .withExif({ IFD3: { GPSLatitude: '60/1 10/1 0/1' } })
      .jpeg()
      .toBuffer();
    const send = (bytes: Buffer, name: string) =>
      request(as(expert).app)
        .post(`/write/drafts/${draft.id}`)
        .field('version', '1')
        .field('do', 'add-image')
        .attach('picture', bytes, name);

    const svg = await send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'a.png');
    expect([svg.status, page(svg)('#picture-error').text()]).toEqual([422, expect.stringContaining('cannot be read')]);

    expect((await send(photo, 'metsä.jpg')).status).toBe(303);
    const id = (await stored(draft.id))?.content.blocks.at(-1)?.file_id;
    const picture = await as(expert).get(`/files/${id}`);
    const facts = await sharp(picture.body).metadata();
    expect([facts.format, facts.width, facts.exif]).toEqual(['webp', 1600, undefined]);
    expect(picture.headers['content-security-policy']).toContain('sandbox');
    const stranger = await aPerson({ roles: ['author'] });
    expect((await as(stranger).get(`/files/${id}`)).status).toBe(404);
  });

  it('keeps what was typed when a picture is too large, and takes a chosen picture whichever button was pressed', async () => {
    const { expert } = await aPair();
    const draft = await aDraft(expert);
    const send = (version: number, bytes: Buffer) =>
      request(as(expert).app)
        .post(`/write/drafts/${draft.id}`)
        .field('version', String(version))
        .field('title_fi', `Otsikko ${version}`)
        .attach('picture', bytes, 'kuva.png');
    const large = await send(1, Buffer.alloc(26 * 1024 * 1024, 1));
    expect([large.status, page(large)('#picture-error').text()]).toEqual([422, expect.stringContaining('too large')]);
    expect((await stored(draft.id))?.content.title.fi).toBe('Otsikko 1');

    const picture = await sharp({ create: { width: 10, height: 10, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    expect((await send(2, picture)).status).toBe(303);
    expect((await stored(draft.id))?.content.blocks.at(-1)?.kind).toBe('image');
  });

  it('names what must be mended before review', async () => {
    const { expert } = await aPair();
    const draft = await aDraft(expert);
    const block = draft.content.blocks[0]?.id;
    const response = await as(expert).post(`/write/drafts/${draft.id}`, {
      version: '1',
      do: 'submit',
      title_fi: '',
      [`b_${block}_fi`]: 'Teksti',
    });
    expect(response.status).toBe(422);
    expect(page(response)('.govuk-error-summary a').attr('href')).toBe('#title_fi');
    expect((await stored(draft.id))?.state).toBe('writing');
  });
});

describe('two signatures', () => {
  const inReview = async () => {
    const pair = await aPair();
    return { ...pair, draft: await aDraft(pair.expert, { state: 'in_review' }) };
  };

  it('publish the lesson with both names as they wish to be shown, and not before', async () => {
    const { expert, professional, draft } = await inReview();
    expect((await sign(expert, draft, 'true_to_life', 'short')).headers.location).toContain('done=signed');
    expect((await stored(draft.id))?.state).toBe('in_review');

    const last = await sign(professional, draft, 'correct_and_safe');

    expect(last.headers.location).toContain('done=published');
    const published = await stored(draft.id);
    const credits = await asOwner(() =>
      db().table('lesson_credits').where({ lesson_id: published?.lesson_id }).orderBy('kind'),
    );
    expect(credits.map(({ name }) => name)).toEqual(['Sanna Niemi', 'Pekka M.']);
    const text = await asOwner(() => db().table('lesson_texts').where({ lesson_id: published?.lesson_id }).first());
    expect(text.html).toContain('<strong>pitkä</strong>');
  });

  it('need two people, each with the right to their own word', async () => {
    const { organisation, expert, professional, draft } = await inReview();
    const both = await aPerson({ organisation, roles: ['expert', 'reviewer'] });
    expect((await sign(professional, draft, 'true_to_life')).status).toBe(403);
    expect((await sign(expert, draft, 'correct_and_safe')).status).toBe(403);
    expect((await sign(both, draft, 'true_to_life')).status).toBe(303);
    expect((await sign(both, draft, 'correct_and_safe')).status).toBe(403);
  });

  it('fall when the text changes', async () => {
    const { expert, professional, draft } = await inReview();
    await sign(expert, draft, 'true_to_life');
    expect((await as(professional).post(`/write/drafts/${draft.id}/notes`, { text: 'Lisää esimerkki.' })).status).toBe(
      303,
    );
    await as(expert).post(`/write/drafts/${draft.id}`, { version: '1', title_fi: 'Uusi otsikko', do: 'submit' });

    expect((await sign(professional, draft, 'correct_and_safe')).status).toBe(409);
    expect((await sign(professional, { ...draft, version: 2 }, 'correct_and_safe')).headers.location).toContain(
      'done=signed',
    );
    expect((await stored(draft.id))?.state).toBe('in_review');
  });

  it('give the second publication of a lesson the same address and keep its questions', async () => {
    const { expert, professional, draft } = await inReview();
    await sign(expert, draft, 'true_to_life');
    await sign(professional, draft, 'correct_and_safe');
    const before = await stored(draft.id);
    expect((await as(expert).post(`/write/drafts/${draft.id}/again`)).status).toBe(303);
    await as(expert).post(`/write/drafts/${draft.id}`, { version: '2', title_fi: 'Parempi otsikko', do: 'submit' });
    await sign(expert, { ...draft, version: 3 }, 'true_to_life');
    await sign(professional, { ...draft, version: 3 }, 'correct_and_safe');

    const after = await stored(draft.id);
    expect(after?.lesson_id).toBe(before?.lesson_id);
    const lesson = await asOwner(() => db().table('lessons').where({ id: after?.lesson_id }).first());
    expect([lesson.version, lesson.slug]).toEqual([2, 'hyva-salasana']);
  });
});

describe('who may', () => {
  const addresses: [
    method: 'get' | 'post',
    path: string,
    learner: number,
    reviewer: number,
    expert: number,
    stranger: number,
  ][] = [
    ['get', '/write', 403, 200, 200, 200],
    ['get', '/write/new', 403, 403, 200, 200],
    ['post', '/write/drafts', 403, 403, 422, 422],
    ['get', '/write/drafts/:id', 403, 403, 200, 404],
    ['post', '/write/drafts/:id', 403, 403, 409, 404],
    ['get', '/write/drafts/:id/preview', 403, 200, 200, 404],
    ['post', '/write/drafts/:id/signatures', 403, 422, 422, 404],
    ['post', '/write/drafts/:id/notes', 403, 403, 403, 404],
    ['post', '/write/drafts/:id/again', 403, 403, 409, 404],
  ];

  it.each(addresses)('%s %s', async (method, path, ...expected) => {
    const { organisation, expert, professional } = await aPair();
    const learner = await aPerson({ organisation });
    const stranger = await aPerson({ roles: ['author', 'expert', 'reviewer'] });
    const draft = await aDraft(expert, { content: aTextLesson() });
    const statuses = [];
    for (const actor of [learner, professional, expert, stranger]) {
      const address = path.replace(':id', draft.id);
      const response = await inScope(actor, async () => as(actor)[method](address));
      statuses.push(response.status);
    }
    expect(statuses).toEqual(expected);
  });
});
