import type { Relation, Role } from '../features/organisations/organisations.model';
import type { Language } from '../lib/i18n';
import type { Trends } from './ability';

/** A person whom the demo knows by name. Others get an invented name. */
export interface Named {
  name: string;
  /** The user name of one of the accounts that the start prints. */
  account?: string;
  roles?: Role[];
  relation?: Relation;
  profile?: string;
  language?: Language;
  /** How far they are on the course of their team: lessons done, and days since the last. */
  lessons?: [done: number, daysAgo: number];
  asksForHelp?: string;
  /** Uses one thing at a time, in large letters. */
  simple?: true;
}

export interface TeamPlan {
  name: string;
  parent?: string;
  people: number;
  /** The first of its people. */
  named?: Named[];
  /** Name of a person in the organisation's `staff`. */
  supervisor: string;
  /** Name of a team member, and in how many days their time ends. */
  deputy?: [name: string, days: number];
  relation: Relation;
  profile: string;
  /** Their targets are the profile that the organisation made for itself (see targets.ts). */
  ownProfile?: true;
  swedish?: boolean;
  trends: Trends;
  /** Since when the team practises together and looks at each other's work often, in months before today. */
  practisesSince?: number;
  /** The path that was agreed on: when, and how many days from today it should be done (minus: was due). */
  path: { slug: string; assignedDaysAgo: number; dueInDays: number };
}

export interface OrganisationPlan {
  slug: string;
  name: string;
  /** Those who are in no team: supervisors, administrator, coordinator, experts. */
  staff: Named[];
  teams: TeamPlan[];
}

const ADMINISTRATOR: Role[] = ['learner', 'administrator'];
const REVIEWER: Role[] = ['learner', 'author', 'reviewer'];

