import type { Knex } from 'knex';

/**
 * Questions of more types than choices: what such a question holds stands in `content`, what was answered in `response`.
 * The product knows its types by name, so that a new one needs no migration. `judged`: an answer is right or wrong without
 * the person's own word; only such answers are evidence of skill.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table questions drop constraint questions_type_check;
    alter table questions add check (type ~ '^[a-z]{2,20}$');
    alter table questions add column content jsonb;
    alter table questions add column judged boolean not null default true;
    alter table questions add check ((content is null) = (type in ('single', 'multi', 'truefalse')));
    alter table quiz_answers add column response jsonb;
    alter table practice_answers add column response jsonb;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from practice_answers where question_id in (select id from questions where content is not null);
    delete from quiz_answers where question_id in (select id from questions where content is not null);
    delete from questions where content is not null;
    alter table practice_answers drop column response;
    alter table quiz_answers drop column response;
    alter table questions drop column judged, drop column content;
    alter table questions drop constraint questions_type_check;
    alter table questions add check (type in ('single', 'multi', 'truefalse'));
  `);
}
