import type { Rows } from './bulk';
import { type Calendar, dateOnly } from './calendar';
import type { CatalogueCourse } from './catalogue';
import { Chance } from './chance';
import type { Team } from './history';
import { USUAL_STEP } from './paths';

const TEXTS = {
  fi: ['Digitaidot alkuun', 'Polku alkaa siitä, missä olet. Mitä jo osaat, sen voit ohittaa.'],
  'fi-x-selko': ['Digitaidot alkuun', 'Polku alkaa siitä, mitä osaat.\nVoit ohittaa sen, minkä osaat jo.'],
  sv: ['I gång med det digitala', 'Stigen börjar där du är. Det du redan kan får du hoppa över.'],
  en: ['Digital skills from the start', 'The path begins where you are. You may skip what you can do already.'],
} as const;

const CLUB = {
  fi: ['Käy digikahvilassa', 'Digikahvila on joka viikko. Mukaan voi tulla ilman ilmoittautumista.'],
  sv: ['Besök digicaféet', 'Digicaféet är öppet varje vecka. Du behöver inte anmäla dig.'],
  en: ['Visit the digital café', 'The café is open every week. No sign-up is needed.'],
} as const;

/** A path with a placement test, a condition, an optional course, a choice of two, an event and a talk; newcomers get it by a rule. */
export function addWholePath(
  rows: Rows,
  calendar: Calendar,
  organisation: { id: string; ending: string; by: string | undefined },
  courses: readonly CatalogueCourse[],
  on: Date,
): void {
  const chance = new Chance(`whole path ${organisation.id}`, 0xb00000);
  const organisation_id = organisation.id;
  const path_id = chance.uuid();
  rows.add('learning_paths', {
    id: path_id,
    organisation_id,
    slug: `digitaidot-alkuun${organisation.ending}`,
    renewal_days: 60,
    created_at: on,
  });
  for (const [language, [title, summary]] of Object.entries(TEXTS))
    rows.add('learning_path_texts', { path_id, language, title, summary });
  const course = (name: string) => courses.find(({ exchange_id }) => exchange_id === name)?.id ?? null;
  let position = 0;
  const step = (kind: string, values: Record<string, unknown> = {}): string => {
    const id = chance.uuid();
    position += 1;
    rows.add('path_steps', { id, organisation_id, path_id, position, kind, ...USUAL_STEP, ...values });
    return id;
  };
  step('placement', { competence_codes: ['4.2', '2.1'] });
  const first = step('course', { course_id: course('strong-auth-passwords') });
  const second = step('course', { course_id: course('recognise-scam-messages'), valid_months: 12 });
  const condition = {
    other_step_id: first,
    share: null,
    competence_code: null,
    level: null,
    team_id: null,
    code: null,
    day: null,
  };
  rows.add('path_conditions', { id: chance.uuid(), step_id: second, kind: 'finished', ...condition });
  // Whose answers went less well is offered one lesson again; nobody else meets it.
  const lesson_id = courses.find(({ exchange_id }) => exchange_id === 'strong-auth-passwords')?.lessons[1]?.id ?? null;
  if (lesson_id) {
    const again = step('lesson', { lesson_id, is_required: false });
    rows.add('path_conditions', { id: chance.uuid(), step_id: again, kind: 'went_less', ...condition, share: 80 });
  }
  step('course', { course_id: course('video-appointment'), is_required: false });
  const club = step('outside', { group_key: 1 });
  for (const [language, [title, about]] of Object.entries(CLUB))
    rows.add('path_step_texts', { step_id: club, language, title, about });
  step('task', { competence_codes: ['4.2'], group_key: 1 });
  rows.add('path_groups', { path_id, group_key: 1, needed: 1 });
  step('talk', { is_required: false });
  rows.add('path_courses', { path_id, course_id: course('strong-auth-passwords'), position: 1, valid_months: null });
  rows.add('path_courses', { path_id, course_id: course('recognise-scam-messages'), position: 2, valid_months: 12 });
  rows.add('path_rules', {
    ...{ id: chance.uuid(), organisation_id, path_id, kind: 'relation', team_id: null, code: 'volunteer' },
    ...{
      is_standing: true,
      due_on: null,
      due_days: 30,
      made_by: organisation.by ?? null,
      made_at: calendar.daysAgo(20),
      ended_at: null,
    },
  });
}

/** A team's plans: the first person's is agreed, the second one's waits for the supervisor's answer. */
export function addPlans(rows: Rows, calendar: Calendar, { id: teamId, members, supervisor, plan }: Team): void {
  if (plan.relation === 'client') return;
  const chance = new Chance(`plans ${teamId}`, 0xb10000);
  const here = members.filter(({ leftOn }) => leftOn === null);
  const learner = here.find(({ named }) => named?.account === 'learner') ?? here[0];
  for (const [index, member] of [learner, here.find((one) => one !== learner)].entries()) {
    if (!member || member.id === supervisor.id) continue;
    const id = chance.uuid();
    const organisation_id = member.organisationId;
    rows.add('plan_versions', {
      ...{ id, organisation_id, person_id: member.id, number: 1, state: index === 0 ? 'agreed' : 'proposed' },
      supervisor_id: supervisor.id,
      words:
        index === 0
          ? 'Haluan auttaa muita verkkoasioinnissa. Minua auttaa, kun saan harjoitella rauhassa ja kysyä vertaiselta.'
          : 'Haluan oppia käyttämään videovastaanottoa, jotta voin opastaa siinä asiakasta.',
      ends_on: dateOnly(calendar.daysAgo(-200)),
      person_signed_at: calendar.daysAgo(index === 0 ? 40 : 3),
      supervisor_signed_at: index === 0 ? calendar.daysAgo(34) : null,
      created_at: calendar.daysAgo(index === 0 ? 45 : 6),
    });
    const line = (position: number, kind: string, values: object) =>
      rows.add('plan_lines', {
        ...{ id: chance.uuid(), organisation_id, plan_id: id, position, kind },
        ...{ competence_code: null, level: null, words: '', by_day: null, ...values },
      });
    line(1, 'goal', {
      competence_code: '4.2',
      level: 3,
      words: 'Tunnistan huijausviestin.',
      by_day: dateOnly(calendar.daysAgo(-60)),
    });
    line(2, 'own', { words: 'Käyn digikahvilassa kerran kuussa vertaisen kanssa.' });
  }
}
