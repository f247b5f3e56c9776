import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { takeFiles } from '../files/taken.service';
import { selectPartners } from '../organisations/networks.model';
import type { Actor } from '../organisations/organisations.model';
import { insertBankQuestions } from './bank.model';
import { findGiven, type GivenQuestion, putBankShares } from './shared.model';
import type { Written } from './written';

export type BankReach = 'own' | 'partners' | 'all';

/** Shares questions of the own bank. False, and nothing done, when one is named that is no partner. */
export function shareQuestions(
  actor: Actor,
  questionIds: readonly string[],
  reach: BankReach,
  partners: readonly string[],
): Promise<boolean> {
  return atomically(async () => {
    const named = reach === 'partners' ? [...new Set(partners)] : [];
    const { rows } = await selectPartners(actor.organisation_id);
    if (!named.every((id) => rows.some((partner) => partner.id === id))) return false;
    await putBankShares(actor.organisation_id, questionIds, reach === 'all' ? [null] : named);
    const details = { questions: questionIds.length, to: reach, named };
    await recordAudit(actor, 'bank.shared', { type: 'organisation', id: actor.organisation_id }, details);
    return true;
  });
}

/** Takes shared questions into the own bank, each once. Returns how many were new; what is not shared (any more) is left out. */
export function takeQuestions(actor: Actor, ids: readonly string[]): Promise<number> {
  return atomically(async () => {
    const entries = [];
    for (const given of await findGiven(actor.organisation_id, ids))
      entries.push({
        question: await withOwnFiles(actor, given),
        source: { kind: 'shared' as const, id: given.id, title: given.organisation_name },
      });
    const added = await insertBankQuestions(actor.organisation_id, entries);
    await recordAudit(
      actor,
      'bank.taken',
      { type: 'organisation', id: actor.organisation_id },
      { questions: added.length },
    );
    return added.length;
  });
}

async function withOwnFiles({ organisation_id }: Actor, given: GivenQuestion): Promise<Written> {
  let text = JSON.stringify(given.question);
  const named = [...text.matchAll(/(?:"file_id":"|\/files\/)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g)];
  const files = [...new Set(named.flatMap(([, id]) => id ?? []))];
  for (const [from, to] of await takeFiles(organisation_id, given.organisation_id, files))
    text = text.replaceAll(from, to);
  return JSON.parse(text);
}
