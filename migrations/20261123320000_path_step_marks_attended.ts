import type { Knex } from 'knex';

/** 'attended': somebody ticked that the person was at the event of the step. Of its own, so that it can be taken back alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table path_step_marks drop constraint path_step_marks_how_check,
      add constraint path_step_marks_how_check check (how in ('self', 'placement', 'recognised', 'attended'));
    update path_step_marks m set how = 'attended' where how = 'recognised'
      and exists (select from event_signups s join events e on e.id = s.event_id
        where s.attended and s.person_id = m.person_id and s.organisation_id = m.organisation_id and e.path_step_id = m.step_id)
      and not exists (select from path_recognitions r
        where r.state = 'counted' and r.person_id = m.person_id and r.step_id = m.step_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from path_step_marks a where how = 'attended' and exists (select from path_step_marks b
      where b.how = 'recognised' and (b.organisation_id, b.person_id, b.step_id) = (a.organisation_id, a.person_id, a.step_id));
    update path_step_marks set how = 'recognised' where how = 'attended';
    alter table path_step_marks drop constraint path_step_marks_how_check,
      add constraint path_step_marks_how_check check (how in ('self', 'placement', 'recognised'));
  `);
}
