import { db } from '../../lib/db';
import type { InLanguages } from './content';
import type { IssuedCredential } from './credentials.model';

export interface GivenBadge {
  id: string;
  person_id: string;
  person_name: string;
  titles: InLanguages;
  kind: IssuedCredential['kind'];
  state: IssuedCredential['state'];
  offered_at: Date;
  issued_at: Date | null;
  revoked_at: Date | null;
  valid_until: string | null;
}

export const MOST_GIVEN = 200;

/** Badges given and certificates taken, the newest first. What somebody declined or deleted is not told of. */
export function selectGiven(organisationId: string): Promise<GivenBadge[]> {
  return db()
    .raw(
      `select c.id, c.person_id, p.name as person_name, c.content -> 'titles' as titles, c.kind, c.state, c.offered_at, c.issued_at,
         c.revoked_at, to_char(c.valid_until, 'YYYY-MM-DD') as valid_until
       from issued_credentials c join people p on p.id = c.person_id
       where c.organisation_id = ? and (c.state = 'accepted' or (c.state = 'offered' and c.given_by is not null))
       order by c.offered_at desc, c.id limit ${MOST_GIVEN}`,
      [organisationId],
    )
    .then(({ rows }) => rows);
}

/** Courses and paths that a badge may be attached to. */
export function selectGivenFor(organisationId: string): Promise<{ value: string; titles: InLanguages }[]> {
  return db()
    .raw(
      `select 'course:' || c.id as value, (select jsonb_object_agg(language, title) from course_texts t where t.course_id = c.id) as titles
       from courses c where c.organisation_id = :o and c.published_at is not null
       union all
       select 'path:' || p.id, (select jsonb_object_agg(language, title) from learning_path_texts t where t.path_id = p.id)
       from learning_paths p where p.organisation_id = :o
       order by 1 limit 500`,
      { o: organisationId },
    )
    .then(({ rows }) => rows);
}

/** The one member of this user name, or of this name when only one has it. */
export async function findMember(organisationId: string, named: string): Promise<string | undefined> {
  const { rows } = await db().raw(
    `select p.id, (p.username = lower(:n)) as by_username from people p
     join memberships m on m.person_id = p.id and m.organisation_id = :o and m.suspended_at is null
       and (m.ended_on is null or m.ended_on > current_date)
     where p.username = lower(:n) or lower(p.name) = lower(:n) order by 2 desc limit 2`,
    { o: organisationId, n: named },
  );
  return rows.length === 1 || rows[0]?.by_username ? rows[0].id : undefined;
}
