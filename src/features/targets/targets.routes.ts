import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { administrators } from '../organisations/organisations.policy';
import { frameworkWords } from '../skills/skills.model';
import { findMemberByUsername } from './giving.model';
import { findProfile, newestVersion } from './profiles.model';
import { changesOf, pageOfSkills, profilesOf, type ShownProfile } from './profiles.page';
import { countUse, MOST_HOLDERS, selectHolders, selectReceiverChoices, selectVersions } from './profiles.queries';
import { rangesOf, readLevels } from './target-levels';
import { GiveForm, NewProfileForm, ProfileForm, type Receivers } from './targets.schema';
import { archiveProfile, changeProfile, give, makeProfile } from './targets.service';

export const targets = new Routes('/organisation/targets');

targets.get('/', administrators, async (req, res) => {
  const words = await frameworkWords(req.actor.language);
  const [use] = await together(countUse(req.actor.organisation_id));
  res.render('targets/profiles', { ...profilesOf(words, use.rows), saved: req.query.saved });
});

targets.get('/new', administrators, (req, res) => {
  const copy_from = typeof req.query.copy === 'string' ? req.query.copy : '';
  return renderNew(req, res, { key: randomUUID(), copy_from });
});

targets.post('/new', administrators, async (req, res) => {
  const form = readForm(NewProfileForm, req.body);
  if (!form.ok) return renderNew(req, res.status(422), form.values, form.errors);
  const { targets, aims } = await frameworkWords(req.actor.language);
  const { copy_from } = form.value;
  if (copy_from !== '' && !targets.has(copy_from))
    return renderNew(req, res.status(422), form.value, { copy_from: 'targets.copy.unknown' });
  const refusal = await makeProfile(req.actor, form.value, rangesOf(targets.get(copy_from), aims.get(copy_from)));
  if (refusal) return renderNew(req, res.status(422), form.value, refusal.refused);
  res.redirect(303, `/organisation/targets/${form.value.key}/edit?saved=made`);
});

targets.get('/:profile', administrators, async (req, res) => renderProfile(req, res, {}));

targets.get('/:profile/edit', administrators, async (req, res) => renderEdit(req, res));

targets.post('/:profile/edit', administrators, async (req, res) => {
  const own = await loadOwn(req);
  const { shown, others } = await levelsAsked(req, own.id);
  const form = readForm(ProfileForm, req.body);
  const levels = readLevels(req.body, new Set(shown.map(({ code }) => code)), others);
  if (!form.ok || !levels.ok) {
    const errors = { ...(form.ok ? {} : form.errors), ...(levels.ok ? {} : levels.errors) };
    return renderEdit(req, res.status(422), req.body, errors);
  }
  const refusal = await changeProfile(req.actor, own, form.value, levels.levels);
  if (refusal) return renderEdit(req, res.status(422), req.body, refusal.refused);
  res.redirect(303, `/organisation/targets/${own.id}?saved=changed`);
});

targets.post('/:profile/give', administrators, async (req, res) => {
  const profile = await load(req);
  const form = readForm(GiveForm, req.body);
  if (!form.ok) return renderProfile(req, res.status(422), form.values, form.errors);
  const refused = (errors: FieldErrors) => renderProfile(req, res.status(422), req.body, errors);
  if (profile.ranges.size === 0) return refused({ who: 'targets.give.empty' });
  if (profile.isArchived) return refused({ who: 'targets.give.archived' });
  const to = await receivers(req, form.value);
  if (!to) return refused({ [form.value.who ? 'who' : 'username']: 'targets.give.unknown' });
  const people = await give(req.actor, profile, to);
  res.redirect(303, `/organisation/targets/${profile.code}?saved=given&people=${people}`);
});

targets.post('/:profile/archive', administrators, async (req, res) => {
  const own = await loadOwn(req);
  await archiveProfile(req.actor, own, true);
  res.redirect(303, `/organisation/targets/${own.id}?saved=archived`);
});

targets.post('/:profile/restore', administrators, async (req, res) => {
  const own = await loadOwn(req);
  const refusal = await archiveProfile(req.actor, own, false);
  if (refusal) return renderProfile(req, res.status(422), {}, { form: 'targets.name.taken' });
  res.redirect(303, `/organisation/targets/${own.id}?saved=restored`);
});

/** A ready profile or one of the organisation's own; anybody else's is not known here. */
async function load(req: Request): Promise<ShownProfile> {
  const words = await frameworkWords(req.actor.language);
  const { own, ready, archived } = profilesOf(words, []);
  return found([...own, ...ready, ...archived].find(({ code }) => code === req.params.profile));
}

const loadOwn = async (req: Request) => found(await findProfile(req.actor.organisation_id, String(req.params.profile)));

/** The team or the person only when they are of this organisation; a role or relation as it is. */
async function receivers(req: Request, { who, username }: { who?: Receivers | undefined; username: string }) {
  const { organisation_id } = req.actor;
  if (!who) {
    const person_id = await findMemberByUsername(organisation_id, username);
    return person_id === undefined ? undefined : { person_id };
  }
  if (!('team_id' in who)) return who;
  const { teams } = await selectReceiverChoices(organisation_id);
  return teams.some(({ id }) => id === who.team_id) ? who : undefined;
}

/** The skills that the form shows, and the levels of those that it does not. */
async function levelsAsked(req: Request, code: string) {
  const words = await frameworkWords(req.actor.language);
  const area = typeof req.query.area === 'string' ? req.query.area : undefined;
  const page = pageOfSkills(words, area);
  const codes = new Set(page.shown.map(({ code }) => code));
  const ranges = rangesOf(words.targets.get(code), words.aims.get(code));
  const others = new Map([...ranges].filter(([code]) => !codes.has(code)));
  return { ...page, words, ranges, others };
}

async function renderNew(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  const words = await frameworkWords(req.actor.language);
  const { own, ready } = profilesOf(words, []);
  res.render('targets/new', { values, errors, choices: [...ready, ...own] });
}

async function renderProfile(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  const profile = await load(req);
  const words = await frameworkWords(req.actor.language);
  const { organisation_id } = req.actor;
  const [holders, versions] = await together(
    selectHolders(organisation_id, profile.code),
    selectVersions(organisation_id, profile.isOwn ? profile.code : '00000000-0000-0000-0000-000000000000'),
  );
  res.render('targets/profile', {
    ...{ profile, words, values, errors, noonOf, saved: req.query.saved, givenTo: Number(req.query.people) || 0 },
    lead: profile.isOwn ? (await findProfile(organisation_id, profile.code))?.about : '',
    holders: holders.rows,
    more: Math.max(0, (holders.rows[0]?.total ?? 0) - MOST_HOLDERS),
    history: changesOf(versions.rows),
    choices: await selectReceiverChoices(organisation_id),
  });
}

async function renderEdit(req: Request, res: Response, typed?: Record<string, unknown>, errors: FieldErrors = {}) {
  const own = await loadOwn(req);
  const { words, ranges, areas, area, shown } = await levelsAsked(req, own.id);
  const seen = await newestVersion(own.organisation_id, own.id);
  const levels = [...ranges].flatMap(([code, { minimum, aim }]) => [
    [`min_${code}`, minimum],
    [`aim_${code}`, aim],
  ]);
  const stored = { name: own.name, about: own.about, seen, ...Object.fromEntries(levels) };
  res.render('targets/edit', {
    ...{ own, words, areas, area, shown, errors, saved: req.query.saved },
    values: typed ?? stored,
  });
}
