import { addCalendarDays, type Day, dayOf } from '../../../lib/calendar';
import { type AgreedCourse, courseState } from './training';

/** Why somebody is in the list, and so what to do next. `title` is of an agreed course. */
export interface HelpReason {
  kind: 'asked' | 'expired' | 'late' | 'still' | 'expiring';
  title?: string;
  /** Since when: asked, due, last moved, or the day on which a completion ends. */
  on: Day;
}

export interface NeedsHelp {
  person_id: string;
  name: string;
  reasons: HelpReason[];
}

/** An agreed course that has not moved for this long stands still. */
const STILL_DAYS = 28;

/**
 * Who may need somebody, from their own requests for help and from agreed training alone; nothing of answers, own views or
 * visits, and nothing foretold. Who asked comes first, then by name.
 */
export function needsHelp(
  requests: readonly { person_id: string; name: string; asked_at: Date }[],
  courses: readonly AgreedCourse[],
  today: Day,
): NeedsHelp[] {
  const people = new Map<string, NeedsHelp>();
  const add = (person_id: string, name: string, reason: HelpReason) => {
    const known = people.get(person_id) ?? { person_id, name, reasons: [] };
    known.reasons.push(reason);
    people.set(person_id, known);
  };
  for (const [person, [request]] of Map.groupBy(requests, ({ person_id }) => person_id))
    if (request) add(person, request.name, { kind: 'asked', on: dayOf(request.asked_at) });
  for (const course of courses) {
    const reason = reasonOf(course, today);
    if (reason) add(course.person_id, course.name, { ...reason, title: course.title });
  }
  const asked = ({ reasons }: NeedsHelp) => reasons[0]?.kind === 'asked';
  return [...people.values()].toSorted(
    (a, b) => Number(asked(b)) - Number(asked(a)) || a.name.localeCompare(b.name, 'fi'),
  );
}

function reasonOf(course: AgreedCourse, today: Day): Omit<HelpReason, 'title'> | undefined {
  const { due_on, valid_until, last_done_at, agreed_at } = course;
  const state = courseState(course, today);
  if (state === 'expired' && valid_until) return { kind: 'expired', on: valid_until };
  if (state === 'expiring' && valid_until) return { kind: 'expiring', on: valid_until };
  if (state === 'late' && due_on) return { kind: 'late', on: due_on };
  if (state === 'done' || state === 'recognised') return undefined;
  const moved = dayOf(last_done_at ?? agreed_at);
  return moved <= addCalendarDays(today, -STILL_DAYS) ? { kind: 'still', on: moved } : undefined;
}
