import type { Request, Response } from 'express';
import { formatter } from '../../lib/format';
import { type Language, translator } from '../../lib/i18n';
import { anyone, Routes } from '../../lib/routes';
import { loadProcess } from './load';
import { pageOf } from './page';
import { pictureFile, pictureOnPage } from './picture/drawing';
import { pictureWords, type Reader, readRoad, roadInWords } from './picture-page';
import { OUTPUT_LANGUAGES, outputLanguage, said } from './words';

/** The road map as a picture and in words, and as a file that any page or publication can show. */
export const picture = new Routes('/processes');

picture.get('/:process/picture', anyone, async (req, res) => {
  const loaded = await loadProcess(req);
  const reader = readerIn(req, res.locals.lang as Language);
  const road = await readRoad(loaded.process, reader);
  const [words, text] = [pictureWords(loaded.process, reader), textOf(loaded.process, reader, '')];
  res.render('processes/picture', {
    ...pageOf(req, loaded),
    road,
    wide: pictureOnPage(road, words, text, 'wide'),
    narrow: pictureOnPage(road, words, text, 'narrow'),
    shown: reader.lang,
    say: reader.t,
    languages: OUTPUT_LANGUAGES,
  });
});

picture.get('/:process/picture.svg', anyone, async (req, res) => sendPicture(req, res));

async function sendPicture(req: Request, res: Response) {
  const { process } = await loadProcess(req);
  const reader = readerIn(req, res.locals.lang as Language);
  const road = await readRoad(process, reader);
  const text = textOf(process, reader, roadInWords(process, road, reader));
  res.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  if (req.query.download !== undefined) res.attachment(`${reader.t('processes.picture.file')}-${reader.lang}.svg`);
  res.type('image/svg+xml').send(pictureFile(road, pictureWords(process, reader), text));
}

/** The language that the address asks for, else the reader's own. */
function readerIn(req: Request, own: Language): Reader {
  const lang = outputLanguage(typeof req.query.lang === 'string' ? req.query.lang : own);
  return { lang, t: translator(lang), fmt: formatter(lang) };
}

const textOf = (process: Parameters<typeof roadInWords>[0], { lang, t }: Reader, text: string) => ({
  title: t('processes.picture.of', { title: said(process.title, lang).text }),
  text,
  lang,
});
