import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { findVersion, freezeVersion, type Publication, selectApprovals, updatePublication } from './publications.model';
import { subject } from './publications.service';
import { hashOf } from './texts';

/** The named core group of the space: the ones who approve. */
async function selectCore(spaceId: string | null) {
  if (!spaceId) return [];
  return db()
    .table('space_members')
    .where({ space_id: spaceId, role: 'core', state: 'member' })
    .whereNull('left_at')
    .select('person_id', 'organisation_id', 'shown_name');
}

/** Asks each of the core group about the latest version. Returns what is missing, when nobody can be asked. */
export function askApproval(actor: Actor, publication: Publication): Promise<string | undefined> {
  return atomically(async () => {
    const core = await selectCore(publication.space_id);
    if (core.length === 0) return 'publications.fault.noCore';
    const { id: publication_id, organisation_id: host_organisation_id, latest_number: number } = publication;
    const rows = core.map((one) => ({ ...one, publication_id, host_organisation_id, number }));
    await db()
      .table('publication_approvals')
      .insert(rows)
      .onConflict(['publication_id', 'number', 'person_id'])
      .ignore();
    if (publication.state !== 'published') await updatePublication(publication, { state: 'approval' });
    for (const { person_id, organisation_id } of core)
      await notify({
        ...{ organisation_id, person_id, kind: 'publication.approval-asked', params: {} },
        ...{
          href: `/publications/${publication_id}#approval`,
          key: `approval ${publication_id} ${number} ${person_id}`,
        },
      });
    await recordAudit(actor, 'publication.approval-asked', subject(publication), { number, people: core.length });
    return undefined;
  });
}

/**
 * The actor approves the version that they read. False when it is not the one that they were asked about any more. When the
 * last of the group has said yes, the version is frozen, in its keeper's name.
 */
export function approve(actor: Actor, publication: Publication, number: number): Promise<boolean> {
  return atomically(async () => {
    if (number !== publication.latest_number) return false;
    const mine = {
      publication_id: publication.id,
      number,
      person_id: actor.id,
      organisation_id: actor.organisation_id,
    };
    const count = await db()
      .table('publication_approvals')
      .where(mine)
      .whereNull('approved_at')
      .update({ approved_at: new Date() });
    if (count === 0) return false;
    await recordAudit(actor, 'publication.approved', subject(publication), { number });
    await withScope({ organisationId: publication.organisation_id, personId: null }, () =>
      freezeWhenAll(publication, number),
    );
    return true;
  });
}

async function freezeWhenAll(publication: Publication, number: number): Promise<void> {
  // Two who say yes at once: the second to come waits here and sees the first.
  await db().table('publications').where({ id: publication.id }).forUpdate().select('id');
  const asked = (await selectApprovals(publication.id)).filter((one) => one.number === number);
  const version = await findVersion(publication.id, number);
  if (!version || asked.some(({ approved_at }) => !approved_at)) return;
  await freezeVersion(publication.id, number, hashOf(version.texts));
  const { organisation_id, owner_id } = publication;
  if (owner_id)
    await notify({
      ...{ organisation_id, person_id: owner_id, kind: 'publication.approved', params: {} },
      ...{ href: `/publications/${publication.id}#approval`, key: `approved ${publication.id} ${number}` },
    });
}

/** The actor signs the published version in their organisation's name; once while it stands. */
export function sign(actor: Actor, publication: Publication, title: string): Promise<void> {
  return atomically(async () => {
    await db()
      .table('publication_signatures')
      .insert({
        ...{ organisation_id: actor.organisation_id, host_organisation_id: publication.organisation_id },
        ...{ publication_id: publication.id, number: publication.shown_number ?? publication.latest_number, title },
        ...{ organisation_name: actor.organisation_name, person_id: actor.id, shown_name: actor.name },
      })
      .onConflict(db().raw('(publication_id, organisation_id) where withdrawn_at is null'))
      .ignore();
    await recordAudit(actor, 'publication.signed', subject(publication));
  });
}

/** The organisation is no longer behind it. What was signed stays in the history. */
export function withdrawSignature(actor: Actor, publication: Publication, reason: string): Promise<void> {
  return atomically(async () => {
    await db()
      .table('publication_signatures')
      .where({ publication_id: publication.id, organisation_id: actor.organisation_id })
      .whereNull('withdrawn_at')
      .update({ withdrawn_at: new Date(), reason });
    await recordAudit(actor, 'publication.signature-withdrawn', subject(publication));
  });
}
