import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';

export interface TeamMate {
  id: string;
  name: string;
}

/** Whom a professional works with today and may have seen at work: those of the same teams who have an agreed profile. */
export function teamMates({ id, organisation_id }: Pick<Actor, 'id' | 'organisation_id'>) {
  return db().raw<{ rows: TeamMate[] }>(
    `select distinct p.id, p.name from team_members own
     join team_members mate on mate.organisation_id = own.organisation_id and mate.team_id = own.team_id
       and (mate.left_on is null or mate.left_on > current_date)
     join memberships m on m.organisation_id = mate.organisation_id and m.person_id = mate.person_id
       and m.suspended_at is null and (m.ended_on is null or m.ended_on > current_date)
       and m.target_profile is not null
     join people p on p.id = mate.person_id and p.suspended_at is null
     where own.organisation_id = :organisation and own.person_id = :person and mate.person_id <> :person
       and (own.left_on is null or own.left_on > current_date)
     order by p.name, p.id limit 100`,
    { organisation: organisation_id, person: id },
  );
}
