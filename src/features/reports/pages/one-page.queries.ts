import { addCalendarDays, monthEndBefore } from '../../../lib/calendar';
import { db, onReplica, together } from '../../../lib/db';
import { OWN_FIRST, VISIBLE_COURSES } from '../../courses/courses.model';
import type { Actor } from '../../organisations/organisations.model';
import type { Team } from '../../organisations/teams.model';
import { keptRows } from '../closing/kept-rows';
import type { Period } from '../period';
import { readCoverage, readGrowth } from '../reports.queries';

/** Requests for help by topic; without a title, those that were about no lesson. */
export interface TopicRow {
  course_id: string | null;
  title: string | null;
  requests: number;
  people: number;
  answered: number;
}

/** How often something was done in the period and in as long a time before it. */
export interface Trend {
  now: number;
  before: number;
}

export interface TalksRow {
  talks: number;
  people: number;
}
export interface RoutineRow {
  what: 'lessons' | 'signatures' | 'steps' | 'experiments' | 'dropped';
  now: number;
  before: number;
}
export interface LearnedRow {
  kind: 'step' | 'experiment' | 'lesson';
  words: string;
  /** Of an experiment: what was tried. */
  tried: string;
  /** Of a lesson: somebody had asked for help with it before it was changed. */
  wished: boolean;
}
export interface PartRow {
  /** A team's id, the organisation's for the whole. */
  scope_id: string;
  name: string | null;
  relation: string | null;
  people: number;
  started: number;
  has_clients: boolean;
}
export interface LanguageRow {
  language: string;
  people: number;
  lessons: number;
  total: number;
}

/** SQL: whether a person is in the scope at the end of the period. Bindings: organisationId, scopeId, to. */
const IN_SCOPE = `
  scoped as materialized (
    select person_id, relation from (
      select distinct on (person_id) person_id, is_member, relation from month_members
      where organisation_id = :organisationId and scope_id = :scopeId and month_end <= :to::date
      order by person_id, month_end desc) days where is_member
  )`;

const titleOf = (id: string) => `(select title from course_texts where course_id = ${id}
  order by language = :language desc, language = 'fi' desc limit 1)`;

function selectTopics(asked: Asked) {
  return db().raw<{ rows: TopicRow[] }>(
    `with ${IN_SCOPE}
     select l.course_id, ${titleOf('l.course_id')} as title, count(*)::int as requests,
       count(distinct h.person_id)::int as people, count(h.answered_at)::int as answered
     from scoped s join help_requests h on h.organisation_id = :organisationId and h.person_id = s.person_id
     left join lessons l on l.id = h.lesson_id
     where h.asked_at >= :fromEnds and h.asked_at < :toEnds group by 1 order by title nulls last`,
    { ...asked },
  );
}

/** What was made and reviewed, and the steps and experiments of the yearly cycle, now and before. Counts of things. */
function selectRoutines(asked: Asked) {
  const counted = (what: RoutineRow['what'], rows: string) => `
    select '${what}' as what, (count(*) filter (where day > :from::date))::int as now,
      (count(*) filter (where day <= :from::date))::int as before
    from (${rows}) rows where day > :before::date and day <= :to::date`;
  const helsinki = (moment: string) => `(${moment} at time zone 'Europe/Helsinki')::date as day`;
  const ofTeam = 'c.organisation_id = :organisationId and (:teamId::uuid is null or c.team_id = :teamId)';
  return db().raw<{ rows: RoutineRow[] }>(
    [
      counted(
        'lessons',
        `select ${helsinki('d.published_at')} from lesson_drafts d where d.organisation_id = :organisationId
         and d.published_at is not null and 2 = (select count(*) from draft_signatures s where s.draft_id = d.id)`,
      ),
      counted(
        'signatures',
        `select ${helsinki('signed_at')} from draft_signatures where organisation_id = :organisationId`,
      ),
      counted(
        'steps',
        `select s.done_on as day from team_cycles c join team_cycle_steps s on s.cycle_id = c.id where ${ofTeam}`,
      ),
      counted(
        'experiments',
        `select e.decided_on as day from team_cycles c join team_experiments e on e.cycle_id = c.id where ${ofTeam}`,
      ),
      counted(
        'dropped',
        `select e.decided_on as day from team_cycles c join team_experiments e on e.cycle_id = c.id
         where ${ofTeam} and e.decision = 'drop'`,
      ),
    ].join(' union all '),
    { ...asked },
  );
}

/** Talks held in the period and before it; with whom stays between the two. */
function selectTalks(asked: Asked) {
  return db().raw<{ rows: (TalksRow & { half: 'now' | 'before' })[] }>(
    `select 'now' as half, talks, people from talks_held(:teamId::uuid, :fromNext::date, :to::date)
     union all select 'before', talks, people from talks_held(:teamId::uuid, :beforeNext::date, :from::date)`,
    { ...asked },
  );
}

