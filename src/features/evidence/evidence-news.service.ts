import { notify } from '../notifications/notifications.service';
import type { Submission } from './submissions.model';

type News = 'asked' | 'more' | 'not_yet' | 'judged';

/** Tells the other of the two that it is their turn, in the caller's transaction. */
export function tellSubmission(submission: Submission, personId: string, news: News): Promise<void> {
  const { organisation_id, id, kind } = submission;
  const own = kind === 'task' ? '/skills/tasks' : '/skills/earlier';
  return notify({
    organisation_id,
    person_id: personId,
    kind: `evidence.${news}`,
    params: {},
    href: news === 'asked' ? `/skills/tasks/to-judge/${id}` : `${own}/${id}`,
  });
}
