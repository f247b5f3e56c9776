import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { Level } from './levels';
import type { Words } from './words';

const day = (column: string) => `to_char(${column}, 'YYYY-MM-DD') as ${column.split('.').at(-1)}`;

const list = <T>(sql: string, values: unknown[] | { id: string }) => db().raw<{ rows: T[] }>(sql, values as never);

export const TEXT_KINDS = ['frame', 'method', 'finding', 'part'] as const;
export interface ProcessText {
  id: string;
  level: Level;
  kind: (typeof TEXT_KINDS)[number];
  title: Words;
  body: Words;
  updated_at: Date;
}

/** Texts on these levels, in their order: frame, methods, findings, parts. */
export const selectTexts = (processId: string, levels: readonly Level[]) =>
  list<ProcessText>(
    `select id, level, kind, title, body, updated_at from process_texts where process_id = ? and level = any(?)
     order by array_position('{frame,method,finding,part}', kind), position, updated_at, id`,
    [processId, levels],
  );

export interface Decision {
  id: string;
  level: Level;
  revises: string | null;
  /** Written again later: by which. */
  revised_by: string | null;
  decided_on: Day;
  what: string;
  why: string;
  decided_by: string;
  parties: string[];
}

export const selectDecisions = (processId: string, levels: readonly Level[]) =>
  list<Decision>(
    `select d.id, d.level, d.revises, r.id as revised_by, ${day('d.decided_on')}, d.what, d.why, d.decided_by, d.parties
     from process_decisions d left join process_decisions r on r.revises = d.id
     where d.process_id = ? and d.level = any(?) order by d.decided_on desc, d.recorded_at desc, d.id`,
    [processId, levels],
  );

export interface Session {
  id: string;
  level: Level;
  event_id: string | null;
  kind: 'workshop' | 'dialogue';
  title: Words;
  held_on: Day;
  plan: string;
  notes: string;
  outcomes: string;
}

export const selectSessions = (processId: string, levels: readonly Level[]) =>
  list<Session>(
    `select id, level, event_id, kind, title, ${day('held_on')}, plan, notes, outcomes from process_sessions
     where process_id = ? and level = any(?) order by process_sessions.held_on, id`,
    [processId, levels],
  );

export interface Topic {
  id: string;
  area: string;
  name: Words;
}

export const selectTopics = (processId: string) =>
  list<Topic>('select id, area, name from process_topics where process_id = ? order by created_at, id', [processId]);

export interface Contribution {
  id: string;
  session_id: string;
  topic_id: string;
  party: string;
  body: string;
}

export const selectContributions = (processId: string, levels: readonly Level[]) =>
  list<Contribution>(
    `select id, session_id, topic_id, party, body from process_contributions where process_id = ? and level = any(?)
     order by created_at, id limit 2000`,
    [processId, levels],
  );

/** For the picture: which sessions and topics, and how often; without who said what. Public where the process is. */
export const selectRoad = (process: { organisation_id: string; id: string }) =>
  list<{ session_id: string; topic_id: string }>(
    'select session_id, topic_id from process_contributions where organisation_id = ? and process_id = ? order by created_at, id limit 2000',
    [process.organisation_id, process.id],
  );

export interface Comment {
  id: string;
  text_id: string | null;
  about: string;
  name: string;
  body: string;
  language: string;
  state: 'waiting' | 'shown' | 'declined';
  reply: string;
  changed: string;
  posted_at: Date;
  replied_at: Date | null;
}

export const selectComments = (processId: string, states: readonly Comment['state'][]) =>
  list<Comment>(
    `select id, text_id, about, name, body, language, state, reply, changed, posted_at, replied_at from process_comments
     where process_id = ? and state = any(?) order by posted_at desc, id limit 500`,
    [processId, states],
  );

export const STATUSES = ['ahead', 'going', 'done', 'changed', 'dropped'] as const;
export type Status = (typeof STATUSES)[number];

export interface KeyResult {
  id: string;
  level: Level;
  goal: Words;
  title: Words;
  owner: string;
  due_on: Day | null;
  status: Status;
  actions: { id: string; party: string; body: string; done_on: Day | null }[];
  progress: { id: string; noted_on: Day; party: string; status: Status; body: string }[];
}

