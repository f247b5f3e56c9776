import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isCoordinator, isSupervisor } from '../organisations/organisations.policy';
import { lessonAddress, stopToContinue } from '../progress/progress.model';
import type { Home, HomeStop } from './home.queries';

/** The one next step of a person. `key` chooses its words; the rest fills them in. */
export type NextStep = { href: string; symbol: string; values?: Record<string, unknown> } & (
  | { key: 'continue' | 'next'; stop: HomeStop; number: number; total: number; done: number }
  | {
      key:
        | 'agreed'
        | 'assess'
        | 'choose'
        | 'look'
        | 'help'
        | 'judge'
        | 'sign'
        | 'write'
        | 'invite'
        | 'people'
        | 'team'
        | 'network';
    }
);

/** What the person could do next in their own learning. */
export function ownStep({ current, agreed, skills }: Home): NextStep {
  const stop = current && stopToContinue(current.stops, current.last_lesson_id);
  if (current && stop) {
    const number = current.stops.indexOf(stop) + 1;
    const done = current.stops.filter(({ completed_at }) => completed_at !== null).length;
    const key = stop.id === current.last_lesson_id ? 'continue' : 'next';
    const place = { number, done, total: current.stops.length };
    return { key, stop, ...place, href: lessonAddress(current.slug, stop), symbol: 'book' };
  }
  if (agreed) return { key: 'agreed', href: `/learn/${agreed.slug}`, symbol: 'route', values: { ...agreed } };
  if (skills.length === 0) return { key: 'assess', href: '/skills/self-assessment', symbol: 'twig' };
  return { key: 'choose', href: '/learn', symbol: 'book' };
}

/** What waits for the person in a role: other people first. Undefined when nothing does. */
export function roleStep(actor: Actor, { tasks, current }: Home): NextStep | undefined {
  if (!tasks) return undefined;
  if (tasks.help_waiting > 0) {
    return {
      key: 'help',
      href: tasks.help_team ? `/team/${tasks.help_team}#help` : '/team',
      symbol: 'help',
      values: { count: tasks.help_waiting, name: tasks.first_asker },
    };
  }
  if (tasks.to_judge > 0) {
    return { key: 'judge', href: '/skills/tasks/to-judge', symbol: 'eye', values: { count: tasks.to_judge } };
  }
  if (tasks.to_sign > 0) {
    const values = { count: tasks.to_sign, title: tasks.sign_title };
    return { key: 'sign', href: `/write/drafts/${tasks.sign_id}/preview`, symbol: 'sign', values };
  }
  if (tasks.draft_id) {
    const values = { title: tasks.draft_title || '–' };
    return { key: 'write', href: `/write/drafts/${tasks.draft_id}`, symbol: 'pen', values };
  }
  if (isAdministrator(actor) && tasks.people < 2) return { key: 'invite', href: '/organisation', symbol: 'people' };
  if (tasks.teams_alone > 0) {
    const values = { count: tasks.teams_alone, team: tasks.team_alone };
    return { key: 'team', href: '/organisation/teams', symbol: 'people', values };
  }
  if (current) return undefined;
  if (isAdministrator(actor)) return { key: 'people', href: '/organisation', symbol: 'people' };
  if (isSupervisor(actor)) return { key: 'look', href: '/team', symbol: 'people' };
  if (isCoordinator(actor)) return { key: 'network', href: '/network', symbol: 'people' };
  return undefined;
}
