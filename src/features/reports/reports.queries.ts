import { dayOf } from '../../lib/calendar';
import { onReplica, together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator } from '../organisations/organisations.policy';
import { findTeam, selectTeams, selectTeamsOf, type Team } from '../organisations/teams.model';
import { estimateAt } from '../skills/estimate';
import { frameworkWords } from '../skills/skills.model';
import { closedReader } from './closing/closings.service';
import { type KeptPeople, selectKeptCoverage, selectKeptGrowth, selectKeptPeople } from './closing/kept-figures.model';
import { keepFigures } from './closing/kept-figures.service';
import { monthTargets } from './closing/month-targets';
import { leastOf } from './closing/skill-ends';
import { coverageReport } from './figures/coverage-report';
import { growthReport } from './figures/growth-report';
import { needsHelp } from './figures/needs-help';
import { leastOfPeople, organisationCoverage, organisationGrowth } from './figures/organisation-report';
import { teamTraining, trainingOf } from './figures/training';
import { taskCompetences } from './figures/validated';
import { selectSharedEstimates, selectSharedNotes } from './pages/shared.queries';
import { selectCounted, selectDaysOf, selectValidated } from './pages/skills.queries';
import { type MemberRow, selectAgreedCourses, selectMembers, selectOpenHelp } from './pages/team.queries';
import type { Period } from './period';

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

/** More teams than this are no list to choose from: then there is none, but for the team itself. */
const MOST_TEAMS = 200;
const teamsToChoose = (actor: Actor) => readableTeams(actor).limit(MOST_TEAMS + 1);
const few = (teams: Team[], own?: Team) => (teams.length <= MOST_TEAMS ? teams : own ? [own] : []);

/**
 * Growth of a team or of the whole organisation over a period, with the names of competences and the teams to choose from.
 * Figures are of closed months: nothing that is recorded later changes them. Those of an organisation are kept.
 */
export async function readGrowth(actor: Actor, { team }: ReportScope, period: Period) {
  const organisationId = actor.organisation_id;
  const read = await closedReader(organisationId);
  const { competences } = await frameworkWords(actor.language);
  const targets = await read(() => monthTargets(organisationId, period.to));
  if (!team) {
    const [people, skills, teams] = await readKept(read, organisationId, period, () =>
      together(
        selectKeptPeople(organisationId, period),
        selectKeptGrowth(organisationId, period),
        teamsToChoose(actor),
      ),
    );
    const about = oneOf(people);
    const k = leastOfPeople(about, actor.smallest_group);
    return { teams: few(teams), competences, k, report: organisationGrowth(skills.rows, about, targets) };
  }
  const [teams, days, counted] = await read(() =>
    together(
      teamsToChoose(actor),
      selectDaysOf(organisationId, [team.id], period),
      selectCounted(organisationId, { teams: [team.id], from: period.from, to: period.to }),
    ),
  );
  const k = leastOf(days.rows, actor.smallest_group);
  return { teams: few(teams, team), competences, k, report: growthReport(counted.rows, days.rows, targets, period) };
}

/** How the target profiles of the people of a team or of the whole organisation are reached at the end of a period. */
export async function readCoverage(actor: Actor, { team }: ReportScope, period: Period) {
  const organisationId = actor.organisation_id;
  const read = await closedReader(organisationId);
  const { competences } = await frameworkWords(actor.language);
  const targets = await read(() => monthTargets(organisationId, period.to));
  if (!team) {
    const [people, skills] = await readKept(read, organisationId, period, () =>
      together(selectKeptPeople(organisationId, period), selectKeptCoverage(organisationId, period.to)),
    );
    const about = oneOf(people);
    const k = leastOfPeople(about, actor.smallest_group);
    return { competences, k, report: organisationCoverage(skills.rows, about, targets) };
  }
  const [days, counted] = await read(() =>
    together(
      selectDaysOf(organisationId, [team.id], period),
      selectCounted(organisationId, { teams: [team.id], from: period.from, to: period.to }),
    ),
  );
  const k = leastOf(days.rows, actor.smallest_group);
  return { competences, k, report: coverageReport(counted.rows, days.rows, targets) };
}

type Kept = readonly [people: { rows: KeptPeople[] }, ...others: unknown[]];

/** What was kept of a period; where nobody has asked for it before it is made first, and read where it was written. */
async function readKept<K extends Kept>(
  read: Awaited<ReturnType<typeof closedReader>>,
  organisationId: string,
  { from, to }: Period,
  kept: () => Promise<K>,
): Promise<K> {
  const found = await read(kept);
  if (found[0].rows.length > 0) return found;
  await keepFigures(organisationId, [{ from, to }]);
  return kept();
}

function oneOf<Row>({ rows: [row] }: { rows: Row[] }): Row {
  if (!row) throw new Error('the figures were not kept');
  return row;
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
  const [members, agreed, help, days, counted] = await read(() =>
    together(
      selectMembers(...ids),
      selectAgreedCourses(...ids, actor.language),
      selectOpenHelp(...ids, actor.language),
      selectDaysOf(ids[0], [ids[1]], period),
      selectCounted(actor.organisation_id, { teams: [team.id], from: period.from, to: period.to }),
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
    needs: needsHelp(help.rows, agreed.rows, today),
    k,
    growth: growthReport(counted.rows, days.rows, targets, period),
    coverage: coverageReport(counted.rows, days.rows, targets),
  };
}

/**
 * What may be shown of one member by name: agreed training, the validated part of the target profile, and what the person
 * shares. Shares are asked of the main database, so that taking one back holds from the next page on.
 */
export async function readPerson(actor: Actor, team: Team, member: MemberRow) {
  const { competences, targets } = await frameworkWords(actor.language);
  const profile = targets.get(member.target_profile ?? '') ?? new Map<string, number>();
  const [agreed, validated] = await onReplica(() =>
    together(
      selectAgreedCourses(actor.organisation_id, team.id, actor.language),
      selectValidated(actor.organisation_id, member.person_id, [...profile.keys()]),
    ),
  );
  const whose = { organisationId: actor.organisation_id, personId: member.person_id, required: [...profile.keys()] };
  const [estimates, notes] = await together(selectSharedEstimates(whose), selectSharedNotes(whose));
  const levels = estimates.rows.map((row) => {
    const { level, confidence } = estimateAt({ ...row, at: row.observed_at }, new Date());
    return { code: row.competence_code, level: level ?? 0, confidence };
  });
  return {
    shared: { levels, notes: notes.rows },
    courses: agreed.rows.filter(({ person_id }) => person_id === member.person_id),
    required: taskCompetences(profile, validated.rows, new Date()),
    competences,
    today: dayOf(new Date()),
  };
}
