import type { Actor } from '../../src/features/organisations/organisations.model';
import { as } from '../support/browser';
import { anOrganisation, aPerson } from '../support/factories';
import { aHelpRequest, aNetwork, aTeamOf } from '../support/factories-reports';

type Who =
  | 'learner'
  | 'supervisor'
  | 'otherTeam'
  | 'administrator'
  | 'elsewhere'
  | 'administratorElsewhere'
  | 'coordinator';

/** What each address answers to whom; 303 is the redirect of a form, or of /team to the only team. */
const MATRIX: [method: 'get' | 'post', path: string, Record<Who, number>][] = [
  [
    'get',
    '/team',
    {
      learner: 403,
      supervisor: 303,
      otherTeam: 303,
      administrator: 200,
      elsewhere: 303,
      administratorElsewhere: 303,
      coordinator: 403,
    },
  ],
  [
    'get',
    '/team/TEAM',
    {
      learner: 403,
      supervisor: 200,
      otherTeam: 404,
      administrator: 403,
      elsewhere: 404,
      administratorElsewhere: 403,
      coordinator: 403,
    },
  ],
  [
    'get',
    '/team/TEAM/people/PERSON',
    {
      learner: 403,
      supervisor: 200,
      otherTeam: 404,
      administrator: 403,
      elsewhere: 404,
      administratorElsewhere: 403,
      coordinator: 403,
    },
  ],
  [
    'post',
    '/team/TEAM/help/REQUEST',
    {
      learner: 403,
      supervisor: 303,
      otherTeam: 404,
      administrator: 403,
      elsewhere: 404,
      administratorElsewhere: 403,
      coordinator: 403,
    },
  ],
  ...['growth', 'growth.csv', 'coverage', 'coverage.csv', 'completions', 'completions.csv'].map(
    (report): [method: 'get', path: string, Record<Who, number>] => [
      'get',
      `/team/TEAM/${report}`,
      {
        learner: 403,
        supervisor: 200,
        otherTeam: 404,
        administrator: 200,
        elsewhere: 404,
        administratorElsewhere: 404,
        coordinator: 403,
      },
    ],
  ),
  [
    'get',
    '/network',
    {
      learner: 403,
      supervisor: 403,
      otherTeam: 403,
      administrator: 403,
      elsewhere: 403,
      administratorElsewhere: 403,
      coordinator: 200,
    },
  ],
];

it.each(MATRIX)('%s %s', async (method, path, statuses) => {
  const { organisation, team, members, supervisor } = await aTeamOf({ people: 1 });
  const learner = members[0] as Actor;
  const request = await aHelpRequest(learner);
  const elsewhere = await aTeamOf({ people: 1 });
  const people: Record<Who, Actor> = {
    learner,
    supervisor,
    otherTeam: (await aTeamOf({ people: 1, organisation })).supervisor,
    administrator: await aPerson({ organisation, roles: ['learner', 'administrator'] }),
    elsewhere: elsewhere.supervisor,
    administratorElsewhere: await aPerson({
      organisation: elsewhere.organisation,
      roles: ['learner', 'administrator'],
    }),
    coordinator: await (await aNetwork([organisation, await anOrganisation()])).coordinator(),
  };
  const address = path.replace('TEAM', team.id).replace('PERSON', learner.id).replace('REQUEST', request);
  const answers: Partial<Record<Who, number>> = {};
  for (const who of Object.keys(statuses) as Who[]) answers[who] = (await as(people[who])[method](address)).status;
  expect(answers).toEqual(statuses);
});

it('sends a visitor to sign in first', async () => {
  for (const path of ['/team', '/network']) {
    const { status, headers } = await as(undefined).get(path);
    expect([status, headers.location]).toEqual([303, `/sign-in?next=${encodeURIComponent(path)}`]);
  }
});
