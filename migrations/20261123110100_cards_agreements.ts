import type { Knex } from 'knex';

/** A team's agreement of how it learns together is a card, too. */
const KINDS = ['challenge', 'need', 'practice', 'idea', 'finding', 'impact', 'operating-model', 'experiment'];

const allow = (knex: Knex, kinds: readonly string[]) =>
  knex.raw(`alter table cards drop constraint cards_kind_check,
    add constraint cards_kind_check check (kind in (${kinds.map((kind) => `'${kind}'`).join(', ')}))`);

export async function up(knex: Knex): Promise<void> {
  await allow(knex, [...KINDS, 'agreement']);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("delete from cards where kind = 'agreement'");
  await allow(knex, KINDS);
}
