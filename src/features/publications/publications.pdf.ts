import { noonOf } from '../../lib/calendar';
import type { Formatter } from '../../lib/format';
import type { Translate } from '../../lib/i18n';
import type { TaggedPdf } from '../../lib/pdf/tagged-pdf';
import type { Approval } from './publications.model';
import { type Opened, plainBlocks, type ReadPart } from './reading';
import type { Words } from './texts';

interface Written {
  opened: Opened;
  words: Words;
  parts: readonly ReadPart[];
  approvals: readonly Approval[];
  t: Translate;
  fmt: Formatter;
}

/** Writes the publication for paper and for those who hear it: headings in order, pictures as what they show. */
export async function writePdf(pdf: TaggedPdf, { opened, words, parts, approvals, t, fmt }: Written): Promise<void> {
  const { publication, version } = opened;
  pdf.heading(1, words.title);
  pdf.paragraph([publication.organisation_name, publication.space_name].filter(Boolean).join(' · '));
  if (publication.is_opening) pdf.paragraph(t('publications.isOpening'));
  if (words.summary) pdf.paragraph(words.summary);
  for (const { heading, html, picture } of parts) {
    if (heading) pdf.heading(2, heading);
    if (picture) pdf.term(t('publications.part.picture'), picture.alt);
    for (const { kind, text } of plainBlocks(html)) {
      if (kind === 'heading') pdf.heading(3, text);
      else pdf.paragraph(text);
      await pdf.room();
    }
  }
  pdf.heading(2, t('publications.about'));
  pdf.term(t('publications.version'), `${version.number}, ${fmt.date(version.made_at)}`);
  const yes = approvals.flatMap(({ shown_name, approved_at }) =>
    approved_at ? [`${shown_name} ${fmt.date(approved_at)}`] : [],
  );
  if (yes.length > 0) pdf.term(t('publications.approvers'), yes.join(', '));
  if (version.frozen_at && version.frozen_hash) {
    pdf.term(t('publications.frozen'), fmt.date(version.frozen_at));
    pdf.term(t('publications.sum'), version.frozen_hash);
  }
  if (publication.review_on) pdf.term(t('publications.reviewOn'), fmt.date(noonOf(publication.review_on)));
}