export const selectKeyResults = (processId: string, levels: readonly Level[]) =>
  list<KeyResult>(
    `select k.id, k.level, k.goal, k.title, k.owner, ${day('k.due_on')}, k.status,
       coalesce((select json_agg(json_build_object('id', a.id, 'party', a.party, 'body', a.body, 'done_on', a.done_on)
         order by a.party, a.created_at, a.id) from process_actions a where a.key_result_id = k.id), '[]') as actions,
       coalesce((select json_agg(json_build_object('id', g.id, 'noted_on', g.noted_on, 'party', g.party, 'status', g.status,
         'body', g.body) order by g.noted_on desc, g.created_at desc, g.id)
         from process_progress g where g.key_result_id = k.id), '[]') as progress
     from process_key_results k where k.process_id = ? and k.level = any(?) order by k.goal->>'fi', k.created_at, k.id`,
    [processId, levels],
  );

export interface Party {
  id: string;
  level: Level;
  party: string;
  kind: string;
  people: number;
}

export const selectParties = (process: { organisation_id: string; id: string }) =>
  list<Party>(
    'select id, level, party, kind, people from process_parties where organisation_id = ? and process_id = ? order by kind, lower(party), level',
    [process.organisation_id, process.id],
  );

export interface Phase {
  phase: string;
  methods: string[];
  learned: string;
  done_on: Day | null;
}

export const selectPhases = (processId: string) =>
  list<Phase>(
    `select phase, methods, learned, ${day('done_on')} from process_phases where process_id = ? order by position`,
    [processId],
  );

export const selectFirstSteps = (processId: string) =>
  list<{ step: string; done_on: Day | null }>(
    `select step, ${day('done_on')} from process_first_steps where process_id = ?`,
    [processId],
  );

export interface Discussion {
  id: string;
  title: string;
  address: string;
  summary: string;
  noted_on: Day;
}

export const selectDiscussions = (processId: string, levels: readonly Level[]) =>
  list<Discussion>(
    `select id, title, address, summary, ${day('noted_on')} from process_discussions where process_id = ? and level = any(?)
     order by process_discussions.noted_on desc, id`,
    [processId, levels],
  );

export const selectReviews = (processId: string) =>
  list<{ id: string; reviewed_on: Day; note: string; next_on: Day | null }>(
    `select id, ${day('reviewed_on')}, note, ${day('next_on')} from process_reviews where process_id = ?
     order by process_reviews.reviewed_on desc, id`,
    [processId],
  );

export interface Target {
  id: string;
  title: Words;
  target: number;
  source: string;
  counted: string;
  actual: number | null;
  actual_source: string;
  actual_on: Day | null;
}

export const selectTargets = (processId: string) =>
  list<Target>(
    `select id, title, target, source, counted, actual, actual_source, ${day('actual_on')} from process_targets
     where process_id = ? order by position, id`,
    [processId],
  );

/** Every number that a target may be counted by; what is not counted here is told by hand. */
export const selectActuals = (process: { organisation_id: string; id: string }) =>
  list<Record<string, number>>(
    `with spaces_of as (
       select s.id from spaces s join processes p on p.id = :id and (s.id = p.space_id or s.parent_id = p.space_id)),
     objects as (
       select o.kind, count(*)::int as n from loop_objects o where o.space_id in (select id from spaces_of)
         and o.organisation_id is not null group by o.kind),
     held as (select kind, count(*)::int as n from process_sessions where process_id = :id and held_on <= current_date group by kind)
     select coalesce((select sum(n) from held), 0)::int as sessions,
       coalesce((select n from held where kind = 'workshop'), 0) as workshops,
       coalesce((select n from held where kind = 'dialogue'), 0) as dialogues,
       (select count(distinct lower(party))::int from process_parties where process_id = :id) as organisations,
       (select count(distinct lower(party))::int from process_parties where process_id = :id and kind = 'municipality') as municipalities,
       coalesce((select sum(most) from (select max(people) as most from process_parties where process_id = :id
         group by lower(party)) each), 0)::int as people,
       (select count(*)::int from process_comments where process_id = :id and state = 'shown') as comments,
       (select count(*)::int from process_contributions where process_id = :id) as contributions,
       (select count(*)::int from process_key_results where process_id = :id and status = 'done') as "key-results",
       (select count(distinct m.person_id)::int from space_members m where m.space_id in (select id from spaces_of)
         and m.left_at is null and m.state = 'member') as members,
       coalesce((select n from objects where kind = 'idea'), 0) as ideas,
       coalesce((select n from objects where kind = 'practice'), 0) as practices,
       coalesce((select n from objects where kind = 'challenge'), 0) as challenges,
       coalesce((select n from objects where kind = 'event'), 0) as events,
       coalesce((select n from objects where kind = 'event'), 0) as meetings`,
    { id: process.id },
  );
