import { db, together } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import type { HelpRequest } from './support.model';

/** A request as the one who answers it reads it. */
export type AskedRequest = Pick<
  HelpRequest,
  'id' | 'person_id' | 'to_person_id' | 'message' | 'place' | 'asked_at' | 'answered_at'
> & {
  name: string;
  to_name: string | null;
  lesson_title: string | null;
  lesson_href: string | null;
};

export interface HelpReply {
  id: string;
  body: string;
  name: string;
  is_own: boolean;
  written_at: Date;
}

const ASKED = `
  select h.id, h.person_id, h.to_person_id, h.message, h.place, h.asked_at, h.answered_at, p.name, o.name as to_name,
    (select x.title from lesson_texts x where x.lesson_id = h.lesson_id order by array_position(?::text[], x.language) limit 1)
      as lesson_title,
    (select '/learn/' || c.slug || '/' || l.slug from lessons l join courses c on c.id = l.course_id where l.id = h.lesson_id)
      as lesson_href
  from help_requests h join people p on p.id = h.person_id left join people o on o.id = h.to_person_id
  where h.organisation_id = ?`;

/** Requests to the actor as a helper: those that wait first, then the newest. */
export async function readAskedOfMe(actor: Actor): Promise<AskedRequest[]> {
  const [{ rows }] = await together(
    db().raw<{ rows: AskedRequest[] }>(
      `${ASKED} and h.to_person_id = ? order by h.answered_at is not null, h.asked_at desc, h.id limit 100`,
      [contentLanguages(actor.content_language), actor.organisation_id, actor.id],
    ),
  );
  return rows;
}

/** One request with everything that was said about it. */
export async function readAsked(
  actor: Actor,
  id: string,
): Promise<{ request: AskedRequest; replies: HelpReply[] } | undefined> {
  const [requests, replies] = await together(
    db().raw<{ rows: AskedRequest[] }>(`${ASKED} and h.id = ?`, [
      contentLanguages(actor.content_language),
      actor.organisation_id,
      id,
    ]),
    db().raw<{ rows: HelpReply[] }>(
      `select r.id, r.body, p.name, r.person_id = ? as is_own, r.written_at
       from help_replies r join people p on p.id = r.person_id
       where r.organisation_id = ? and r.request_id = ? order by r.written_at, r.id`,
      [actor.id, actor.organisation_id, id],
    ),
  );
  const request = requests.rows[0];
  return request && { request, replies: replies.rows };
}
