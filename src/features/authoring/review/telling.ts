import { db } from '../../../lib/db';
import { notify } from '../../notifications/notifications.service';
import type { Draft } from '../drafts.model';

/** Those who make the draft together: its writer, its pair, and who the course names. */
export function peopleOf(draft: Draft): string[] {
  const named = draft.people.filter(({ role }) => role === 'author' || role === 'reviewer');
  const all = [draft.author_id, draft.expert_id, draft.professional_id, ...named.map(({ person_id }) => person_id)];
  return [...new Set(all.filter((id) => id !== null))];
}

/** Who is asked to read and sign: the pair and the named reviewers, or while there are none, all who may sign. */
export async function askedToSign(draft: Draft): Promise<string[]> {
  const reviewers = draft.people.filter(({ role }) => role === 'reviewer').map(({ person_id }) => person_id);
  const asked = [draft.expert_id, draft.professional_id, ...reviewers].filter((id) => id !== null);
  if (asked.length > 0) return [...new Set(asked)];
  const { rows } = await db().raw<{ rows: { person_id: string }[] }>(
    `select person_id from memberships where organisation_id = ? and roles && '{reviewer,expert}' and suspended_at is null
       and (ended_on is null or ended_on > current_date) order by person_id limit 20`,
    [draft.organisation_id],
  );
  return rows.map(({ person_id }) => person_id);
}

/** Tells these people one thing about a draft; the one who did it needs no telling. The same `key` is told once. */
export async function tell(
  draft: Pick<Draft, 'organisation_id' | 'id' | 'content'>,
  to: readonly string[],
  told: { kind: string; by: string | null; href?: string; key?: string; params?: Record<string, string | number> },
): Promise<void> {
  const title = draft.content.title[draft.content.original] || '–';
  for (const person_id of new Set(to)) {
    if (person_id === told.by) continue;
    await notify({
      organisation_id: draft.organisation_id,
      person_id,
      kind: told.kind,
      params: { title, ...told.params },
      href: told.href ?? `/write/drafts/${draft.id}/preview`,
      ...(told.key && { key: told.key }),
    });
  }
}
