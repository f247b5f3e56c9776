import type { Request } from 'express';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { ownPath } from '../paths/own-paths.service';
import { ladderUpTo, selectPlacements } from '../paths/placements.service';
import { frameworkWords, wordsLanguage } from '../skills/skills.model';
import { LEAST_ANSWERS, MOST_ANSWERS } from './adaptive';
import { beginPractice } from './practice.service';

/** The placement test of a path: practice of each of its skills, the person's own. */
export const placementTests = new Routes('/paths');

placementTests.get('/:path/placement/:step', signedIn, async (req, res) => {
  const { path, step, skills } = await readTest(req);
  const isDone = skills.every(({ placed }) => placed !== undefined);
  const known = path.steps.filter(({ finish }) => finish === 'can' || finish === 'recognised');
  const ladder = isDone ? await ladderUpTo(req.actor, path.id) : [];
  res.render('practice/placement', {
    path,
    step,
    skills,
    isDone,
    known,
    ladder,
    least: LEAST_ANSWERS,
    most: MOST_ANSWERS,
  });
});

placementTests.post('/:path/placement/:step', signedIn, async (req, res) => {
  const { path, step, skills } = await readTest(req);
  const next = skills.find(({ placed }) => placed === undefined);
  // Pressed from an old page: everything has been answered.
  if (!next) return res.redirect(303, `/paths/${path.slug}/placement/${step.id}`);
  const session = await beginPractice(req.actor, next.code, step.id);
  res.redirect(303, `/skills/practice/${session.id}`);
});

/** The test and what it has found so far. Throws 404 for a step that is none, or that is not open to the person. */
async function readTest(req: Request) {
  const path = found(await ownPath(req.actor, String(req.params.path)));
  const step = found(
    path.steps.find(({ id, kind, state }) => id === req.params.step && kind === 'placement' && state !== 'locked'),
  );
  const words = await frameworkWords(wordsLanguage(req.actor));
  const placements = await selectPlacements(req.actor, step.id);
  const skills = step.competence_codes.map((code) => {
    const placed = placements.find(({ competence_code }) => competence_code === code);
    const level = placed?.level === null || placed === undefined ? undefined : Math.round(placed.level);
    return {
      code,
      name: words.competences.get(code)?.plain_name ?? code,
      placed,
      band: level ? words.bands.find(({ levels }) => levels.includes(level))?.name : undefined,
    };
  });
  return { path, step, skills };
}
