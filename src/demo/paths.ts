import type { Rows } from './bulk';
import { type Calendar, dateOnly } from './calendar';
import type { CatalogueCourse } from './catalogue';
import type { Chance } from './chance';
import type { TeamPlan } from './organisations';

interface DemoPath {
  slug: string;
  courses: string[];
  /** Course -> months for which a completion is valid: messages of swindlers change all the time. */
  valid?: Record<string, number>;
  renewal_days?: number;
  texts: Record<string, [title: string, summary: string]>;
}

const PATHS: readonly DemoPath[] = [
  {
    slug: 'huijausviestit',
    courses: ['recognise-scam-messages'],
    valid: { 'recognise-scam-messages': 12 },
    texts: {
      fi: ['Tunnista huijausviesti', 'Yksi kurssi, jonka jälkeen tiedät, mitä epäilyttävälle viestille tehdään.'],
      'fi-x-selko': ['Tunnista huijausviesti', 'Opit tunnistamaan huijausviestin.\nTiedät, mitä silloin pitää tehdä.'],
      sv: ['Känn igen ett bluffmeddelande', 'En kurs: sedan vet du vad du gör med ett misstänkt meddelande.'],
      en: ['Recognise a scam message', 'One course: after it you know what to do with a suspicious message.'],
    },
  },
  {
    slug: 'turvallisesti-verkossa',
    courses: ['strong-auth-passwords', 'recognise-scam-messages'],
    valid: { 'strong-auth-passwords': 4, 'recognise-scam-messages': 4 },
    renewal_days: 45,
    texts: {
      fi: ['Turvallisesti verkossa', 'Ensin tunnukset kuntoon, sitten huijausviestit tutuiksi.'],
      'fi-x-selko': ['Turvallisesti verkossa', 'Ensin opit salasanoista.\nSitten opit huijausviesteistä.'],
      sv: ['Tryggt på nätet', 'Först koderna i ordning, sedan bluffmeddelandena bekanta.'],
      en: ['Safe online', 'First your passwords, then scam messages.'],
    },
  },
  {
    slug: 'videovastaanotto',
    courses: ['video-appointment'],
    texts: {
      fi: ['Videovastaanotolle', 'Omalla laitteella lääkärin tai hoitajan videovastaanotolle.'],
      'fi-x-selko': ['Videovastaanotolle', 'Opit käymään vastaanotolla videon kautta.'],
      sv: ['Till videomottagningen', 'Med egen enhet till läkarens eller skötarens videomottagning.'],
      en: ['To a video appointment', 'With your own device to a video appointment with a doctor or nurse.'],
    },
  },
];

/** Every column that a step of the demo has: rows of one table are written with the same ones. */
export const USUAL_STEP = {
  ...{
    course_id: null,
    lesson_id: null,
    competence_codes: [],
    link: '',
    is_required: true,
    group_key: null,
    valid_months: null,
  },
};

/** The learning paths of an organisation, with an ending of its own in their addresses. Returns their ids by slug. */
export function addPaths(
  rows: Rows,
  chance: Chance,
  organisation: { id: string; ending: string },
  courses: readonly CatalogueCourse[],
  on: Date,
) {
  const ids = new Map<string, string>();
  for (const { slug, courses: wanted, texts, valid = {}, renewal_days = 60 } of PATHS) {
    const id = chance.uuid();
    ids.set(slug, id);
    rows.add('learning_paths', {
      id,
      organisation_id: organisation.id,
      slug: `${slug}${organisation.ending}`,
      renewal_days,
      created_at: on,
    });
    for (const [language, [title, summary]] of Object.entries(texts))
      rows.add('learning_path_texts', { path_id: id, language, title, summary });
    for (const [index, course] of coursesNamed(courses, wanted).entries()) {
      const valid_months = valid[course.exchange_id ?? ''] ?? null;
      const step = { path_id: id, course_id: course.id, position: index + 1, valid_months };
      rows.add('path_courses', step);
      rows.add('path_steps', {
        ...USUAL_STEP,
        id: chance.uuid(),
        organisation_id: organisation.id,
        kind: 'course',
        ...step,
      });
    }
  }
  return ids;
}

export function coursesOfPath(slug: string, courses: readonly CatalogueCourse[]): CatalogueCourse[] {
  return coursesNamed(courses, PATHS.find((path) => path.slug === slug)?.courses ?? []);
}

const coursesNamed = (courses: readonly CatalogueCourse[], names: readonly string[]) =>
  names.flatMap((name) => courses.find(({ exchange_id }) => exchange_id === name) ?? []);

export interface Assignment {
  organisationId: string;
  teamId: string;
  pathId: string | undefined;
  by: string;
  plan: TeamPlan['path'];
}

export function assignPath(
  rows: Rows,
  chance: Chance,
  calendar: Calendar,
  { organisationId, teamId, pathId, by, plan }: Assignment,
): void {
  rows.add('path_assignments', {
    id: chance.uuid(),
    organisation_id: organisationId,
    path_id: pathId,
    team_id: teamId,
    due_on: dateOnly(calendar.daysAgo(-plan.dueInDays)),
    assigned_by: by,
    assigned_at: calendar.daysAgo(plan.assignedDaysAgo),
  });
}
