import { createHash } from 'node:crypto';
import { db } from '../lib/db';
import { STORIES } from './process-stories';
import type { ProcessStory } from './process-story';

/** The same id at every run. */
function idOf(key: string): string {
  const hex = createHash('md5').update(`process ${key}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const LEVELS = ['lab', 'studio', 'arena', 'agora'] as const;
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Two processes: a road map on four levels that anybody may read, and service design inside another organisation. */
export async function addProcesses(): Promise<void> {
  for (const story of STORIES) {
    const { rows } = await db().raw(
      `select o.id as organisation_id, p.id as owner_id, p.name from organisations o
       join memberships m on m.organisation_id = o.id join people p on p.id = m.person_id
       where o.slug = ? order by p.username <> 'coordinator', m.started_on, m.id limit 1`,
      [story.keeper],
    );
    if (rows[0]) await addStory(story, rows[0]);
  }
}

interface Keeper {
  organisation_id: string;
  owner_id: string;
}

async function addStory(story: ProcessStory, { organisation_id, owner_id }: Keeper): Promise<void> {
  const { keeper, template, hasLevels } = story;
  const id = (what: string) => idOf(`${keeper} ${what}`);
  const process_id = id('process');
  const ours = { organisation_id, process_id };
  const put = (table: string, rows: object[]) =>
    db()
      .table(table)
      .insert(rows.map((row) => ({ ...ours, ...row })));
  const space = (key: string, kind: string, name: string, more: object = {}) => ({
    ...{
      id: id(`space ${key}`),
      organisation_id,
      owner_id,
      kind,
      name,
      visibility: story.visibility,
      joining: 'invited',
      ...more,
    },
  });
  const whole = id('space whole');
  await db()
    .table('spaces')
    .insert(space('whole', 'process', story.title.fi ?? ''));
  if (hasLevels)
    await db()
      .table('spaces')
      .insert(
        LEVELS.map((level) =>
          space(level, 'level', `${story.title.fi}: ${level}`, {
            ...{ level, parent_id: whole, visibility: level === 'agora' ? story.visibility : 'members' },
          }),
        ),
      );
  await addPeople(organisation_id, [whole, ...(hasLevels ? LEVELS.map((level) => id(`space ${level}`)) : [])]);
  await db()
    .table('processes')
    .insert({
      ...{ id: process_id, organisation_id, owner_id, space_id: whole, template, has_levels: hasLevels },
      ...{ visibility: story.visibility, title: story.title, question: story.question, target_year: 2030 },
      ...{ comments_open: true, review_on: daysAgo(-200), created_at: daysAgo(160) },
    });
  const levels = hasLevels ? LEVELS.map((level) => [level, id(`space ${level}`)]) : [['lab', whole]];
  await put(
    'process_levels',
    levels.map(([level, space_id]) => ({ level, space_id })),
  );
  const texts = story.texts.map((text, at) => ({ id: id(`text ${at}`), position: at, ...text }));
  await put('process_texts', texts);
  for (const [at, { days, revises, parties, ...decision }] of story.decisions.entries())
    await put('process_decisions', [
      {
        id: id(`decision ${at}`),
        ...decision,
        parties,
        decided_on: daysAgo(days),
        revises: revises === undefined ? null : id(`decision ${revises}`),
        recorded_by: owner_id,
      },
    ]);
  await put(
    'process_topics',
    story.topics.map(({ key, area, name }, at) => ({
      id: id(`topic ${key}`),
      area,
      name,
      created_at: daysAgo(150 - at),
    })),
  );
  for (const [at, { days, brought, ...session }] of story.sessions.entries()) {
    const session_id = id(`session ${at}`);
    await put('process_sessions', [{ id: session_id, level: 'arena', held_on: daysAgo(days), ...session }]);
    await put(
      'process_contributions',
      brought.map(([topic, party, body], index) => ({
        ...{
          id: id(`brought ${at} ${index}`),
          level: 'arena',
          session_id,
          topic_id: id(`topic ${topic}`),
          party,
          body,
        },
      })),
    );
  }
  await put(
    'process_comments',
    story.comments.map(({ text, days, ...comment }, at) => ({
      ...{
        id: id(`comment ${at}`),
        text_id: id(`text ${text}`),
        about: story.texts[text]?.title.fi ?? '',
        language: 'fi',
      },
      ...{ posted_at: daysAgo(days), replied_at: comment.reply ? daysAgo(days - 2) : null, ...comment },
    })),
  );
  for (const [at, { actions, progress, ...result }] of story.results.entries()) {
    const key_result_id = id(`result ${at}`);
    await put('process_key_results', [{ id: key_result_id, ...result }]);
    await put(
      'process_actions',
      actions.map(([party, body, done], index) => ({
        id: id(`action ${at} ${index}`),
        key_result_id,
        party,
        body,
        done_on: done ? daysAgo(20) : null,
      })),
    );
    await put(
      'process_progress',
      progress.map(([party, status, body, days], index) => ({
        id: id(`progress ${at} ${index}`),
        key_result_id,
        party,
        status,
        body,
        noted_on: daysAgo(days),
      })),
    );
  }
  await put(
    'process_parties',
    story.parties.map(([party, kind, people, level], at) => ({ id: id(`party ${at}`), party, kind, people, level })),
  );
  await put(
    'process_phases',
    story.phases.map(([phase, learned], position) => ({
      phase,
      position,
      learned,
      done_on: learned ? daysAgo(100 - position * 20) : null,
    })),
  );
  await put(
    'process_first_steps',
    story.first.map(([step, done]) => ({ step, done_on: done ? daysAgo(140) : null })),
  );
  await put(
    'process_targets',
    story.targets.map(([title, target, counted, actual], position) => ({
      ...{ id: id(`target ${position}`), position, title: { fi: title }, target, counted, source: 'Hankesuunnitelma' },
      ...(actual === undefined ? {} : { actual, actual_source: 'Ilmoittautumiset', actual_on: daysAgo(10) }),
    })),
  );
  await put('process_discussions', [{ id: id('discussion'), ...story.discussion, noted_on: daysAgo(30) }]);
  await put('process_reviews', [
    { id: id('review'), reviewed_on: daysAgo(12), note: story.review, next_on: daysAgo(-200) },
  ]);
  await tellLoop(ours, whole, story, id);
}

/** Three of the keeper's people, and of a level also people of the other organisations of the demo. */
async function addPeople(keeper: string, spaces: readonly string[]): Promise<void> {
  await db().raw(
    `insert into space_organisations (space_id, organisation_id, role) select s.id, ?, 'owner' from spaces s where s.id = any(?)`,
    [keeper, spaces] as never,
  );
  await db().raw(
    `insert into space_members (space_id, person_id, organisation_id, host_organisation_id, role, shown_name)
     select s.id, p.id, s.organisation_id, s.organisation_id, case when p.id = s.owner_id then 'coordinator' else 'member' end, p.name
     from spaces s cross join lateral (select p.id, p.name from memberships m join people p on p.id = m.person_id
       where m.organisation_id = s.organisation_id and m.ended_on is null and m.relation <> 'client'
       order by p.id <> s.owner_id, p.username not in ('expert', 'professional'), m.started_on, m.id limit 3) p
     where s.id = any(?)`,
    [spaces] as never,
  );
}

async function tellLoop(
  { organisation_id, process_id }: { organisation_id: string; process_id: string },
  space_id: string,
  { visibility, title, results }: ProcessStory,
  id: (what: string) => string,
): Promise<void> {
  const row = { organisation_id, space_id, visibility, language: 'fi' };
  await db()
    .table('loop_objects')
    .insert([
      { ...row, kind: 'process', id: process_id, title: title.fi, href: `/processes/${process_id}`, status: 'open' },
      ...results.map((result, at) => ({
        ...row,
        kind: 'key-result',
        id: id(`result ${at}`),
        title: result.title.fi,
        href: `/processes/${process_id}/results`,
        status: '',
      })),
    ]);
  await db()
    .table('loop_links')
    .insert(
      results.map((_, at) => ({
        ...{
          organisation_id,
          from_kind: 'process',
          from_id: process_id,
          to_kind: 'key-result',
          to_id: id(`result ${at}`),
          how: 'came-of',
        },
      })),
    );
}
