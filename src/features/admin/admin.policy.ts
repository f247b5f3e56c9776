import type { MemberPage } from './people.queries';

/** Whoever can set a password or a user name can become that person, so only the organisation that made the account may. */
export const canManageAccount = (member: Pick<MemberPage, 'is_ours' | 'has_ended'>) =>
  member.is_ours && !member.has_ended;

/** Roles, teams and the way in belong to each organisation by itself, while the membership lasts. */
export const canChangeMembership = (member: Pick<MemberPage, 'has_ended'>) => !member.has_ended;
