import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { addressOfRecognition, insertRecognition, type Recognition, setState } from './recognitions.model';
import { insertMark } from './steps.model';
import { tellStepFinished } from './steps.service';

/** Asks somebody to judge whether what was learnt before counts for a step. Safe to call twice. */
export function askRecognition(
  actor: Actor,
  asked: { id: string; step_id: string; story: string; judge_id: string },
): Promise<void> {
  return atomically(async () => {
    const { organisation_id, id: person_id } = actor;
    if (!(await insertRecognition({ ...asked, organisation_id, person_id }))) return;
    await notify({
      organisation_id,
      person_id: asked.judge_id,
      kind: 'path.recognition-asked',
      params: { name: actor.name },
      href: `/recognitions/${asked.id}`,
      key: `recognition ${asked.id}`,
    });
  });
}

/** The learner takes the question back; nothing else changes. */
export async function withdrawRecognition(recognition: Recognition): Promise<void> {
  await atomically(() => setState(recognition, { state: 'withdrawn' }));
}

/**
 * Says whether it counts, and why. What counts finishes the step of the path for the learner and is never a completion of the
 * course: reports go on to count those who studied. A second press changes nothing; the learner may always ask again.
 */
export function judgeRecognition(
  actor: Actor,
  recognition: Recognition,
  { counts, reason }: { counts: boolean; reason: string },
): Promise<void> {
  return atomically(async () => {
    const { organisation_id, person_id, step_id, id } = recognition;
    if (!(await setState(recognition, { state: counts ? 'counted' : 'declined', reason }))) return;
    if (counts) await insertMark({ id: person_id, organisation_id }, [step_id], 'recognised');
    if (counts) await tellStepFinished({ id: person_id, organisation_id });
    await recordAudit(
      actor,
      counts ? 'path.recognised' : 'path.not-recognised',
      { type: 'person', id: person_id },
      { step_id },
    );
    await notify({
      organisation_id,
      person_id,
      kind: counts ? 'path.recognised' : 'path.not-recognised',
      params: {},
      href: await addressOfRecognition(recognition),
      key: `recognised ${id}`,
    });
  });
}
