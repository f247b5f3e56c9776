import type { Knex } from 'knex';

/** A team's year of learning: check, plan, try, review. Nothing in it is about one person. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table team_cycles (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      team_id uuid not null,
      year int not null check (year between 2000 and 2999),
      theme text not null default '',
      created_at timestamptz not null default now(),
      unique (organisation_id, id),
      unique (organisation_id, team_id, year),
      foreign key (organisation_id, team_id) references teams (organisation_id, id) on delete cascade
    );
    create table team_cycle_steps (
      organisation_id uuid not null,
      cycle_id uuid not null,
      step text not null check (step in ('check', 'plan', 'try', 'review')),
      due_on date not null,
      remind_days int not null default 7 check (remind_days between 0 and 60),
      done_on date,
      -- One sentence of what was learned.
      learned text not null default '',
      primary key (cycle_id, step),
      foreign key (organisation_id, cycle_id) references team_cycles (organisation_id, id) on delete cascade
    );
    create index on team_cycle_steps (organisation_id, due_on) where done_on is null;
    create table team_experiments (
      id uuid primary key,
      organisation_id uuid not null,
      cycle_id uuid not null,
      idea text not null,
      decision text check (decision in ('keep', 'change', 'drop')),
      learned text not null default '',
      decided_on date,
      created_at timestamptz not null default now(),
      foreign key (organisation_id, cycle_id) references team_cycles (organisation_id, id) on delete cascade
    );
    create index on team_experiments (organisation_id, cycle_id);
    select oppiva_protect('team_cycles', 'organisation');
    select oppiva_protect('team_cycle_steps', 'organisation');
    select oppiva_protect('team_experiments', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table team_experiments, team_cycle_steps, team_cycles');
}
