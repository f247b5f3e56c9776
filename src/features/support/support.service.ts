import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { type HelpRequest, insertHelpRequest, setAnswered } from './support.model';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

/** Asks the supervisors of one's own teams. Safe to call twice with the same id. */
export async function askForHelp(
  actor: Somebody,
  { id, lessonId, message }: { id: string; lessonId: string | null; message: string },
): Promise<void> {
  await insertHelpRequest({
    id,
    organisation_id: actor.organisation_id,
    person_id: actor.id,
    lesson_id: lessonId,
    message,
  });
}

/** Marks a request as answered, with an audit row. A second press, and a withdrawn request, change nothing. */
export function answerHelpRequest(actor: Somebody, request: Pick<HelpRequest, 'id' | 'person_id'>): Promise<void> {
  return atomically(async () => {
    if (!(await setAnswered(actor.organisation_id, request.id, actor.id))) return;
    await recordAudit(actor, 'help.answered', { type: 'person', id: request.person_id });
  });
}

/** The one who asked needs no help any more. */
export async function withdrawHelpRequest(actor: Somebody, request: HelpRequest): Promise<void> {
  await setAnswered(actor.organisation_id, request.id, actor.id);
}
