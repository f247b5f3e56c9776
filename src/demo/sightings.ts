import { HIGHEST_LEVEL, type Source } from '../features/skills/estimate';
import type { Ability } from './ability';
import { type Calendar, later } from './calendar';
import type { Chance } from './chance';
import type { Member } from './people';
import type { DemoObservation } from './skills';

const NOTES: Record<Source, string[]> = {
  self: [''],
  quiz: [''],
  demonstration: [
    'Teki asian omalla laitteella, minä katsoin vierestä.',
    'Näytti vaiheet rauhassa ja kertoi, miksi toimii näin.',
    'Yksi kohta tehtiin yhdessä, muuten itse.',
  ],
  supervisor: ['Käytiin läpi yhdessä kehityskeskustelussa.', 'Nähty työvuorossa.', ''],
  peer: ['Auttoi minua samassa asiassa.', 'Pyysi minua katsomaan vierestä.'],
  experience_expert: ['Tehtiin yhdessä vertaisryhmässä.', 'Osasi sanoa, mikä kohta oli vaikea.'],
  badge: ['Osaamismerkki koulutuksesta.'],
  task: ['Teki tehtävän työssä. Katsottiin yhdessä, miten se meni.'],
  earlier: ['Oppinut edellisessä työssä.'],
};

/** Of whom someone saw what they can do. */
export interface Watched {
  member: Member;
  ability: Ability;
  supervisor: { id: string };
  /** Who may see a colleague at work. */
  team: readonly { id: string }[];
  /** Competences that the team follows together. */
  followed: readonly string[];
  /** Since when the team practises together every other week, in months before today. */
  practisesSince: number | undefined;
}

const SELDOM = { fromDays: 70, toDays: 150, skills: 2 };
const OFTEN = { fromDays: 11, toDays: 19, skills: 4 };

/**
 * What others saw a person do: a few times a year two of the followed skills are looked at together, and often while the
 * team practises. Levels move with true ability; help levels from "with help" towards "on my own".
 */
export function sightings(calendar: Calendar, watched: Watched): DemoObservation[] {
  const { member, ability, followed, practisesSince = 0 } = watched;
  const { chance } = member;
  const known = followed.filter((code) => ability.isObserved(code));
  if (known.length === 0) return [];
  const observations: DemoObservation[] = [];
  const practiceBegins = later(calendar.monthsAgo(practisesSince), { minutes: 600 });
  let turn = chance.whole(0, known.length - 1);
  let at = later(member.startedOn, { days: chance.whole(30, 120), minutes: chance.whole(480, 900) });
  while (calendar.isPast(at)) {
    const rhythm = at < practiceBegins ? SELDOM : OFTEN;
    for (let seen = 0; seen < Math.min(rhythm.skills, known.length); seen += 1) {
      const code = known[(turn + seen) % known.length] as string;
      observations.push(oneSighting(watched, code, ability.at(code, at, calendar), at));
    }
    turn += rhythm.skills;
    const next = later(at, { days: chance.whole(rhythm.fromDays, rhythm.toDays), minutes: chance.whole(-120, 120) });
    at = at < practiceBegins && next > practiceBegins ? later(practiceBegins, { days: chance.whole(0, 9) }) : next;
  }
  return observations;
}

function oneSighting({ member, team, supervisor }: Watched, code: string, truth: number, at: Date): DemoObservation {
  const { chance } = member;
  const source = sourceOf(chance);
  const level = Math.min(HIGHEST_LEVEL, Math.max(0, Math.round(truth + chance.normal(0, 0.35))));
  return {
    competence_code: code,
    source,
    level,
    help_level: helpOf(level),
    share_right: null,
    observed_at: at,
    recorded_by: (source === 'supervisor' ? supervisor : colleague(chance, team, member)).id,
    origin_type: source,
    origin_id: chance.uuid(),
    note: chance.pick(NOTES[source]),
  };
}

function colleague(chance: Chance, team: readonly { id: string }[], member: Member): { id: string } {
  const first = chance.whole(0, team.length - 1);
  const found = team[first]?.id === member.id ? team[(first + 1) % team.length] : team[first];
  return found ?? member;
}

function sourceOf(chance: Chance): Source {
  const at = chance.next();
  if (at < 0.5) return 'demonstration';
  if (at < 0.8) return 'supervisor';
  if (at < 0.9) return 'peer';
  return at < 0.97 ? 'experience_expert' : 'badge';
}

export function helpOf(level: number): 0 | 1 | 2 | 3 {
  if (level < 1) return 0;
  if (level < 3) return 1;
  return level < 5 ? 2 : 3;
}
