import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { replaceOffers } from './helpers.model';
import {
  askSupervisors,
  type HelpRequest,
  insertHelpRequest,
  insertReply,
  selectSupervisorIds,
  setAnswered,
  setOpen,
} from './support.model';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

/** Asks the supervisors of one's own teams, or one helper; they are told at once. Safe to call twice with the same id. */
export function askForHelp(
  actor: Somebody & Pick<Actor, 'name'>,
  asked: Pick<HelpRequest, 'id' | 'lesson_id' | 'message' | 'to_person_id' | 'place'>,
): Promise<void> {
  return atomically(async () => {
    const { organisation_id, id: person_id } = actor;
    if (!(await insertHelpRequest({ ...asked, organisation_id, person_id }))) return;
    const told = asked.to_person_id ? [asked.to_person_id] : await selectSupervisorIds(organisation_id, person_id);
    for (const one of told) await tell(actor, one, 'help.asked', asked.id, `ask ${asked.id}`);
  });
}

/**
 * Writes a reply to a request. A helper's reply answers it; the asker's own one opens it again. The other side is told.
 * Safe to call twice with the same reply id.
 */
export function reply(
  actor: Somebody & Pick<Actor, 'name'>,
  request: HelpRequest,
  said: { id: string; body: string },
): Promise<void> {
  return atomically(async () => {
    const { organisation_id, id: person_id } = actor;
    if (!(await insertReply({ ...said, organisation_id, person_id, request_id: request.id }))) return;
    if (request.person_id !== actor.id) {
      await answerHelpRequest(actor, request);
      return tell(actor, request.person_id, 'help.replied', request.id, `reply ${said.id}`);
    }
    await setOpen(request);
    const others = request.to_person_id
      ? [request.to_person_id]
      : await selectSupervisorIds(organisation_id, request.person_id);
    for (const one of others) await tell(actor, one, 'help.more', request.id, `reply ${said.id}`);
  });
}

/** The asker turns to their supervisors, when the helper has not answered. */
export function turnToSupervisors(actor: Somebody & Pick<Actor, 'name'>, request: HelpRequest): Promise<void> {
  return atomically(async () => {
    await askSupervisors(request);
    for (const one of await selectSupervisorIds(actor.organisation_id, actor.id))
      await tell(actor, one, 'help.asked', request.id, `turn ${request.id}`);
  });
}

/** A person lets others ask them about these skills; none: nobody is shown them as a helper. */
export function offerHelp(actor: Somebody, codes: readonly string[], words: string): Promise<void> {
  return atomically(async () => {
    await replaceOffers(actor, codes, words);
    await recordAudit(actor, 'help.offered', { type: 'person', id: actor.id }, { skills: codes.length });
  });
}

const tell = (actor: Somebody & Pick<Actor, 'name'>, person_id: string, kind: string, id: string, key: string) =>
  notify({
    organisation_id: actor.organisation_id,
    person_id,
    kind,
    params: { name: actor.name },
    href: `/help/asked/${id}`,
    key,
  });

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
