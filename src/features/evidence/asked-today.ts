import type { Actor } from '../organisations/organisations.model';

/** Somebody who may have been asked, with what they may be asked for today. */
export type Asked = Pick<Actor, 'id' | 'organisation_id' | 'roles' | 'supervised_teams'>;

/**
 * SQL: whether the actor may still be asked about the person of a row (`mayBeAsked`): a professional, or who supervises them today.
 * Who has lost that neither reads nor decides what waits. Bindings: `askedBindings`.
 */
export const mayStillBeAsked = (row: string) =>
  `(? or exists (select from team_members tm where tm.organisation_id = ${row}.organisation_id and tm.person_id = ${row}.person_id
     and tm.team_id = any(?) and tm.joined_on <= current_date and (tm.left_on is null or tm.left_on > current_date)))`;

export const askedBindings = ({ roles, supervised_teams }: Asked) => [roles.includes('reviewer'), supervised_teams];
