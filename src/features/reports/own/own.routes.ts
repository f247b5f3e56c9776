import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { readForm } from '../../../lib/forms';
import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { screenOf } from '../documents/document-screen';
import { addReport, answerReport, endingOf, readerOf } from '../figures/answer-report';
import { ENDINGS } from '../files/report-formats';
import { reportReaders } from '../reports.policy';
import { parsedQuery, SaveForm } from './own.schema';
import { EXAMPLES, ownChoices } from './own-choices';
import { type Definition, faultOf, queryOf, readDefinition, SOURCE_NAMES, storedDefinition } from './own-definition';
import { ownOf, reportOf } from './own-report-of';
import { type ReadReport, selectColleagues, selectOwnReports, selectReaders } from './own-reports.model';
import { readOwnNames, readOwnReport } from './own-reports.queries';
import { changeReport, saveReport } from './own-reports.service';

/** Reports that people put together themselves, from closed lists and without a query language. */
export const own = new Routes('/reports/own');

own.get('/', reportReaders, async (req, res) => {
  const { organisation_id, id } = req.actor;
  const reports = await selectOwnReports(organisation_id, id);
  res.render('reports/own/list', {
    mine: reports.filter(({ owner_id }) => owner_id === id),
    shared: reports.filter(({ owner_id }) => owner_id !== id),
    examples: EXAMPLES,
    saved: String(req.query.saved ?? ''),
    removed: String(req.query.removed ?? ''),
  });
});

addReport(own, '/new', reportReaders, (req, res) => answerBuilder(req, res, undefined));

own.post('/', reportReaders, async (req, res) => {
  const form = readForm(SaveForm, req.body);
  const definition = readDefinition(parsedQuery(String(req.body?.query ?? '')));
  if (!form.ok || !definition || faultOf(definition))
    return answerBuilder(req, res.status(422), undefined, { definition, ...refused(form) });
  const { name, form_key } = form.value;
  const id = await saveReport(req.actor, { name, definition, ...(form_key && { form_key }) });
  res.redirect(303, `/reports/own/${id}?saved=made`);
});

addReport(own, '/:report', reportReaders, async (req, res) => {
  const report = await reportOf(req);
  if (report.deleted_at) return res.redirect(303, `/reports/own?removed=${report.id}`);
  const reader = readerOf(res);
  const names = await readOwnNames(req.actor);
  const definition = found(storedDefinition(report.definition));
  const document = found(await readOwnReport(req.actor, definition, { reader, name: report.name, names }));
  if (endingOf(req)) return answerReport(req, res, document);
  const isMine = report.owner_id === req.actor.id;
  await answerReport(req, res, document, {
    view: 'reports/own/show',
    values: {
      ...(await panelOf(req, report)),
      isMine,
      saved: String(req.query.saved ?? ''),
      query: queryOf(definition),
    },
  });
});

own.get('/:report/edit', reportReaders, async (req, res) => answerBuilder(req, res, await ownOf(req)));

own.post('/:report', reportReaders, async (req, res) => {
  const report = await ownOf(req);
  const form = readForm(SaveForm, req.body);
  const definition = readDefinition(parsedQuery(String(req.body?.query ?? '')));
  if (!form.ok || !definition || faultOf(definition))
    return answerBuilder(req, res.status(422), report, { definition, ...refused(form) });
  await changeReport(req.actor, report, { name: form.value.name, definition });
  res.redirect(303, `/reports/own/${report.id}?saved=changed`);
});

/** What stands beside a report: who reads it and when it is mailed. */
async function panelOf(req: Request, report: ReadReport) {
  if (report.owner_id !== req.actor.id) return { report_row: report, readers: [], colleagues: [], endings: ENDINGS };
  const { organisation_id, id } = req.actor;
  const [readers, colleagues] = await Promise.all([
    selectReaders(organisation_id, report.id),
    selectColleagues(organisation_id, id),
  ]);
  const has = new Set(readers.map(({ person_id }) => person_id));
  return {
    report_row: report,
    readers,
    colleagues: colleagues.filter(({ person_id }) => !has.has(person_id)),
    endings: ENDINGS,
  };
}

const refused = (form: ReturnType<typeof readForm<typeof SaveForm>>) =>
  form.ok ? { errors: {}, name: form.value.name } : { errors: form.errors, name: String(form.values.name ?? '') };

interface Typed {
  definition?: Definition | undefined;
  errors?: Record<string, string>;
  name?: string;
}

/** The page where a report is put together, with its preview; or the preview as a file. */
async function answerBuilder(req: Request, res: Response, report: ReadReport | undefined, typed: Typed = {}) {
  const isAsked = Object.hasOwn(req.query, 'source');
  const stored = report && !isAsked ? storedDefinition(report.definition) : undefined;
  const definition = typed.definition ?? stored ?? readDefinition(req.query);
  const names = await readOwnNames(req.actor);
  const reader = readerOf(res);
  const fault = definition && faultOf(definition);
  const name = typed.name ?? report?.name ?? '';
  const document = definition && (await readOwnReport(req.actor, definition, { reader, name: '', names }));
  if (endingOf(req)) return answerReport(req, res, found(document));
  res.render('reports/own/edit', {
    sources: SOURCE_NAMES,
    examples: EXAMPLES,
    definition,
    fault,
    choices: definition && ownChoices(definition, names, reader.t),
    report: document && (await screenOf(document, reader)),
    query: definition ? queryOf(definition) : '',
    name,
    errors: { ...(fault && { group2: fault }), ...typed.errors },
    form_key: randomUUID(),
    saving: report ? `/reports/own/${report.id}` : '/reports/own',
    place: report ? `/reports/own/${report.id}/edit` : '/reports/own/new',
    isNew: !report,
  });
}
