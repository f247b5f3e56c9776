import type { Request } from 'express';
import { addCalendarDays, dayOf, startOfDay } from '../../lib/calendar';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { signedIn } from '../organisations/organisations.policy';
import { findSpace, selectMySpaces } from '../spaces/spaces.model';
import { type LoopPage, type LoopScope, readLoop, STOPS, type Stop } from './loop.queries';
import { loopRing } from './loop-ring';

/** How challenges become lessons: of the organisation, of a team that one leads, of a space. */
export const loop = new Routes('/loop');

const YEAR = 365;

loop.get('/', signedIn, async (req, res) => {
  const { scope, title } = await chosen(req);
  const page = await readLoop(scope, startOfDay(addCalendarDays(dayOf(new Date()), -YEAR)));
  const stops = stopsOf(page, req.actor).map((stop) => ({
    ...stop,
    label: res.locals.t(`situation.loop.stop.${stop.key}`),
  }));
  res.render('situation/loop', {
    ...{ ...page, stops, title, of: req.query.of ?? '', ring: loopRing(stops, res.locals.t('situation.loop.picture')) },
    ...{ spaces: await selectMySpaces(req.actor), teams: req.actor.supervised_teams },
  });
});

/** `of`: nothing for the organisation, "space:<id>", or "team:<id>" for a team that the reader leads. */
async function chosen(req: Request): Promise<{ scope: LoopScope; title: string }> {
  const { organisation_id: organisationId, organisation_name } = req.actor;
  const [, kind, id = ''] = /^(space|team):([\w-]+)$/.exec(String(req.query.of ?? '')) ?? [];
  if (kind === 'space') {
    const space = found(await findSpace(req.actor, id));
    return { scope: { kind: 'space', spaceId: space.id }, title: space.name };
  }
  if (kind === 'team') {
    found(req.actor.supervised_teams.includes(id) || undefined);
    return { scope: { kind: 'team', organisationId, teamId: id }, title: req.res?.locals.t('situation.loop.team') };
  }
  return { scope: { kind: 'organisation', organisationId }, title: organisation_name };
}

/** Each stop's number; what so few people did that it would tell of one is not told. */
function stopsOf({ counts }: LoopPage, { smallest_group }: Actor): { key: Stop; count: number | null }[] {
  const of: Record<Stop, number | null | undefined> = {
    challenge: counts.challenges,
    experiment: counts.experiments,
    note: counts.notes,
    practice: counts.practices,
    lesson: counts.lessons,
    evidence: (counts.finishers ?? 0) >= smallest_group ? counts.evidence : null,
  };
  return STOPS.map((key) => ({ key, count: of[key] ?? (key === 'evidence' ? null : 0) }));
}
