import { addDemoActivity } from '../../src/demo/activity';
import { insertCredential } from '../../src/features/accounts/accounts.model';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';

it('gives the demo an H5P lesson that a learner can open', async () => {
  const removeStorage = temporaryStorage();
  const organisation = await anOrganisation();
  const admin = await aPerson({ organisation, username: 'admin', roles: ['administrator'] });
  await inScope(admin, () => insertCredential(admin.id, 'no password opens this', false));
  const learner = await aPerson({ organisation });

  await addDemoActivity();

  const lesson = await as(learner).get('/learn/kokeile-ensin/kysyisitko-ensin');
  expect(lesson.status).toBe(200);
  expect(page(lesson)('iframe[sandbox="allow-scripts"]').attr('title')).toBeTruthy();
  removeStorage();
});
