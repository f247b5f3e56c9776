import type { Knex } from 'knex';
import { newestMonthEnd } from '../../features/reports/period';

/** How many organisations beside the large one, and which share of all people the large one has. */
const OTHERS = 45;
const LARGE_SHARE = 0.1;
const TEAM = { smallest: 8, largest: 30 };
/** Partners of the network, the large organisation among them. */
const PARTNERS = 10;

/**
 * Organisations with teams and people in them, made by PostgreSQL itself, beside the demo's. Everything follows from the numbers
 * of people and teams, so that the same number of people is always the same installation. Leaves the tables bench_teams and
 * bench_people, by which evidence is made.
 */
export async function makePeople(owner: Knex, people: number): Promise<void> {
  const joined = `date '${newestMonthEnd()}' - 1200`;
  const steps = [
    `create unlogged table bench_organisations as
       select o, md5('organisation ' || o)::uuid as id,
         case when o = 0 then ${Math.round(people * LARGE_SHARE)}
           else greatest(${TEAM.smallest}, ${Math.round((people * (1 - LARGE_SHARE)) / OTHERS)}) end as people
       from generate_series(0, ${OTHERS}) o`,
    `insert into organisations (id, slug, name, is_demo)
       select id, 'bench-' || o, 'Järjestö ' || o, true from bench_organisations`,
    // Sizes of teams go round from the smallest to the largest; the last one takes who is left over.
    `create unlogged table bench_teams as
       with places as (
         select o, id, people, t, ${TEAM.smallest} + mod(t * 7, ${TEAM.largest - TEAM.smallest + 1}) as size
         from bench_organisations cross join lateral generate_series(0, people / ${TEAM.smallest}) t
       ),
       laid as (select *, sum(size) over (partition by o order by t) - size as first from places)
       select row_number() over (order by o, t) as n, o, id as organisation_id, md5('team ' || o || ' ' || t)::uuid as team_id,
         t, first, least(size, people - first) as size
       from laid where first < people`,
    `insert into teams (id, organisation_id, name) select team_id, organisation_id, 'Tiimi ' || t from bench_teams`,
    `create unlogged table bench_people as
       select row_number() over (order by b.n, p)::int as n, md5('person ' || b.n || ' ' || p)::uuid as person_id, b.organisation_id,
         b.team_id, b.n::int as team, p,
         (array['professional', 'supervisor', 'digital_peer'])[1 + (p >= 14)::int + (p >= 20)::int] as profile
       from bench_teams b cross join lateral generate_series(0, b.size::int - 1) p`,
    'create index on bench_people (n)',
    `insert into people (id, username, name, home_organisation_id)
       select person_id, 'bench' || n, 'Henkilö ' || n, organisation_id from bench_people`,
    `insert into memberships (organisation_id, person_id, roles, target_profile, started_on)
       select organisation_id, person_id, case when n = 1 then '{learner,administrator}' else '{learner}' end::text[], profile, ${joined}
       from bench_people`,
    // One in forty came, and as many went, while the months that are compared went by.
    `insert into team_members (organisation_id, team_id, person_id, joined_on, left_on)
       select organisation_id, team_id, person_id, case when mod(n, 40) = 7 then ${joined} + 950 + mod(n, 200) else ${joined} end,
         case when mod(n, 40) = 13 then ${joined} + 1000 + mod(n, 150) end
       from bench_people`,
    `insert into team_supervisors (organisation_id, team_id, person_id)
       select organisation_id, team_id, person_id from bench_people where p = 0`,
    `insert into networks (id, organisation_id, name) select md5('network')::uuid, id, 'Verkosto' from bench_organisations where o = 0`,
    `insert into network_organisations (network_id, organisation_id)
       select md5('network')::uuid, id from bench_organisations where o < ${PARTNERS}`,
    `insert into network_coordinators (network_id, organisation_id, person_id)
       select md5('network')::uuid, organisation_id, person_id from bench_people where n = 2`,
    // One path of three courses, agreed with every team.
    `insert into learning_paths (id, organisation_id, slug)
       select md5('path ' || o)::uuid, id, 'bench' from bench_organisations`,
    `insert into learning_path_texts (path_id, language, title)
       select md5('path ' || o)::uuid, 'fi', 'Perusasiat' from bench_organisations`,
    `insert into path_courses (path_id, course_id, position)
       select md5('path ' || o)::uuid, c.id, c.position
       from bench_organisations cross join (select id, row_number() over (order by slug)::int as position from courses
         where published_at is not null order by slug limit 3) c`,
    `insert into path_assignments (organisation_id, path_id, team_id, due_on, assigned_at)
       select organisation_id, md5('path ' || o)::uuid, team_id, current_date + 20, now() - interval '200 days' from bench_teams`,
    `insert into enrolments (organisation_id, person_id, course_id, lessons_done, lessons_total, started_at, last_seen_at, completed_at)
       select p.organisation_id, p.person_id, c.course_id, case when mod(p.n + c.position, 3) = 0 then 1 else l.lessons_total end,
         l.lessons_total, now() - interval '150 days', now() - interval '60 days',
         case when mod(p.n + c.position, 3) <> 0 then now() - interval '60 days' end
       from bench_people p join bench_teams b on b.n = p.team join path_courses c on c.path_id = md5('path ' || b.o)::uuid
       join courses l on l.id = c.course_id where c.position <= 2`,
    `insert into help_requests (organisation_id, person_id, message)
       select organisation_id, person_id, 'Apua' from bench_people where mod(n, 50) = 3`,
  ];
  for (const step of steps) await owner.raw(step);
}
