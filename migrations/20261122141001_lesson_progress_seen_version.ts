import type { Knex } from 'knex';

/**
 * Which version of a lesson a person has seen, so that one who comes back hears what changed since. `told_from`: the version
 * before the newest one they saw; `newer_since`: when they first saw that. `lesson_changes.version`: the version that a
 * publishing made. Lessons opened before today are taken as seen in their present version.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table lesson_changes add version int not null default 1;
    update lesson_changes c set version = greatest(1, l.version - (select count(*) from lesson_changes later
      where later.lesson_id = c.lesson_id and later.published_at > c.published_at)::int)
    from lessons l where l.id = c.lesson_id;
    drop index lesson_changes_lesson_id_idx;
    create index on lesson_changes (lesson_id, version);

    alter table lesson_progress add seen_version int, add told_from int, add newer_since timestamptz;
    update lesson_progress p set seen_version = l.version from lessons l where l.id = p.lesson_id;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table lesson_progress drop seen_version, drop told_from, drop newer_since;
    drop index lesson_changes_lesson_id_version_idx;
    create index on lesson_changes (lesson_id);
    alter table lesson_changes drop version;
  `);
}
