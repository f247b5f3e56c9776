import { isForAudience } from '../../src/features/organisations/organisations.policy';

it.each([
  ['employee', [], true],
  ['client', [], true],
  ['client', ['peer_supporter', 'staff'], false],
  ['client', ['client', 'staff'], true],
  ['employee', ['peer_supporter'], false],
  ['employee', ['peer_supporter', 'staff'], true],
  ['peer', ['peer_supporter'], true],
  ['volunteer', ['peer_supporter'], true],
  ['independent', ['peer_supporter'], true],
  ['independent', ['staff'], false],
] as const)('shows a %s what is meant for %j: %s', (relation, audience, expected) => {
  expect(isForAudience({ relation }, audience)).toBe(expected);
});
