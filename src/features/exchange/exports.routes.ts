import type { Request } from 'express';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { sendPieces } from '../../lib/send-file';
import { authors } from '../organisations/organisations.policy';
import { LIMITS } from './archive';
import { ExportQuery } from './exchange.schema';
import { findCourseRow } from './export.model';
import { courseFile, packCourse, recordExport, sizeOf } from './export.service';

/** A course of the organisation as one file with its media. */
export const courseExports = new Routes('/write/courses');

courseExports.get('/:course/file', authors, async (req, res) => {
  const row = await courseOf(req);
  const isTooLarge = req.query.fault === 'large';
  res.render('exchange/export', { row, size: await sizeOf(req.actor, row), most: LIMITS.megabytes, isTooLarge });
});

courseExports.get('/:course/file/course.zip', authors, async (req, res) => {
  const row = await courseOf(req);
  const packed = await packCourse(req.actor, row, ExportQuery.parse(req.query));
  if (packed.bytes > LIMITS.megabytes * 1024 * 1024)
    return res.redirect(303, `/write/courses/${row.id}/file?fault=large`);
  await recordExport(req.actor, row, packed);
  await sendPieces(res, { name: row.title, ending: 'oppiva.zip', mime: 'application/zip' }, courseFile(packed));
});

const courseOf = async (req: Request) =>
  found(await findCourseRow(req.actor.organisation_id, String(req.params.course), req.actor.language));
