import type { Request } from 'express';
import { found } from '../../lib/guards';
import { isLanguage } from '../../lib/i18n';
import { originOf } from '../../lib/origin';
import { Routes } from '../../lib/routes';
import { wordList } from '../glossary/glossary.service';
import { signedIn } from '../organisations/organisations.policy';
import { codeOf, textOfLeaflet } from './leaflet';
import { placeOf, variantsOf } from './lesson-pages';
import { readLesson } from './progress.queries';
import { SpotForm } from './progress.schema';

/** A lesson on paper, and its hard words in a list. */
export const leaflets = new Routes('/learn');

leaflets.get('/:course/:lesson/leaflet', signedIn, async (req, res) => {
  const { lesson, stops } = await read(req);
  const at = SpotForm.safeParse({ spot: req.query.at }).data?.spot;
  const address = `${originOf(req)}/learn/${lesson.course_slug}/${lesson.slug}${at ? `?at=${at}` : ''}`;
  const place = placeOf(lesson, stops);
  const variants = variantsOf(lesson);
  const text = textOfLeaflet(lesson.html);
  res.render('progress/leaflet', { lesson, place, at, address, code: await codeOf(address), text, variants });
});

leaflets.get('/:course/:lesson/words', signedIn, async (req, res) => {
  const { lesson } = await read(req);
  const own = { organisation_id: req.actor.organisation_id, words_at: lesson.words_at };
  res.render('progress/words', { lesson, words: await wordList(lesson.html, lesson.language, own) });
});

/** The lesson in the language of the address, else in the reader's. */
async function read(req: Request) {
  const { language } = req.query;
  const reader = isLanguage(language) ? { ...req.actor, content_language: language } : req.actor;
  return found(await readLesson(reader, String(req.params.course), String(req.params.lesson)));
}
