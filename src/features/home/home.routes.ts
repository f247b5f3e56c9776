import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { recapOf } from '../progress/recap.service';
import { nextStepOf, type PathStep, stepAddress } from '../targets/personal-paths.model';
import { readHome } from './home.queries';
import { ownStep, roleStep } from './next-step';
import { blockOf, stonesOf } from './step-blocks';
import { readToday } from './today.queries';

export const home = new Routes('');

home.get('/', signedIn, async (req, res) => {
  const page = await readHome(req.actor);
  const own = ownStep(page);
  const inRole = roleStep(req.actor, page);
  const { t, fmt } = res.locals;
  res.render('home/home', {
    first: blockOf(inRole ?? own, t, fmt),
    own: inRole && blockOf(own, t, fmt),
    recap: recapOf(page.last, t),
    current: page.current,
    stops: page.current ? stonesOf(page.current, t, fmt) : [],
    skills: page.skills,
    offerSimple: req.actor.offer_simple && !inRole,
    ownPath: ownPathBlock(page.ownPath),
    toTry: page.tasks?.to_try ?? 0,
  });
});

/** In simple mode: the few other things one can do, never more than five. */
home.get('/something-else', signedIn, (_req, res) => {
  const { t } = res.locals;
  res.render('home/something-else', {
    ways: WAYS.map(([href, symbol, key]) => ({ href, symbol, text: t(key) })),
  });
});

const WAYS = [
  ['/learn', 'book', 'look.ways.learn'],
  ['/skills', 'twig', 'look.ways.skills'],
  ['/skills/practice', 'puzzle', 'look.ways.practice'],
  ['/notifications', 'bell', 'look.ways.told'],
  ['/account', 'gear', 'look.ways.account'],
] as const;

/** "That is enough for today": what was done, and that nothing is lost. */
home.get('/stop', signedIn, async (req, res) => {
  const { t, fmt } = res.locals;
  const next = blockOf(ownStep(await readHome(req.actor)), t, fmt);
  res.render('home/stop', {
    today: await readToday(req.actor),
    next: { heading: next.heading, href: next.action.href },
  });
});

/** The person's own path in short, while something on it is left to do. */
function ownPathBlock(steps: readonly PathStep[]) {
  const next = nextStepOf(steps);
  const done = steps.filter(({ done_at }) => done_at !== null).length;
  return next && { next, href: stepAddress(next), done, total: steps.length };
}
