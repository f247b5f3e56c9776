import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { isAdministrator } from '../organisations/organisations.policy';
import { findTeam } from '../organisations/teams.model';
import { frameworkWords, wordsLanguage } from '../skills/skills.model';
import { findMemberByUsername } from './manage.queries';
import { renderManaged } from './managed.page';
import { findAssignment, findPath, type LearningPath, selectTeamIdsOf } from './paths.model';
import { canAgreeWith, canAssignTo, pathAssigners } from './paths.policy';
import { AssignForm } from './paths.schema';
import { type Target, unassignPath } from './paths.service';
import { findRule, type PathRule, selectMeant, type Whom } from './rules.model';
import { agreeWithMany, endRule, mayUndo, undoRule } from './rules.service';

/** Agreeing a path with people, teams, roles or by a standing rule, in one action that is looked at first. */
export const assigning = new Routes('/paths/manage');

assigning.get('/:path/assign', pathAssigners, async (req, res) => {
  const chosen = await readChoice(req, res, req.query);
  if (!chosen) return;
  const { path, form, whom } = chosen;
  const meant = await selectMeant(path, whom);
  res.render('paths/assign', {
    path,
    form,
    values: req.query,
    meant,
    whomText: await nameOf(req, whom, meant),
    noonOf,
  });
});

assigning.post('/:path/assignments', pathAssigners, async (req, res) => {
  const chosen = await readChoice(req, res, req.body);
  if (!chosen) return;
  const { path, form, whom } = chosen;
  const { id, due_on, due_days } = form;
  const is_standing = form.standing === 'yes' && whom.kind !== 'people';
  await agreeWithMany(req.actor, path, whom, { id, is_standing, due_on, due_days });
  res.redirect(303, `/paths/manage/${path.slug}?saved=assigned`);
});

assigning.post('/:path/assignments/:assignment/remove', pathAssigners, async (req, res) => {
  const path = await load(req);
  const id = String(req.params.assignment);
  const assignment = await findAssignment(req.actor.organisation_id, path.id, id);
  // Pressed twice, or from another device: it is already as wished.
  if (assignment) {
    authorize(await mayAssign(req, toTarget(assignment)));
    await unassignPath(req.actor, path, assignment);
  }
  res.redirect(303, `/paths/manage/${path.slug}?saved=removed`);
});

assigning.post('/:path/rules/:rule/undo', pathAssigners, async (req, res) => {
  const { path, rule } = await loadRule(req);
  if (rule && mayUndo(rule)) await undoRule(req.actor, rule);
  res.redirect(303, `/paths/manage/${path.slug}?saved=${rule && !mayUndo(rule) ? 'tooLate' : 'undone'}`);
});

assigning.post('/:path/rules/:rule/end', pathAssigners, async (req, res) => {
  const { path, rule } = await loadRule(req);
  if (rule) await endRule(req.actor, rule);
  res.redirect(303, `/paths/manage/${path.slug}?saved=ruleEnded`);
});

const load = async (req: Request): Promise<LearningPath> =>
  found(await findPath(req.actor.organisation_id, String(req.params.path)));

/** The rule when it is in force and the actor may decide on it; undefined when it has ended. */
async function loadRule(req: Request): Promise<{ path: LearningPath; rule: PathRule | undefined }> {
  const path = await load(req);
  const rule = await findRule(req.actor.organisation_id, path.id, String(req.params.rule));
  if (rule) authorize(canAgreeWith(req.actor, rule));
  return { path, rule };
}

const toTarget = ({ team_id, person_id }: { team_id: string | null; person_id: string | null }): Target =>
  team_id ? { team_id } : { person_id: person_id ?? '' };

/** What was chosen, when it is of this organisation and within what the actor may agree on; else answers with the form. */
async function readChoice(req: Request, res: Response, body: unknown) {
  const path = await load(req);
  const form = readForm(AssignForm, body);
  const refuse = async (values: Record<string, unknown>, errors: FieldErrors) => {
    await renderManaged(req, res.status(422), path, values, errors);
    return undefined;
  };
  if (!form.ok) return refuse(form.values, form.errors);
  const whom = await chosenWhom(req, form.value);
  const field = form.value.who ? 'who' : form.value.people.length > 0 ? 'people' : 'username';
  if (!whom) return refuse({ ...(body as object) }, { [field]: 'paths.who.unknown' });
  return { path, form: form.value, whom };
}

async function chosenWhom(
  req: Request,
  { who, people, username }: { who?: Whom | undefined; people: string[]; username: string },
): Promise<Whom | undefined> {
  const { organisation_id } = req.actor;
  if (who && who.kind !== 'people') {
    if (who.kind === 'team') {
      const isOurs = (await findTeam(organisation_id, who.team_id)) !== undefined;
      return isOurs && canAssignTo(req.actor, who) ? who : undefined;
    }
    return isAdministrator(req.actor) ? who : undefined;
  }
  const named = username === '' ? undefined : await findMemberByUsername(organisation_id, username);
  if (username !== '' && !named) return undefined;
  const all = [...new Set([...(who?.people ?? []), ...people, ...(named ? [named] : [])])];
  // One by one only for a supervisor, who has a few people; the administrator may choose anyone who is a member.
  const may = await Promise.all(all.map((person_id) => mayAssign(req, { person_id })));
  const members = await selectMeant(await load(req), { kind: 'people', people: all });
  return all.length > 0 && may.every(Boolean) && members.length === all.length
    ? { kind: 'people', people: all }
    : undefined;
}

async function mayAssign(req: Request, target: Target): Promise<boolean> {
  if ('team_id' in target || isAdministrator(req.actor)) return canAssignTo(req.actor, { personTeams: [], ...target });
  const personTeams = await selectTeamIdsOf(req.actor.organisation_id, target.person_id);
  return canAssignTo(req.actor, { ...target, personTeams });
}

/** Whom the agreement means, in words. */
async function nameOf(req: Request, whom: Whom, meant: readonly { name: string }[]) {
  if (whom.kind === 'people') return { key: 'paths.whom.people', params: { count: meant.length } };
  if (whom.kind === 'team') {
    const team = await findTeam(req.actor.organisation_id, whom.team_id);
    return { key: 'paths.whom.team', params: { name: team?.name ?? '' } };
  }
  const { profiles } = await frameworkWords(wordsLanguage(req.actor));
  if (whom.kind === 'profile')
    return { key: 'paths.whom.profile', params: { name: profiles.get(whom.code) ?? whom.code } };
  return { key: `admin.${whom.kind}.${whom.code}`, params: {} };
}
