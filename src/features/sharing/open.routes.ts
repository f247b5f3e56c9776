import type { Request, Response } from 'express';
import { found } from '../../lib/guards';
import { contentLanguages, htmlLang, isLanguage, LANGUAGES, type Language } from '../../lib/i18n';
import { anyone, Routes } from '../../lib/routes';
import { attachment } from '../../lib/send-file';
import { sendStored } from '../../lib/send-stored';
import { selectCaptions } from '../files/captions.model';
import { type StoredFile, storageKey } from '../files/files.model';
import { writeVtt } from '../files/webvtt';
import {
  findOpenCourse,
  findOpenFile,
  findOpenLesson,
  type OpenCourse,
  selectOpenCourses,
  selectOpenStops,
} from './open.queries';
import { forAnybody, openAddresses } from './open-lesson';

/** Public courses, for anybody: nothing is asked, kept or counted of who reads, and search engines may find them. */
export const openCourses = new Routes('/open');

openCourses.get('/', anyone, async (req, res) => {
  const courses = await selectOpenCourses(languagesOf(req, res));
  cached(req, res).render('sharing/open-list', { courses });
});

openCourses.get('/:organisation/:course', anyone, async (req, res) => {
  const languages = languagesOf(req, res);
  const course = await load(req, languages);
  const { stops, inside } = await selectOpenStops(course.id, languages);
  const here = addressOf(course);
  cached(req, res).render('sharing/open-course', { course, stops, inside, here, variants: variantsOf(course, here) });
});

openCourses.get('/:organisation/:course/:lesson', anyone, async (req, res) => {
  const languages = languagesOf(req, res);
  const course = await load(req, languages);
  const lesson = found(await findOpenLesson(course.id, String(req.params.lesson), languages));
  const { stops } = await selectOpenStops(course.id, languages);
  const at = stops.findIndex(({ id }) => id === lesson.id);
  const here = `${addressOf(course)}/${lesson.slug}`;
  const { blocks, leftOut } = forAnybody(lesson.blocks, addressOf(course));
  cached(req, res).render('sharing/open-lesson', {
    ...{ course, lesson, here, leftOut, variants: variantsOf(lesson, here), number: at + 1, total: stops.length },
    body: openAddresses(lesson.html, addressOf(course)),
    video: lesson.video && openAddresses(lesson.video, addressOf(course)),
    shown: blocks.map((block) => ({ block, textLang: htmlLang(lesson.language), choices: [] })),
    previous: stops[at - 1],
    next: stops[at + 1],
    question: wantedIn(req) ? `?lang=${lesson.language}` : '',
  });
});

const NOTHING_RUNS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
/** In seconds; a course that is public no more is gone from caches so soon. */
const A_WHILE = 300;
const FILE_HEADERS = { ...NOTHING_RUNS, 'Cache-Control': `public, max-age=${A_WHILE}` };

openCourses.get('/:organisation/:course/files/:id', anyone, async (req, res) => {
  const file = await loadFile(req);
  const { bytes, sizes, ending, name, kind } = file;
  await sendStored(req, res, {
    ...{ key: storageKey(file), name: `full.${ending}` },
    size: bytes - sizes.reduce((sum, copy) => sum + copy.bytes, 0),
    headers: {
      ...FILE_HEADERS,
      'Content-Disposition': kind === 'file' ? attachment(name || 'tiedosto', ending) : 'inline',
    },
  });
});

openCourses.get('/:organisation/:course/files/:id/captions/:track', anyone, async (req, res) => {
  const file = await loadFile(req);
  const language = /^(.+)\.vtt$/.exec(String(req.params.track))?.[1];
  const captions = found((await selectCaptions(file)).find((one) => isLanguage(language) && one.language === language));
  res.set(FILE_HEADERS).type('text/vtt').send(writeVtt(captions.cues));
});

openCourses.get('/:organisation/:course/files/:id/:copy', anyone, async (req, res) => {
  const file = await loadFile(req);
  const { name, bytes } = found(file.sizes.find((copy) => copy.name === req.params.copy));
  await sendStored(req, res, {
    ...{ key: storageKey(file, name), size: bytes, name },
    headers: { ...FILE_HEADERS, 'Content-Disposition': 'inline' },
  });
});

const param = (req: Request, name: string) => String(req.params[name]);

const load = async (req: Request, languages: Language[]): Promise<OpenCourse> =>
  found(await findOpenCourse(param(req, 'organisation'), param(req, 'course'), languages));

const loadFile = async (req: Request): Promise<StoredFile> =>
  found(await findOpenFile(param(req, 'organisation'), param(req, 'course'), param(req, 'id')));

const addressOf = ({ organisation_slug, slug }: OpenCourse) => `/open/${organisation_slug}/${slug}`;

const wantedIn = ({ query }: Request): Language | undefined => (isLanguage(query.lang) ? query.lang : undefined);

const languagesOf = (req: Request, res: Response) => contentLanguages(wantedIn(req) ?? (res.locals.lang as Language));

const variantsOf = ({ languages, language }: { languages: Language[]; language: Language }, here: string) =>
  LANGUAGES.filter((code) => languages.includes(code)).map((code) => ({
    code,
    href: `${here}?lang=${code}`,
    isCurrent: code === language,
  }));

/** One who carries nothing gets the same page as anybody, so caches may keep it for a while; others get their own. */
function cached(req: Request, res: Response): Response {
  res.vary('Cookie').vary('Accept-Language');
  if (!req.visitor && !req.headers.cookie) res.set('Cache-Control', `public, max-age=${A_WHILE}`);
  return res;
}
