import { addBank } from './bank';
import type { Rows } from './bulk';
import { type Calendar, dateOnly, HISTORY_MONTHS } from './calendar';
import { Chance } from './chance';
import { addDialogue } from './dialogue';
import { addDrafts } from './drafts';
import { type Content, type Team, teamHistory } from './history';
import { IN_TWO, LEAST_PEOPLE, NETWORK, ORGANISATIONS, type OrganisationPlan, type TeamPlan } from './organisations';
import { addOwnReports } from './own-reports';
import { addPlans, addWholePath } from './path-steps';
import { addPaths, assignPath } from './paths';
import { type Member, People } from './people';
import { addTalks } from './talks';

import { addTargets, ownProfileId } from './targets';

import { addTeamYears } from './team-years';
import { addWays } from './ways';

export interface Building {
  rows: Rows;
  calendar: Calendar;
  passwordHash: string;
  /** Argon2 of the pictures that some sign in by. */
  pictureHash: string;
  content: Content;
  /** How many people; those over the plan form more teams of twenty. */
  people: number;
}

interface Place {
  plan: OrganisationPlan;
  id: string;
  chance: Chance;
  staff: Member[];
  teams: Map<string, Team>;
  paths: Map<string, string>;
}

/** Ids are told by the plan alone, so that courses can belong to the first organisation before anyone is in it. */
export const organisationId = (slug: string): string => new Chance(`organisation ${slug}`).uuid();

export const MOST_PEOPLE = 1_000_000;

/** Makes the whole demo, a team at a time, so that the caller can write rows on the way. Throws a RangeError for too few people. */
export function* buildDemo({ rows, calendar, passwordHash, pictureHash, content, people }: Building): Generator<void> {
  if (!Number.isInteger(people) || people < LEAST_PEOPLE || people > MOST_PEOPLE)
    throw new RangeError(`The demo has at least ${LEAST_PEOPLE} people`);
  const everyone = new People(rows, calendar, passwordHash);
  const build = { rows, calendar, everyone, content };
  const places = ORGANISATIONS.map((plan) => addPlace(build, plan));
  for (const place of places)
    for (const plan of place.plan.teams) {
      const team = addTeam(build, place, plan);
      addTalks(rows, calendar, team);
      addTeamYears(rows, calendar, team);
      yield;
    }
  addConnections(build, places);
  for (const { id, staff, teams } of places)
    addWays(rows, calendar, {
      organisationId: id,
      administrator: staff.find(isAdministrator)?.id,
      pictureHash,
      teams: [...teams.values()],
      staff,
    });
  for (let number = 1; everyone.count < people; number += 1) {
    const place = places[number % places.length] as Place;
    addTeam(build, place, extraTeam(place, number, people - everyone.count));
    yield;
  }
}

const isAdministrator = ({ named }: Member) => named?.roles?.includes('administrator') ?? false;

interface Build extends Pick<Building, 'rows' | 'calendar' | 'content'> {
  everyone: People;
}

function addPlace({ rows, calendar, everyone, content }: Build, plan: OrganisationPlan): Place {
  const chance = new Chance(`place ${plan.slug}`, 0x800000 + ORGANISATIONS.indexOf(plan));
  const id = organisationId(plan.slug);
  const staff = plan.staff.map((named) => everyone.add({ organisation: { id, slug: plan.slug }, named }));
  const admin = staff.find(({ named }) => named?.account === 'admin');
  addTargets(rows, calendar, { id, slug: plan.slug }, admin?.id);
  const paths = addPaths(
    rows,
    chance,
    { id, ending: plan === ORGANISATIONS[0] ? '' : `-${plan.slug}` },
    content.courses,
    calendar.monthsAgo(HISTORY_MONTHS),
  );
  const ending = plan === ORGANISATIONS[0] ? '' : `-${plan.slug}`;
  const by = staff.find(isAdministrator)?.id;
  addWholePath(rows, calendar, { id, ending, by }, content.courses, calendar.monthsAgo(3));
  addDialogue(rows, calendar, { organisationId: id, administrator: staff.find(isAdministrator)?.id });
  return { plan, id, chance, staff, teams: new Map(), paths };
}

