import type { Request, Response } from 'express';
import { z } from 'zod';
import { found } from '../../lib/guards';
import type { Language } from '../../lib/i18n';
import { anyone, Routes } from '../../lib/routes';
import { withScope } from '../../lib/scope';
import { achievementAddress } from './achievement-document';
import { findAchievement, organisationOfAchievement, selectAchievements } from './achievements.model';
import { badgePng, badgeSvg } from './badge-picture';
import { inLanguage } from './content';
import { organisationAddress, organisationDid } from './issuer-address';
import { didDocument, issuerProfile, siteDocument } from './issuer-documents';
import { findIssuer, findIssuerBySlug, type Issuer, selectKeys } from './issuer-keys.model';
import { frozenSkills } from './offers.service';
import { statusList } from './status-lists.service';

/** What verifiers of badges ask for: keys, lists of revoked ones, who gives, what a badge is. Nobody needs to sign in, nobody is named. */
export const wellKnown = new Routes('/.well-known');
export const issuers = new Routes('/orgs');
export const achievementPages = new Routes('/achievements');

wellKnown.get('/did.json', anyone, (_req, res) => json(res, 'application/did+json', siteDocument()));

issuers.get('/:slug', anyone, async (req, res) => {
  const issuer = await issuerOf(req);
  const language = res.locals.lang as Language;
  const [keys, achievements] = await asNobody(
    issuer.id,
    async () => [await selectKeys(issuer.id), await selectAchievements(issuer.id)] as const,
  );
  res.setHeader('X-Robots-Tag', 'noindex');
  res.render('credentials/issuer', {
    issuer,
    did: organisationDid(issuer.slug),
    keysAddress: `${organisationAddress(issuer.slug)}/did.json`,
    keys,
    achievements: achievements.map(({ id, texts }) => ({ id, name: inLanguage(namesOf(texts), language) })),
  });
});

issuers.get('/:slug/did.json', anyone, async (req, res) => {
  const issuer = await issuerOf(req);
  const keys = await asNobody(issuer.id, () => selectKeys(issuer.id));
  json(res, 'application/did+json', didDocument(issuer, keys));
});

issuers.get('/:slug/keys.json', anyone, async (req, res) => {
  const issuer = await issuerOf(req);
  const keys = await asNobody(issuer.id, () => selectKeys(issuer.id));
  json(res, 'application/json', didDocument(issuer, keys));
});

issuers.get('/:slug/profile.json', anyone, async (req, res) => {
  json(res, 'application/json', issuerProfile(await issuerOf(req)));
});

issuers.get('/:slug/status/:number', anyone, async (req, res) => {
  const issuer = await issuerOf(req);
  const number = found(z.coerce.number().int().min(1).max(10_000).safeParse(req.params.number).data);
  const list = found(await asNobody(issuer.id, () => statusList(issuer, number)));
  res.type('application/vc+ld+json').send(list);
});

achievementPages.get('/:achievement', anyone, async (req, res) => {
  const { achievement, issuer } = await achievementOf(req);
  const language = res.locals.lang as Language;
  const skills = await frozenSkills(achievement.competences);
  res.setHeader('X-Robots-Tag', 'noindex');
  res.render('credentials/achievement', {
    issuer,
    achievement,
    badgeName: inLanguage(namesOf(achievement.texts), language),
    criteria: inLanguage(textsOf(achievement.texts, 'criteria'), language),
    words: inLanguage(textsOf(achievement.texts, 'words'), language),
    skills: skills.map(({ code, names, level }) => ({ code, level, name: inLanguage(names, language) })),
    address: achievementAddress(achievement.id),
  });
});

achievementPages.get('/:achievement/image.svg', anyone, async (req, res) => {
  // Opened by itself it is a document of ours: nothing in it runs.
  res.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  res.type('image/svg+xml').send(badgeSvg(await pictureOf(req, res)));
});

achievementPages.get('/:achievement/image.png', anyone, async (req, res) => {
  res.type('image/png').send(await badgePng(await pictureOf(req, res)));
});

type Texts = Awaited<ReturnType<typeof achievementOf>>['achievement']['texts'];
const textsOf = (texts: Texts, field: 'name' | 'criteria' | 'words') =>
  Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, text[field]]));
const namesOf = (texts: Texts) => textsOf(texts, 'name');

async function issuerOf(req: Request): Promise<Issuer> {
  return found(await findIssuerBySlug(String(req.params.slug)));
}

async function achievementOf(req: Request) {
  const id = found(z.uuid().safeParse(req.params.achievement).data);
  const organisationId = found(await organisationOfAchievement(id));
  const achievement = found(await asNobody(organisationId, () => findAchievement(organisationId, id)));
  return { achievement, issuer: found(await findIssuer(organisationId)) };
}

async function pictureOf(req: Request, res: Response) {
  const { achievement, issuer } = await achievementOf(req);
  const language = res.locals.lang as Language;
  const [name, words] = [textsOf(achievement.texts, 'name'), textsOf(achievement.texts, 'words')];
  return {
    name: inLanguage(name, language),
    words: inLanguage(words, language),
    issuer: issuer.name,
    template: achievement.template,
  };
}

/** Nobody's scope in an organisation. */
const asNobody = <T>(organisationId: string, work: () => Promise<T>): Promise<T> =>
  withScope({ organisationId, personId: null }, work);

/** Verifiers may stand anywhere. */
function json(res: Response, mime: string, value: object): void {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.type(mime).send(JSON.stringify(value, null, 2));
}
