import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import type { Level } from '../../src/features/processes/levels';
import { db } from '../../src/lib/db';
import { as, page } from './browser';
import { anOrganisation, aPerson, asOwner } from './factories';

export const START = {
  title_fi: 'Kuntien digitiekartta',
  title_sv: 'Kommunernas digitala vägkarta',
  question_fi: 'Miten tavoitteisiin päästään julkisten palvelujen osalta?',
  question_sv: 'Hur når vi målen för de offentliga tjänsterna?',
  target_year: '2030',
  visibility: 'public',
  review_on: '',
};

/** A process that a coordinator-like person started by its form. */
export async function aProcess(values: Partial<typeof START> = {}, template = 'roadmap') {
  const organisation = await anOrganisation();
  const owner = await aPerson({ organisation, roles: ['author'], name: 'Elina Vetäjä', language: 'fi' });
  const id = randomUUID();
  const answer = await as(owner).post(`/processes/new/${template}`, { ...START, ...values, key: id });
  if (answer.status !== 303) throw new Error(`${answer.status} ${page(answer)('.govuk-error-summary').text()}`);
  return { organisation, owner, id, address: `/processes/${id}` };
}

/** A person, of another organisation unless given, who belongs to a level. */
export async function aMember(processId: string, level: Level, organisation?: { id: string }): Promise<Actor> {
  const actor = await aPerson({ organisation: organisation ?? (await anOrganisation()), language: 'fi' });
  await asOwner(async () => {
    const row = await db().table('process_levels').where({ process_id: processId, level }).first();
    await db()
      .table('space_organisations')
      .insert({ space_id: row.space_id, organisation_id: actor.organisation_id })
      .onConflict()
      .ignore();
    await db()
      .table('space_members')
      .insert({
        ...{ space_id: row.space_id, person_id: actor.id, organisation_id: actor.organisation_id },
        ...{ host_organisation_id: row.organisation_id, role: 'member', shown_name: actor.name },
      });
  });
  return actor;
}

/** Sends a form and expects it to go through. */
export async function sent(actor: Actor | undefined, address: string, form: object) {
  const answer = await as(actor).post(address, { key: randomUUID(), ...form });
  if (answer.status !== 303)
    throw new Error(`${address} ${answer.status} ${page(answer)('.govuk-error-summary, h1').text()}`);
  return answer;
}
