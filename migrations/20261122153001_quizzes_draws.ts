import type { Knex } from 'knex';

/**
 * Questions that are drawn: a quiz may hold more of them than one attempt asks. `questions.draw` names the pile that a
 * question lies in, `quizzes.draws` says how many each attempt takes of each pile, and `quiz_attempts.drawn` keeps which
 * ones this attempt took.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table quizzes add column draws jsonb not null default '[]';
    alter table questions add column draw text;
    alter table quiz_attempts add column drawn uuid[];
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table quiz_attempts drop column drawn;
    alter table questions drop column draw;
    alter table quizzes drop column draws;
  `);
}
