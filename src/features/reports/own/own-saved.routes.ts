import { readForm } from '../../../lib/forms';
import { found } from '../../../lib/guards';
import { anyone, Routes } from '../../../lib/routes';
import { reportReaders } from '../reports.policy';
import { ReaderForm, ScheduleForm } from './own.schema';
import { readMailToken, stopMail } from './own-mail.service';
import { ownOf, reportOf } from './own-report-of';
import { removeReport, revokeReader, saveReport, scheduleReport, setMail, shareReport } from './own-reports.service';

/** What is done with a saved report: copied, removed and taken back, shared, mailed. */
export const ownSaved = new Routes('/reports/own');

ownSaved.post('/:report/copy', reportReaders, async (req, res) => {
  const report = await reportOf(req);
  const name = res.locals.t('own.copy.name', { name: report.name }).slice(0, 120);
  const id = await saveReport(req.actor, { name, definition: report.definition });
  res.redirect(303, `/reports/own/${id}?saved=copied`);
});

ownSaved.post('/:report/removal', reportReaders, async (req, res) => {
  const report = await ownOf(req);
  await removeReport(req.actor, report, true);
  res.redirect(303, `/reports/own?removed=${report.id}`);
});

ownSaved.post('/:report/restoring', reportReaders, async (req, res) => {
  const report = await ownOf(req);
  await removeReport(req.actor, report, false);
  res.redirect(303, `/reports/own/${report.id}?saved=restored`);
});

ownSaved.post('/:report/readers', reportReaders, async (req, res) => {
  const report = await ownOf(req);
  const form = readForm(ReaderForm, req.body);
  const isShared = form.ok && (await shareReport(req.actor, report, form.value.person));
  res.redirect(303, `/reports/own/${report.id}?saved=${isShared ? 'shared' : 'notShared'}#readers`);
});

ownSaved.post('/:report/readers/:person/removal', reportReaders, async (req, res) => {
  const report = await ownOf(req);
  const form = readForm(ReaderForm, { person: req.params.person });
  await revokeReader(req.actor, report, found(form.ok ? form.value.person : undefined));
  res.redirect(303, `/reports/own/${report.id}?saved=revoked#readers`);
});

ownSaved.post('/:report/schedule', reportReaders, async (req, res) => {
  const report = await ownOf(req);
  const form = readForm(ScheduleForm, req.body);
  if (!form.ok) return res.redirect(303, `/reports/own/${report.id}?saved=notScheduled#schedule`);
  const { every, format } = form.value;
  await scheduleReport(req.actor, report, { every: every === 'never' ? null : every, format });
  res.redirect(303, `/reports/own/${report.id}?saved=scheduled#schedule`);
});

ownSaved.post('/:report/mail', reportReaders, async (req, res) => {
  const report = await reportOf(req);
  await setMail(req.actor, report.id, req.body?.mail === 'yes');
  res.redirect(303, `/reports/own/${report.id}?saved=mail#schedule`);
});

// The link of a mail: whoever has it can end these mails and nothing else. Opening it changes nothing: mail programs open links.
ownSaved.get('/mail/:token', anyone, (req, res) => {
  found(readMailToken(String(req.params.token)));
  res.render('reports/own/stop-mail', { token: String(req.params.token), stopped: false });
});

ownSaved.post('/mail/:token', anyone, async (req, res) => {
  await stopMail(found(readMailToken(String(req.params.token))));
  res.render('reports/own/stop-mail', { token: String(req.params.token), stopped: true });
});
