import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import sharp from 'sharp';
import request from 'supertest';
import yazl from 'yazl';
import { newBlock } from '../../src/features/authoring/drafts.document';
import type { StoredFile } from '../../src/features/files/files.model';
import { storePicture } from '../../src/features/files/files.service';
import { binLater } from '../../src/features/media/media.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { atomically, db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aDraft, aTextLesson, temporaryStorage } from '../support/factories-authoring';
import { queuedJobs, runJobs } from '../support/jobs';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

async function twoWriters() {
  const organisation = await anOrganisation();
  const expert = await aPerson({ organisation, name: 'Pekka Mäkinen', roles: ['learner', 'expert'] });
  const other = await aPerson({ organisation, name: 'Sanna Niemi', roles: ['learner', 'expert'] });
  return { expert, other, draft: await aDraft(expert) };
}

const stored = (id: string) => asOwner(() => db()('lesson_drafts').where({ id }).first());

interface Start {
  data: { version: number; doc: { content: Piece[] }; others: { name: string }[]; about: object };
}
interface Piece {
  type: string;
  attrs: { id: string; kind: string; needs: object };
  content?: unknown[];
}
const paragraph = (text: string, marks: object[] = []) => ({
  type: 'paragraph',
  content: [{ type: 'text', text, marks }],
});
const rich = (...content: object[]) => ({ type: 'richPart', attrs: { name: 'text' }, content });

async function started(actor: Actor, id: string): Promise<Start> {
  const $ = page(await as(actor).get(`/write/drafts/${id}/page`));
  return JSON.parse($('#page-start').text());
}

const sent = (actor: Actor, id: string, body: object) =>
  request(as(actor).app).post(`/write/drafts/${id}/page`).send(body);

describe('the page that is written on', () => {
  it('keeps what is typed, says who else is there, and undoes nothing of theirs', async () => {
    const { expert, other, draft } = await twoWriters();
    const { data } = await started(expert, draft.id);
    await started(other, draft.id);
    const [first] = data.doc.content as [Piece];
    const doc = { type: 'doc', content: [{ ...first, content: [rich(paragraph('Uusi teksti'))] }] };

    const saved = await sent(expert, draft.id, { version: data.version, language: 'fi', title: 'Otsikko', doc });
    expect(saved.status).toBe(200);
    expect([saved.body.version, saved.body.others[0].name]).toEqual([2, 'Sanna Niemi']);
    const late = await sent(other, draft.id, { version: data.version, language: 'fi', title: 'Toinen', doc: data.doc });
    expect(late.status).toBe(409);
    expect(JSON.stringify(late.body.doc)).toContain('Uusi teksti');
    const { content } = (await stored(draft.id)) ?? { content: undefined };
    expect([content?.title.fi, content?.blocks[0]?.texts.fi?.text]).toEqual(['Otsikko', 'Uusi teksti']);
  });

  it('is not there for another organisation, a learner or a draft that is being signed', async () => {
    const { draft } = await twoWriters();
    const stranger = await aPerson({ organisation: await anOrganisation(), roles: ['learner', 'expert'] });
    const learner = await aPerson({ organisation: { id: draft.organisation_id } as never, roles: ['learner'] });
    const body = { version: 1, language: 'fi', title: '', doc: { type: 'doc', content: [] } };
    expect((await sent(stranger, draft.id, body)).status).toBe(404);
    expect((await sent(learner, draft.id, body)).status).toBe(403);
    expect((await as(stranger).get(`/write/drafts/${draft.id}/page`)).status).toBe(404);
  });

  it('refuses strange nodes, others’ files and texts without end, with a sentence; nothing is half-stored', async () => {
    const { expert, draft } = await twoWriters();
    const { data } = await started(expert, draft.id);
    const base = { version: data.version, language: 'fi', title: 'Otsikko' };
    const piece = (kind: string, needs: object, content: object[]) => ({
      type: 'doc',
      content: [{ type: 'piece', attrs: { id: 'uusi', kind, needs }, content }],
    });
    const hostile = [
      { type: 'doc', content: [{ type: 'script', content: [] }] },
      piece('text', {}, [rich({ type: 'iframe', attrs: { src: 'https://example.org' } })]),
      piece('image', { file_id: randomUUID() }, []),
      piece('image', { file_id: '../../etc/passwd' }, []),
      piece('video', { link: 'javascript:alert(1)' }, []),
      piece('text', { onload: 'alert(1)' }, [rich(paragraph('x'))]),
      piece('text', {}, [rich(...Array.from({ length: 60 }, () => paragraph('a'.repeat(9000))))]),
    ];
    for (const doc of hostile) {
      const answer = await sent(expert, draft.id, { ...base, doc });
      expect([answer.status, answer.body.message?.length > 10]).toEqual([422, true]);
    }
    expect((await stored(draft.id))?.version).toBe(1);
  });

  it('shows a hostile link and hostile HTML as words', async () => {
    const { expert, draft } = await twoWriters();
    const { data } = await started(expert, draft.id);
    const [first] = data.doc.content as [Piece];
    const text = rich(
      paragraph('paina', [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }]),
      paragraph('<img src=x onerror=alert(1)></script><script>alert(1)</script>'),
    );
    const doc = { type: 'doc', content: [{ ...first, content: [text] }] };
    const saved = await sent(expert, draft.id, { version: 1, language: 'fi', title: 'x</script><script>', doc });
    expect(saved.status).toBe(200);
    for (const way of ['preview', 'page']) {
      const $ = page(await as(expert).get(`/write/drafts/${draft.id}/${way}`));
      const live = $('script:not([src]):not([type="application/json"]), img[onerror], a[href^="javascript"]').length;
      expect([way, live]).toEqual([way, 0]);
    }
  });
});

