import { createHash } from 'node:crypto';
import { atomically } from '../../lib/db';
import { enqueue } from '../../lib/jobs';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import type { FrameworkRow } from '../skills/frameworks.model';
import { setFrameworkOf } from '../skills/own-profiles.model';
import { frameworkWords } from '../skills/skills.model';
import { rebuild } from '../skills/skills.service';
import { findProfile, insertProfile, writeVersion } from '../targets/profiles.model';
import { rangesOf } from '../targets/target-levels';
import { carriedCodes, type MappedSkill, mapLevels } from './mapping';
import { copyEvidence, moveProfile, selectPeopleWith, selectProfilesInUse } from './mappings.model';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

export const CARRY_JOB = 'frameworks.carry';

/**
 * From now on the organisation speaks with this framework. Its own profiles get a version from today under the new codes;
 * ready ones that someone has and that the new framework lacks become own ones; evidence follows by a job. Nothing is taken
 * away: old codes keep their evidence, and profiles their earlier versions.
 */
export function useFramework(actor: Somebody, to: FrameworkRow, skills: readonly MappedSkill[]): Promise<void> {
  const { organisation_id } = actor;
  return atomically(async () => {
    const before = await frameworkWords('fi');
    await setFrameworkOf(organisation_id, to.is_default ? null : to.id);
    const after = await frameworkWords('fi');
    for (const code of new Set([...before.targets.keys()])) {
      const mapped = mapLevels(rangesOf(before.targets.get(code), before.aims.get(code)), skills);
      if (await findProfile(organisation_id, code)) {
        if (mapped.size > 0) await writeVersion(organisation_id, code, actor.id, mapped);
      } else if (!after.targets.has(code) && mapped.size > 0) {
        await keepReady(actor, to, code, before.profiles.get(code) ?? code, mapped);
      }
    }
    const pairs = carriedCodes(skills);
    if (pairs.length > 0) await enqueue(CARRY_JOB, { organisationId: organisation_id, pairs, after: NOBODY });
    const name = `${to.title} ${to.version}`;
    await recordAudit(actor, 'framework.chosen', { type: 'framework', id: to.key }, { name });
  });
}

/** A ready profile that somebody has, as an own one of the same name. */
async function keepReady(
  actor: Somebody,
  to: FrameworkRow,
  code: string,
  name: string,
  levels: ReturnType<typeof mapLevels>,
): Promise<void> {
  const { organisation_id } = actor;
  if (!(await selectProfilesInUse(organisation_id)).includes(code)) return;
  const id = uuidOf(`${organisation_id} ${to.id} ${code}`);
  if (await insertProfile({ id, organisation_id, name: name.slice(0, 120), about: '', copied_from: code }))
    await writeVersion(organisation_id, id, actor.id, levels);
  await moveProfile(organisation_id, code, id);
}

/** The same id for the same words, so that switching twice makes one profile. */
function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
const PEOPLE_AT_ONCE = 100;

export interface Carry {
  organisationId: string;
  pairs: { from: string; to: string }[];
  /** The last person who was done. */
  after: string;
}

/** The job: evidence of some people under the new codes, and then the next ones. Doing it twice changes nothing. */
export function carryEvidence({ organisationId, pairs, after }: Carry): Promise<void> {
  return withScope({ organisationId, personId: null }, () =>
    atomically(async () => {
      const codes = pairs.map(({ from }) => from);
      const people = await selectPeopleWith(organisationId, codes, after, PEOPLE_AT_ONCE);
      for (const person_id of people)
        for (const { from, to } of pairs)
          if (await copyEvidence(organisationId, person_id, from, to))
            await rebuild({ organisation_id: organisationId, person_id, competence_code: to }, new Date(0));
      const last = people.at(-1);
      if (last && people.length === PEOPLE_AT_ONCE) await enqueue(CARRY_JOB, { organisationId, pairs, after: last });
    }),
  );
}
