import type { Rows } from './bulk';
import { type Calendar, dateOnly, later } from './calendar';
import { Chance } from './chance';
import type { Team } from './history';

const THEMES = [
  'ohjaamme videovastaanotolle asiakkaan omalla laitteella.',
  'tunnistamme huijausviestit ja puhumme niistä asiakkaiden kanssa.',
];
const LEARNED = {
  check: 'Osaamme auttaa puhelimella, mutta tablettien kanssa olemme epävarmoja.',
  plan: 'Sovimme, että jokainen harjoittelee yhden asian kunnolla.',
  try: 'Kaksin käyminen vie aikaa vain ensimmäisellä kerralla.',
  review: 'Työpari ensimmäisellä käynnillä jää pysyväksi tavaksi.',
};
const IDEAS = [
  ['Käymme kotikäynnillä aina kaksin ensimmäisen kerran.', 'keep', 'Asiakas jännitti vähemmän.'],
  ['Pidämme digitunnin joka perjantai.', 'drop', 'Perjantai oli liian kiireinen.'],
  ['Teemme ohjekortin videovastaanottoon.', 'change', 'Kuvia tarvittiin lisää.'],
  ['Vertainen on mukana ensimmäisessä opastuksessa.', 'keep', 'Vertaiselta kysytään helpommin.'],
  ['Harjoittelemme huijausviestejä viikkokokouksen alussa.', 'keep', 'Viisi minuuttia riittää, kun se toistuu.'],
  ['Lähetämme ohjeet etukäteen sähköpostilla.', 'drop', 'Paperi kädessä auttoi enemmän kuin sähköposti.'],
] as const;
const IDEAS_A_YEAR = 3;

/** The years of a team: last year's done, this year's under way. */
export function addTeamYears(rows: Rows, calendar: Calendar, { id: teamId, members, supervisor, plan }: Team): void {
  const organisation_id = members[0]?.organisationId;
  if (!organisation_id) return;
  const chance = new Chance(`years ${teamId}`, 0xc00000 + (Number.parseInt(teamId.slice(9, 13), 16) & 0xffff));
  // Each team tries things of its own.
  const start = chance.whole(0, IDEAS.length - IDEAS_A_YEAR);
  const thisYear = Number(dateOnly(calendar.today).slice(0, 4));
  for (const year of [thisYear - 1, thisYear]) {
    const id = chance.uuid();
    const theme = THEMES[year % 2] ?? '';
    rows.add('team_cycles', { id, organisation_id, team_id: teamId, year, theme });
    for (const [step, day] of STEP_DAYS) {
      const due = new Date(`${year}-${day}T00:00:00Z`);
      const isDone = calendar.isPast(due) && (year < thisYear || step !== 'review');
      rows.add('team_cycle_steps', {
        organisation_id,
        cycle_id: id,
        step,
        due_on: dateOnly(due),
        remind_days: REMINDED,
        done_on: isDone ? dateOnly(earlier(later(due, { days: 4 }), calendar.today)) : null,
        learned: isDone ? LEARNED[step] : '',
      });
      const isNear = !isDone && due < calendar.daysAgo(-REMINDED) && due >= calendar.today;
      if (isNear && (step === 'plan' || step === 'review'))
        rows.add('notifications', {
          organisation_id,
          person_id: supervisor.id,
          kind: `cycle.${step}`,
          params: JSON.stringify({ team: plan.name, date: dateOnly(due) }),
          href: `/team/${teamId}/cycle`,
          key: `cycle ${id} ${step} ${dateOnly(due)}`,
          created_at: calendar.daysAgo(1),
        });
    }
    const ideas = IDEAS.slice(start, start + IDEAS_A_YEAR);
    for (const [index, [idea, decision, learned]] of ideas.entries()) {
      const begun = new Date(`${year}-04-0${index + 2}T08:00:00Z`);
      if (!calendar.isPast(begun)) continue;
      const decided = new Date(`${year}-09-1${index}T08:00:00Z`);
      const isDecided = calendar.isPast(decided) && (year < thisYear || index < 2);
      rows.add('team_experiments', {
        id: chance.uuid(),
        organisation_id,
        cycle_id: id,
        idea,
        decision: isDecided ? decision : null,
        learned: isDecided ? learned : '',
        decided_on: isDecided ? dateOnly(decided) : null,
        created_at: begun,
      });
    }
  }
}

const REMINDED = 21;
const STEP_DAYS = [
  ['check', '01-20'],
  ['plan', '02-16'],
  ['try', '05-18'],
  ['review', '12-08'],
] as const;

const earlier = (one: Date, other: Date) => (one < other ? one : other);
