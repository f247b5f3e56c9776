import { db } from '../../lib/db';

export const EVENTS_ON_PAGE = 30;

/**
 * What the organisation's administrator may read. Sign-ins and what people did as learners are not among them
 * (who may see what: domain table): a new kind of event is shown only once it is named here.
 */
const SHOWN = ['member', 'team', 'network', 'invitation', 'organisation', 'course', 'path', 'draft', 'lesson', 'h5p'];

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
       coalesce(s.name, t.name, e.details ->> 'name') as subject_name, count(*) over ()::int as total
     from audit_events e
     left join people a on a.id = e.actor_id
     left join people s on e.subject_type = 'person' and s.id::text = e.subject_id
     left join teams t on e.subject_type = 'team' and t.id::text = e.subject_id and t.organisation_id = e.organisation_id
     where e.organisation_id = ? and split_part(e.action, '.', 1) = any(?)
     order by e.created_at desc, e.id desc limit ? offset ?`,
    [organisationId, SHOWN, EVENTS_ON_PAGE, (page - 1) * EVENTS_ON_PAGE],
  );
  return rows;
}
