import type { Request, Response } from 'express';
import type { Language } from '../../lib/i18n';
import { limit } from '../../lib/limits';
import { anyone, Routes } from '../../lib/routes';
import { withScope } from '../../lib/scope';
import { codeOnPaper, readCode } from './code';
import { hoursOf, inLanguage, languageOf } from './content';
import { findByCode, findCredential } from './credentials.model';
import { standingOf } from './credentials.policy';

/** For anybody who was shown a certificate: whether it holds, and only what is on it. */
export const checking = new Routes('/check');

/** 80 bits are not guessed; this keeps the trying from costing us. */
const byAddress = limit('check-code', 60, 15 * 60);

checking.get('/', anyone, (_req, res) => {
  quietly(res).render('credentials/check', { values: {}, errors: {} });
});

checking.post('/', anyone, async (req, res) => {
  await byAddress.count(req.ip ?? 'unknown');
  const typed = String(req.body?.code ?? '').slice(0, 200);
  const code = readCode(typed);
  if (code) return quietly(res).redirect(303, `/check/${code}`);
  const errors = { code: 'credentials.check.code.wrong' };
  quietly(res)
    .status(422)
    .render('credentials/check', { values: { code: typed }, errors });
});

checking.get('/:code', anyone, async (req, res) => {
  await byAddress.count(req.ip ?? 'unknown');
  const given = await load(req);
  if (!given) return quietly(res).status(404).render('credentials/check-unknown');
  const { content } = given;
  const language = res.locals.lang as Language;
  quietly(res).render('credentials/check-result', {
    given,
    standing: standingOf(given),
    title: inLanguage(content.titles, language),
    titleLanguage: languageOf(content.titles, language),
    parts: (content.parts ?? []).map((part) => inLanguage(part, language)),
    skills: content.skills.map(({ names }) => inLanguage(names, language)),
    hours: content.minutes ? hoursOf(content.minutes) : undefined,
    code: codeOnPaper(given.code ?? ''),
  });
});

/** Unknown, hidden by its person and never given look alike. */
async function load(req: Request) {
  const code = readCode(String(req.params.code));
  const known = code && (await findByCode(code));
  if (!known) return undefined;
  return withScope({ organisationId: known.organisation_id, personId: null }, () =>
    findCredential(known.organisation_id, known.id),
  );
}

/** Search engines keep nothing of it. */
function quietly(res: Response): Response {
  res.setHeader('X-Robots-Tag', 'noindex, nofollow');
  return res;
}
