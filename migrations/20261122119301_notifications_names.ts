import type { Knex } from 'knex';

/**
 * Notifications of others name the one who asked or shared. Takes the name away from those of the organisation in scope when
 * the person's erasure is due; a namesake's goes with it, which loses nothing but a word. Called before oppiva_erase, which
 * takes the name itself.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function oppiva_forget_name(given uuid) returns void
      language sql security definer set search_path = public
      begin atomic
        update notifications n set params = n.params || '{"name": "–"}'
          from erasures e join people p on p.id = e.person_id
          where e.id = given and e.organisation_id = oppiva_organisation() and e.done_at is null and e.due_at <= now()
            and n.organisation_id = e.organisation_id and n.params ->> 'name' = p.name;
      end;
    grant execute on function oppiva_forget_name(uuid) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function oppiva_forget_name(uuid)');
}
