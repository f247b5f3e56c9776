import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { membersChanged } from '../organisations/members-changed';
import type { Actor } from '../organisations/organisations.model';
import { giveProfile } from './giving.model';
import {
  insertProfile,
  isNameTaken,
  lockProfile,
  newestVersion,
  setProfile,
  type TargetProfile,
  writeVersion,
} from './profiles.model';
import type { Ranges } from './target-levels';
import type { NewProfileForm, ProfileForm, Receivers } from './targets.schema';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;
export type Refusal = { refused: Record<string, string> };

const subject = (id: string) => ({ type: 'target-profile', id });
const TAKEN: Refusal = { refused: { name: 'targets.name.taken' } };

/** Makes a profile with these levels, which may be none yet. The same form sent twice makes one. */
export function makeProfile(actor: Somebody, form: NewProfileForm, levels: Ranges): Promise<Refusal | undefined> {
  const { organisation_id } = actor;
  return atomically(async () => {
    await lockProfile(form.key);
    if (await isNameTaken(organisation_id, form.name, form.key)) return TAKEN;
    const { key: id, name, about, copy_from: copied_from } = form;
    if (!(await insertProfile({ id, organisation_id, name, about, copied_from }))) return undefined;
    await writeVersion(organisation_id, id, actor.id, levels);
    await recordAudit(actor, 'profile.made', subject(id), { name });
    return undefined;
  });
}

/** Changes name, words and levels from today on. Refuses when someone else changed it after it was looked at. */
export function changeProfile(
  actor: Somebody,
  profile: TargetProfile,
  { name, about, seen }: ProfileForm,
  levels: Ranges,
): Promise<Refusal | undefined> {
  const { organisation_id } = actor;
  return atomically(async () => {
    await lockProfile(profile.id);
    if ((await newestVersion(organisation_id, profile.id)) !== seen) return { refused: { form: 'targets.changed' } };
    if (await isNameTaken(organisation_id, name, profile.id)) return TAKEN;
    await setProfile(organisation_id, profile.id, { name, about });
    await writeVersion(organisation_id, profile.id, actor.id, levels);
    await recordAudit(actor, 'profile.changed', subject(profile.id), { name });
    return undefined;
  });
}

/** Takes a profile out of the choices, or back into them. Who has it keeps it. */
export function archiveProfile(actor: Somebody, profile: TargetProfile, isArchived: boolean) {
  return atomically(async (): Promise<Refusal | undefined> => {
    const back = !isArchived;
    if (back && (await isNameTaken(actor.organisation_id, profile.name, profile.id))) return TAKEN;
    await setProfile(actor.organisation_id, profile.id, { archived_at: isArchived ? new Date() : null });
    const action = isArchived ? 'profile.archived' : 'profile.restored';
    await recordAudit(actor, action, subject(profile.id), { name: profile.name });
    return undefined;
  });
}

/** Gives a profile to a role, a team or a person. Returns how many it was new for. */
export function give(actor: Somebody, { code, name }: { code: string; name: string }, to: Receivers): Promise<number> {
  return atomically(async () => {
    const people = await giveProfile(actor.organisation_id, code, to);
    await membersChanged(actor.organisation_id);
    await recordAudit(actor, 'profile.given', subject(code), { ...to, name, people });
    return people;
  });
}
