import fs from 'node:fs/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { authorize, found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { Routes } from '../../lib/routes';
import { withUploads } from '../../lib/upload';
import { signedIn } from '../organisations/organisations.policy';
import { BadgeFault } from './badge-fault';
import { type Badge, badgesToCheck, findBadge, ownBadges } from './badges.model';
import { canAskAbout, canCheckBadge, canRemoveBadge, canTakeBadge, isOwnBadge } from './badges.policy';
import { askAboutBadge, bringBadge, checkBadge, levelsOfBadge, removeBadge, takeBadge } from './badges.service';
import { wordsOf } from './submissions.page';
import { judgesOf } from './submissions.queries';

export const badges = new Routes('/skills/badges');
const HOME = '/skills/badges';
const LIMITS = { megabytes: 5, keepsForm: true };
/** Verifying is work: so many files an hour are enough for anybody. */
const files = limit('badge', 60, 3600);

badges.get('/', signedIn, (req, res) => renderList(req, res));

badges.post('/', signedIn, async (req, res) => {
  await files.count(req.actor.id);
  await withUploads(req, res, LIMITS, async ({ badge: file }, tooLarge) => {
    if (tooLarge) return renderList(req, res.status(422), { key: 'large', params: {} });
    if (!file) return renderList(req, res.status(422), { key: 'missing', params: {} });
    const { competences } = await wordsOf(req.actor);
    try {
      const id = await bringBadge(req.actor, await fs.readFile(file.path), new Set(competences.keys()));
      res.redirect(303, `${HOME}/${id}`);
    } catch (error) {
      if (!(error instanceof BadgeFault)) throw error;
      await renderList(req, res.status(422), error);
    }
  });
});

badges.get('/check/:badge', signedIn, async (req, res) => {
  const { badge, words } = await loadToCheck(req);
  res.render('evidence/badges/check', { badge, words, levels: await levelsOfBadge(badge) });
});

badges.post('/check/:badge', signedIn, async (req, res) => {
  const { badge } = await loadToCheck(req);
  await checkBadge(req.actor, badge, req.body.theirs === 'yes');
  res.redirect(303, '/skills/tasks/to-judge?saved=yes');
});

badges.get('/:badge', signedIn, (req, res) => renderOne(req, res));

badges.post('/:badge/take', signedIn, async (req, res) => {
  const badge = await load(req);
  authorize(isOwnBadge(req.actor, badge));
  await takeBadge(req.actor, badge);
  res.redirect(303, `${HOME}/${badge.id}`);
});

badges.post('/:badge/remove', signedIn, async (req, res) => {
  const badge = await load(req);
  authorize(isOwnBadge(req.actor, badge));
  await removeBadge(req.actor, badge);
  res.redirect(303, `${HOME}?saved=removed`);
});

badges.post('/:badge/ask', signedIn, async (req, res) => {
  const badge = await load(req);
  authorize(isOwnBadge(req.actor, badge));
  const judge = z.uuid().safeParse(req.body.judge).data;
  const { rows } = await judgesOf(req.actor);
  if (!rows.some(({ id }) => id === judge)) return renderOne(req, res.status(422), { judge: 'evidence.judge.missing' });
  await askAboutBadge(req.actor, badge, judge as string);
  res.redirect(303, `${HOME}/${badge.id}`);
});

/** The reader's own; to others it is not there. */
async function load(req: Request): Promise<Badge> {
  const badge = found(await findBadge(req.actor.organisation_id, String(req.params.badge)));
  return found(isOwnBadge(req.actor, badge) ? badge : undefined);
}

async function loadToCheck(req: Request) {
  const row = found(await findBadge(req.actor.organisation_id, String(req.params.badge)));
  const badge = found(canCheckBadge(req.actor, row) ? row : undefined);
  const waiting = (await badgesToCheck(req.actor)).rows.find(({ id }) => id === badge.id);
  return { badge: found(waiting), words: await wordsOf(req.actor) };
}

async function renderList(req: Request, res: Response, fault?: Pick<BadgeFault, 'key' | 'params'>): Promise<void> {
  const rows = await ownBadges(req.actor);
  const errors = fault ? { badge: 'badges.refused' } : {};
  res.render('evidence/badges/list', { rows, fault, errors, saved: req.query.saved });
}

async function renderOne(req: Request, res: Response, errors: Record<string, string> = {}): Promise<void> {
  const badge = await load(req);
  const [words, levels] = [await wordsOf(req.actor), await levelsOfBadge(badge)];
  const isOver = badge.expires_at !== null && badge.expires_at <= new Date();
  const may = {
    take: canTakeBadge(req.actor, badge) && !isOver && levels.some(({ level }) => level !== null),
    remove: canRemoveBadge(req.actor, badge),
    ask: canAskAbout(req.actor, badge),
  };
  const choices = may.ask ? (await judgesOf(req.actor)).rows : [];
  res.render('evidence/badges/one', { badge, words, levels, may, choices, isOver, errors });
}
