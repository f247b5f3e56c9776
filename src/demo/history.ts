import { Ability } from './ability';
import { ainosObservations } from './aino';
import { addAsked } from './asked';
import type { Rows } from './bulk';
import { type Calendar, HISTORY_MONTHS, later } from './calendar';
import type { CatalogueCourse } from './catalogue';
import type { ExchangeLesson } from './drafts';
import { study } from './learning';
import type { TeamPlan } from './organisations';
import { coursesOfPath } from './paths';
import type { Member } from './people';
import { ainosProofs } from './proofs';
import { type StarterCompetence, selfViews } from './self-views';
import { sightings } from './sightings';
import { addSkills, type DemoObservation } from './skills';

export interface Content {
  courses: readonly CatalogueCourse[];
  starters: readonly StarterCompetence[];
  /** The lessons as the exchange file has them. */
  lessons: readonly ExchangeLesson[];
}

export interface Team {
  id: string;
  plan: TeamPlan;
  members: readonly Member[];
  supervisor: Member;
}

/** Everything that the members of one team did: courses, quizzes, self views, what others saw, requests for help. */
export function teamHistory(rows: Rows, calendar: Calendar, team: Team, content: Content): void {
  const named = Object.keys(team.plan.trends).filter((code) => code !== 'default');
  const followed = team.plan.trends.default ? content.starters.map(({ code }) => code) : named;
  for (const [place, member] of team.members.entries()) {
    const ability = new Ability(member.chance, member.profile, team.plan.trends, place);
    const observations: DemoObservation[] = [];
    if (member.named?.account === 'learner') {
      const professional = team.members.find(({ named }) => named?.account === 'professional') ?? team.supervisor;
      const told = { ...content, supervisor: team.supervisor, peer: professional };
      observations.push(...ainosObservations(rows, calendar, member, told));
      observations.push(...ainosProofs(rows, calendar, { learner: member, professional }));
      addAsked(rows, calendar, member, team.members);
    } else {
      observations.push(...selfViews(rows, calendar, member, ability, content.starters));
      observations.push(
        ...sightings(calendar, {
          member,
          ability,
          supervisor: team.supervisor,
          team: team.members,
          followed,
          practisesSince: team.plan.practisesSince,
        }),
      );
    }
    observations.push(...courseWork(rows, calendar, { team, member, ability }, content.courses));
    addSkills(rows, member, observations);
    askForHelp(rows, calendar, { team, member }, content.courses);
  }
}

function courseWork(
  rows: Rows,
  calendar: Calendar,
  { team, member, ability }: { team: Team; member: Member; ability: Ability },
  courses: readonly CatalogueCourse[],
): DemoObservation[] {
  const { chance } = member;
  const { path } = team.plan;
  const agreed = coursesOfPath(path.slug, courses);
  const script = member.named?.lessons;
  const planned = agreed.map((course, index) => ({
    course,
    from: later(calendar.daysAgo(path.assignedDaysAgo - 35 * index), {
      days: chance.whole(1, 20),
      minutes: chance.whole(420, 900),
    }),
    script,
  }));
  const others = courses.filter((course) => !agreed.includes(course) && !script && chance.happens(0.3));
  const freely = others.map((course) => ({
    course,
    from: later(member.startedOn, {
      days: chance.whole(10, Math.max(20, calendar.age(member.startedOn) * 25)),
      minutes: chance.whole(420, 1100),
    }),
    script: undefined,
  }));
  return [...planned.filter(() => script || chance.happens(0.88)), ...freely]
    .filter(({ from }) => calendar.isPast(from))
    .flatMap(({ course, from, script: told }) =>
      study(rows, calendar, { member, ability, course, from, script: told }),
    );
}

/** Those who are told to ask have an open request; some others asked once and were answered in a day or two. */
function askForHelp(
  rows: Rows,
  calendar: Calendar,
  { team, member }: { team: Team; member: Member },
  courses: readonly CatalogueCourse[],
): void {
  const { chance, named } = member;
  const lesson = coursesOfPath(team.plan.path.slug, courses)[0]?.lessons[1];
  const ours = { organisation_id: member.organisationId, person_id: member.id, lesson_id: lesson?.id ?? null };
  if (named?.asksForHelp)
    rows.add('help_requests', {
      id: chance.uuid(),
      ...ours,
      message: named.asksForHelp,
      asked_at: later(calendar.daysAgo(2), { minutes: chance.whole(500, 900) }),
      answered_at: null,
      answered_by: null,
    });
  if (named || !chance.happens(0.3)) return;
  // More people ask than in the first year: the habit has grown.
  const asked_at = later(calendar.daysAgo(chance.whole(3, 30 * (chance.happens(0.7) ? 7 : HISTORY_MONTHS - 1))), {
    minutes: chance.whole(480, 960),
  });
  const isOpen = chance.happens(0.15);
  rows.add('help_requests', {
    id: chance.uuid(),
    ...ours,
    message: chance.pick(QUESTIONS[member.language === 'sv' ? 'sv' : 'fi']),
    asked_at,
    answered_at: isOpen ? null : later(asked_at, { minutes: chance.whole(30, 2900) }),
    answered_by: isOpen ? null : team.supervisor.id,
  });
}

const QUESTIONS = {
  fi: [
    'Voisimmeko katsoa tätä yhdessä?',
    'En löydä kohtaa, jossa asetukset vaihdetaan.',
    'Haluaisin käydä tämän läpi jonkun kanssa.',
    '',
  ],
  sv: ['Kan vi titta på det här tillsammans?', 'Jag hittar inte stället där man ändrar inställningarna.', ''],
};