/** What was learned in one sentence each, the newest first; and lessons that were published or changed. */
function selectLearned(asked: Asked) {
  return db().raw<{ rows: LearnedRow[] }>(
    `(select 'step' as kind, s.learned as words, '' as tried, false as wished, s.done_on::timestamptz as at
      from team_cycles c join team_cycle_steps s on s.cycle_id = c.id
      where c.organisation_id = :organisationId and (:teamId::uuid is null or c.team_id = :teamId)
        and s.done_on > :from::date and s.done_on <= :to::date and s.learned <> ''
      order by s.done_on desc limit 20)
     union all
     (select 'experiment', e.learned, e.idea, false, e.decided_on::timestamptz
      from team_cycles c join team_experiments e on e.cycle_id = c.id
      where c.organisation_id = :organisationId and (:teamId::uuid is null or c.team_id = :teamId)
        and e.decided_on > :from::date and e.decided_on <= :to::date and e.learned <> ''
      order by e.decided_on desc limit 20)
     union all
     (select 'lesson', t.title, '', exists (select from help_requests h where h.organisation_id = d.organisation_id
        and h.lesson_id = d.lesson_id and h.asked_at < d.published_at), d.published_at
      from lesson_drafts d join lateral (select title from lesson_texts where lesson_id = d.lesson_id
        order by language = :language desc, language = 'fi' desc limit 1) t on true
      where d.organisation_id = :organisationId and d.published_at >= :fromEnds and d.published_at < :toEnds
      order by d.published_at desc limit 5)
     order by at desc`,
    { ...asked },
  );
}

/** Who has begun any course, by team and by relation, as of the end of the period. */
function selectParts(asked: Asked) {
  return db().raw<{ rows: PartRow[] }>(
    `with days as (
       select distinct on (scope_id, person_id) scope_id, person_id, is_member, relation from month_members
       where organisation_id = :organisationId and month_end <= :to::date
         and (:teamId::uuid is null or scope_id = :teamId)
       order by scope_id, person_id, month_end desc
     ),
     people as (
       select scope_id, relation, exists (select from enrolments e where e.organisation_id = :organisationId
         and e.person_id = days.person_id and e.started_at < :toEnds) as has_started
       from days where is_member
     ),
     counted as (
       select scope_id, relation, count(*)::int as people, (count(*) filter (where has_started))::int as started,
         bool_or(relation = 'client') as has_clients
       from people group by grouping sets ((scope_id), (scope_id, relation))
     )
     select c.*, t.name from counted c left join teams t on t.organisation_id = :organisationId and t.id = c.scope_id
     where c.relation is null or c.scope_id = :organisationId order by t.name, c.relation`,
    { ...asked },
  );
}

/** In which languages people read, and how many of the lessons they may use there are in each. */
function selectLanguages(asked: Asked) {
  return db().raw<{ rows: LanguageRow[] }>(
    `with ${IN_SCOPE},
     lessons_here as (
       select l.id from (${VISIBLE_COURSES.replaceAll('?', ':organisationId')} ${OWN_FIRST.replaceAll('?', ':organisationId')}) v
       join lessons l on l.course_id = v.id where l.published_at is not null
     )
     select n.language, (select count(*) from lessons_here)::int as total,
       (select count(*) from lessons_here l join lesson_texts t on t.lesson_id = l.id and t.language = n.language)::int as lessons,
       (select count(*) from scoped s join people p on p.id = s.person_id
         where coalesce(p.content_language, p.language) = n.language)::int as people
     from unnest(array['fi', 'fi-x-selko', 'sv', 'en']) with ordinality n (language, place) order by n.place`,
    { ...asked },
  );
}

interface Asked {
  organisationId: string;
  scopeId: string;
  teamId: string | null;
  language: string;
  /** The end of the month before the time that is compared with, of the time before, and of the period. */
  before: string;
  from: string;
  to: string;
  beforeNext: string;
  fromNext: string;
  fromEnds: Date;
  toEnds: Date;
}

/** All that the one page says of a team, or of the whole organisation for null. */
export async function readOnePage(actor: Actor, team: Team | null, period: Period) {
  const { report: growth, competences, k } = await readGrowth(actor, { team }, period);
  const { report: coverage } = await readCoverage(actor, { team }, period);
  const before = monthEndBefore(period.from, monthsOf(period));
  const asked: Asked = {
    organisationId: actor.organisation_id,
    scopeId: team?.id ?? actor.organisation_id,
    teamId: team?.id ?? null,
    language: actor.language,
    before,
    beforeNext: addCalendarDays(before, 1),
    fromNext: addCalendarDays(period.from, 1),
    ...period,
  };
  const [routines, learned] = await onReplica(() => together(selectRoutines(asked), selectLearned(asked)));
  const keep = <Row>(name: string, read: () => PromiseLike<{ rows: Row[] }>) => {
    const { organisationId } = asked;
    return team
      ? onReplica(async () => (await read()).rows)
      : keptRows({ organisationId, month: period.to, name }, read);
  };
  const topics = await keep(`topics ${period.from} ${actor.language}`, () => selectTopics(asked));
  const talks = await keep(`talks ${period.from} held`, () => selectTalks(asked));
  const parts = await keep('parts', () => selectParts(asked));
  const languages = await keep('languages', () => selectLanguages(asked));
  return {
    growth,
    coverage,
    competences,
    k,
    topics,
    routines: new Map(routines.rows.map((row) => [row.what, row as Trend])),
    talks: new Map(talks.map((row) => [row.half, row as TalksRow])),
    learned: learned.rows,
    parts,
    languages,
  };
}

export type OnePage = Awaited<ReturnType<typeof readOnePage>>;

const monthsOf = ({ from, to }: Period) => {
  const [months, before] = [to, from].map((day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)));
  return (months ?? 0) - (before ?? 0);
};
