import type { Request } from 'express';
import { readForm } from '../../lib/forms';
import { limit } from '../../lib/limits';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { findTyped, selectTyped, throwTyped } from './typed.model';
import { fieldsOf, KeptForm, ThrownForm, TypedForm } from './typed.schema';
import { keepTyped } from './typed.service';

/** What a person has typed and not sent yet. */
export const typed = new Routes('/typed');

/** One who types all day sends a few a minute. */
const byPerson = limit('typed', 600, 15 * 60);

typed.get('/', signedIn, async (req, res) => {
  const texts = await selectTyped(req.actor);
  res.render('keeping/typed', { texts: texts.map(shown), saved: req.query.saved });
});

/** For the script: what another device left in this form. */
typed.get('/one', signedIn, async (req, res) => {
  const form = readForm(ThrownForm, req.query);
  const text = form.ok ? await findTyped(req.actor, form.value.form) : undefined;
  res.json(text ? { fields: text.fields, age: Date.now() - text.typed_at.getTime() } : {});
});

typed.post('/', signedIn, async (req, res) => {
  await byPerson.count(req.actor.id);
  const form = readForm(TypedForm, req.body);
  if (form.ok) await keepTyped(req.actor, form.value, form.value.age / 1000);
  res.status(form.ok ? 204 : 422).end();
});

/** The "keep" button of a form, when no script keeps it. */
typed.post('/keep', signedIn, async (req, res) => {
  await byPerson.count(req.actor.id);
  const form = readForm(KeptForm, req.body);
  const fields = form.ok && fieldsOf(req.body);
  if (!form.ok || !fields) return res.redirect(303, '/typed?saved=no');
  const { typed_form, typed_page = typed_form } = form.value;
  await keepTyped(req.actor, { form: typed_form, page: typed_page, fields });
  res.redirect(303, '/typed?saved=yes');
});

typed.post('/thrown', signedIn, async (req, res) => {
  const form = readForm(ThrownForm, req.body);
  if (form.ok) await throwTyped(req.actor, form.value.form);
  if (isScript(req)) return res.status(form.ok ? 204 : 422).end();
  res.redirect(303, '/typed?saved=thrown');
});

const isScript = (req: Request) => Boolean(req.is('json'));

/** Only what has words in it is worth showing. */
function shown({ form, page, fields, typed_at }: Awaited<ReturnType<typeof selectTyped>>[number]) {
  const words = Object.values(fields ?? {}).flatMap(({ v }) => (typeof v === 'string' && v.length > 1 ? [v] : []));
  return { form, page, typed_at, words: words.filter((text) => !/^[0-9a-f-]{36}$/.test(text)) };
}
