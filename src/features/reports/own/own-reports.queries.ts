import { dayOf, monthEndBefore } from '../../../lib/calendar';
import { onReplica, together } from '../../../lib/db';
import { recordLooks } from '../../audit/looks.model';
import type { Actor } from '../../organisations/organisations.model';
import { isAdministrator } from '../../organisations/organisations.policy';
import { frameworkWords } from '../../skills/skills.model';
import { closedReader } from '../closing/closings.service';
import { monthTargets } from '../closing/month-targets';
import { leastOf } from '../closing/skill-ends';
import type { ReportDocument } from '../documents/document';
import type { Reader } from '../documents/document-cells';
import { selectHelpAsked } from '../pages/help-asked.queries';
import { selectCounted, selectDaysOf } from '../pages/skills.queries';
import { selectAgreedCourses } from '../pages/team.queries';
import { countTraining } from '../pages/training.queries';
import { newestMonthEnd, periodOf } from '../period';
import { readableTeams } from '../reports.queries';
import { type Definition, faultOf } from './own-definition';
import { type OwnNames, ownDocument } from './own-document';
import { helpRows, quartersOf } from './own-help-rows';
import { hiddenRow, skillColumns, skillRows } from './own-skill-rows';
import { namedColumns, namedRows, trainingColumns, trainingRows } from './own-training-rows';

/** Names by team of more than these would be a register of people. */
const MOST_TEAMS_BY_NAME = 30;
const USUAL_MONTHS = 6;

/** What one may choose from: one's own teams, and the words of the framework. Everything is recomputed with their rights. */
export async function readOwnNames(actor: Actor): Promise<OwnNames> {
  const [teams, words] = await Promise.all([readableTeams(actor), frameworkWords(actor.language)]);
  return {
    teams: new Map(teams.map(({ id, name }) => [id, name])),
    profiles: words.profiles,
    competences: new Map([...words.competences].map(([code, { plain_name }]) => [code, plain_name])),
    areas: words.areas,
    areaOf: new Map([...words.competences].map(([code, { area }]) => [code, area])),
  };
}

/**
 * A report of one's own for this reader: about the whole organisation for an administrator, else about the teams that the
 * reader supervises today, whoever made the definition. Undefined when the definition cannot be made.
 */
export async function readOwnReport(
  actor: Actor,
  definition: Definition,
  { reader, name, names }: { reader: Reader; name: string; names: OwnNames },
): Promise<ReportDocument | undefined> {
  if (faultOf(definition)) return undefined;
  const { filters } = definition;
  const isGone = filters.team !== undefined && !names.teams.has(filters.team);
  const teams = filters.team ? [filters.team] : isAdministrator(actor) ? null : [...names.teams.keys()];
  const scope = filters.team
    ? (names.teams.get(filters.team) ?? reader.t('own.gone.team'))
    : isAdministrator(actor)
      ? actor.organisation_name
      : [...names.teams.values()].join(', ');
  const about = { definition, names, name, scope, reader };
  if (isGone) return ownDocument({ ...about, columns: [], rows: [], isGone: true });
  if (definition.source === 'training') return readTraining(actor, about, teams);
  if (definition.source === 'help') return readHelp(actor, about, isAdministrator(actor) ? null : teams);
  return readSkills(actor, about, teams);
}

type About = Pick<Parameters<typeof ownDocument>[0], 'definition' | 'names' | 'name' | 'scope' | 'reader'>;

async function readSkills(actor: Actor, about: About, teams: readonly string[] | null) {
  const { definition, names, reader } = about;
  const newest = newestMonthEnd();
  const end = periodOf(newest, newest);
  const period = definition.source === 'growth' ? monthsBefore(definition.months ?? USUAL_MONTHS) : end;
  const read = await closedReader(actor.organisation_id);
  const [counted, days] = await read(() =>
    together(
      selectCounted(actor.organisation_id, { teams, ...period }),
      selectDaysOf(actor.organisation_id, teams ?? [actor.organisation_id], period),
    ),
  );
  const targets = await read(() => monthTargets(actor.organisation_id, period.to));
  const codes = definition.filters.area
    ? new Set([...names.areaOf].filter(([, area]) => area === definition.filters.area).map(([code]) => code))
    : undefined;
  const people = days.rows;
  const columns = skillColumns(definition, reader);
  const rows = skillRows(definition, { counted: counted.rows, targets, codes }, reader);
  const k = leastOf(people, actor.smallest_group);
  // Teams are known to the reader by name, so one of whom nothing shows stands in the table and says so.
  const missing =
    definition.groups.length === 1 && definition.groups[0] === 'team'
      ? (definition.filters.team ? [definition.filters.team] : [...names.teams.keys()])
          .filter((team) => !rows.some(({ keys }) => keys[0] === team))
          .map((team) => hiddenRow([team], columns.length, k))
      : [];
  return ownDocument({
    ...about,
    period: definition.source === 'growth' ? period : undefined,
    columns,
    rows: [...rows, ...missing],
    k,
    team: new Set(people.filter(({ at_end }) => at_end).map(({ person_id }) => person_id)).size,
    closed: period.to,
  });
}

const monthsBefore = (months: number) => {
  const to = newestMonthEnd();
  return periodOf(monthEndBefore(to, months), to);
};

async function readTraining(actor: Actor, about: About, teams: readonly string[] | null) {
  const { definition, names, reader } = about;
  const today = dayOf(new Date());
  if (definition.groups.includes('person')) {
    const chosen = (teams ?? [...names.teams.keys()]).slice(0, MOST_TEAMS_BY_NAME);
    const read = await onReplica(() =>
      together(...chosen.map((team) => selectAgreedCourses(actor.organisation_id, team, actor.language))),
    );
    const courses = read.flatMap(({ rows }) => rows);
    const unique = [...new Map(courses.map((course) => [`${course.person_id} ${course.course_id}`, course])).values()];
    await recordLooks(
      actor,
      'completions',
      unique.map(({ person_id }) => person_id),
    );
    const byName = unique.toSorted((a, b) => a.name.localeCompare(b.name, reader.lang));
    return ownDocument({
      ...about,
      columns: namedColumns(reader),
      named: namedRows(byName, definition, today, reader),
      rows: [],
      team: new Set(unique.map(({ person_id }) => person_id)).size,
      today,
    });
  }
  const { rows: counts } = await onReplica(() => countTraining(actor.organisation_id, actor.language));
  const titles = new Map(counts.map(({ course_id, title }) => [course_id ?? '', title ?? '']));
  return ownDocument({
    ...about,
    names: { ...names, topics: titles },
    columns: trainingColumns(definition, reader),
    rows: trainingRows(definition, counts, teams),
    today,
  });
}

async function readHelp(actor: Actor, about: About, teams: readonly string[] | null) {
  const { definition, names, reader } = about;
  const period = quartersOf(definition.months ?? USUAL_MONTHS, newestMonthEnd());
  const { rows: asked } = await onReplica(() =>
    selectHelpAsked(actor.organisation_id, actor.language, period.from, period.to),
  );
  const titles = new Map(asked.map(({ topic, title }) => [topic, title ?? '']));
  return ownDocument({
    ...about,
    names: { ...names, topics: titles },
    period: periodOf(period.from, period.to),
    columns: [{ key: 'asked', heading: reader.t('own.column.asked'), kind: 'count' }],
    rows: helpRows(definition, asked, actor.smallest_group, teams),
    k: leastOf(asked.some(({ has_clients }) => has_clients) ? [{ relation: 'client' }] : [], actor.smallest_group),
    closed: period.to,
  });
}
