import supporter from '../../data/supporter.json';
import { atomically, db } from '../../lib/db';
import { importCourses } from '../courses/courses.service';
import type { Actor } from '../organisations/organisations.model';
import type { PathTexts } from '../paths/paths.model';
import { createPath } from '../paths/paths.service';

/** The first part of the national model, digital skills: courses of ours, where the organisation may use them. */
const DIGITAL_SKILLS = ['strong-auth-passwords', 'recognise-scam-messages', 'video-appointment'];

const TEXTS: PathTexts = {
  fi: {
    title: 'Vertaistukijan polku',
    summary: 'Kolme osaa niin kuin kansallisen digitukijan mallissa: digitaidot, ohjaustaidot ja etiikka.',
  },
  'fi-x-selko': {
    title: 'Vertaistukijan polku',
    summary: 'Opit digitaitoja.\nOpit ohjaamaan toista.\nOpit, mitä saat tehdä ja mitä et.',
  },
  sv: {
    title: 'Kamratstödjarens stig',
    summary: 'Tre delar som i den nationella modellen för digitalt stöd: digitala färdigheter, handledning och etik.',
  },
  en: {
    title: 'The peer supporter’s path',
    summary:
      'Three parts, as in the national model of a digital supporter: digital skills, guidance skills and ethics.',
  },
};

/**
 * The peer supporter's path with its courses, ready to be changed. The same form sent twice makes one; courses that were taken in
 * before are updated in place. Ethics are done again after two years. Returns the path's address.
 */
export function makeSupporterPath(actor: Actor, id: string): Promise<string> {
  return atomically(async () => {
    const { organisation_id } = actor;
    const made = await importCourses(organisation_id, supporter, { by: { id: actor.id, organisation_id } });
    const { rows } = await db().raw(
      `select distinct on (c.exchange_id) c.id, c.exchange_id from courses c
       where c.exchange_id = any(?) and c.published_at is not null and (c.organisation_id = ? or exists (
         select from course_shares s where s.course_id = c.id and (s.organisation_id is null or s.organisation_id = ?)))
       order by c.exchange_id, (c.organisation_id = ?) desc, c.id`,
      [DIGITAL_SKILLS, organisation_id, organisation_id, organisation_id],
    );
    const skills = DIGITAL_SKILLS.flatMap((wanted) => {
      const course = rows.find(({ exchange_id }: { exchange_id: string }) => exchange_id === wanted);
      return course ? [{ course_id: course.id as string, valid_months: null }] : [];
    });
    const [guidance, ethics] = made;
    const steps = [
      ...skills,
      ...(guidance ? [{ course_id: guidance.id, valid_months: null }] : []),
      ...(ethics ? [{ course_id: ethics.id, valid_months: 24 }] : []),
    ];
    return createPath(actor, { id, texts: TEXTS, steps, renewal_days: 60 });
  });
}
