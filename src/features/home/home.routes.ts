import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { nextStepOf, type PathStep, stepAddress } from '../targets/personal-paths.model';
import { readHome } from './home.queries';
import { ownStep, roleStep } from './next-step';
import { blockOf, stonesOf } from './step-blocks';

export const home = new Routes('');

home.get('/', signedIn, async (req, res) => {
  const page = await readHome(req.actor);
  const own = ownStep(page);
  const inRole = roleStep(req.actor, page);
  const { t, fmt } = res.locals;
  res.render('home/home', {
    first: blockOf(inRole ?? own, t, fmt),
    own: inRole && blockOf(own, t, fmt),
    current: page.current,
    stops: page.current ? stonesOf(page.current, t, fmt) : [],
    skills: page.skills,
    ownPath: ownPathBlock(page.ownPath),
  });
});

/** The person's own path in short, while something on it is left to do. */
function ownPathBlock(steps: readonly PathStep[]) {
  const next = nextStepOf(steps);
  const done = steps.filter(({ done_at }) => done_at !== null).length;
  return next && { next, href: stepAddress(next), done, total: steps.length };
}
