import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { config } from '../../config';
import { atomically, db } from '../../lib/db';
import { type Language, translator } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { sendMail } from '../../lib/mail';
import { withScope } from '../../lib/scope';
import { secret } from '../../lib/secret';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { findPublication, findVersion, type Publication, selectPictures } from './publications.model';
import { subject } from './publications.service';
import { partsOf, plainBlocks } from './reading';
import { isTongue, type Tongue, wordsIn } from './texts';

export const CONFIRM_JOB = 'publications.newsletter-confirm';
export const LETTER_JOB = 'publications.newsletter-letter';

interface Subscription {
  id: string;
  organisation_id: string;
  email: string;
  language: string;
  confirmed_at: Date | null;
  ended_at: Date | null;
}

/** What stands in the addresses of mails, and nobody can make up. */
export function tokenOf({ organisation_id, id }: Pick<Subscription, 'organisation_id' | 'id'>): string {
  const seal = createHmac('sha256', secret()).update(`newsletter:${organisation_id}:${id}`).digest('base64url');
  return `${organisation_id}.${id}.${seal}`;
}

export async function findByToken(token: string): Promise<Subscription | undefined> {
  const [organisation_id = '', id = ''] = token.split('.');
  const [ours, theirs] = [Buffer.from(tokenOf({ organisation_id, id })), Buffer.from(token)];
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return undefined;
  return inOrganisation(organisation_id, () =>
    db().table('newsletter_subscriptions').where({ organisation_id, id }).first(),
  );
}

const inOrganisation = <T>(organisationId: string, work: () => T): T =>
  withScope({ organisationId, personId: null }, work);

/** Somebody wants the letters: a mail asks whether they are the one who reads that address. Nothing tells who has asked before. */
export function subscribe(
  organisation_id: string,
  { email, language, person_id }: { email: string; language: string; person_id: string | null },
): Promise<void> {
  return inOrganisation(organisation_id, () =>
    atomically(async () => {
      const [row] = await db()
        .table('newsletter_subscriptions')
        .insert({ id: randomUUID(), organisation_id, email, language, person_id })
        .onConflict(['organisation_id', 'email'])
        .merge({ language, asked_at: new Date() })
        .returning('*');
      if (row.confirmed_at && !row.ended_at) return;
      await enqueue(CONFIRM_JOB, { organisation_id, id: row.id }, { key: `newsletter confirm ${row.id}` });
    }),
  );
}

export function confirm({ organisation_id, id }: Subscription): Promise<void> {
  return inOrganisation(organisation_id, () =>
    atomically(async () => {
      const now = { confirmed_at: new Date(), ended_at: null };
      await db().table('newsletter_subscriptions').where({ organisation_id, id }).update(now);
    }),
  );
}

export function unsubscribe({ organisation_id, id }: Subscription): Promise<void> {
  return inOrganisation(organisation_id, () =>
    atomically(async () => {
      await db().table('newsletter_subscriptions').where({ organisation_id, id }).update({ ended_at: new Date() });
    }),
  );
}

/** The job: asks whether the address wants the letters. */
export function mailConfirmation({ organisation_id, id }: { organisation_id: string; id: string }): Promise<void> {
  return inOrganisation(organisation_id, async () => {
    const row = await db().table('newsletter_subscriptions').where({ organisation_id, id }).first();
    if (!row) return;
    const organisation = await db().table('organisations').where({ id: organisation_id }).first();
    const t = translator(row.language as Language);
    const link = `${site()}/publications/newsletter/confirm/${tokenOf(row)}`;
    await sendMail({
      ...{ to: row.email, subject: t('publications.letter.confirmSubject', { name: organisation?.name ?? '' }) },
      text: t('publications.letter.confirmText', { name: organisation?.name ?? '', link }),
    });
  });
}

const site = () => config.BASE_URL?.replace(/\/$/, '') ?? `http://localhost:${config.PORT}`;

export async function countReceivers(organisation_id: string): Promise<number> {
  const [row] = await db()
    .table('newsletter_subscriptions')
    .where({ organisation_id, ended_at: null })
    .whereNotNull('confirmed_at')
    .count({ people: '*' });
  return Number(row?.people);
}

/** Sends the published letter to all who said yes, once for a `sendId`: a job for each of them. Returns how many. */
export function sendNewsletter(actor: Actor, publication: Publication, sendId: string): Promise<number> {
  const { organisation_id, id: publication_id } = publication;
  return atomically(async () => {
    const receivers = await db()
      .table('newsletter_subscriptions')
      .where({ organisation_id, ended_at: null })
      .whereNotNull('confirmed_at')
      .pluck('id');
    const number = publication.shown_number ?? publication.latest_number;
    const [row] = await db()
      .table('newsletter_sends')
      .insert({ id: sendId, organisation_id, publication_id, number, receivers: receivers.length })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (!row) return receivers.length;
    for (const subscription_id of receivers)
      await enqueue(
        LETTER_JOB,
        { organisation_id, send_id: sendId, subscription_id },
        { key: `letter ${sendId} ${subscription_id}` },
      );
    await recordAudit(actor, 'newsletter.sent', subject(publication), { receivers: receivers.length });
    return receivers.length;
  });
}

