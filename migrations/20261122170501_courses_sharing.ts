import type { Knex } from 'knex';

/**
 * Sharing: with whom a course is shared is a row that only its keeper writes, and a public course is read by anybody. What
 * was made from another text says from which. A published text is read for a copy through one function, which gives it to
 * those only who may use the course now.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table courses add is_public boolean not null default false, add based_on jsonb;
    alter table lessons add based_on jsonb;
    alter table lesson_drafts add based_on jsonb;
    create index on courses (organisation_id) where is_public;
    alter table course_shares add shared_at timestamptz not null default now();

    -- Without a scope (commands of the operator) nothing is seen and nothing written, as of every protected table.
    alter table course_shares enable row level security;
    create policy reading on course_shares for select to oppiva_app using (
      organisation_id is null or organisation_id = (select oppiva_organisation()) or exists (
        select from courses c where c.id = course_id and c.organisation_id = (select oppiva_organisation())));
    create policy giving on course_shares for insert to oppiva_app with check (exists (
      select from courses c where c.id = course_id and c.organisation_id = (select oppiva_organisation())));
    create policy withdrawing on course_shares for delete to oppiva_app using (exists (
      select from courses c where c.id = course_id and c.organisation_id = (select oppiva_organisation())));

    create function published_lesson_content(given uuid) returns jsonb
      language sql stable security definer set search_path = public
      return (select v.content from lessons l
        join courses c on c.id = l.course_id and c.published_at is not null
        join lesson_drafts d on d.lesson_id = l.id and d.organisation_id = l.organisation_id
        join draft_versions v on v.organisation_id = d.organisation_id and v.draft_id = d.id and v.published_as = l.version
        where l.id = given and l.published_at is not null and (c.organisation_id = oppiva_organisation() or exists (
          select from course_shares s where s.course_id = c.id
            and (s.organisation_id is null or s.organisation_id = oppiva_organisation())))
        order by v.published_at desc nulls last limit 1);
    grant execute on function published_lesson_content(uuid) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function published_lesson_content(uuid);
    drop policy reading on course_shares;
    drop policy giving on course_shares;
    drop policy withdrawing on course_shares;
    alter table course_shares disable row level security;
    alter table course_shares drop shared_at;
    alter table lesson_drafts drop based_on;
    alter table lessons drop based_on;
    alter table courses drop based_on, drop is_public;
  `);
}
