import { rolesShownTo } from '../../src/features/organisations/organisations.policy';

const expert = { person_id: 'e', roles: ['learner', 'expert'] as const, shows_role: false, team_ids: ['t'] };
const viewer = (id: string, supervised_teams: string[] = []) => ({ id, supervised_teams });

it.each([
  ['the person', viewer('e'), 'independent', false, true],
  ['a supervisor of their team, when employed', viewer('s', ['t']), 'employee', false, true],
  ['a supervisor of their team, when not employed', viewer('s', ['t']), 'independent', false, false],
  ['a supervisor of another team', viewer('s', ['u']), 'employee', false, false],
  ['a coordinator', viewer('c'), 'peer', false, false],
  ['anybody, when the person shows it', viewer('c'), 'independent', true, true],
] as const)('tells %s', (_who, who, relation, shows_role, seen) => {
  const roles = rolesShownTo(who, { ...expert, roles: [...expert.roles], relation, shows_role });
  expect(roles.includes('expert')).toBe(seen);
  expect(roles).toContain('learner');
});
