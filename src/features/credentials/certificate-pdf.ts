import { noonOf } from '../../lib/calendar';
import { formatter } from '../../lib/format';
import { htmlLang, type Language, translator } from '../../lib/i18n';
import { pdfPieces, type TaggedPdf } from '../../lib/pdf/tagged-pdf';
import { qrDrawing } from '../../lib/qr';
import { badgePng } from './badge-picture';
import { BELOW_PICTURE, drawScene } from './certificate-scene';
import { codeOnPaper } from './code';
import { hoursOf, inLanguage } from './content';
import type { IssuedCredential } from './credentials.model';
import { siteAddress } from './issuer-address';

const QR_SIDE = 130;

/** The address that is written on a certificate. */
export const checkAddress = (code: string) => `${siteAddress()}/check/${code}`;

/** A certificate as a tagged PDF, in one language: what was frozen when it was given, and where it can be checked. */
export async function* certificatePdf(given: IssuedCredential, language: Language): AsyncGenerator<Buffer> {
  const t = translator(language);
  const badge = given.kind === 'badge' ? await badgePng(pictureOn(given, language)) : undefined;
  const title = `${t(`credentials.kind.${given.kind}`)}: ${inLanguage(given.content.titles, language)}`;
  const about = {
    title,
    language: htmlLang(language),
    isWide: false,
    pageWords: (page: number) => t('credentials.pdf.page', { page }),
    underFirst: (pdf: TaggedPdf) => drawScene(pdf, badge),
  };
  yield* pdfPieces(about, (pdf) => write(pdf, given, language));
}

async function write(pdf: TaggedPdf, given: IssuedCredential, language: Language): Promise<void> {
  const [t, fmt] = [translator(language), formatter(language)];
  const { content, kind } = given;
  const day = (value: string) => fmt.date(noonOf(value));
  pdf.doc.y = 72;
  pdf.paragraph(content.issuer);
  pdf.heading(1, t(`credentials.kind.${kind}`), 28);
  pdf.doc.y = Math.max(pdf.doc.y, kind === 'badge' ? BELOW_PICTURE : 0);
  pdf.heading(2, given.shown_name, 24);
  if (content.work) await writeWork(pdf, content.work, language);
  else {
    pdf.paragraph(t(`credentials.pdf.sentence.${kind}`));
    pdf.heading(2, inLanguage(content.titles, language), 18);
    if (content.criteria) pdf.term(t('credentials.fact.criteria'), inLanguage(content.criteria, language));
    if (content.parts) pdf.paragraph(content.parts.map((part) => inLanguage(part, language)).join('; '));
    if (content.finished_on) pdf.term(t('credentials.fact.finished'), day(content.finished_on));
    if (content.minutes)
      pdf.term(t('credentials.fact.hours'), t('credentials.hours', { hours: fmt.number(hoursOf(content.minutes), 1) }));
    if (content.lessons) pdf.term(t('credentials.fact.lessons'), String(content.lessons));
  }
  if (content.skills.length > 0)
    pdf.term(t('credentials.fact.skills'), content.skills.map(({ names }) => inLanguage(names, language)).join('; '));
  if (given.issued_at) pdf.term(t('credentials.fact.issued'), fmt.date(given.issued_at));
  const until = given.valid_until && t('credentials.until.day', { date: day(given.valid_until) });
  pdf.term(t('credentials.fact.until'), until || t('credentials.until.never'));
  if (given.revoked_at) pdf.term(t('credentials.standing.revoked'), fmt.date(given.revoked_at));
  writeCheck(pdf, given, t);
}

const pictureOn = ({ content }: IssuedCredential, language: Language) => ({
  name: inLanguage(content.titles, language),
  issuer: content.issuer,
  words: inLanguage(content.picture_words, language),
  template: content.template ?? 'sprout',
});

async function writeWork(
  pdf: TaggedPdf,
  work: NonNullable<IssuedCredential['content']['work']>,
  language: Language,
): Promise<void> {
  const [t, fmt] = [translator(language), formatter(language)];
  const [from, to] = [fmt.date(noonOf(work.from)), fmt.date(noonOf(work.to))];
  pdf.paragraph(t('credentials.pdf.sentence.work', { from, to }));
  const hours = (minutes: number) => fmt.number(Math.round(minutes / 6) / 10, 1);
  const total = work.sums.reduce((sum, { minutes }) => sum + minutes, 0);
  const rows = [
    ...work.sums.map(({ kind, minutes, times }) => [t(`ledger.kind.${kind}`), String(times), hours(minutes)]),
    [t('credentials.pdf.total'), String(work.sums.reduce((sum, { times }) => sum + times, 0)), hours(total)],
  ];
  const columns = [
    { heading: t('credentials.pdf.task'), isNumber: false },
    { heading: t('credentials.pdf.times'), isNumber: true },
    { heading: t('credentials.pdf.hours'), isNumber: true },
  ];
  await pdf.table(columns, soon(rows.map((cells) => ({ cells }))), rows.length);
  if (work.topics.length > 0) pdf.term(t('credentials.fact.topics'), work.topics.join('; '));
  pdf.term(t('credentials.fact.signer'), [work.signer, work.signer_role].filter((part) => part !== '').join(', '));
}

async function* soon<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

function writeCheck(pdf: TaggedPdf, { code, is_public }: IssuedCredential, t: ReturnType<typeof translator>): void {
  if (!code || !is_public) {
    pdf.paragraph(t('credentials.pdf.notPublic'));
    return;
  }
  pdf.heading(2, t('credentials.pdf.check'));
  const address = checkAddress(code);
  pdf.paragraph(t('credentials.pdf.checkText', { address, code: codeOnPaper(code), site: `${siteAddress()}/check` }));
  pdf.figure(qrDrawing(address, QR_SIDE / 0.75), t('credentials.pdf.qr', { address }), []);
}