/** The job: one letter to one who still wants it. Marked before it is sent: a crash may lose a letter, never doubles it. */
export function mailLetter(job: { organisation_id: string; send_id: string; subscription_id: string }): Promise<void> {
  const { organisation_id, send_id, subscription_id } = job;
  return inOrganisation(organisation_id, async () => {
    const row = await db().table('newsletter_subscriptions').where({ organisation_id, id: subscription_id }).first();
    const send = await db().table('newsletter_sends').where({ organisation_id, id: send_id }).first();
    if (!row || row.ended_at || !row.confirmed_at || !send) return;
    const letter = await letterOf(send.publication_id, send.number, row.language);
    if (!letter) return;
    const unsubscribeAt = `${site()}/publications/newsletter/unsubscribe/${tokenOf(row)}`;
    const t = translator(row.language as Language);
    const mark = { organisation_id, send_id, subscription_id };
    const marked = await db().table('newsletter_deliveries').insert(mark).onConflict().ignore().returning('send_id');
    if (marked.length === 0) return;
    try {
      await sendMail({
        ...{ to: row.email, subject: letter.subject, unsubscribe: unsubscribeAt },
        text: `${letter.text}\n\n-- \n${t('publications.letter.stop')} ${unsubscribeAt}\n`,
      });
    } catch (error) {
      await db().table('newsletter_deliveries').where(mark).delete();
      throw error;
    }
  });
}

/** The letter as mail has it: plain words, and each thing with an address that counts it without saying who opened. */
export async function letterOf(publicationId: string, number: number, wanted: string) {
  const publication = await findPublication(publicationId);
  const version = publication && (await findVersion(publicationId, number));
  if (!publication || !version) return undefined;
  const short = wanted.slice(0, 2);
  const language: Tongue = isTongue(short) && version.texts.words[short] ? short : publication.language;
  const words = wordsIn(version.texts, publication.language, language);
  const parts = partsOf(version.texts, language, await selectPictures(publicationId));
  const lines = parts.map(({ id, heading, html, href }) => {
    const body = plainBlocks(html).map(({ text }) => text);
    const link = href ? [`${site()}/publications/newsletter/${publicationId}/go/${id}`] : [];
    return [heading.toUpperCase(), ...body, ...link].filter(Boolean).join('\n');
  });
  return { subject: words.title, text: [words.title, words.summary, ...lines].filter(Boolean).join('\n\n') };
}

/** The actor gets the letter as it would be sent, at the address of their own account. False without one. */
export async function testSend(actor: Actor, publication: Publication): Promise<boolean> {
  const person = await db().table('people').where({ id: actor.id }).first('email');
  if (!person?.email) return false;
  const letter = await letterOf(publication.id, publication.latest_number, actor.language);
  if (!letter) return false;
  const t = translator(actor.language);
  await sendMail({
    ...{ to: person.email, subject: `${t('publications.letter.test')} ${letter.subject}`, text: letter.text },
  });
  return true;
}

/** Where a thing of a letter leads, counted once more: how many times, never who. */
export async function openLink(publication: Publication, partId: string): Promise<string | undefined> {
  const version = await findVersion(publication.id, publication.shown_number ?? publication.latest_number);
  const href = version?.texts.parts.find(({ id }) => id === partId)?.href;
  if (!href) return undefined;
  const { organisation_id, id: publication_id } = publication;
  await inOrganisation(organisation_id, () =>
    db().raw(
      `insert into newsletter_links (organisation_id, publication_id, part_id, opened) values (?, ?, ?, 1)
       on conflict (publication_id, part_id) do update set opened = newsletter_links.opened + 1`,
      [organisation_id, publication_id, partId],
    ),
  );
  return href;
}

/** What a letter can be made of, newest first: things others may see too, and new lessons. */
export async function selectNews(organisationId: string, most = 40) {
  const { rows } = await db().raw<{
    rows: { key: string; kind: string; title: string; href: string; dated_on: Date }[];
  }>(
    `select kind || ':' || id as key, kind, title, href, dated_on from loop_objects
       where kind in ('publication', 'event', 'lesson', 'course', 'practice') and visibility in ('public', 'network', 'organisation')
     union all
     select 'lesson:' || l.id, 'lesson', t.title, '/learn/' || c.slug || '/' || l.slug, l.published_at::date
       from lessons l join courses c on c.id = l.course_id
       join lesson_texts t on t.lesson_id = l.id and t.language = 'fi'
       where l.organisation_id = ? and l.published_at is not null
         and not exists (select from loop_objects o where o.kind = 'lesson' and o.id = l.id)
     order by dated_on desc, title limit ?`,
    [organisationId, most],
  );
  return rows;
}

export async function selectSends(publicationId: string) {
  const sends = await db().table('newsletter_sends').where({ publication_id: publicationId }).orderBy('sent_at');
  const links = await db().table('newsletter_links').where({ publication_id: publicationId });
  return { sends, opened: new Map<string, number>(links.map(({ part_id, opened }) => [part_id, opened])) };
}
