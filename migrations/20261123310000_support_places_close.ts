import type { Knex } from 'knex';

/**
 * A place that ends is kept, closed from a day on: what people did there outlives it. The database itself holds that a place
 * with shifts is never taken away with them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table support_places add column closed_on date;
    alter table support_shifts drop constraint support_shifts_place_id_fkey,
      add constraint support_shifts_place_id_fkey foreign key (place_id) references support_places;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table support_shifts drop constraint support_shifts_place_id_fkey,
      add constraint support_shifts_place_id_fkey foreign key (place_id) references support_places on delete cascade;
    alter table support_places drop column closed_on;
  `);
}