/** Three invented organisations; the names were looked for and belong to nobody. */
export const ORGANISATIONS: readonly OrganisationPlan[] = [
  {
    slug: 'polkutupa',
    name: 'Polkutupa ry',
    staff: [
      { name: 'Helena Rantala', account: 'supervisor', profile: 'supervisor' },
      {
        name: 'Pekka Mäkinen',
        account: 'expert',
        roles: ['learner', 'expert'],
        relation: 'independent',
        profile: 'experience_expert',
      },
      { name: 'Kirsti Sundell', account: 'coordinator', profile: 'supervisor' },
      { name: 'Ville Tamminen', account: 'admin', roles: ADMINISTRATOR },
      { name: 'Outi Kivimäki', profile: 'supervisor' },
      { name: 'Marko Pesonen', profile: 'supervisor' },
    ],
    teams: [
      {
        name: 'Asiakastyö',
        people: 14,
        supervisor: 'Outi Kivimäki',
        relation: 'employee',
        profile: 'professional',
        trends: { default: { gain: 1.2, sd: 0.8, monthsAgo: 9 } },
        path: { slug: 'turvallisesti-verkossa', assignedDaysAgo: 150, dueInDays: -30 },
      },
      {
        name: 'Kotiin vietävä tuki',
        ownProfile: true,
        parent: 'Asiakastyö',
        people: 9,
        // Those of whom most is known come first; see `people` of the trends.
        named: [
          { name: 'Sanna Niemi', account: 'professional', roles: REVIEWER, lessons: [9, 19] },
          { name: 'Mikko Virta', lessons: [9, 10], profile: 'digital_peer' },
          { name: 'Elina Kurki', lessons: [9, 24] },
          { name: 'Henrik Lundell', lessons: [9, 31] },
          { name: 'Aino Koski', account: 'learner', lessons: [1, 8] },
          { name: 'Riitta Lehtonen', lessons: [2, 6], asksForHelp: 'Voisiko joku käydä tämän läpi kanssani?' },
          { name: 'Joonas Salmi', lessons: [1, 9], asksForHelp: 'En ole varma, ymmärsinkö varoitusmerkit oikein.' },
          { name: 'Timo Harju', lessons: [0, 0], simple: true },
          { name: 'Anneli Pihlaja', lessons: [0, 0] },
        ],
        supervisor: 'Helena Rantala',
        deputy: ['Mikko Virta', 24],
        relation: 'employee',
        profile: 'professional',
        trends: {
          '4.2': { gain: 2.4, sd: 0.5, monthsAgo: 4, people: 8 },
          '2.1': { gain: 1.4, sd: 0.4, monthsAgo: 4, people: 7 },
          '1.2': { gain: 0.2, sd: 1.2, monthsAgo: 4, people: 6 },
          '4.1': { gain: -0.1, sd: 0.9, monthsAgo: 4, people: 7 },
          '2.3': { gain: -1.7, sd: 0.4, monthsAgo: 4, people: 6 },
          '5.1': { gain: 0.5, sd: 0.5, monthsAgo: 4, people: 3 },
          '2.5': { gain: 0.4, sd: 0.4, monthsAgo: 4, people: 5 },
          '5.4': { gain: 0.4, sd: 0.9, monthsAgo: 4, people: 2 },
        },
        practisesSince: 4,
        path: { slug: 'huijausviestit', assignedDaysAgo: 40, dueInDays: 30 },
      },
      {
        name: 'Digitupa',
        parent: 'Asiakastyö',
        people: 20,
        supervisor: 'Helena Rantala',
        deputy: ['Mikko Virta', 24],
        relation: 'employee',
        profile: 'professional',
        trends: {
          default: { gain: 2.1, sd: 0.7, monthsAgo: 4 },
          '2.5': { gain: 0, sd: 0.7, monthsAgo: 4 },
          '2.3': { gain: -0.2, sd: 0.9, monthsAgo: 4 },
        },
        practisesSince: 4,
        path: { slug: 'turvallisesti-verkossa', assignedDaysAgo: 100, dueInDays: -12 },
      },
      {
        name: 'Vertaisohjaajat',
        people: 24,
        supervisor: 'Marko Pesonen',
        relation: 'peer',
        profile: 'digital_peer',
        trends: { default: { gain: 0.15, sd: 0.9, monthsAgo: 4 } },
        path: { slug: 'videovastaanotto', assignedDaysAgo: 80, dueInDays: 45 },
      },
      {
        name: 'Hallinto ja viestintä',
        people: 12,
        supervisor: 'Marko Pesonen',
        relation: 'employee',
        profile: 'professional',
        trends: { default: { gain: 0.8, sd: 0.8, monthsAgo: 7 } },
        path: { slug: 'turvallisesti-verkossa', assignedDaysAgo: 120, dueInDays: 14 },
      },
    ],
  },
  {
    slug: 'kaislatuuli',
    name: 'Kaislatuulen säätiö',
    staff: [
      { name: 'Raili Vuorela', profile: 'supervisor', roles: ADMINISTRATOR },
      { name: 'Tero Hietala', profile: 'supervisor' },
    ],
    teams: [
      {
        name: 'Asumispalvelut',
        people: 27,
        supervisor: 'Raili Vuorela',
        relation: 'employee',
        profile: 'professional',
        trends: { default: { gain: 1.9, sd: 0.8, monthsAgo: 5 } },
        path: { slug: 'turvallisesti-verkossa', assignedDaysAgo: 90, dueInDays: 21 },
      },
      {
        name: 'Pajatoiminta',
        people: 22,
        supervisor: 'Tero Hietala',
        relation: 'client',
        profile: 'service_user',
        trends: { default: { gain: 1.8, sd: 0.7, monthsAgo: 4 } },
        practisesSince: 4,
        path: { slug: 'huijausviestit', assignedDaysAgo: 70, dueInDays: -5 },
      },
      {
        name: 'Nuorten tila',
        parent: 'Pajatoiminta',
        people: 4,
        supervisor: 'Tero Hietala',
        relation: 'volunteer',
        profile: 'digital_peer',
        trends: { default: { gain: 1.2, sd: 0.5, monthsAgo: 4 } },
        path: { slug: 'videovastaanotto', assignedDaysAgo: 30, dueInDays: 60 },
      },
    ],
  },
  {
    slug: 'hillajoki',
    name: 'Hillajoen kunta',
    staff: [
      { name: 'Pirkko Haavisto', profile: 'supervisor', roles: ADMINISTRATOR },
      { name: 'Juhani Lepistö', profile: 'supervisor' },
      { name: 'Marika Rosenlund', profile: 'supervisor', language: 'sv' },
    ],
    teams: [
      {
        name: 'Kirjasto',
        people: 24,
        supervisor: 'Pirkko Haavisto',
        relation: 'employee',
        profile: 'professional',
        trends: { default: { gain: 1.8, sd: 0.8, monthsAgo: 6 } },
        path: { slug: 'turvallisesti-verkossa', assignedDaysAgo: 200, dueInDays: -60 },
      },
      {
        name: 'Kulttuuri ja nuoriso',
        parent: 'Kirjasto',
        people: 18,
        supervisor: 'Juhani Lepistö',
        relation: 'employee',
        profile: 'professional',
        trends: { default: { gain: 0.4, sd: 1.2, monthsAgo: 4 } },
        path: { slug: 'huijausviestit', assignedDaysAgo: 60, dueInDays: 10 },
      },
      {
        name: 'Svensk service',
        people: 22,
        supervisor: 'Marika Rosenlund',
        relation: 'employee',
        profile: 'professional',
        swedish: true,
        trends: { default: { gain: 1.8, sd: 0.7, monthsAgo: 5 } },
        path: { slug: 'videovastaanotto', assignedDaysAgo: 110, dueInDays: 7 },
      },
      {
        name: 'Työllisyyspalvelut',
        people: 33,
        supervisor: 'Juhani Lepistö',
        relation: 'employee',
        profile: 'professional',
        trends: { default: { gain: 0.9, sd: 1, monthsAgo: 8 } },
        path: { slug: 'turvallisesti-verkossa', assignedDaysAgo: 45, dueInDays: 50 },
      },
    ],
  },
];

/** The one who is a member of two of the organisations: a digital supporter who also helps at the library. */
export const IN_TWO = { name: 'Mikko Virta', home: 'polkutupa', also: 'hillajoki', team: 'Kirjasto' } as const;

export const NETWORK = { name: 'Digiavun verkosto', home: 'polkutupa', coordinator: 'Kirsti Sundell' } as const;

/** The least number of people that the plan above needs. */
export const LEAST_PEOPLE = ORGANISATIONS.flatMap(({ staff, teams }) => [
  staff.length,
  ...teams.map(({ people }) => people),
]).reduce((sum, people) => sum + people, 0);
