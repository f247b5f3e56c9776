import { dayOf } from '../../lib/calendar';
import { onReplica, together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator } from '../organisations/organisations.policy';
import { findTeam, selectTeams, selectTeamsOf, type Team } from '../organisations/teams.model';
import { frameworkWords } from '../skills/skills.model';
import { closedReader, monthTargets } from './closings.service';
import { coverageReport } from './coverage-report';
import { growthReport } from './growth-report';
import { keptCoverage, keptPeriod, leastOfMonths, organisationGrowth } from './organisation-report';
import type { Period } from './period';
import { leastOf } from './skill-ends';
import { selectSkillEnds, selectTeamDays, selectValidated } from './skills.queries';
import { selectGrowthSums, selectOrganisationMonths, selectSkillFigures } from './summaries.queries';
import { type MemberRow, selectAgreedCourses, selectMembers, selectOpenHelp } from './team.queries';
import { teamTraining, trainingOf } from './training';
import { taskCompetences } from './validated';

/** The teams whose reports the actor may read. */
export const readableTeams = (actor: Actor) =>
  isAdministrator(actor)
    ? selectTeams(actor.organisation_id)
    : selectTeamsOf(actor.organisation_id, actor.supervised_teams);

/** The team, when it is of the actor's organisation and they may see this much of it. */
export async function findTeamFor(actor: Actor, teamId: string, maySee: (actor: Actor, team: Team) => boolean) {
  const team = await findTeam(actor.organisation_id, teamId);
  return team && maySee(actor, team) ? team : undefined;
}

/** Whom a report is about: a team, or the whole organisation when that is null. */
export interface ReportScope {
  team: Team | null;
}

export const WHOLE_ORGANISATION: ReportScope = { team: null };

/**
 * Growth of a team or of the whole organisation, with the names of competences and (for a team) the teams to choose from.
 * Figures are of closed months: nothing that is recorded later changes them. `period` is the one that the figures are of:
 * for an organisation it is moved into the months that summaries are kept of (see keptPeriod).
 */
export async function readGrowth(actor: Actor, { team }: ReportScope, asked: Period) {
  const organisationId = actor.organisation_id;
  const read = await closedReader(organisationId);
  const { competences } = await frameworkWords(actor.language);
  if (!team) {
    const period = keptPeriod(asked);
    const [months, sums] = await read(() =>
      together(
        selectOrganisationMonths(organisationId, period.from, period.to),
        selectGrowthSums(organisationId, period.from, period.to),
      ),
    );
    const targets = await read(() => monthTargets(organisationId, period.to));
    const k = leastOfMonths(months.rows[0], actor.smallest_group);
    return { teams: [], competences, k, period, report: organisationGrowth(sums.rows, months.rows[0], targets, k) };
  }
  const [teams, days, ends] = await read(() =>
    together(
      readableTeams(actor),
      selectTeamDays(organisationId, team.id, asked),
      selectSkillEnds(organisationId, team.id, asked),
    ),
  );
  const targets = await read(() => monthTargets(organisationId, asked.to));
  const k = leastOf(days.rows, actor.smallest_group);
  return { teams, competences, k, period: asked, report: growthReport(ends.rows, days.rows, targets, asked, k) };
}

/** How the target profiles of a team's or of the whole organisation's people are reached at the end of a period. As readGrowth. */
export async function readCoverage(actor: Actor, { team }: ReportScope, asked: Period) {
  const organisationId = actor.organisation_id;
  const read = await closedReader(organisationId);
  const { competences } = await frameworkWords(actor.language);
  if (!team) {
    const period = keptPeriod(asked);
    const [months, figures] = await read(() =>
      together(
        selectOrganisationMonths(organisationId, period.from, period.to),
        selectSkillFigures(organisationId, period.to, [organisationId]),
      ),
    );
    const k = leastOfMonths(months.rows[0], actor.smallest_group);
    return { competences, k, period, report: keptCoverage(figures.rows, months.rows[0], k) };
  }
  const [days, ends] = await read(() =>
    together(selectTeamDays(organisationId, team.id, asked), selectSkillEnds(organisationId, team.id, asked)),
  );
  const targets = await read(() => monthTargets(organisationId, asked.to));
  const k = leastOf(days.rows, actor.smallest_group);
  return { competences, k, period: asked, report: coverageReport(ends.rows, days.rows, targets, k) };
}

/** Who has done what of the agreed training: one entry for each member, agreed or not, by name. */
export async function readCompletions(actor: Actor, team: Team) {
  const ids = [actor.organisation_id, team.id] as const;
  const [members, agreed] = await onReplica(() =>
    together(selectMembers(...ids), selectAgreedCourses(...ids, actor.language)),
  );
  return { members: members.rows, courses: agreed.rows, today: dayOf(new Date()) };
}

/** The team's front page in one flight. `changed`: right after a change, on the main database. */
export async function readTeamPage(actor: Actor, team: Team, period: Period, changed = false) {
  const ids = [actor.organisation_id, team.id] as const;
  const reader = await closedReader(actor.organisation_id);
  const read: typeof reader = changed ? (work) => work() : reader;
  const [members, agreed, help, days, ends] = await read(() =>
    together(
      selectMembers(...ids),
      selectAgreedCourses(...ids, actor.language),
      selectOpenHelp(...ids, actor.language),
      selectTeamDays(...ids, period),
      selectSkillEnds(...ids, period),
    ),
  );
  const targets = await read(() => monthTargets(actor.organisation_id, period.to));
  const k = leastOf(days.rows, actor.smallest_group);
  const today = dayOf(new Date());
  const courses = Map.groupBy(agreed.rows, ({ person_id }) => person_id);
  const asked = new Set(help.rows.map(({ person_id }) => person_id));
  const people = members.rows.map(({ person_id, name }) => ({
    person_id,
    name,
    asked: asked.has(person_id),
    training: trainingOf(courses.get(person_id) ?? [], today),
  }));
  return {
    // Who waits for an answer comes first; the rest is in the order of names, never of results.
    people: people.toSorted((a, b) => Number(b.asked) - Number(a.asked)),
    titles: [...new Set(agreed.rows.map(({ title }) => title))],
    training: teamTraining(
      people.map(({ training }) => training),
      today,
    ),
    help: help.rows,
    k,
    growth: growthReport(ends.rows, days.rows, targets, period, k),
    coverage: coverageReport(ends.rows, days.rows, targets, k),
  };
}

/** What may be shown of one member by name: agreed training and the validated part of the target profile. */
export async function readPerson(actor: Actor, team: Team, member: MemberRow) {
  const { competences, targets } = await frameworkWords(actor.language);
  const profile = targets.get(member.target_profile ?? '') ?? new Map<string, number>();
  const [agreed, validated] = await onReplica(() =>
    together(
      selectAgreedCourses(actor.organisation_id, team.id, actor.language),
      selectValidated(actor.organisation_id, member.person_id, [...profile.keys()]),
    ),
  );
  return {
    courses: agreed.rows.filter(({ person_id }) => person_id === member.person_id),
    required: taskCompetences(profile, validated.rows, new Date()),
    competences,
    today: dayOf(new Date()),
  };
}
