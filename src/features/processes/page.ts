import type { Request } from 'express';
import { noonOf } from '../../lib/calendar';
import { canDecide, canLead, canModerate, canPrepare, canProduce, canTellProgress, LEVELS, seesLevel } from './levels';
import type { Loaded } from './load';
import { said } from './words';

/** What every page of a process gets. */
export function pageOf(req: Request, { process, standing, seen }: Loaded) {
  return {
    process,
    standing,
    seen,
    saved: req.query.saved,
    base: `/processes/${process.id}`,
    levels: LEVELS,
    may: {
      lead: canLead(standing),
      prepare: canPrepare(standing),
      moderate: canModerate(standing),
      decide: canDecide(standing),
      produce: canProduce(standing),
      tell: canTellProgress(standing),
      seeLab: seesLevel(standing, 'lab'),
      seeStudio: seesLevel(standing, 'studio'),
      seeArena: seesLevel(standing, 'arena'),
    },
    said,
    noonOf,
  };
}