async function aWordFile(body: string): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name);
  add(
    '[Content_Types].xml',
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  );
  add(
    '_rels/.rels',
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  );
  add(
    'word/document.xml',
    `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  );
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
const wordParagraph = (text: string, style = '') =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;

describe('a Word file', () => {
  const send = async (actor: Actor, id: string, file: Buffer) =>
    request(as(actor).app).post(`/write/drafts/${id}/import`).attach('word', file, 'teksti.docx');

  it('is shown before it is taken, and taken once', async () => {
    const { expert, draft } = await twoWriters();
    const table = `<w:tbl><w:tr><w:tc>${wordParagraph('Pankki')}</w:tc><w:tc>${wordParagraph('Soita')}</w:tc></w:tr></w:tbl>`;
    const file = await aWordFile(wordParagraph('Otsikko', 'Heading1') + wordParagraph('Teksti &lt;b&gt;.') + table);
    const $ = page(await send(expert, draft.id, file));
    expect($('.prose').text()).toContain('Pankki – Soita');
    const blocks = String($('input[name=blocks]').val());
    for (const _ of [1, 2]) await as(expert).post(`/write/drafts/${draft.id}/import/take`, { blocks });
    const content = (await stored(draft.id))?.content;
    expect(content?.blocks.map(({ kind }) => kind)).toEqual(['text', 'heading', 'text']);
    expect(content?.blocks.at(-1)?.texts.fi?.text).toContain('Teksti \\<b\\>.');
  });

  it('whose pictures nobody took leaves nothing behind', async () => {
    const { expert } = await twoWriters();
    const bytes = (colour: string) =>
      sharp({ create: { width: 40, height: 40, channels: 3, background: colour } })
        .png()
        .toBuffer();
    const keep = async (colour: string) => {
      const path = `${os.tmpdir()}/${randomUUID()}.png`;
      await fs.promises.writeFile(path, await bytes(colour));
      return (await storePicture(expert.organisation_id, path)) as StoredFile;
    };
    const [left, taken] = await inScope(expert, async () => [await keep('#123456'), await keep('#654321')] as const);
    const shown = { ...aTextLesson(), blocks: [newBlock('image', { file_id: taken.id })] };
    await aDraft(expert, { content: shown });
    await inScope(expert, () => atomically(() => binLater(expert.organisation_id, [left.id, taken.id])));
    const [job] = (await queuedJobs({ later: true })).filter(({ name }) => name === 'media.bin-unused');
    expect(job).toBeDefined();
    await runJobs({ later: true });
    const binned = () => asOwner(() => db()('files').whereNotNull('deleted_at').pluck('id'));
    expect(await binned()).toEqual([left.id]);
  });

  it('that is broken or none says so', async () => {
    const { expert, draft } = await twoWriters();
    for (const file of [Buffer.from('PK nothing'), Buffer.from('<html>'), await aWordFile('<w:p>')]) {
      const answer = await send(expert, draft.id, file);
      expect([answer.status, page(answer)('#word-error').text().length > 10]).toEqual([422, true]);
    }
    expect((await stored(draft.id))?.version).toBe(1);
  });
});
