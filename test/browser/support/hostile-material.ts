import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findFaults } from '../../../src/features/authoring/drafts.check';
import { type DraftContent, newBlock, newContent, newQuestion } from '../../../src/features/authoring/drafts.document';
import type { Draft, DraftKind } from '../../../src/features/authoring/drafts.model';
import { createDraft } from '../../../src/features/authoring/drafts.service';
import { SentPage } from '../../../src/features/authoring/page.schema';
import { savePage } from '../../../src/features/authoring/page.service';
import { publish } from '../../../src/features/authoring/review/publishing.service';
import { submitDraft } from '../../../src/features/authoring/review/review.service';
import { inviteTesters } from '../../../src/features/authoring/testing/testing.service';
import { BLOCK_KINDS, type Block, type BlockKind } from '../../../src/features/blocks/block';
import type { Way } from '../../../src/features/blocks/kinds/kind';
import { toPage } from '../../../src/features/blocks/page/page';
import { BlocksSchema, kindOf, longest } from '../../../src/features/blocks/registry';
import { createCourse } from '../../../src/features/courses/publication.service';
import { putCaptions } from '../../../src/features/files/captions.model';
import { installPackage } from '../../../src/features/h5p/installation.service';
import { addFile } from '../../../src/features/media/media.service';
import type { Actor } from '../../../src/features/organisations/organisations.model';
import { TYPE_NAMES, type TypeName } from '../../../src/features/quizzes/question-types/registry';
import { mapWords, type Words } from '../../../src/features/quizzes/question-types/words';
import { atomically, db } from '../../../src/lib/db';
import { LANGUAGES } from '../../../src/lib/i18n';
import { aPicture, VIDEO, VOICE } from '../../files/hostile';
import { aTask } from '../../support/hostile/files';
import { EVIL_HOST, HOSTILE_TEXTS, packed } from '../../support/hostile/texts';

/** What a kind needs besides texts, by the field's name. A field that is new fails here until it is known. */
type Needed = Record<string, unknown>;

export interface Material {
  /** With every kind of block, each of its texts in every language with all hostile texts; published. */
  lesson: Draft;
  /** With one block of each kind, for forms. */
  formed: Draft;
  /** Waiting for its signatures, and being tried by the learner. */
  tried: Draft;
  /** With a question of each type, for forms. */
  asked: Draft;
  /** With the questions that nothing stands in the way of; published. */
  quiz: Draft;
  /** With a task; published. */
  task: Draft;
  /** How many texts of blocks hold how many of the hostile ones. */
  fields: number;
  placements: number;
}

