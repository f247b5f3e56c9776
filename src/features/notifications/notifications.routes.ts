import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { findNotification, selectNotifications, setRead } from './notifications.model';
import { sentenceOf } from './notifications.service';

export const notifications = new Routes('/notifications');

const SHOWN = 100;

notifications.get('/', signedIn, async (req, res) => {
  const { organisation_id, id, language } = req.actor;
  const rows = await selectNotifications(organisation_id, id, SHOWN);
  const told = rows.map((row) => ({ ...row, sentence: sentenceOf(row, language) }));
  res.render('notifications/list', { told, unread: told.filter(({ read_at }) => !read_at).length });
});

notifications.post('/read', signedIn, async (req, res) => {
  await setRead(req.actor.organisation_id, req.actor.id);
  res.redirect(303, '/notifications');
});

notifications.post('/:notification/open', signedIn, async (req, res) => {
  const { organisation_id, id } = req.actor;
  const told = found(await findNotification(organisation_id, id, String(req.params.notification)));
  await setRead(organisation_id, id, told.id);
  res.redirect(303, told.href);
});
