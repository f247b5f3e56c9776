import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import { CONTENT_HEAD, type ContentHead } from './contents.model';
import { canPreviewContents } from './h5p.policy';

/**
 * A content that the actor may play: used in a published lesson for them, in a course that their organisation may use; or
 * one of their own organisation, for those who write. Undefined for any other.
 */
export async function findPlayableContent(actor: Actor, id: string): Promise<ContentHead | undefined> {
  const ours = actor.organisation_id;
  const { rows } = await db().raw(
    `select ${CONTENT_HEAD.map((column) => `c.${column}`).join(', ')} from h5p_contents c
     where c.id = ? and ((? and c.organisation_id = ?) or exists (
       select from lessons l join courses k on k.id = l.course_id
       where (l.h5p_content_id = c.id
           or exists (select from lesson_h5p_contents b where b.lesson_id = l.id and b.h5p_content_id = c.id))
         and l.published_at is not null and k.published_at is not null
         and (l.audience = '{}' or l.audience && ?::text[])
         and (k.organisation_id = ? or exists (
           select from course_shares s
           where s.course_id = k.id and (s.organisation_id is null or s.organisation_id = ?))
           or k.id in (select b.course_id from enrolments b
             where b.organisation_id = (select oppiva_organisation()) and b.person_id = (select oppiva_person())))))`,
    [id, canPreviewContents(actor), ours, audiencesOf(actor), ours, ours],
  );
  return rows[0];
}
