import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { fieldOf } from '../features/authoring/block-form';
import { type DraftContent, newBlock, newContent } from '../features/authoring/drafts.document';
import type { BlockKind } from '../features/blocks/block';
import { toPage } from '../features/blocks/page/page';
import { kindOf } from '../features/blocks/registry';
import type { Language } from '../lib/i18n';
import type { BenchPage, BenchRequest } from './pages';
import type { Scene } from './scene';

const BLOCKS = 200;
/** So many lessons for each way of writing: those who save at once save different ones. */
const LESSONS = 32;
const KINDS: readonly BlockKind[] = ['heading', 'text', 'steps', 'text', 'callout', 'word', 'text', 'limits', 'try'];
const LANGUAGES: readonly Language[] = ['fi', 'fi-x-selko', 'sv'];
const SAID: Record<string, string> = {
  line: 'Näin tunnistat huijausviestin',
  lines: 'Avaa viesti rauhassa.\nKatso, kuka sen lähetti.\nKysy, jos et ole **varma**.',
  markdown:
    'Huijausviesti näyttää usein aidolta. Se voi tulla **pankin** tai postin nimissä, ja siinä on yleensä kiire.\n\n- Älä avaa linkkiä.\n- Soita [pankkiin](https://example.org) itse.\n\nKukaan ei kysy tunnuksiasi *viestillä*.',
};

/** What the n-th saving changes. */
const MARK = 'Kerta nolla';

/** A lesson of 200 blocks of text in three languages. */
export function aLesson(): DraftContent {
  const content = newContent('fi', 'Pitkä oppitunti', 'text');
  const blocks = Array.from({ length: BLOCKS }, (_, index) => {
    const kind = KINDS[index % KINDS.length] as BlockKind;
    const { text, parts } = kindOf(kind);
    const said = Object.fromEntries(Object.entries(parts).map(([name, way]) => [name, SAID[way] ?? '']));
    const words = { text: index === 1 ? MARK : (text && SAID[text]) || '', parts: said, follows: 1 };
    const texts = Object.fromEntries(LANGUAGES.map((language) => [language, words]));
    return { ...newBlock(kind), id: `b${index}`, texts };
  });
  return { ...content, title: { fi: 'Pitkä oppitunti', sv: 'En lång lektion' }, blocks };
}

export interface WritingScene {
  /** The cookie of the one who writes. */
  author: string;
  /** Addresses of lessons: written on the page, and by the form. */
  onPage: string[];
  byForm: string[];
}

/** Adds the lessons to the organisation and returns where they are. */
export async function addWriting(
  owner: Knex,
  author: { id: string; organisation_id: string; cookie: string },
): Promise<WritingScene> {
  const { rows } = await owner.raw('select id from courses where organisation_id = ? order by slug limit 1', [
    author.organisation_id,
  ]);
  const drafts = Array.from({ length: 2 * LESSONS }, () => ({
    id: randomUUID(),
    organisation_id: author.organisation_id,
    course_id: rows[0].id,
    kind: 'text' as const,
    content: JSON.stringify(aLesson()) as never,
    author_id: author.id,
  }));
  await owner.table('lesson_drafts').insert(drafts);
  const addresses = drafts.map(({ id }) => `/write/drafts/${id}`);
  return { author: author.cookie, onPage: addresses.slice(0, LESSONS), byForm: addresses.slice(LESSONS) };
}

/** The version of each lesson, as far as the server has told. */
const versions = new Map<string, number>();
let saves = 0;
const asNew = (text: string) => {
  saves += 1;
  return text.replaceAll(MARK, `Kerta ${saves}`);
};

const round = (list: readonly string[], n: number) => list[n % list.length] as string;
const writing = ({ writing: scene }: Scene) => scene as WritingScene;
const PAGE = JSON.stringify(toPage(aLesson().blocks, 'fi'));

function savePage(scene: Scene, n: number): BenchRequest {
  const { author, onPage } = writing(scene);
  const address = round(onPage, n);
  const start = { version: versions.get(address) ?? 1, language: 'fi', title: 'Pitkä oppitunti', read: [] };
  return {
    method: 'POST',
    path: `${address}/page`,
    headers: { cookie: author, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: `${JSON.stringify(start).slice(0, -1)},"doc":${asNew(PAGE)}}`,
  };
}

const BOUNDARY = 'bench-of-writing';
const field = (name: string, value: string) =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const FIELDS = aLesson().blocks.flatMap(({ id, texts }) =>
  LANGUAGES.slice(0, 2).flatMap((language) => [
    field(fieldOf(id, language), texts[language]?.text ?? ''),
    ...Object.entries(texts[language]?.parts ?? {}).map(([name, text]) => field(fieldOf(id, language, name), text)),
  ]),
);

function saveForm(scene: Scene, n: number): BenchRequest {
  const { author, byForm } = writing(scene);
  const address = round(byForm, n);
  const version = field('version', String(versions.get(address) ?? 1));
  return {
    method: 'POST',
    path: address,
    headers: {
      cookie: author,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'sec-fetch-site': 'same-origin',
    },
    body: `${version}${asNew(FIELDS.join(''))}--${BOUNDARY}--\r\n`,
  };
}

/** Remembers which version the server has: it says so, or has gone on by one. */
function saved({ path }: BenchRequest, status: number, body: string): void {
  const address = path.replace(/\/page$/, '');
  const [, told] = /"version":(\d+)|name="version" value="(\d+)"/.exec(body)?.filter(Boolean) ?? [];
  if (told) versions.set(address, Number(told));
  else if (status === 303) versions.set(address, (versions.get(address) ?? 1) + 1);
}

const open = (of: 'onPage' | 'byForm', page = '') => ({
  status: 200,
  request: (scene: Scene, n: number): BenchRequest => ({
    method: 'GET',
    path: round(writing(scene)[of], n) + page,
    headers: { cookie: writing(scene).author },
  }),
});

/** Opening and saving a lesson of 200 blocks: on the page where it is written, and by the plain form. */
export const WRITING_PAGES: readonly BenchPage[] = [
  { page: 'page, 200 blocks', ...open('onPage', '/page') },
  { page: 'page, 200 blocks, saved', status: 200, request: savePage, answered: saved },
  { page: 'form, 200 blocks', ...open('byForm') },
  { page: 'form, 200 blocks, saved', status: 303, request: saveForm, answered: saved },
];
