import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { anyone, Routes } from '../../lib/routes';
import { authors, signedIn } from '../organisations/organisations.policy';
import { selectMySpaces } from '../spaces/spaces.model';
import { approve, askApproval, sign, withdrawSignature } from './approvals.service';
import { addComment, answerComment } from './comments.service';
import { lessonFromPublication } from './lesson.service';
import { COMMENTING } from './publications.model';
import { cached, renderPublication } from './publications.page';
import { canBegin, canComment, canPublish, canSignFor } from './publications.policy';
import { selectListed } from './publications.queries';
import {
  AnswerForm,
  BeginForm,
  CommentForm,
  ResponseForm,
  SettingsForm,
  SignForm,
  WithdrawForm,
} from './publications.schema';
import { addResponse, createPublication, moveTo, publish, saveSettings } from './publications.service';
import { openPublication } from './reading';
import { PUBLICATION_KINDS, TONGUES } from './texts';

/** What is written together and published: handbooks, statements, articles, letters. Public ones for anybody. */
export const publications = new Routes('/publications');

publications.get('/', anyone, async (req, res) => {
  const kind = PUBLICATION_KINDS.find((one) => one === req.query.kind);
  const rows = await selectListed(req.visitor, String(res.locals.lang).slice(0, 2));
  const listed = kind ? rows.filter((row) => row.kind === kind) : rows;
  cached(req, res).render('publications/list', {
    rows: listed,
    kind,
    kinds: [...new Set(rows.map((row) => row.kind))],
  });
});

publications.get('/new', signedIn, (req, res) =>
  renderBegin(req, res, {
    id: randomUUID(),
    kind: String(req.query.kind ?? 'story'),
    language: 'fi',
    visibility: 'organisation',
  }),
);

publications.post('/', signedIn, async (req, res) => {
  const form = readForm(BeginForm, req.body);
  if (!form.ok) return renderBegin(req, res.status(422), form.values, form.errors);
  authorize(canBegin(req.actor, form.value.kind));
  const { visibility: shown_to, ...rest } = form.value;
  found(await ownSpace(req, rest.space_id));
  const id = await createPublication(req.actor, { ...rest, shown_to, comments: 'none' });
  res.redirect(303, `/publications/${id}/edit`);
});

publications.get('/:id', anyone, async (req, res) => renderPublication(req, res, await openPublication(req, res)));

publications.get('/:id/settings', signedIn, async (req, res) => {
  const { publication } = await openToPublish(req, res);
  renderSettings(req, res, publication, { ...publication, visibility: publication.shown_to });
});

publications.post('/:id/settings', signedIn, async (req, res) => {
  const { publication } = await openToPublish(req, res);
  const form = readForm(SettingsForm, req.body);
  if (!form.ok) return renderSettings(req, res.status(422), publication, form.values, form.errors);
  const { visibility: shown_to, is_opening, ...rest } = form.value;
  found(await ownSpace(req, rest.space_id));
  await saveSettings(req.actor, publication, { ...rest, shown_to, is_opening: is_opening === 'yes' });
  res.redirect(303, `/publications/${publication.id}?saved=settings`);
});

publications.post('/:id/stage', signedIn, async (req, res) => {
  const opened = await openToPublish(req, res);
  const { publication } = opened;
  const to = String(req.body?.to);
  const missing = await moveStage(req, publication, to);
  if (missing) return renderPublication(req, res.status(422), opened, { form: missing });
  res.redirect(303, `/publications/${publication.id}?saved=${to === 'publish' ? 'published' : 'moved'}`);
});

async function moveStage(req: Request, publication: Parameters<typeof publish>[1], to: string) {
  if (to === 'publish') return publish(req.actor, publication);
  if (to === 'approval') return askApproval(req.actor, publication);
  if (to !== 'comments' && to !== 'draft' && to !== 'withdrawn') return 'errors.invalid';
  await moveTo(req.actor, publication, to);
  return undefined;
}

publications.post('/:id/approval', signedIn, async (req, res) => {
  const opened = await openPublication(req, res);
  const isDone = await approve(req.actor, opened.publication, Number(req.body?.number));
  if (!isDone) return renderPublication(req, res.status(422), opened, { form: 'publications.fault.otherVersion' });
  res.redirect(303, `/publications/${opened.publication.id}?saved=approved#approval`);
});

publications.post('/:id/signatures', signedIn, async (req, res) => {
  const { publication } = await openPublication(req, res);
  authorize(canSignFor(req.actor) && publication.kind === 'statement');
  const form = readForm(SignForm, req.body);
  await sign(req.actor, publication, form.ok ? form.value.title : '');
  res.redirect(303, `/publications/${publication.id}?saved=signed#signatures`);
});

