import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { setPerson } from '../people/people.model';
import { ALWAYS, GROUPS, WAYS } from './groups';
import { readMailToken, stopMails } from './mailing.service';
import { findMailReader, findNotification, selectNotifications, setRead } from './notifications.model';
import { sentenceOf } from './notifications.service';
import { findSettings, saveSettings } from './settings.model';
import { RHYTHMS, SettingsForm, UNFINISHED_DAYS } from './settings.schema';

export const notifications = new Routes('/notifications');

const SHOWN = 100;

notifications.get('/', signedIn, async (req, res) => {
  const { organisation_id, id, language } = req.actor;
  const rows = await selectNotifications(organisation_id, id, SHOWN);
  const told = rows.map((row) => ({ ...row, sentence: sentenceOf(row, language), day: dayOf(row.created_at) }));
  res.render('notifications/list', {
    days: [...Map.groupBy(told, ({ day }) => day)].map(([day, list]) => ({ day, told: list })),
    today: dayOf(new Date()),
    unread: told.filter(({ read_at }) => !read_at).length,
  });
});

notifications.post('/read', signedIn, async (req, res) => {
  await setRead(req.actor.organisation_id, req.actor.id);
  res.redirect(303, '/notifications');
});

notifications.get('/settings', signedIn, async (req, res) => {
  const { ways, quiet_from, quiet_to, ...rest } = await findSettings(req.actor.organisation_id, req.actor.id);
  const chosen = Object.fromEntries(GROUPS.map((group) => [group, ways[group] ?? 'mail']));
  await renderSettings(req, res, { ...rest, ...chosen, quiet_from: clock(quiet_from), quiet_to: clock(quiet_to) });
});

notifications.post('/settings', signedIn, async (req, res) => {
  const { organisation_id, id } = req.actor;
  const form = readForm(SettingsForm, req.body);
  if (!form.ok) return renderSettings(req, res.status(422), form.values, form.errors);
  const { rhythm, hour, weekday, quiet_from, quiet_to, quiet_days, unfinished_days, ...ways } = form.value;
  const times = { rhythm, hour, weekday, quiet_from, quiet_to, quiet_days };
  await saveSettings(organisation_id, id, { ...times, ways, unfinished_days, mail_failed_at: null });
  // Whoever chooses mail for something wants mail again, whatever a link in an old mail ended.
  if (req.body?.mail === 'yes') await setPerson(id, { gets_mail: true });
  res.redirect(303, '/notifications/settings?saved=yes');
});

notifications.get('/mail/:token', anyone, (req, res) => {
  const token = String(req.params.token);
  found(readMailToken(token));
  res.render('notifications/stop-mail', { token, isDone: false });
});

/** Without a session: a mail program sends this by itself when its own button is pressed (RFC 8058). */
notifications.post('/mail/:token', anyone, async (req, res) => {
  const token = String(req.params.token);
  await stopMails(found(readMailToken(token)));
  res.render('notifications/stop-mail', { token, isDone: true });
});

notifications.post('/:notification/open', signedIn, async (req, res) => {
  const { organisation_id, id } = req.actor;
  const told = found(await findNotification(organisation_id, id, String(req.params.notification)));
  await setRead(organisation_id, id, told.id);
  res.redirect(303, told.href);
});

const clock = (minutes: number | null) =>
  minutes === null
    ? ''
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

async function renderSettings(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const { organisation_id, id } = req.actor;
  res.render('notifications/settings', {
    values,
    errors,
    groups: GROUPS.map((group) => ({ group, ways: WAYS.filter((way) => way !== 'none' || !ALWAYS.includes(group)) })),
    rhythms: RHYTHMS,
    clocks: Array.from({ length: 48 }, (_, half) => clock(half * 30)),
    unfinishedDays: UNFINISHED_DAYS,
    reader: await findMailReader(organisation_id, id),
    failedAt: (await findSettings(organisation_id, id)).mail_failed_at,
    saved: req.query.saved === 'yes',
  });
}
