import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { COMPLETE_LANGUAGES, type Language } from '../../lib/i18n';
import { policy, Routes } from '../../lib/routes';
import { recordLooks } from '../audit/looks.model';
import { administrators } from '../organisations/organisations.policy';
import { competenceNames, wordsLanguage } from '../skills/skills.model';
import { type Achievement, findAchievement, selectAchievements, TEMPLATES } from './achievements.model';
import { inLanguage } from './content';
import { findCredential } from './credentials.model';
import { canGiveBadge, canManageBadges, canRevoke, standingOf } from './credentials.policy';
import { RevokeForm } from './credentials.schema';
import { issuerOf, revokeCredential } from './credentials.service';
import { organisationDid } from './issuer-address';
import { selectKeys } from './issuer-keys.model';
import { rotateKey, withdrawKey } from './issuer-keys.service';
import { findMember, selectGiven, selectGivenFor } from './managed.queries';
import { AchievementForm, GiveForm } from './managed.schema';
import { endAchievement, giveBadge, makeAchievement } from './managed.service';

/** Those who give badges: administrators, and reviewers by hand. */
const badgeGivers = policy('badgeGivers', (req) => canGiveBadge(req.visitor));

/** Badges of the organisation: what they are, whom they are given to, and the keys that they are signed with. */
export const managedBadges = new Routes('/organisation/badges');
const HOME = '/organisation/badges';

managedBadges.get('/', badgeGivers, async (req, res) => {
  const language = languageOfPage(res);
  const mayManage = canManageBadges(req.actor);
  const achievements = await selectAchievements(req.actor.organisation_id);
  const given = mayManage ? await selectGiven(req.actor.organisation_id) : [];
  const issuer = await issuerOf(req.actor);
  if (given.length > 0) await recordLooks(req.actor, 'badges', [...new Set(given.map(({ person_id }) => person_id))]);
  res.render('credentials/managed', {
    achievements: achievements.map((one) => ({ ...one, title: titleOf(one, language) })),
    given: given.map((one) => ({ ...one, title: inLanguage(one.titles, language), standing: standingOf(one) })),
    keys: mayManage ? await selectKeys(req.actor.organisation_id) : [],
    issuer,
    did: organisationDid(issuer.slug),
    mayManage,
    saved: req.query.saved,
  });
});

managedBadges.get('/new', administrators, (req, res) =>
  renderForm(req, res, undefined, { id: randomUUID(), template: 'sprout' }),
);

managedBadges.post('/', administrators, (req, res) => save(req, res));

managedBadges.post('/keys', administrators, async (req, res) => {
  if (req.body.go === 'new') await rotateKey(req.actor, await issuerOf(req.actor));
  const number = z.coerce.number().int().min(1).safeParse(req.body.number).data;
  if (req.body.go === 'revoke' && number) await withdrawKey(req.actor, number);
  res.redirect(303, `${HOME}?saved=keys#keys`);
});

managedBadges.get('/given/:credential', administrators, (req, res) => renderGiven(req, res));

managedBadges.post('/given/:credential/revoke', administrators, async (req, res) => {
  const row = await loadGiven(req);
  const form = readForm(RevokeForm, req.body);
  if (!form.ok) return renderGiven(req, res.status(422), form.values, form.errors);
  authorize(row.revoked_at !== null || canRevoke(req.actor, row));
  await revokeCredential(req.actor, row, form.value.reason);
  res.redirect(303, `${HOME}?saved=revoked`);
});

managedBadges.get('/:achievement', badgeGivers, (req, res) => renderOne(req, res, { key: randomUUID() }));

managedBadges.get('/:achievement/edit', administrators, async (req, res) => {
  const achievement = await load(req);
  const texts = COMPLETE_LANGUAGES.flatMap((language) =>
    (['name', 'criteria', 'words'] as const).map((field) => [
      `${field}_${language}`,
      achievement.texts[language]?.[field] ?? '',
    ]),
  );
  await renderForm(req, res, achievement, {
    ...Object.fromEntries(texts),
    id: randomUUID(),
    template: achievement.template,
    given_for: achievement.course_id
      ? `course:${achievement.course_id}`
      : achievement.path_id
        ? `path:${achievement.path_id}`
        : '',
    valid_months: achievement.valid_months ?? '',
    competences: achievement.competences.map(({ code }) => code),
    level: achievement.competences[0]?.level ?? '',
  });
});

