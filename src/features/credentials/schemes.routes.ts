import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import type { Formatter } from '../../lib/format';
import { found } from '../../lib/guards';
import { htmlLang, type Language, type Translate } from '../../lib/i18n';
import { pdfPieces } from '../../lib/pdf/tagged-pdf';
import { Routes } from '../../lib/routes';
import { sendPieces } from '../../lib/send-file';
import type { Actor } from '../organisations/organisations.model';
import { signedIn } from '../organisations/organisations.policy';
import { inLanguage } from './content';
import {
  type Criterion,
  readiness,
  SCHEME_ISSUERS,
  SCHEMES,
  SCHEMES_CHECKED,
  type Scheme,
  type Shown,
  schemeOf,
} from './schemes';
import { lessonsFor, ownCourses, ownEvidence } from './schemes.queries';

/** How near one is to the badges of national schemes. The reader's own page: nobody else sees it, nobody is told. */
export const schemes = new Routes('/skills/schemes');

schemes.get('/', signedIn, async (req, res) => {
  const language = res.locals.lang as Language;
  const shown = await readAll(req.actor, SCHEMES);
  res.render('credentials/schemes', {
    schemes: shown.map(({ scheme, criteria }) => ({
      id: scheme.id,
      title: inLanguage(scheme.title, language),
      group: inLanguage(scheme.group, language),
      issuer: SCHEME_ISSUERS.get(scheme.issuer)?.name ?? '',
      met: criteria.filter(({ state }) => state === 'met').length,
      total: criteria.length,
    })),
    checked: noonOf(SCHEMES_CHECKED),
  });
});

schemes.get('/:scheme', signedIn, async (req, res) => {
  const { scheme, criteria } = await readOne(req);
  const language = res.locals.lang as Language;
  const open = criteria.filter(({ state, code }) => state !== 'met' && code);
  const lessons = await lessonsFor(
    req.actor,
    open.map(({ code, level }) => ({ code: code ?? '', level: level ?? 1 })),
  );
  const issuer = SCHEME_ISSUERS.get(scheme.issuer);
  res.render('credentials/scheme', {
    scheme,
    issuer,
    title: inLanguage(scheme.title, language),
    group: inLanguage(scheme.group, language),
    criteria: criteria.map((one) => ({
      ...one,
      words: inLanguage(one.text, language),
      lesson: lessons.rows.find(({ competence_code }) => competence_code === one.code),
    })),
    met: criteria.filter(({ state }) => state === 'met').length,
    checked: noonOf(SCHEMES_CHECKED),
    application: applicationOf(scheme, criteria, wordsOf(res)).join('\n\n'),
  });
});

schemes.get('/:scheme/application.pdf', signedIn, async (req, res) => {
  const { scheme, criteria } = await readOne(req);
  const words = wordsOf(res);
  const title = words.t('schemes.application.title', { badge: inLanguage(scheme.title, words.language) });
  const about = {
    title,
    language: htmlLang(words.language),
    isWide: false,
    pageWords: (page: number) => words.t('credentials.pdf.page', { page }),
  };
  const pieces = pdfPieces(about, async (pdf) => {
    pdf.heading(1, title);
    for (const paragraph of applicationOf(scheme, criteria, words).slice(1)) pdf.paragraph(paragraph);
  });
  await sendPieces(res, { name: title, ending: 'pdf', mime: 'application/pdf' }, pieces);
});

async function readOne(req: Request) {
  const scheme = found(schemeOf(String(req.params.scheme)));
  const [shown] = await readAll(req.actor, [scheme]);
  return found(shown);
}

async function readAll(actor: Actor, some: readonly Scheme[]): Promise<{ scheme: Scheme; criteria: Shown[] }[]> {
  const all: Criterion[] = some.flatMap(({ criteria }) => criteria);
  const [pieces, courses] = await together(
    ownEvidence(actor, [...new Set(all.flatMap(({ code }) => code ?? []))]),
    ownCourses(actor, [...new Set(all.flatMap(({ course }) => course ?? []))]),
  );
  return some.map((scheme) => ({ scheme, criteria: readiness(scheme, pieces.rows, courses.rows) }));
}

interface Words {
  t: Translate;
  fmt: Formatter;
  language: Language;
}
const wordsOf = (res: Response): Words => ({ t: res.locals.t, fmt: res.locals.fmt, language: res.locals.lang });

/** The text of an application, in paragraphs: what each criterion asks and what there is to show. */
function applicationOf(scheme: Scheme, criteria: readonly Shown[], { t, fmt, language }: Words): string[] {
  const title = t('schemes.application.title', { badge: inLanguage(scheme.title, language) });
  const parts = criteria.map((one) => {
    const evidence = one.doneCourse?.completed_at
      ? [t('schemes.application.course', { date: fmt.date(one.doneCourse.completed_at) })]
      : one.pieces.map(({ source, observed_at, note }) =>
          [fmt.date(observed_at), t(`skills.source.${source}`), note.replace(/[.;\s]+$/, '')]
            .filter((part) => part !== '')
            .join(', '),
        );
    const shown = evidence.length > 0 ? evidence.join('; ') : t('schemes.application.none');
    return `${inLanguage(one.text, language)}: ${shown}`;
  });
  return [title, t('schemes.notOfficial'), ...parts];
}
