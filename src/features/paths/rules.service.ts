import { atomically } from '../../lib/db';
import { enqueue } from '../../lib/jobs';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import { MEMBERS_CHANGED_JOB } from '../organisations/members-changed';
import { type Actor, selectOrganisations } from '../organisations/organisations.model';
import type { LearningPath } from './paths.model';
import {
  assignByRule,
  assignNewcomers,
  deleteAssignmentsOf,
  findSameRule,
  insertRule,
  moveDueDays,
  type PathRule,
  pathTitles,
  type RuleChange,
  releaseLeavers,
  selectMeant,
  setDueOf,
  setRule,
  type Whom,
} from './rules.model';

export const ALL_RULES_JOB = 'paths.all-rules';
/** How long an agreement with many can be taken back in one press, in minutes. */
export const UNDO_MINUTES = 60;

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;
type Terms = Pick<PathRule, 'id' | 'is_standing' | 'due_on' | 'due_days'>;

/**
 * Agrees a path with many at once; who has it already does not get it twice. The same people once more: the newer day counts.
 * Returns how many got it. The same form sent twice does it once.
 */
export function agreeWithMany(actor: Somebody, path: LearningPath, whom: Whom, terms: Terms): Promise<number> {
  return atomically(async () => {
    const same = await findSameRule(path, whom);
    const rule = same ?? { ...terms, organisation_id: path.organisation_id };
    const { is_standing, due_on, due_days } = terms;
    if (same) await setRule(same, { is_standing: same.is_standing || is_standing, due_on, due_days });
    else if (!(await insertRule(path, whom, { ...terms, made_by: actor.id }))) return 0;
    if (same) await moveDueDays(same.id);
    if (whom.kind === 'people' && due_on) await setDueOf(path, whom.people, due_on);
    const wanted = (await selectMeant(path, whom)).filter(({ has_it }) => !has_it);
    const people = await assignByRule(
      rule.id,
      wanted.map(({ person_id }) => person_id),
    );
    await tell(
      'path.agreed',
      path.organisation_id,
      people.map((person_id) => ({ path_id: path.id, person_id })),
    );
    const { kind, ...target } = whom;
    const about = 'people' in target ? { people: target.people.length } : target;
    await recordAudit(actor, 'path.agreed', { type: 'path', id: path.id }, { kind, ...about, is_standing });
    return people.length;
  });
}

export const mayUndo = ({ made_at }: Pick<PathRule, 'made_at'>, now = new Date()) =>
  now.getTime() - made_at.getTime() < UNDO_MINUTES * 60_000;

/** Takes the whole agreement back within the hour. Returns from how many; what they learnt meanwhile stays. */
export function undoRule(actor: Somebody, rule: PathRule): Promise<number> {
  return atomically(async () => {
    const people = await deleteAssignmentsOf(rule);
    await setRule(rule, { ended_at: new Date() });
    await recordAudit(actor, 'path.agreement-undone', { type: 'path', id: rule.path_id }, { people });
    return people;
  });
}

/** Nobody new comes by the rule; who has the path keeps it. */
export function endRule(actor: Somebody, rule: PathRule): Promise<void> {
  return atomically(async () => {
    await setRule(rule, { ended_at: new Date() });
    await recordAudit(actor, 'path.rule-ended', { type: 'path', id: rule.path_id });
  });
}

/** The job: makes what standing rules say true for the people of today. Doing it again changes nothing. */
export function keepRules({ organisation_id }: { organisation_id: string }): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, () =>
    atomically(async () => {
      const kept = await releaseLeavers(organisation_id);
      await tell('path.agreed', organisation_id, await assignNewcomers(organisation_id));
      await tell('path.kept', organisation_id, kept);
    }),
  );
}

/** The nightly job: one for each organisation. */
export async function keepAllRules(): Promise<void> {
  for (const { id } of await selectOrganisations())
    await enqueue(MEMBERS_CHANGED_JOB, { organisation_id: id }, { key: `members ${id}` });
}

async function tell(kind: string, organisation_id: string, changes: readonly RuleChange[]): Promise<void> {
  if (changes.length === 0) return;
  const titles = await pathTitles(organisation_id);
  for (const { path_id, person_id } of changes) {
    const path = titles.get(path_id);
    if (path)
      await notify({ organisation_id, person_id, kind, params: { title: path.title }, href: `/paths/${path.slug}` });
  }
}
