import type { Knex } from 'knex';

/**
 * Sums of evidence that could have shown less as well as more, beside those of all others' evidence: growth is told from these
 * (`showsAtLeast` of src/features/skills/estimate.ts). Null in points and months from before: points are made again by a job at
 * the next start, and closed months stay as they were told.
 */
const TABLES = ['skill_points', 'skill_estimates', 'skill_month_ends'];

export async function up(knex: Knex): Promise<void> {
  for (const table of TABLES)
    await knex.raw(
      'alter table ?? add column either_weight double precision, add column either_levels double precision',
      [table],
    );
  await knex.raw(
    'create index skill_points_not_told_apart on skill_points (organisation_id) where either_weight is null',
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index skill_points_not_told_apart');
  for (const table of TABLES)
    await knex.raw('alter table ?? drop column either_weight, drop column either_levels', [table]);
}
