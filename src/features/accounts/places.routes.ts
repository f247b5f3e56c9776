import type { Request, Response } from 'express';
import { config } from '../../config';
import { addCalendarDays, dayOf } from '../../lib/calendar';
import { rememberDevice } from '../../lib/device';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { administrators, isAdministrator } from '../organisations/organisations.policy';
import { selectTeams } from '../organisations/teams.model';
import { dropCookie, keepCookie } from './cookies';
import { selectHelpedOf } from './helping.model';
import { mayHelpIn, signInHelpers } from './helping.policy';
import { findRules } from './rules.model';
import { changeRules } from './rules.service';
import { selectDevices } from './shared-devices.model';
import { DEVICE_COOKIE, distrustDevice, sharedDeviceOf, showNames, trustDevice } from './shared-devices.service';
import { surely } from './sure.policy';
import { DeviceForm } from './ways.schema';

/** Shared devices, such as a library's tablet, and the organisation's rule of a second factor. */
export const signInPlaces = new Routes('/sign-in-help');
const BACK = '/sign-in-help/devices';
const LONGEST_DAYS = 365;

signInPlaces.get('/devices', signInHelpers, (req, res) => renderPlaces(req, res, { days: '90' }));

signInPlaces.post(
  '/devices',
  signInHelpers,
  surely(BACK, async (req, res) => {
    const form = readForm(DeviceForm, req.body);
    if (!form.ok) return renderPlaces(req, res.status(422), form.values, form.errors);
    const team = (await teamsOf(req.actor)).find(({ id }) => id === form.value.team);
    if (!team) return renderPlaces(req, res.status(422), form.value, { team: 'ways.device.teamMissing' });

    const until = addCalendarDays(dayOf(new Date()), Math.min(form.value.days, LONGEST_DAYS));
    const { name, names } = form.value;
    const token = await trustDevice(req.actor, { name, team_id: team.id, until, shows_names: names === 'yes' });
    keepCookie(req, res, DEVICE_COOKIE, token, LONGEST_DAYS * 24 * 3600);
    rememberDevice(req, res, { isShared: true, keeps: false });
    res.redirect(303, `${BACK}?saved=trusted`);
  }),
);

signInPlaces.post('/devices/:device/removal', signInHelpers, async (req, res) => {
  const [here, devices] = await Promise.all([sharedDeviceOf(req), devicesOf(req.actor)]);
  const device = found(devices.find(({ id }) => id === String(req.params.device)));
  found((await distrustDevice(req.actor, device.id)) || undefined);
  if (here?.id === device.id) {
    dropCookie(req, res, DEVICE_COOKIE);
    rememberDevice(req, res, { isShared: false });
  }
  res.redirect(303, `${BACK}?saved=distrusted`);
});

signInPlaces.post('/devices/:device/names', signInHelpers, async (req, res) => {
  const device = found((await devicesOf(req.actor)).find(({ id }) => id === String(req.params.device)));
  await showNames(req.actor, device.id, req.body?.shows === 'yes');
  res.redirect(303, `${BACK}?saved=names`);
});

signInPlaces.post(
  '/rules',
  administrators,
  surely(BACK, async (req, res) => {
    const { second, nameless } = req.body ?? {};
    await changeRules(req.actor, { second_factor: second === 'yes', names_on_devices: nameless !== 'yes' });
    res.redirect(303, `${BACK}?saved=rules`);
  }),
);

/** Teams whose people's names the actor may put on a device: an administrator's all, a supervisor's own. */
async function teamsOf(actor: Actor) {
  const teams = await selectTeams(actor.organisation_id);
  return isAdministrator(actor) ? teams : teams.filter(({ id }) => actor.supervised_teams.includes(id));
}

async function devicesOf(actor: Actor) {
  const devices = await selectDevices(actor.organisation_id);
  return isAdministrator(actor) ? devices : devices.filter(({ team_id }) => actor.supervised_teams.includes(team_id));
}

async function renderPlaces(req: Request, res: Response, typed: object, errors: FieldErrors = {}): Promise<void> {
  const [devices, teams, rules, here, people] = await Promise.all([
    devicesOf(req.actor),
    teamsOf(req.actor),
    findRules(req.actor.organisation_id),
    sharedDeviceOf(req),
    selectHelpedOf(req.actor.organisation_id, req.actor.supervised_teams),
  ]);
  res.render('accounts/devices', {
    devices,
    teams,
    rules: isAdministrator(req.actor) ? { ...rules, always: config.SECOND_FACTOR === 'on' } : undefined,
    here: here?.id,
    people: people.filter((person) => mayHelpIn(req.actor, person)),
    values: { names: rules.names_on_devices ? 'yes' : undefined, ...typed },
    saved: req.query.saved,
    errors,
  });
}
