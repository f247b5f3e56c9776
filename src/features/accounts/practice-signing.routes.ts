import type { Request, Response } from 'express';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { CODE_LENGTH, isWhole, PICTURES, type Picture, readPictures } from './pictures';
import { plainCode } from './ways.service';

/** "Practise signing in": each step as it is, with a code that stands on the page. Nothing is kept, nothing opens. */
export const signInPractice = new Routes('/sign-in/practice');

const STEPS = ['picture', 'card', 'code', 'password'] as const;
type PracticeStep = (typeof STEPS)[number];

const TOY_PICTURES: readonly Picture[] = ['cat', 'sun', 'boat', 'key'];
/** What one practises with; real ones look the same. */
const TOYS: Record<Exclude<PracticeStep, 'picture'>, string> = {
  card: 'KISS-AKOI-RA22',
  code: '123 456',
  password: 'sininen vene omena',
};

signInPractice.get('/', anyone, (_req, res) => res.render('accounts/practice', { steps: STEPS }));
signInPractice.get('/:step', anyone, (req, res) => render(res, stepOf(req), []));

signInPractice.post('/:step', anyone, (req, res) => {
  const step = stepOf(req);
  if (step !== 'picture') return render(res, step, [], told(step, req.body?.code));
  const chosen = req.body?.again === undefined ? readPictures(req.body?.chosen, req.body?.picture) : [];
  if (!isWhole(chosen)) return render(res, step, chosen);
  render(res, step, [], chosen.join() === TOY_PICTURES.join() ? 'right' : 'again');
});

const told = (step: Exclude<PracticeStep, 'picture'>, typed: unknown): 'right' | 'again' =>
  same(step, String(typed ?? '')) === same(step, TOYS[step]) ? 'right' : 'again';

/** Spaces and capitals make a difference in a password only, as in the real steps. */
const same = (step: PracticeStep, text: string) => (step === 'password' ? text : plainCode(text));

const stepOf = (req: Request) => found(STEPS.find((step) => step === req.params.step));

function render(res: Response, step: PracticeStep, chosen: readonly Picture[], outcome?: 'right' | 'again'): void {
  const next = STEPS[STEPS.indexOf(step) + 1];
  const toy = step === 'picture' ? '' : TOYS[step];
  const pictures = { pictures: PICTURES, needed: CODE_LENGTH, toyPictures: TOY_PICTURES };
  res.render('accounts/practice-step', { step, chosen, outcome, following: next, toy, ...pictures });
}
