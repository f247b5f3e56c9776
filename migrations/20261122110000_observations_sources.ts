import type { Knex } from 'knex';

const BEFORE = ['self', 'peer', 'experience_expert', 'supervisor', 'quiz', 'demonstration', 'badge'];

/** Two more kinds of evidence: a practical task that a person judged, and earlier learning that was recognised. */
export async function up(knex: Knex): Promise<void> {
  await allow(knex, [...BEFORE, 'task', 'earlier']);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`delete from observations where source in ('task', 'earlier')`);
  await allow(knex, BEFORE);
}

async function allow(knex: Knex, sources: readonly string[]): Promise<void> {
  const list = sources.map((source) => `'${source}'`).join(', ');
  await knex.raw(`alter table observations drop constraint observations_source_check,
    add constraint observations_source_check check (source in (${list}))`);
}