/** Writes lessons full of hostile texts, by the services that write everybody's. */
export async function makeMaterial(author: Actor, learner: string): Promise<Material> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-hostile-'));
  try {
    const [title = ''] = packed(200);
    const course = await createCourse(author.organisation_id, 'fi', title);
    await db()('courses').where({ id: course }).update({ published_at: new Date() });
    const needed = await neededThings(author, folder);
    const draft = (kind: DraftKind, content: DraftContent) => createDraft(author, course, kind, content);
    const titled = (kind: DraftKind) => ({
      ...newContent('fi', '', kind),
      title: Object.fromEntries(LANGUAGES.map((language, index) => [language, packed(300)[index] ?? ''])),
    });
    const blocks = BLOCK_KINDS.flatMap((kind) => blocksOf(kind, needed));
    const lesson = await writePage(author, await draft('text', titled('text')), blocks);
    const questions = TYPE_NAMES.map((type) => newQuestion(type));
    const asked = await draft('quiz', { ...titled('quiz'), questions });
    const forms = BLOCK_KINDS.map((kind) => newBlock(kind, needsOf(kind, needed)));
    const formed = await draft('text', { ...titled('text'), blocks: forms });
    const quiz = await draft('quiz', faultless({ ...titled('quiz'), questions: TYPE_NAMES.map(hostileQuestion) }));
    const task = await draft('h5p', { ...titled('h5p'), h5p_content_id: needed.h5p_content_id as string });
    for (const one of [lesson, quiz, task]) await publishSigned(author, one);
    const tried = await draft('text', { ...titled('text'), blocks: blocksOf('text', needed).slice(0, 1) });
    const test = { testId: randomUUID(), language: 'fi' as const, people: [learner] };
    await inviteTesters(author, tried, test);
    await submitDraft(author, tried);
    const texts = blocks.flatMap(({ texts: all }) =>
      Object.values(all).flatMap(({ text, parts }) => [text, ...Object.values(parts ?? {})]),
    );
    const placements = texts.reduce(
      (sum, text) =>
        sum + HOSTILE_TEXTS.filter((one) => text.includes(flat(one.text)) || text.includes(one.text)).length,
      0,
    );
    return { lesson, formed, tried, asked, quiz, task, placements, fields: fieldsOfBlocks().length * LANGUAGES.length };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const fieldsOfBlocks = () =>
  BLOCK_KINDS.flatMap((kind) => [...(kindOf(kind).text ? ['text'] : []), ...Object.keys(kindOf(kind).parts)]);

const flat = (text: string) => text.replace(/\s*\n\s*/g, ' ');

/** Blocks of a kind: as many as its texts need to hold all hostile texts in every language. */
function blocksOf(kind: BlockKind, needed: Needed): Block[] {
  const { text, parts } = kindOf(kind);
  const main = text ? textsFor(text, longest(kind)) : [''];
  const others = Object.entries(parts).map(([name, way]) => [name, textsFor(way, longest(kind, name))] as const);
  const count = Math.max(main.length, ...others.map(([, texts]) => texts.length));
  return Array.from({ length: count }, (_, index) => {
    const at = (texts: readonly string[], language: number) => texts[(index + language) % texts.length] ?? '';
    return {
      // Each task and each recording takes time to open: the first ones show what the others would.
      ...newBlock(kind, index < 3 ? needsOf(kind, needed, index) : {}),
      texts: Object.fromEntries(
        LANGUAGES.map((language, number) => [
          language,
          {
            text: at(main, number),
            parts: Object.fromEntries(others.map(([name, texts]) => [name, at(texts, number)])),
            follows: 1,
          },
        ]),
      ),
    };
  });
}

function textsFor(way: Way, most: number): string[] {
  if (way === 'line') return packed(Math.min(most, 290)).map(flat);
  return packed(Math.min(most, 2500), way === 'lines' ? '\n' : '\n\n');
}

function needsOf(kind: BlockKind, needed: Needed, index = 0): Partial<Block> {
  const names = Object.keys(kindOf(kind).needs.shape);
  const known = Object.entries({ ...kindOf(kind).blank(), ...needed, ...(needed[kind] as object) });
  const needs = Object.fromEntries(known.filter(([name]) => names.includes(name)));
  // A video is a file or elsewhere, not both.
  if (names.includes('link') && index === 1) return { link: `https://${EVIL_HOST}/"><img/src=x/onerror=__ran(922)>` };
  return needs;
}

async function neededThings(author: Actor, folder: string): Promise<Needed> {
  const put = (name: string, bytes: Buffer) => {
    const place = path.join(folder, `upload-${name.replace(/\W/g, '')}`);
    fs.writeFileSync(place, bytes);
    return { path: place, originalname: `"><img src=x onerror=__ran(920)>.${name}` };
  };
  const kept = async (name: string, bytes: Buffer) => {
    const file = await addFile(author, put(name, bytes), ['image', 'audio', 'video', 'file']);
    if (!file.ok) throw new Error(`${name} was not kept: ${file.fault}`);
    return file.file;
  };
  const installed = await installPackage(author, { path: put('h5p', await aTask()).path });
  if (!installed.ok) throw new Error(JSON.stringify(installed.refusals));
  const video = await kept('webm', fs.readFileSync(VIDEO));
  for (const language of LANGUAGES)
    await putCaptions({
      file_id: video.id,
      organisation_id: author.organisation_id,
      language,
      version: 0,
      cues: packed(300).map((text, index) => ({ start: index * 100, end: index * 100 + 90, text })),
    });
  return {
    h5p_content_id: installed.contentId,
    image: { file_id: (await kept('png', await aPicture(1000, 700).png().toBuffer())).id },
    video: { file_id: video.id },
    audio: { file_id: (await kept('weba', fs.readFileSync(VOICE))).id },
    file: { file_id: (await kept('pdf', Buffer.from('%PDF-1.7\n/JS (__ran(921))\n%%EOF'))).id },
  };
}

/** Saved as the editor saves it, a language at a time. */
async function writePage(author: Actor, draft: Draft, blocks: Block[]): Promise<Draft> {
  let now = draft;
  for (const language of LANGUAGES) {
    const sent = {
      version: now.version,
      language,
      title: draft.content.title[language],
      doc: toPage(BlocksSchema.parse(blocks), language),
    };
    const saved = await savePage(author, draft.id, SentPage.parse(JSON.parse(JSON.stringify(sent))));
    if (saved.kind !== 'saved') throw new Error(`the page was not saved: ${JSON.stringify({ ...saved, draft: '' })}`);
    now = saved.draft;
  }
  return now;
}

function hostileQuestion(type: TypeName): DraftContent['questions'][number] {
  const question = newQuestion(type);
  const all = packed(1900, '\n\n');
  let index = 0;
  const one = () => HOSTILE_TEXTS[index++ % HOSTILE_TEXTS.length]?.text ?? '';
  const inEach = <T>(make: (number: number) => T) =>
    Object.fromEntries(LANGUAGES.map((language, number) => [language, make(number)]));
  return {
    ...question,
    texts: inEach((number) => ({
      prompt: all[number % all.length] ?? '',
      feedback: all[(number + 1) % all.length] ?? '',
    })),
    options: question.options.map((option, position) => ({
      ...option,
      correct: position === 0,
      texts: inEach(() => ({ text: `${position} ${one()}`, feedback: one() })),
    })),
    ...(question.content && {
      content: mapWords(question.content, (_text: Words, way) =>
        type === 'cloze' && way.join('.') === 'text'
          ? inEach(() => `[1] ${one()}`)
          : inEach((number) => `${index}${number} ${one()}`),
      ) as object,
    }),
  };
}

/** Without the questions that would stand in the way of publishing. */
function faultless(content: DraftContent): DraftContent {
  const fields = findFaults(content, 'quiz').map(({ field }) => field);
  return {
    ...content,
    questions: content.questions.filter(({ id }) => !fields.some((field) => field.includes(`_${id}_`))),
  };
}

/** Published with two signatures whose names are hostile as well. */
async function publishSigned(author: Actor, draft: Draft): Promise<void> {
  const signatures = (['true_to_life', 'correct_and_safe'] as const).map((kind, index) => ({
    kind,
    draft_id: draft.id,
    organisation_id: draft.organisation_id,
    person_id: author.id,
    draft_version: draft.version,
    shown: 'pen' as const,
    shown_name: packed(40)[index] ?? '',
    signed_at: new Date(),
  }));
  await atomically(() => publish(author, draft, signatures as never));
}
