import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { FieldErrors } from '../../lib/forms';
import type { Language } from '../../lib/i18n';
import { limit } from '../../lib/limits';
import { anyone, Routes } from '../../lib/routes';
import { withScope } from '../../lib/scope';
import { frameworkWords } from '../skills/skills.model';
import { readToken, tokenHash } from './token';
import { findByToken, stateOf, type ViewInvitation } from './views.model';
import { readAnswer } from './views.schema';
import { answerInvitation } from './views.service';

/** For those who have no account: the page that an invitation's link or code opens. It says nothing but what the inviter chose. */
export const openViews = new Routes('/view');

/** Guessing 130 bits is hopeless in any case; this keeps the trying from costing us. */
const byAddress = limit('view-link', 120, 15 * 60);
const answersByAddress = limit('view-answer', 40, 15 * 60);

openViews.get('/', anyone, (_req, res) => {
  quietly(res).render('evidence/open/code', { values: {}, errors: {} });
});

openViews.post('/', anyone, async (req, res) => {
  await byAddress.count(req.ip ?? 'unknown');
  const typed = String(req.body?.code ?? '').slice(0, 200);
  const token = readToken(typed);
  if (token) return quietly(res).redirect(303, `/view/${token}`);
  quietly(res)
    .status(422)
    .render('evidence/open/code', { values: { code: typed }, errors: { code: 'views.open.code.wrong' } });
});

openViews.get('/thanks', anyone, (_req, res) => {
  quietly(res).render('evidence/open/thanks');
});

openViews.get('/:code', anyone, async (req, res) => {
  await byAddress.count(req.ip ?? 'unknown');
  const invitation = await load(req);
  if (!invitation || stateOf(invitation) !== 'open') return gone(res);
  await render(res, invitation, { key: randomUUID(), done_on: dayOf(new Date()) });
});

openViews.post('/:code', anyone, async (req, res) => {
  await answersByAddress.count(req.ip ?? 'unknown');
  const invitation = await load(req);
  if (!invitation) return gone(res);
  const form = readAnswer(await skillsOf(res, invitation), true, req.body);
  if (!form.ok) {
    if (stateOf(invitation) !== 'open') return gone(res);
    return render(res.status(422), invitation, form.values, form.errors);
  }
  // Signed out nobody can tell the person from another. So what comes by a link is shown with the name that was given and as
  // without an account, is no validation of a skill (VALIDATING of reports), and is shown to others only as the person shares it.
  if (req.visitor?.id === invitation.person_id)
    return render(res.status(422), invitation, req.body, { form: 'views.answer.own' });
  const outcome = await asNobodyOf(invitation, () => answerInvitation(invitation, form.value, lock));
  if (outcome === 'gone') return gone(res);
  quietly(res).redirect(303, '/view/thanks');
});

/** Nobody's scope in the invitation's organisation: rows of the invitation are seen, and of people none. */
const asNobodyOf = <T>({ organisation_id }: { organisation_id: string }, work: () => Promise<T>) =>
  withScope({ organisationId: organisation_id, personId: null }, work);

const lock = (id: string) => db()('view_invitations').where({ id }).forUpdate().first();

/** The invitation that the address names, also an answered one; undefined for any token that is not good (any more). */
async function load(req: Request): Promise<ViewInvitation | undefined> {
  const token = readToken(String(req.params.code));
  const open = token && (await findByToken(tokenHash(token)));
  if (!open) return undefined;
  return asNobodyOf(open, async () => db()('view_invitations').where(open).first());
}

async function skillsOf(res: Response, invitation: ViewInvitation) {
  const words = () => frameworkWords(res.locals.lang as Language);
  const { competences } = await asNobodyOf(invitation, words);
  return invitation.competence_codes.map((code) => competences.get(code)).filter((one) => one !== undefined);
}

async function render(res: Response, invitation: ViewInvitation, values: object, errors: FieldErrors = {}) {
  const { shown_name, message } = invitation;
  const skills = await skillsOf(res, invitation);
  quietly(res).render('evidence/open/answer', {
    shown_name,
    message,
    skills,
    values,
    errors,
    today: dayOf(new Date()),
  });
}

/** The same for a wrong, a used, an old and a withdrawn link: it tells nothing of what was behind it. */
function gone(res: Response): void {
  quietly(res).status(404).render('evidence/open/gone');
}

/** No search engine keeps the page; no other site learns its address, as of any page of ours (security-headers). */
function quietly(res: Response): Response {
  return res.set({ 'X-Robots-Tag': 'noindex, nofollow, noarchive' });
}
