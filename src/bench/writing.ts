import { fieldOf } from '../features/authoring/block-form';
import { toPage } from '../features/blocks/page/page';
import type { BenchPage, BenchRequest } from './page';
import type { Scene } from './scene';
import { aLesson, LANGUAGES, MARK, type WritingScene } from './writing-scene';

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
