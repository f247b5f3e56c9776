import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { withUploads } from '../../lib/upload';
import { readName } from '../files/names';
import { canInstallLibraries } from '../h5p/h5p.policy';
import { authors } from '../organisations/organisations.policy';
import { LIMITS, Refused } from './archive';
import { SendForm, TakeForm } from './exchange.schema';
import { type CourseImport, findImport, selectImports } from './imports.model';
import { discardCourse, sendCourse, takeCourse } from './imports.service';

/** Courses that come as a file: sent, looked at, and only then taken, as drafts. */
export const courseImports = new Routes('/write/course-files');

courseImports.get('/', authors, (req, res) => renderSend(req, res));

courseImports.post('/', authors, async (req, res) => {
  await withUploads(req, res, { megabytes: LIMITS.megabytes, keepsForm: true }, async ({ file }, tooLarge) => {
    const form = readForm(SendForm, req.body);
    if (tooLarge) return renderSend(req, res.status(422), { file: 'exchange.fault.large' });
    if (!form.ok || !file) return renderSend(req, res.status(422), { file: 'exchange.fault.missing' });
    const { name, ending } = readName(file.originalname);
    const sent = { id: form.value.id, path: file.path, size: file.size, fileName: `${name}.${ending}`.slice(0, 200) };
    const refused = await refusalOf(sendCourse(req.actor, sent));
    if (refused) return renderSend(req, res.status(422), { file: 'exchange.fault.refused' }, refused);
    res.redirect(303, `/write/course-files/${sent.id}`);
  });
});

courseImports.get('/:import', authors, async (req, res) => {
  const row = await importOf(req);
  res.render('exchange/import', { row, mayInstall: canInstallLibraries(req.actor) });
});

courseImports.post('/:import/take', authors, async (req, res) => {
  const row = await importOf(req);
  const form = readForm(TakeForm, req.body);
  await takeCourse(req.actor, row, form.ok && form.value.how === 'apart');
  res.redirect(303, `/write/course-files/${row.id}`);
});

courseImports.post('/:import/discard', authors, async (req, res) => {
  await discardCourse(req.actor, await importOf(req));
  res.redirect(303, '/write/course-files?done=discarded');
});

async function importOf(req: Request): Promise<CourseImport> {
  const id = found(z.uuid().safeParse(req.params.import).data);
  return found(await findImport(req.actor.organisation_id, id));
}

async function refusalOf(work: Promise<void>): Promise<Refused | undefined> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

async function renderSend(req: Request, res: Response, errors: FieldErrors = {}, refused?: Refused) {
  const { rows: imports } = await selectImports(req.actor.organisation_id);
  const reason = refused && { key: refused.key, values: refused.values };
  res.render('exchange/send', {
    id: randomUUID(),
    imports,
    errors,
    reason,
    most: LIMITS.megabytes,
    done: req.query.done,
  });
}
