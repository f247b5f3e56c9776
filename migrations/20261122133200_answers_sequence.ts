import type { Knex } from 'knex';

/**
 * Answers given without a network arrive late, twice or in another order. given_at: when the person answered, bounded by
 * the server; device and sequence: the order on that device, whatever its clock says. Questions remember what they were,
 * so that an answer to an earlier text is scored by what the person saw.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table questions add column version int not null default 1, add column changed_at timestamptz;
    create table question_versions (
      question_id uuid not null references questions on delete cascade,
      version int not null,
      content jsonb not null,
      replaced_at timestamptz not null default now(),
      primary key (question_id, version)
    );

    alter table quiz_answers add column given_at timestamptz, add column device uuid, add column sequence bigint,
      add column question_version int not null default 1;
    update quiz_answers set given_at = answered_at;
    alter table quiz_answers alter column given_at set default clock_timestamp(), alter column given_at set not null;
    create index quiz_answers_given on quiz_answers (attempt_id, question_id, given_at desc);

    -- What a device sent from its outbox, by the key that it gave: sent twice is received once. body: only of what could
    -- not be kept as an answer, so that nothing is lost.
    create table received_forms (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      key uuid not null,
      action text not null,
      outcome text not null,
      body text,
      given_at timestamptz not null,
      received_at timestamptz not null default now(),
      primary key (organisation_id, person_id, key)
    );
    create index on received_forms (received_at);
    select oppiva_protect('received_forms', 'own');
    revoke delete on received_forms from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table received_forms;
    drop index quiz_answers_given;
    alter table quiz_answers drop column given_at, drop column device, drop column sequence, drop column question_version;
    drop table question_versions;
    alter table questions drop column version, drop column changed_at;
  `);
}
