import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { DraftContent } from '../../src/features/authoring/drafts.document';
import { createDraft } from '../../src/features/authoring/drafts.service';
import { BLOCK_KINDS, type Block, type BlockKind } from '../../src/features/blocks/block';
import { kindOf } from '../../src/features/blocks/registry';
import { putCaptions } from '../../src/features/files/captions.model';
import { FILE_KINDS, updateFile } from '../../src/features/files/files.model';
import { keepFile } from '../../src/features/files/files.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { anMp3, anMp4, aPhoto, aWav, VIDEO, VOICE } from '../files/hostile';
import { aPerson, asOwner, inScope } from '../support/factories';
import { aDraft, temporaryStorage } from '../support/factories-authoring';
import { anH5pContent } from '../support/factories-h5p';
import { brought, exported, unzipped } from './support';

let removeStorage: () => void;
beforeAll(() => {
  removeStorage = temporaryStorage();
});
afterAll(() => removeStorage());

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-round-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const anAuthor = async () => aPerson({ roles: ['author'], language: 'fi' });

async function keep(author: Actor, bytes: Buffer, originalname: string) {
  const file = path.join(folder, 'sent');
  fs.writeFileSync(file, bytes);
  const kept = await inScope(author, () => keepFile(author.organisation_id, { path: file, originalname }, FILE_KINDS));
  if (!kept.ok) throw new Error(`${originalname}: ${kept.fault}`);
  return kept.file;
}

async function aLibrary(author: Actor) {
  const image = await keep(author, await aPhoto(), 'kuva.jpg');
  const video = await keep(author, fs.readFileSync(VIDEO), 'video.webm');
  const film = await keep(author, anMp4(), 'video.mp4');
  const voice = await keep(author, fs.readFileSync(VOICE), 'ääni.webm');
  const wav = await keep(author, aWav(), 'ääni.wav');
  const song = await keep(author, anMp3(), 'laulu.mp3');
  const file = await keep(author, Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF'), 'ohje.pdf');
  await inScope(author, async () => {
    await updateFile(image, {
      name: 'Järvi',
      alts: { fi: 'Järvi kesällä', sv: 'En sjö' },
      licence: 'cc-by',
      author: 'Pekka',
    });
    const cues = [{ start: 0, end: 1500, text: 'Hei, <tervetuloa> & kiitos' }];
    await putCaptions({
      ...{ file_id: video.id, organisation_id: author.organisation_id },
      language: 'fi',
      cues,
      version: 0,
    });
  });
  const { id: h5p } = await anH5pContent({ id: author.organisation_id });
  return { image, video, film, voice, wav, song, file, h5p };
}
type Library = Awaited<ReturnType<typeof aLibrary>>;

const LANGUAGE = fc.constantFrom('fi' as const, 'fi-x-selko' as const, 'sv' as const, 'en' as const);
const TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/\0|[\ud800-\udfff]/g, '·')),
  fc.constantFrom('Rivi\nja *toinen*', '<b>ei</b> & "lainaus"', '![](/files/ei-ole)', '**ÄÖ** 👩‍👩‍👧‍👦', ''),
);

const aWords = (kind: BlockKind) =>
  fc.record(
    {
      text: TEXT,
      follows: fc.nat(9),
      parts: fc.dictionary(fc.constantFrom('none', ...Object.keys(kindOf(kind).parts)), TEXT, { maxKeys: 2 }),
    },
    { requiredKeys: ['text', 'follows'] },
  );

function needsOf(kind: BlockKind, library: Library): fc.Arbitrary<Partial<Block>> {
  const files = {
    image: [library.image],
    video: [library.video, library.film],
    audio: [library.voice, library.wav, library.song],
    file: [library.file],
  };
  if (kind in files) return fc.constantFrom(...files[kind as keyof typeof files]).map(({ id }) => ({ file_id: id }));
  if (kind === 'heading') return fc.constantFrom(2, 3).map((level) => ({ level }));
  if (kind === 'callout')
    return fc.constantFrom('remember' as const, 'careful' as const, 'tip' as const).map((tone) => ({ tone }));
  if (kind === 'question') return fc.constant({ question_id: 'kysymys-1' });
  if (kind === 'h5p') return fc.constant({ h5p_content_id: library.h5p });
  return fc.constant({});
}

const aBlock = (kind: BlockKind, library: Library) =>
  fc.record({
    kind: fc.constant(kind),
    version: fc.integer({ min: 1, max: 9 }),
    needs: needsOf(kind, library),
    texts: fc.dictionary(LANGUAGE, aWords(kind), { maxKeys: 4 }),
    was: fc.boolean(),
  });

