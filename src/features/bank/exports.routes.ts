import type { Request, Response } from 'express';
import { found } from '../../lib/guards';
import { LANGUAGES, type Language } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { slugify } from '../../lib/text';
import { authors } from '../organisations/organisations.policy';
import { ExportQuery } from './bank.schema';
import { entriesOf, questionsFor, type Wanted } from './exports.service';
import { giftFile } from './writing/gift';
import { moodleFile } from './writing/moodle';
import { languagesOf } from './written';

/** Questions as files for other systems, with a page that tells what goes along and what does not. */
export const bankExports = new Routes('/write/bank/export');

bankExports.get('/', authors, async (req, res) => {
  const { exported, language, languages, query } = await asked(req);
  const entries = await entriesOf(req.actor, exported.questions, language, false);
  const files = [
    { format: 'moodle', href: `/write/bank/export/questions.xml?${query}`, ...moodleFile(entries) },
    { format: 'gift', href: `/write/bank/export/questions.gift?${query}`, ...giftFile(entries) },
  ];
  res.render('bank/export', { exported, language, languages, files, wanted: ExportQuery.parse(req.query) });
});

bankExports.get('/questions.xml', authors, async (req, res) => {
  const { exported, language } = await asked(req);
  const { text } = moodleFile(await entriesOf(req.actor, exported.questions, language, true));
  send(res, 'application/xml; charset=utf-8', `${nameFor(res, exported.title)}.xml`, text);
});

bankExports.get('/questions.gift', authors, async (req, res) => {
  const { exported, language } = await asked(req);
  const { text } = giftFile(await entriesOf(req.actor, exported.questions, language, false));
  send(res, 'text/plain; charset=utf-8', `${nameFor(res, exported.title)}.gift.txt`, text);
});

async function asked(req: Request) {
  const { draft, lesson, question, in: spoken, page: _, ...filter } = ExportQuery.parse(req.query);
  const wanted: Wanted = draft
    ? { kind: 'draft', id: draft }
    : lesson
      ? { kind: 'lesson', id: lesson }
      : question
        ? { kind: 'question', id: question }
        : { kind: 'bank', filter };
  const exported = found(await questionsFor(req.actor, wanted));
  const languages = LANGUAGES.filter((one) => exported.questions.some((written) => languagesOf(written).includes(one)));
  const language: Language =
    languages.find((one) => one === spoken) ??
    languages.find((one) => one === req.actor.content_language) ??
    languages[0] ??
    'fi';
  const query = new URLSearchParams(
    Object.entries({ ...filter, draft, lesson, question, in: language }).flatMap(([name, value]): [string, string][] =>
      value ? [[name, String(value)]] : [],
    ),
  ).toString();
  return { exported, language, languages, query };
}

const nameFor = (res: Response, title: string) =>
  slugify(title) || slugify(res.locals.t('bank.heading')) || 'questions';

function send(res: Response, mime: string, name: string, text: string): void {
  res.attachment(name).set('Content-Type', mime).set('X-Content-Type-Options', 'nosniff').send(text);
}
