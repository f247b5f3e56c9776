import { db } from '../../lib/db';

export const EVENTS_ON_PAGE = 30;

/**
 * What the organisation's administrator may read. Sign-ins and what people did as learners are not among them
 * (who may see what: domain table): a new kind of event is shown only once it is named here.
 */
const SHOWN = [
  'member',
  'team',
  'network',
  'invitation',
  'organisation',
  'course',
  'path',
  'draft',
  'lesson',
  'h5p',
  'profile',
  'framework',
  'word',
];

/** The person's own doing, which tells of their role by itself. */
const OWN = ['member.role-shown'];

export interface EventInList {
  id: string;
  action: string;
  created_at: Date;
  actor_name: string | null;
  subject_type: string;
  subject_name: string | null;
  details: Record<string, unknown>;
  total: number;
}

/** Changes of the organisation, the newest first. */
export async function selectEvents(organisationId: string, page: number): Promise<EventInList[]> {
  const { rows } = await db().raw(
    `select e.id::text, e.action, e.created_at, a.name as actor_name, e.subject_type, e.details,
       coalesce(s.name, t.name, e.details ->> 'name') as subject_name, coalesce(m.shows_role, false) as shows_role,
       count(*) over ()::int as total
     from audit_events e
     left join people a on a.id = e.actor_id
     left join people s on e.subject_type = 'person' and s.id::text = e.subject_id
     left join memberships m on e.subject_type = 'person' and m.person_id::text = e.subject_id
       and m.organisation_id = e.organisation_id
     left join teams t on e.subject_type = 'team' and t.id::text = e.subject_id and t.organisation_id = e.organisation_id
     where e.organisation_id = ? and split_part(e.action, '.', 1) = any(?) and e.action <> all(?)
     order by e.created_at desc, e.id desc limit ? offset ?`,
    [organisationId, SHOWN, OWN, EVENTS_ON_PAGE, (page - 1) * EVENTS_ON_PAGE],
  );
  return rows.map(({ shows_role, details, ...event }: EventInList & { shows_role: boolean }) => ({
    ...event,
    details: shows_role ? details : withoutExpert(details),
  }));
}

/**
 * Being an expert by experience may tell of health, so lists name it only of those who show it. A change of nothing but that
 * reads as one of the other terms.
 */
function withoutExpert(details: EventInList['details']): EventInList['details'] {
  const seen = Object.entries(details).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.filter((role) => role !== 'expert') : value,
  ]);
  const { before, after, ...rest } = Object.fromEntries(seen);
  return String(before) === String(after) ? rest : { ...rest, before, after };
}