function addTeam({ rows, calendar, everyone, content }: Build, place: Place, plan: TeamPlan): Team {
  const organisation = { id: place.id, slug: place.plan.slug };
  const { relation, profile } = plan;
  const supervisor =
    place.staff.find(({ name }) => name === plan.supervisor) ?? everyone.add({ organisation, profile: 'supervisor' });
  const id = place.chance.uuid();
  const members = Array.from({ length: plan.people }, (_, index) =>
    everyone.add({
      ...{ organisation, named: plan.named?.[index], relation, profile, swedish: plan.swedish === true },
      targets: plan.ownProfile && ownProfileId(place.plan.slug),
    }),
  );
  const team: Team = { id, plan, members, supervisor };
  place.teams.set(plan.name, team);

  const ours = { organisation_id: place.id, team_id: id };
  const parent_id = plan.parent ? place.teams.get(plan.parent)?.id : null;
  rows.add('teams', { id, organisation_id: place.id, parent_id, name: plan.name });
  for (const { id: person_id, startedOn, leftOn } of members)
    rows.add('team_members', {
      ...ours,
      person_id,
      joined_on: dateOnly(startedOn),
      left_on: leftOn && dateOnly(leftOn),
    });
  rows.add('team_supervisors', { ...ours, person_id: supervisor.id, is_deputy: false, ends_on: null });
  assignPath(rows, place.chance, calendar, {
    organisationId: place.id,
    teamId: id,
    pathId: place.paths.get(plan.path.slug),
    by: supervisor.id,
    plan: plan.path,
  });
  teamHistory(rows, calendar, team, content);
  addPlans(rows, calendar, team);
  return team;
}

/** Five who try lessons: the learner of the demo, and others of their organisation who are here now. */
function testersOf({ teams }: Place, learner: string): string[] {
  const others = [...teams.values()].flatMap(({ members }) => members);
  const here = others.filter(({ leftOn, named, id }) => !leftOn && id !== learner && !named?.account);
  return [learner, ...here.slice(0, 4).map(({ id }) => id)];
}

/** What joins teams and organisations: deputies, the one who belongs to two organisations, the network. */
function addConnections({ rows, calendar, everyone, content }: Build, places: readonly Place[]): void {
  const of = (slug: string) => places.find(({ plan }) => plan.slug === slug) as Place;
  const people = new Map(
    places
      .flatMap(({ staff, teams }) => [...staff, ...[...teams.values()].flatMap(({ members }) => members)])
      .map((member) => [member.name, member]),
  );
  const account = (name: string) => [...people.values()].find(({ named }) => named?.account === name)?.id ?? '';
  const writers = {
    organisationId: of(NETWORK.home).id,
    expert: account('expert'),
    professional: account('professional'),
    testers: testersOf(of(NETWORK.home), account('learner')),
  };
  addDrafts(rows, calendar, of(NETWORK.home).chance, writers, content);
  for (const { id, plan } of places) {
    const course = plan.slug === NETWORK.home ? content.courses[0] : undefined;
    addBank(rows, calendar, {
      organisationId: id,
      chance: new Chance(`bank ${plan.slug}`),
      ...(course && { quiz: { author: writers.expert, course } }),
    });
  }

  for (const { id, staff, teams } of places)
    addOwnReports(rows, calendar, {
      organisationId: id,
      administrator: staff.find(isAdministrator)?.id,
      readers: [...teams.values()].map(({ supervisor }) => supervisor.id),
    });

  for (const { id: organisation_id, teams } of places)
    for (const { id: team_id, plan } of teams.values()) {
      const deputy = plan.deputy && people.get(plan.deputy[0]);
      if (!deputy || !plan.deputy) continue;
      rows.add('team_supervisors', {
        organisation_id,
        team_id,
        person_id: deputy.id,
        is_deputy: true,
        ends_on: dateOnly(calendar.daysAgo(-plan.deputy[1])),
      });
    }

  const helper = people.get(IN_TWO.name) as Member;
  const also = of(IN_TWO.also);
  everyone.join(helper, also.id, ['learner'], calendar.monthsAgo(7));
  rows.add('team_members', {
    organisation_id: also.id,
    team_id: also.teams.get(IN_TWO.team)?.id,
    person_id: helper.id,
    joined_on: dateOnly(calendar.monthsAgo(7)),
    left_on: null,
  });

  const home = of(NETWORK.home);
  const network_id = home.chance.uuid();
  rows.add('networks', { id: network_id, organisation_id: home.id, name: NETWORK.name });
  for (const { id } of places) rows.add('network_organisations', { network_id, organisation_id: id });
  rows.add('network_coordinators', {
    network_id,
    organisation_id: home.id,
    person_id: people.get(NETWORK.coordinator)?.id,
  });
}

const TEAM_OF_TWENTY = 20;

/** One more team like a planned one, under one of those; its supervisor is one of the people. */
function extraTeam(place: Place, number: number, left: number): TeamPlan {
  const like = place.chance.pick(place.plan.teams.filter(({ people }) => people > TEAM_OF_TWENTY / 2));
  const { deputy: _, named: __, ...plan } = like;
  return {
    ...plan,
    name: `${like.name} ${number + 1}`,
    parent: like.name,
    people: Math.min(TEAM_OF_TWENTY, left - 1),
    supervisor: '',
  };
}