publications.post('/:id/signatures/removal', signedIn, async (req, res) => {
  const { publication } = await openPublication(req, res);
  authorize(canSignFor(req.actor));
  const form = readForm(WithdrawForm, req.body);
  await withdrawSignature(req.actor, publication, form.ok ? form.value.reason : '');
  res.redirect(303, `/publications/${publication.id}?saved=unsigned#signatures`);
});

publications.post('/:id/responses', signedIn, async (req, res) => {
  const opened = await openToPublish(req, res);
  const form = readForm(ResponseForm, req.body);
  if (!form.ok) return renderPublication(req, res.status(422), opened, form.errors, form.values);
  await addResponse(req.actor, opened.publication, form.value);
  res.redirect(303, `/publications/${opened.publication.id}?saved=response#responses`);
});

publications.get('/:id/comment', anyone, async (req, res) => {
  const opened = await openToComment(req, res);
  renderComment(res, opened, { id: randomUUID(), part_id: String(req.query.part ?? ''), quote: '' });
});

const perAddress = limit('publications.comment', 8, 600);
const perPublication = limit('publications.comments', 120, 3600);

publications.post('/:id/comment', anyone, async (req, res) => {
  const opened = await openToComment(req, res);
  const { publication } = opened;
  const done = `/publications/${publication.id}?commented=${req.visitor ? 'shown' : 'waits'}#comments`;
  // Filled in by machines only: they are thanked, and nothing is kept.
  if (!req.visitor && req.body?.website) return res.redirect(303, done);
  const form = readForm(CommentForm, req.body);
  if (!form.ok) return renderComment(res.status(422), opened, form.values, form.errors);
  await perAddress.count(req.ip ?? '');
  if (!req.visitor) await perPublication.count(publication.id);
  const shown_name = req.visitor?.name ?? form.value.shown_name;
  const isKept = await addComment(req.visitor, publication, { ...form.value, shown_name });
  if (!isKept) return renderComment(res.status(422), opened, form.value, { form: 'publications.fault.flood' });
  res.redirect(303, done);
});

publications.post('/:id/comments/:comment', signedIn, async (req, res) => {
  const opened = await openToPublish(req, res);
  const form = readForm(AnswerForm, req.body);
  if (!form.ok) return renderPublication(req, res.status(422), opened, form.errors);
  found((await answerComment(req.actor, opened.publication, String(req.params.comment), form.value)) || undefined);
  res.redirect(303, `/publications/${opened.publication.id}?saved=answered#comments`);
});

publications.post('/:id/lesson', authors, async (req, res) => {
  const opened = await openPublication(req, res);
  const draft = await lessonFromPublication(req.actor, opened);
  res.redirect(303, `/write/drafts/${draft}`);
});

async function openToPublish(req: Request, res: Response) {
  const opened = await openPublication(req, res);
  authorize(canPublish(req.visitor, opened.publication));
  return opened;
}

async function openToComment(req: Request, res: Response) {
  const opened = await openPublication(req, res);
  authorize(canComment(req.visitor, opened.publication));
  return opened;
}

/** A space that the actor may name, or none. */
async function ownSpace(req: Request, id: string | null) {
  if (!id) return true;
  return (await selectMySpaces(req.actor)).some((space) => space.id === id) || undefined;
}

async function renderBegin(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  const kinds = PUBLICATION_KINDS.filter((kind) => canBegin(req.actor, kind));
  res.render('publications/begin', {
    values,
    errors,
    kinds,
    tongues: TONGUES,
    spaces: await selectMySpaces(req.actor),
  });
}

async function renderSettings(
  req: Request,
  res: Response,
  publication: object,
  values: object,
  errors: FieldErrors = {},
) {
  const spaces = await selectMySpaces(req.actor);
  res.render('publications/settings', { publication, values, errors, spaces, commenting: COMMENTING });
}

function renderComment(
  res: Response,
  opened: Awaited<ReturnType<typeof openPublication>>,
  values: object,
  errors: FieldErrors = {},
) {
  const { publication, version, language } = opened;
  const words = version.texts.words[language];
  const parts = version.texts.parts.map(({ id }) => ({
    id,
    heading: words?.parts[id]?.heading || words?.parts[id]?.body.slice(0, 60) || '',
  }));
  res.render('publications/comment', {
    publication,
    title: words?.title,
    parts: parts.filter(({ heading }) => heading),
    values,
    errors,
  });
}
