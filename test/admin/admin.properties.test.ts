import * as fc from 'fast-check';
import { findMember } from '../../src/features/admin/people.queries';
import { bringBack, changeTerms, end, suspend } from '../../src/features/admin/people.service';
import { usernameFrom } from '../../src/features/admin/usernames';
import { countOtherAdministrators } from '../../src/features/organisations/memberships.model';
import type { Role } from '../../src/features/organisations/organisations.model';
import { oneTimePassword } from '../../src/lib/passwords';
import { aPerson, inScope } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const action = fc.record({
  what: fc.constantFrom('suspend', 'return', 'end', 'learner', 'administrator'),
  whom: fc.nat({ max: 2 }),
});

it('never leaves an organisation without an administrator', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12 }), async (actions) => {
      const { organisation, admin } = await anAdministrator();
      const people = [
        admin,
        await aPerson({ organisation, roles: ['administrator'] }),
        await aPerson({ organisation }),
      ];
      await inScope(admin, async () => {
        for (const { what, whom } of actions) {
          const member = await findMember(organisation.id, people[whom]?.id ?? '');
          if (!member || (member.has_ended && what !== 'return')) continue;
          const roles: Role[] = [what === 'administrator' ? 'administrator' : 'learner'];
          if (what === 'suspend') await suspend(admin, member);
          else if (what === 'return') await bringBack(admin, member);
          else if (what === 'end') await end(admin, member);
          else await changeTerms(admin, member, { roles, relation: 'employee', target_profile: null });
          expect(await countOtherAdministrators(organisation.id, NOBODY)).toBeGreaterThan(0);
        }
      });
    }),
    { numRuns: 25 },
  );
});

it('makes a user name of any name, and one that the form takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => /^[a-z0-9][a-z0-9._-]{1,59}$/.test(usernameFrom(name))),
  );
  expect(usernameFrom('Åsa von Essen-Kök')).toBe('asa.von.essen-kok');
  expect(usernameFrom('Maria-Magdalena Kuusisto-Lehtimäki von Hertzenberg')).toBe('maria-magdalena.hertzenberg');
  expect(usernameFrom('王')).toBe('person');
});

it('makes passwords for paper of letters that nobody mixes up, never the same', () => {
  const made = Array.from({ length: 200 }, oneTimePassword);
  expect(new Set(made).size).toBe(200);
  for (const password of made) expect(password).toMatch(/^[a-hkmnp-z2-9]{4}(-[a-hkmnp-z2-9]{4}){2}$/);
});
