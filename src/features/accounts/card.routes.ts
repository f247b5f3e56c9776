import type { Request, Response } from 'express';
import { limit } from '../../lib/limits';
import { localAddress } from '../../lib/local-address';
import { passwordFits } from '../../lib/passwords';
import { anyone, Routes } from '../../lib/routes';
import { withScope } from '../../lib/scope';
import { cookieOf, dropCookie, keepCookie } from './cookies';
import { letIn } from './enter';
import { countTry, findWayHeld, type HeldWay } from './ways.model';
import { cardHandle, plainCode } from './ways.service';

/** Sign-in by a card on paper: its picture code leads here with the code, or the code is typed. */
export const cardSignIn = new Routes('/sign-in/card');

const byAddress = limit('card-address', 40, 15 * 60);

/** The code that came in an address waits here for the press, so that it stands in no history of the browser. */
const COOKIE = 'card';

cardSignIn.get('/', anyone, (req, res) => {
  const code = plainCode(String(req.query.code ?? '')).slice(0, 40);
  if (code) {
    keepCookie(req, res, COOKIE, code, 300);
    return res.redirect(303, '/sign-in/card');
  }
  const kept = cookieOf(req, COOKIE);
  dropCookie(req, res, COOKIE);
  render(res, { code: kept ? inGroups(kept) : '', next: String(req.query.next ?? '') });
});

cardSignIn.post('/', anyone, async (req, res) => {
  const typed = read(req);
  if (!typed.code) return render(res.status(422), typed, { code: 'ways.card.missing' });
  await byAddress.count(req.ip ?? 'unknown');
  const card = await findWayHeld('card', cardHandle(typed.code));
  if (!card) return render(res.status(422), typed, { code: 'ways.card.wrong' });

  const fault = card.details.numbered ? await numberFault(card, typed.number) : undefined;
  if (fault === 'ask') return render(res, { ...typed, asksNumber: true });
  if (fault) return render(res.status(422), { ...typed, asksNumber: true }, { number: fault });

  const by = card.details.numbered ? 'number' : 'card';
  if (!(await letIn(req, card.person_id, { by, way: card.way_id })))
    return render(res.status(422), typed, { code: 'ways.card.wrong' });
  res.redirect(303, typed.next ? localAddress(typed.next) : '/learn');
});

interface Typed {
  code: string;
  number?: string | undefined;
  next: string;
  asksNumber?: boolean;
}

function read(req: Request): Typed {
  const { code, number, next } = (req.body ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 2000) : '');
  return {
    code: text(code).slice(0, 60),
    number: typeof number === 'string' ? number.trim() : undefined,
    next: text(next),
  };
}

/** What is wrong with the number; undefined when it fits. After five wrong ones in a row the card opens nothing more. */
async function numberFault(card: HeldWay, number: string | undefined): Promise<string | undefined> {
  if (number === undefined) return 'ask';
  if (!/^\d{4}$/.test(number)) return 'ways.number.form';
  const scope = { organisationId: null, personId: card.person_id };
  if (!(await withScope(scope, () => countTry(card.way_id)))) return 'ways.card.closed';
  const fits = await passwordFits(card.secret, `number ${card.way_id} ${number}`);
  if (fits) return undefined;
  return card.failures >= 4 ? 'ways.card.closed' : 'ways.number.wrong';
}

const inGroups = (code: string) =>
  plainCode(code)
    .match(/.{1,4}/g)
    ?.join('-') ?? '';

function render(res: Response, typed: Typed, errors: object = {}): void {
  res.render('accounts/card', { typed, errors });
}