/** A document of all kinds of blocks, in any order and some of them twice. */
const aDocument = (library: Library): fc.Arbitrary<DraftContent> =>
  fc
    .tuple(
      fc.tuple(...BLOCK_KINDS.map((kind) => aBlock(kind, library))),
      fc.array(
        fc.constantFrom(...BLOCK_KINDS).chain((kind) => aBlock(kind, library)),
        { maxLength: 5 },
      ),
      fc.dictionary(LANGUAGE, TEXT, { maxKeys: 4 }),
      fc.integer({ min: 0, max: 1000 }),
      fc.nat(8),
    )
    .map(([all, more, title, minutes, level]) => ({
      original: 'fi' as const,
      title: { ...title, fi: 'Otsikko' },
      minutes,
      level: Math.max(1, level),
      competences: ['4.2', 'OMA-1'],
      blocks: [...all, ...more].map(({ kind, version, needs, texts, was }, index) => ({
        ...{ id: `b${index}`, kind, version, ...needs },
        texts: Object.fromEntries(
          Object.entries(texts).map(([language, { parts, ...text }]) => {
            const { none: _, ...known } = parts ?? {};
            const words = { ...text, ...(Object.keys(known).length > 0 && { parts: known }) };
            return [language, was ? { ...words, was: { text: 'ennen' } } : words];
          }),
        ),
      })) as Block[],
      questions: [
        aQuestion('kysymys-1', library),
        { ...aQuestion('kysymys-2', library), version: 3, follows: { sv: 2 } },
      ],
      draws: [
        {
          id: 'arpa',
          from: 'bank',
          competence: '4.2',
          level: 0,
          count: 2,
          pile: [aQuestion('p1', library), aQuestion('p2', library)],
        },
      ],
      rules: { attempts_allowed: 3, counts: 'last', pass_share: 0.6 },
      rubric: [{ key: 'oma-1', name: { fi: 'Salasana' }, levels: [{ fi: 'alku' }, { fi: 'keskellä' }, {}] }],
    }));

const aQuestion = (id: string, { image }: Library): DraftContent['questions'][number] => ({
  ...{ id, type: 'single', competence: '4.2', level: 2, version: 1 },
  texts: {
    fi: { prompt: `Mikä? ![järvi](/files/${image.id})`, feedback: '' },
    sv: { prompt: 'Vad?', feedback: 'Så.' },
  },
  options: ['a', 'b'].map((key) => ({ key, correct: key === 'a', texts: { fi: { text: key, feedback: '' } } })),
});

/** What the file says, without the bytes of H5P packages, which hold the libraries of where they were made. */
async function said(bytes: Buffer) {
  const files = await unzipped(bytes);
  const manifest = JSON.parse(String(files.get('oppiva-course.json')));
  const media = [...files]
    .filter(([name]) => name.startsWith('media/'))
    .map(([name, data]) => [name, data.toString('base64')]);
  return { manifest, course: JSON.parse(String(files.get('course.json'))), media };
}

it('is the same course again after it came to another organisation, with media that are equal byte by byte', async () => {
  const author = await anAuthor();
  const library = await aLibrary(author);
  // Many lessons in one course: the files come along once.
  await fc.assert(
    fc.asyncProperty(fc.array(aDocument(library), { minLength: 15, maxLength: 15 }), async (documents) => {
      const [content, ...others] = documents;
      const draft = await aDraft(author, { content: content as DraftContent });
      await asOwner(() => db().table('lesson_drafts').where({ id: draft.id }).update({ check_by: '2027-05-31' }));
      for (const other of others) await inScope(author, () => createDraft(author, draft.course_id, 'text', other));
      const before = await exported(author, draft.course_id);
      expect((await exported(author, draft.course_id)).equals(before)).toBe(true);

      const elsewhere = await anAuthor();
      const row = await brought(elsewhere, before);
      expect(row).toMatchObject({ state: 'done', outcome: { added: 15, waiting: [] } });
      const after = await said(await exported(elsewhere, String(row.course_id)));
      const first = await said(before);
      expect(after.course).toEqual(first.course);
      expect(after.manifest).toEqual(first.manifest);
      expect(after.media).toEqual(first.media);
      expect(after.media).toHaveLength(7);
      expect(first.manifest.left_out).toEqual([]);
    }),
    { numRuns: 1, endOnFailure: true },
  );
}, 120_000);