managedBadges.post('/:achievement/edit', administrators, async (req, res) => save(req, res, await load(req)));

managedBadges.post('/:achievement/end', administrators, async (req, res) => {
  await endAchievement(req.actor, await load(req));
  res.redirect(303, `${HOME}?saved=ended`);
});

managedBadges.post('/:achievement/give', badgeGivers, async (req, res) => {
  const achievement = await load(req);
  const form = readForm(GiveForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), form.values, form.errors);
  const person = await findMember(req.actor.organisation_id, form.value.person);
  if (!person || person === req.actor.id) {
    const errors = { person: person ? 'credentials.give.person.self' : 'credentials.give.person.unknown' };
    return renderOne(req, res.status(422), req.body, errors);
  }
  authorize(await giveBadge(req.actor, achievement, { ...form.value, person }));
  res.redirect(303, `${HOME}/${achievement.id}?saved=given`);
});

async function save(req: Request, res: Response, replaces?: Achievement): Promise<void> {
  const form = readForm(AchievementForm, req.body);
  if (!form.ok) return renderForm(req, res.status(422), replaces, form.values, form.errors);
  const names = await competenceNames(wordsLanguage(req.actor));
  const givenFor = new Set((await selectGivenFor(req.actor.organisation_id)).map(({ value }) => value));
  await makeAchievement(req.actor, form.value, { givenFor, codes: new Set(names.keys()) }, replaces);
  res.redirect(303, `${HOME}/${form.value.id}?saved=badge`);
}

const load = async (req: Request) =>
  found(await findAchievement(req.actor.organisation_id, String(req.params.achievement)));

/** What nobody has taken is not there for others. */
async function loadGiven(req: Request) {
  const row = found(await findCredential(req.actor.organisation_id, String(req.params.credential)));
  return found(row.state === 'accepted' ? row : undefined);
}

const titleOf = ({ texts }: Achievement, language: Language) =>
  inLanguage(Object.fromEntries(Object.entries(texts).map(([one, { name }]) => [one, name])), language);

async function renderForm(
  req: Request,
  res: Response,
  achievement: Achievement | undefined,
  values: Record<string, unknown>,
  errors: FieldErrors = {},
): Promise<void> {
  const names = await competenceNames(wordsLanguage(req.actor));
  const language = languageOfPage(res);
  res.render('credentials/form', {
    achievement,
    values,
    errors,
    templates: TEMPLATES,
    languages: COMPLETE_LANGUAGES,
    competences: [...names].map(([code, { plain_name }]) => ({ value: code, text: `${plain_name} (${code})` })),
    givenFor: (await selectGivenFor(req.actor.organisation_id)).map(({ value, titles }) => ({
      value,
      kind: value.split(':')[0],
      text: inLanguage(titles, language),
    })),
  });
}

async function renderOne(
  req: Request,
  res: Response,
  values: Record<string, unknown>,
  errors: FieldErrors = {},
): Promise<void> {
  const achievement = await load(req);
  const language = languageOfPage(res);
  const text = achievement.texts[language] ?? achievement.texts.fi ?? Object.values(achievement.texts)[0];
  res.render('credentials/managed-one', {
    achievement,
    text,
    values,
    errors,
    mayManage: canManageBadges(req.actor),
    saved: req.query.saved,
  });
}

async function renderGiven(
  req: Request,
  res: Response,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const row = await loadGiven(req);
  await recordLooks(req.actor, 'badges', [row.person_id]);
  res.render('credentials/given', {
    row,
    title: inLanguage(row.content.titles, languageOfPage(res)),
    standing: standingOf(row),
    mayRevoke: canRevoke(req.actor, row),
    values,
    errors,
  });
}

const languageOfPage = (res: Response) => res.locals.lang as Language;
