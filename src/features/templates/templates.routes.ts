import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { isItsAuthor } from '../authoring/authoring.policy';
import { findDraft } from '../authoring/drafts.model';
import { authors } from '../organisations/organisations.policy';
import { selectOwnCourses } from '../sharing/sharing.model';
import { selectCards } from './cards.model';
import { SHIPPED } from './shipped';
import { selectCopyChoices } from './sources.model';
import { findStart, outlineOf, STARTS, type Start, type StartKind } from './starts';
import { findTemplate, selectTemplates } from './templates.model';
import { BeginCourseForm, BeginLessonForm, TemplateForm, TongueForm } from './templates.schema';
import { begin, dropTemplate, keepTemplate } from './templates.service';

/** Where a lesson or a course begins from something that is there. */
export const templates = new Routes('/write');

templates.get('/start', authors, async (req, res) => {
  const { organisation_id, language } = req.actor;
  const [own, cards, copies] = await together(
    selectTemplates(organisation_id),
    selectCards(req.actor),
    selectCopyChoices(organisation_id, language),
  );
  res.render('templates/index', { shipped: SHIPPED, own, cards: cards.rows, copies: copies.rows });
});

templates.get('/start/:from/:id', authors, async (req, res) => {
  const start = await load(req);
  const { course, language } = req.query;
  await render(req, res, start, {
    id: randomUUID(),
    title: firstTitle(start),
    course_title: start.isCourse ? start.title : '',
    course,
    language,
  });
});

templates.post('/start/:from/:id', authors, async (req, res) => {
  const start = await load(req);
  const form = start.isCourse ? readForm(BeginCourseForm, req.body) : readForm(BeginLessonForm, req.body);
  if (!form.ok) return render(req, res.status(422), start, form.values, form.errors);
  const { id, title, course_title, course } = { title: '', course: 'new', ...form.value };
  const course_id = course === 'new' ? undefined : course;
  const { rows } = await selectOwnCourses(req.actor.organisation_id, req.actor.language);
  if (course_id) found(rows.find((one) => one.id === course_id));
  const draft = await begin(req.actor, start, { id, title, course_id, course_title });
  res.redirect(303, start.isCourse ? '/write' : `/write/drafts/${draft.id}${draft.kind === 'text' ? '/page' : ''}`);
});

templates.get('/drafts/:id/template', authors, async (req, res) => {
  const draft = await loadDraft(req);
  const title = draft.content.title[draft.content.original] ?? '';
  res.render('templates/keep', { draft, values: { id: randomUUID(), title }, errors: {} });
});

templates.post('/drafts/:id/template', authors, async (req, res) => {
  const draft = await loadDraft(req);
  const form = readForm(TemplateForm, req.body);
  if (!form.ok) return res.status(422).render('templates/keep', { draft, values: form.values, errors: form.errors });
  await keepTemplate(req.actor, draft, form.value);
  res.redirect(303, '/write/start#own');
});

templates.post('/templates/:template/remove', authors, async (req, res) => {
  const template = found(await findTemplate(req.actor.organisation_id, String(req.params.template)));
  await dropTemplate(req.actor, template.id);
  res.redirect(303, '/write/start#own');
});

async function loadDraft(req: Request) {
  const draft = found(await findDraft(req.actor.organisation_id, String(req.params.id)));
  authorize(isItsAuthor(req.actor, draft) && draft.kind !== 'h5p');
  return draft;
}

async function load(req: Request): Promise<Start> {
  const from = found(STARTS.find((one) => one === req.params.from)) as StartKind;
  const { language, easy } = TongueForm.parse({ ...req.query, ...req.body });
  return found(await findStart(req.actor, from, String(req.params.id), language, easy === 'yes'));
}

const firstTitle = ({ lessons }: Start) => {
  const content = lessons[0]?.content;
  return content?.title[content.original] ?? '';
};

async function render(req: Request, res: Response, start: Start, values: object, errors: FieldErrors = {}) {
  const { rows } = start.isCourse
    ? { rows: [] }
    : await selectOwnCourses(req.actor.organisation_id, req.actor.language);
  const outline = outlineOf(start, req.actor.language);
  res.render('templates/start', { start, outline, courses: rows, values, errors });
}
