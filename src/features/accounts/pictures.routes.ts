import type { Request, Response } from 'express';
import { limit } from '../../lib/limits';
import { localAddress } from '../../lib/local-address';
import { passwordFits } from '../../lib/passwords';
import { anyone, Routes } from '../../lib/routes';
import { letIn } from './enter';
import { CODE_LENGTH, isWhole, PICTURES, type Picture, pictureSecret, readPictures } from './pictures';
import { namesOn, sharedDeviceOf } from './shared-devices.service';
import { findWayNamed } from './ways.model';

/** Sign-in by four pictures in order. Each press is a form of its own, so it needs no script and loses no place. */
export const pictureSignIn = new Routes('/sign-in/pictures');

const byNameHere = limit('pictures-name-here', 10, 15 * 60);
/** 160,000 codes: at twenty tries a day for a name, from all places together, guessing takes eleven years on average. */
const byNameAnywhere = limit('pictures-name', 20, 24 * 3600);
/** On a shared device a person is at hand; elsewhere tries do not lock them out there. */
const byNameOnDevice = limit('pictures-device', 30, 24 * 3600);
const byAddress = limit('pictures-address', 200, 15 * 60);

interface Typed {
  username: string;
  /** The name chosen from the list of a shared device, by the id of its way. */
  person: string;
  next: string;
}

const textOf = (value: unknown, length: number) => (typeof value === 'string' ? value.trim().slice(0, length) : '');

function readTyped(req: Request): Typed {
  const { username, person, next } = { ...req.query, ...req.body } as Record<string, unknown>;
  return { username: textOf(username, 200), person: textOf(person, 36), next: textOf(next, 2000) };
}

pictureSignIn.get('/', anyone, (req, res) => {
  const typed = readTyped(req);
  // Whoever is in already and shows again who they are need not write their name.
  const username = req.visitor?.username ?? typed.username;
  res.render('accounts/pictures-name', { typed: { ...typed, username, person: '' }, errors: {} });
});

pictureSignIn.post('/', anyone, async (req, res) => {
  const typed = readTyped(req);
  const name = await nameOf(req, typed);
  if (!name) return renderName(res, typed);
  const chosen = req.body?.again === undefined ? readPictures(req.body?.chosen, req.body?.picture) : [];
  if (!isWhole(chosen)) return renderGrid(res, typed, name.shown, chosen);

  await count(req, name);
  if (await opens(req, name.username, chosen)) {
    return res.redirect(303, localAddress(typed.next || undefined));
  }
  renderGrid(res.status(422), typed, name.shown, [], { form: 'ways.pictures.wrong' });
});

interface Name {
  username: string;
  shown: string;
  /** The shared device that the name was chosen on. */
  device?: string;
}

/** Whose pictures are asked: the name typed, or the one chosen on this shared device. Whether anybody has it is not told. */
async function nameOf(req: Request, { username, person }: Typed): Promise<Name | undefined> {
  if (!person) return username ? { username: username.toLowerCase(), shown: username } : undefined;
  const device = await sharedDeviceOf(req);
  const chosen = device && (await namesOn(device)).find(({ way_id }) => way_id === person);
  return device && chosen && { username: chosen.username, shown: chosen.shown, device: device.id };
}

async function count(req: Request, { username, device }: Name): Promise<void> {
  const address = req.ip ?? 'unknown';
  if (device) return byNameOnDevice.count(`${device} ${username}`);
  await byAddress.count(address);
  await byNameHere.count(`${address} ${username}`);
  await byNameAnywhere.count(username);
}

async function opens(req: Request, username: string, chosen: readonly Picture[]): Promise<boolean> {
  const known = await findWayNamed(username, 'picture');
  const fits = await passwordFits(known?.secret, pictureSecret(chosen));
  return known !== undefined && fits && (await letIn(req, known.person_id, { by: 'picture', way: known.way_id }));
}

function renderName(res: Response, typed: Typed): void {
  res.status(422).render('accounts/pictures-name', { typed, errors: { username: 'accounts.username.missing' } });
}

function renderGrid(res: Response, typed: Typed, shown: string, chosen: readonly Picture[], errors: object = {}): void {
  res.render('accounts/pictures', { typed, shown, chosen, pictures: PICTURES, needed: CODE_LENGTH, errors });
}
