import { dayOf } from '../../lib/calendar';
import { withScope } from '../../lib/scope';
import { weekdayOf } from '../notifications/mail-times';
import { notify } from '../notifications/notifications.service';
import { type DuePath, selectDuePaths, selectUnfinished } from './reminders.queries';

/** How many days before an agreed day people are reminded of it. */
const DAYS_BEFORE = 7;
const MONDAY = 1;

/**
 * Reminds the people of one organisation of agreed days that are near, once for each day; those who asked for it of a course
 * that they left unfinished, once for each time they stopped; and on Mondays each supervisor how many in their team have
 * agreed training that is near. What people learn by their own choice is told to nobody else.
 */
export function remindOfLearning(organisation_id: string, now = new Date()): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    const today = dayOf(now);
    const due = await selectDuePaths(organisation_id, today, DAYS_BEFORE);
    for (const { person_id, path_id, slug, title, due_on } of due)
      await notify(
        {
          organisation_id,
          person_id,
          kind: 'reminder.due',
          params: { title, date: due_on },
          href: `/paths/${slug}`,
          key: `due ${path_id} ${due_on}`,
        },
        now,
      );
    for (const { person_id, slug, title, seen_on } of await selectUnfinished(today))
      await notify(
        {
          organisation_id,
          person_id,
          kind: 'reminder.unfinished',
          params: { title },
          href: `/learn/${slug}`,
          key: `unfinished ${slug} ${seen_on}`,
        },
        now,
      );
    if (weekdayOf(today) !== MONDAY) return;
    for (const { id, name, supervisors, people } of byTeam(due))
      for (const person_id of supervisors)
        await notify(
          {
            organisation_id,
            person_id,
            kind: 'reminder.team-due',
            params: { team: name, count: people },
            href: `/team/${id}`,
            key: `team due ${id} ${today}`,
          },
          now,
        );
  });
}

/** Teams with how many of their people have something near. */
function byTeam(due: readonly DuePath[]) {
  const teams = new Map<string, DuePath['teams'][number] & { members: Set<string> }>();
  for (const { person_id, teams: theirs } of due)
    for (const team of theirs) {
      const known = teams.get(team.id) ?? { ...team, members: new Set<string>() };
      known.members.add(person_id);
      teams.set(team.id, known);
    }
  return [...teams.values()].map(({ members, ...team }) => ({ ...team, people: members.size }));
}
