import { together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { isShared, selectShares } from '../skills/shares.model';
import { frameworkWords } from '../skills/skills.model';
import { selectOwnTeams } from './cycles.queries';
import { type Column, levelOf, sideBySide, sourcesOf } from './talk-skills';
import { topicsOf } from './talk-topics';
import type { TalkGoal } from './talks.model';
import { selectGoals, selectPreparations } from './talks.model';
import { sideOf } from './talks.policy';
import {
  selectGoalLessons,
  selectSupervised,
  selectSupervisorsOf,
  selectTalks,
  selectViews,
  type TalkInList,
  type TalkPage,
} from './talks.queries';

/** Everything on the page for two, as one of the two may see it. */
export async function readTalkPage(actor: Actor, talk: TalkPage, now = new Date()) {
  const side = sideOf(actor, talk);
  const words = await frameworkWords(actor.language);
  const targets = words.targets.get(talk.target_profile ?? '') ?? new Map<string, number>();
  // A supervisor's page never asks for what they may not see.
  const columns: Column[] = side === 'person' ? ['own', 'seen', 'peers', 'quiz'] : shownToSupervisor(talk);
  const [preparations, goals, views, shares, talks, supervisors] = await together(
    selectPreparations(talk),
    selectGoals(talk.organisation_id, [talk.id]),
    selectViews(talk.organisation_id, talk.person_id, [...targets.keys()], sourcesOf([...columns, 'peers'])),
    selectShares(talk.organisation_id, talk.person_id),
    selectTalks(actor),
    selectSupervisorsOf(talk.organisation_id, talk.person_id),
  );
  const visible = views.rows
    .filter(({ source, competence_code }) => {
      const isPeers = source === 'peer' || source === 'experience_expert';
      return !isPeers || columns.includes('peers') || isShared(shares, competence_code, 'notes');
    })
    .map((view) => ({ ...view, level: levelOf(view) }));
  const earlier = talks.rows.filter((one) => one.person_id === talk.person_id && one.held_at && one.id !== talk.id);
  const [lessons, earlierGoals] = await together(
    selectGoalLessons(actor, talk, goals),
    selectGoals(
      talk.organisation_id,
      earlier.slice(0, 1).map(({ id }) => id),
    ),
  );
  return {
    talk,
    side,
    words,
    skills: sideBySide(targets, visible),
    columns: visible.some(({ source }) => sourcesOf(['peers']).includes(source))
      ? ([...new Set([...columns, 'peers'])] as Column[])
      : columns,
    topics: topicsOf(visible, now),
    own: preparations.find(({ person_id }) => person_id === actor.id),
    others: preparations.find(({ person_id }) => person_id !== actor.id),
    goals: withLessons(goals, lessons.rows),
    earlier,
    earlierGoals,
    supervisors: supervisors.rows,
  };
}

/** Table 4.5: what was seen done, always; the rest as the person chose for this talk. */
function shownToSupervisor({ shared }: Pick<TalkPage, 'shared'>): Column[] {
  return ['seen', ...shared.map((share): Column => share)];
}

function withLessons<Lesson extends { goal_id: string }>(goals: readonly TalkGoal[], lessons: readonly Lesson[]) {
  const byGoal = Map.groupBy(lessons, ({ goal_id }) => goal_id);
  return goals.map((goal) => ({ ...goal, lessons: byGoal.get(goal.id) ?? [] }));
}

/** The list of talks: the reader's own, and for a supervisor everyone they supervise with their talk. */
export async function readTalksPage(actor: Actor) {
  const [talks, supervisors, supervised, teams] = await together(
    selectTalks(actor),
    selectSupervisorsOf(actor.organisation_id, actor.id),
    selectSupervised(actor),
    selectOwnTeams(actor),
  );
  const own = talks.rows.filter(({ person_id }) => person_id === actor.id);
  const held = talks.rows.filter(({ person_id, is_supervised }) => person_id !== actor.id && is_supervised);
  const byPerson = Map.groupBy(held, ({ person_id }) => person_id);
  return {
    own: own.filter(isOpen),
    earlier: own.filter((talk) => !isOpen(talk)),
    supervisors: supervisors.rows,
    teams: teams.rows,
    people: supervised.rows
      .map((person) => {
        const of = byPerson.get(person.id) ?? [];
        return { ...person, open: of.find(isOpen), last: of.find((talk) => !isOpen(talk)) };
      })
      // The next talk first; the others by name.
      .sort((a, b) => (a.open?.planned_on ?? NEVER).localeCompare(b.open?.planned_on ?? NEVER)),
  };
}

const NEVER = '9999';
const isOpen = ({ held_at }: Pick<TalkInList, 'held_at'>) => held_at === null;
