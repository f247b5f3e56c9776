import type { Rows } from './bulk';
import { type Calendar, dateOnly, HISTORY_MONTHS } from './calendar';
import { Chance } from './chance';

/** A target profile that an organisation made for itself: skill -> the least that is needed and what one aims at. */
interface Plan {
  name: string;
  about: string;
  copied_from: string;
  levels: Record<string, [minimum: number, aim: number]>;
  /** What was different until three months ago. */
  before: Record<string, [minimum: number, aim: number]>;
}

const PLANS: Record<string, Plan> = {
  polkutupa: {
    name: 'Kotiin vietävän tuen tekijä',
    about: 'Kotikäynneillä autetaan arjen digiasioissa. Turvallisuus ja rauhallinen ohjaaminen tulevat ensin.',
    copied_from: 'professional',
    levels: {
      '1.1': [3, 4],
      '1.2': [3, 4],
      '2.1': [3, 5],
      '2.3': [4, 5],
      '4.1': [3, 5],
      '4.2': [4, 6],
      '5.1': [2, 4],
      '5.4': [3, 4],
    },
    before: { '4.2': [3, 5], '5.4': [3, 3] },
  },
};

/** The profile that teams of the organisation have when their plan says so. Told by the plan alone, as people come first. */
export const ownProfileId = (slug: string): string => new Chance(`target profile ${slug}`).uuid();

/** The organisation's own target profile with its two versions; nothing for an organisation that made none. */
export function addTargets(
  rows: Rows,
  calendar: Calendar,
  organisation: { id: string; slug: string },
  madeBy: string | undefined,
): void {
  const plan = PLANS[organisation.slug];
  if (!plan) return;
  const { levels, before, ...profile } = plan;
  const id = ownProfileId(organisation.slug);
  const organisation_id = organisation.id;
  const first = calendar.monthsAgo(HISTORY_MONTHS);
  rows.add('target_profiles', { id, organisation_id, ...profile, created_at: first });
  rows.add('organisation_words', { organisation_id });
  const versions = [
    [first, { ...levels, ...before }],
    [calendar.monthsAgo(3), levels],
  ] as const;
  for (const [made_at, of] of versions) {
    const from_day = dateOnly(made_at);
    rows.add('target_profile_versions', {
      organisation_id,
      profile_id: id,
      from_day,
      made_at,
      made_by: madeBy ?? null,
    });
    for (const [competence_code, [minimum, aim]] of Object.entries(of))
      rows.add('target_levels', { organisation_id, profile_id: id, from_day, competence_code, minimum, aim });
  }
}
