import { db, together } from '../../lib/db';
import type { LoopObject } from '../loop/loop.model';
import type { SpaceContact, SpaceInterest, SpaceTask, SpaceTopic } from './space-work.model';
import type { Space, SpaceMember, SpaceOrganisation } from './spaces.model';

type Raw<T> = PromiseLike<{ rows: T[] }>;

export type SpaceLine = Space & {
  keeper: string;
  organisations: number;
  members: number;
  is_mine: boolean;
  state: string | null;
};

/** Spaces that the reader in scope may see: those where they or their organisation belong, then others. By name. */
export async function selectSpaces(actor: { id: string }): Promise<SpaceLine[]> {
  const { rows } = await db().raw<{ rows: SpaceLine[] }>(
    `select s.*, s.ends_on::text as ends_on, n.name as keeper,
       (select count(*)::int from space_organisations o where o.space_id = s.id and o.left_at is null and o.state = 'member') as organisations,
       (select count(*)::int from space_members m where m.space_id = s.id and m.left_at is null and m.state = 'member') as members,
       (s.id in (select my_spaces())) as is_mine,
       (select m.state from space_members m where m.space_id = s.id and m.person_id = ? and m.left_at is null) as state
     from spaces s join organisations n on n.id = s.organisation_id where s.kind not in ('process', 'level')
     order by s.ended_at is not null, (s.id in (select my_spaces())) desc, s.name, s.id limit 200`,
    [actor.id],
  );
  return rows;
}

/** Everything one page shows of a space, in one flight. */
export async function readSpacePage(actor: { id: string; organisation_id: string }, id: string) {
  const named = (table: string, more = '') =>
    db().raw(
      `select t.*, n.name as organisation_name ${more} from ${table} t join organisations n on n.id = t.organisation_id where t.space_id = ?`,
      [id],
    );
  const [organisations, members, tasks, topics, interests, contacts, objects, groups] = await together(
    db().raw(
      `select o.*, n.name from space_organisations o join organisations n on n.id = o.organisation_id
       where o.space_id = ? and o.left_at is null order by o.role = 'owner' desc, n.name`,
      [id],
    ) as unknown as Raw<SpaceOrganisation & { name: string }>,
    db().raw(
      `select m.*, n.name as organisation_name, m.person_id = ? as is_me from space_members m join organisations n on n.id = m.organisation_id
       where m.space_id = ? and m.left_at is null order by m.state <> 'member', m.role <> 'coordinator', m.shown_name, m.id`,
      [actor.id, id],
    ) as unknown as Raw<SpaceMember & { organisation_name: string; is_me: boolean }>,
    named('space_tasks', ', t.due_on::text as due_on, t.done_on::text as done_on') as unknown as Raw<
      SpaceTask & { made_at: Date }
    >,
    named(
      'space_topics',
      `, coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'shown_name', m.shown_name, 'body', m.body, 'written_at', m.written_at,
         'person_id', m.person_id) order by m.written_at, m.id) from space_messages m where m.topic_id = t.id and m.removed_at is null), '[]') as messages`,
    ) as unknown as Raw<SpaceTopic>,
    named('space_interests') as unknown as Raw<SpaceInterest & { made_at: Date }>,
    named('space_contacts', ', t.ends_on::text as ends_on') as unknown as Raw<SpaceContact & { made_at: Date }>,
    db().raw(
      "select * from loop_objects where space_id = ? and kind <> 'space' order by dated_on desc, title, id limit 30",
      [id],
    ) as unknown as Raw<LoopObject>,
    db().raw('select id, name, kind from spaces where parent_id = ? and level is null order by name, id', [
      id,
    ]) as unknown as Raw<Pick<Space, 'id' | 'name' | 'kind'>>,
  );
  return {
    organisations: organisations.rows,
    members: members.rows,
    tasks: tasks.rows.toSorted(byDue),
    topics: topics.rows.toSorted((a, b) => Number(b.made_at) - Number(a.made_at)),
    interests: interests.rows.toSorted((a, b) => Number(b.made_at) - Number(a.made_at)),
    contacts: contacts.rows.toSorted((a, b) => a.name.localeCompare(b.name, 'fi')),
    objects: objects.rows,
    groups: groups.rows,
  };
}
export type SpacePage = Awaited<ReturnType<typeof readSpacePage>>;

/** Undone first, by their day; the done ones after. */
const byDue = (a: SpaceTask, b: SpaceTask) =>
  Number(a.done_on !== null) - Number(b.done_on !== null) ||
  (a.due_on ?? '9999').localeCompare(b.due_on ?? '9999') ||
  a.title.localeCompare(b.title, 'fi');

/** What one organisation looks for and another offers of the same theme; both have to want it. */
export function matchesOf(interests: readonly SpaceInterest[], organisationId: string) {
  return interests
    .filter((own) => own.organisation_id === organisationId)
    .flatMap((own) =>
      interests
        .filter(
          (other) => other.organisation_id !== organisationId && other.theme === own.theme && other.side !== own.side,
        )
        .map((other) => ({
          own,
          other,
          weAccept: own.accepts.includes(other.id),
          theyAccept: other.accepts.includes(own.id),
        })),
    );
}
