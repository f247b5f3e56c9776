import { addDays } from '../../lib/dates';
import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { storage } from '../../lib/storage';
import { recordAudit } from '../audit/audit.model';
import { deleteOldEntries } from '../ledger/ledger.model';
import { countOtherAdministrators, lockOrganisation } from '../organisations/memberships.model';
import type { Actor } from '../organisations/organisations.model';
import { forgetLists } from '../reports/closing/kept-figures.model';
import { RETENTION_KINDS } from './kinds';
import {
  deleteWaitingErasure,
  erase,
  forgetOld,
  insertErasure,
  type Months,
  saveRetention,
  selectDueErasures,
  selectRetention,
} from './privacy.model';

/** Daily: forgets who asked for it, and what is kept no longer. */
export const FORGET_JOB = 'privacy.forget';

/** Time to change one's mind. */
export const ERASURE_DAYS = 14;

/** Asks to be forgotten. False for the only administrator: somebody must be able to help the others. */
export function askErasure(actor: Actor, now = new Date()): Promise<boolean> {
  return atomically(async () => {
    await lockOrganisation(actor.organisation_id);
    const isAlone =
      actor.roles.includes('administrator') && (await countOtherAdministrators(actor.organisation_id, actor.id)) === 0;
    if (isAlone) return false;
    await insertErasure(actor, addDays(now, ERASURE_DAYS));
    await recordAudit(actor, 'erasure.asked', { type: 'person', id: actor.id });
    return true;
  });
}

/** Safe to call twice. */
export function takeBackErasure(actor: Actor): Promise<void> {
  return atomically(async () => {
    if ((await deleteWaitingErasure(actor)) > 0)
      await recordAudit(actor, 'erasure.taken-back', { type: 'person', id: actor.id });
  });
}

export function changeRetention(actor: Actor, months: Months): Promise<void> {
  return atomically(async () => {
    await saveRetention(actor.organisation_id, months);
    await recordAudit(actor, 'retention.changed', { type: 'organisation', id: actor.organisation_id }, months);
  });
}

/** The daily job. Each organisation and each person in a transaction of its own, so that one fault holds nobody else up. */
export async function forget(): Promise<void> {
  const organisations: { id: string }[] = await db()('organisations').select('id');
  for (const { id } of organisations) {
    await withScope({ organisationId: id, personId: null }, () =>
      atomically(async () => {
        const months = await selectRetention(id);
        for (const kind of RETENTION_KINDS)
          await (kind === 'hours' ? deleteOldEntries(id, months.hours) : forgetOld(kind, months[kind]));
      }),
    );
  }
  for (const { id, organisation_id } of await selectDueErasures()) {
    const files = await withScope({ organisationId: organisation_id, personId: null }, () =>
      atomically(async () => {
        await forgetLists(organisation_id);
        return erase(id);
      }),
    );
    // The rows are gone for good; a file that cannot be removed now would be found by nobody.
    for (const key of files) await storage().remove(key);
  }
}
