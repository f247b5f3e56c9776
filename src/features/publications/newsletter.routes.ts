import type { Request } from 'express';
import { z } from 'zod';
import { db } from '../../lib/db';
import { message, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { anyone, Routes } from '../../lib/routes';
import { confirm, findByToken, openLink, subscribe, unsubscribe } from './newsletter.service';
import { openPublication } from './reading';

/** Letters by mail for those who ask for them: asked, said yes to from the mail, ended in one press. */
export const newsletters = new Routes('/publications/newsletter');

const SubscribeForm = z.object({
  email: z
    .string(message('publications.fault.email'))
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.email(message('publications.fault.email')).max(254, message('publications.fault.email'))),
  consent: z.literal('yes', message('publications.fault.yes')),
});
const perAddress = limit('newsletter.subscribe', 6, 3600);

newsletters.get('/confirm/:token', anyone, async (req, res) => {
  await bySeal(req);
  res.render('publications/letter-press', { way: 'confirm', isDone: false });
});

newsletters.post('/confirm/:token', anyone, async (req, res) => {
  await confirm(await bySeal(req));
  res.render('publications/letter-press', { way: 'confirm', isDone: true });
});

newsletters.get('/unsubscribe/:token', anyone, async (req, res) => {
  await bySeal(req);
  res.render('publications/letter-press', { way: 'unsubscribe', isDone: false });
});

newsletters.post('/unsubscribe/:token', anyone, async (req, res) => {
  await unsubscribe(await bySeal(req));
  res.render('publications/letter-press', { way: 'unsubscribe', isDone: true });
});

newsletters.get('/:id/go/:part', anyone, async (req, res) => {
  const { publication } = await openPublication(req, res);
  res.redirect(303, found(await openLink(publication, String(req.params.part))));
});

newsletters.get('/:organisation', anyone, async (req, res) => {
  const organisation = await loadOrganisation(req);
  res.render('publications/subscribe', { organisation, values: {}, errors: {}, isDone: req.query.done === 'yes' });
});

newsletters.post('/:organisation', anyone, async (req, res) => {
  const organisation = await loadOrganisation(req);
  const done = `/publications/newsletter/${organisation.slug}?done=yes`;
  if (req.body?.website) return res.redirect(303, done);
  const form = readForm(SubscribeForm, req.body);
  if (!form.ok) {
    const { values, errors } = form;
    return res.status(422).render('publications/subscribe', { organisation, values, errors, isDone: false });
  }
  await perAddress.count(req.ip ?? '');
  await perAddress.count(form.value.email);
  const person_id = req.visitor?.organisation_id === organisation.id ? req.visitor.id : null;
  await subscribe(organisation.id, { email: form.value.email, language: String(res.locals.lang), person_id });
  res.redirect(303, done);
});

const bySeal = async (req: Request) => found(await findByToken(String(req.params.token)));

/** One that shows something to anybody; others are not told of. */
async function loadOrganisation(req: Request): Promise<{ id: string; name: string; slug: string }> {
  const slug = String(req.params.organisation);
  return found<{ id: string; name: string; slug: string }>(
    await db()
      .table('organisations')
      .where({ slug })
      .whereRaw(
        "exists (select from loop_objects l where l.organisation_id = organisations.id and l.visibility = 'public')",
      )
      .first('id', 'name', 'slug'),
  );
}
