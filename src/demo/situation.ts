import { findActor } from '../features/organisations/organisations.model';
import { readPicture } from '../features/situation/situation.queries';
import { db } from '../lib/db';
import { withScope } from '../lib/scope';

const KEPT = [
  ['polkutupa', 'admin', 'Digituki Polkutuvassa, alkuvuosi', 'public'],
  ['hillajoki', undefined, 'Digituki Hillajoella', 'public'],
  ['kaislatuuli', undefined, 'Kaislatuulen tilannekuva', 'organisation'],
] as const;

/** A picture of the day that each organisation of the demo kept; one is for anybody. */
export async function addPictures(): Promise<void> {
  await db().raw(`insert into support_costs (organisation_id, form, cents_per_hour)
    select id, form, cents from organisations cross join (values ('near', 3200), ('home', 4500)) c (form, cents)`);
  for (const [slug, username, title, visibility] of KEPT) {
    const { rows } = await db().raw(
      `select o.id as organisation, m.person_id as person from organisations o join memberships m on m.organisation_id = o.id
       join people p on p.id = m.person_id where o.slug = ? and 'administrator' = any (m.roles) and m.ended_on is null
       order by p.username is distinct from ?, p.id limit 1`,
      [slug, username ?? null],
    );
    const [{ organisation = '', person = '' } = {}] = rows;
    const actor = await findActor(organisation, person);
    if (!actor) continue;
    const { picture } = await withScope({ organisationId: organisation, personId: person }, () =>
      readPicture(actor, { space: undefined, area: '' }),
    );
    await db().raw(
      `insert into situation_pictures (id, organisation_id, visibility, title, figures, made_by)
       values (md5('picture ' || ?)::uuid, ?, ?, ?, ?, ?)`,
      [slug, organisation, visibility, title, JSON.stringify(picture), person],
    );
  }
  await db().raw(`insert into loop_objects (kind, id, organisation_id, visibility, title, href, language)
    select 'situation', id, organisation_id, visibility, title, '/situation/published/' || id, 'fi' from situation_pictures`);
}
