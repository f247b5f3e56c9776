import { as, page } from '../support/browser';
import { anOrganisation, aPerson, aTeam } from '../support/factories';
import { theFramework } from '../support/factories-skills';

test('a professional finds whose work they may have seen: people of their own teams with an agreed profile', async () => {
  await theFramework();
  const organisation = await anOrganisation();
  const other = await anOrganisation();
  const one = (
    name: string,
    target_profile: string | null = 'professional',
    roles: ['reviewer'] | ['learner'] = ['learner'],
  ) => aPerson({ organisation, name, target_profile, roles, language: 'en' });
  const professional = await one('Sanna Niemi', 'professional', ['reviewer']);
  const mate = await one('Aino Koski');
  const without = await one('Ilman Tavoitetta', null);
  await one('Toinen Tiimi');
  await aPerson({ organisation: other, name: 'Muu Järjestö', target_profile: 'professional' });
  await aTeam(organisation, { members: [professional, mate, without] });

  const links = (response: { text: string }) =>
    page(response)('a[href^="/skills/observe/"]')
      .toArray()
      .map((link) => page(response)(link).attr('href'));
  expect(links(await as(professional).get('/skills/tasks/to-judge'))).toEqual([`/skills/observe/${mate.id}`]);
  expect(links(await as(mate).get('/skills/tasks/to-judge'))).toEqual([]);
  expect((await as(professional).get(`/skills/observe/${mate.id}`)).status).toBe(200);
  expect((await as(professional).get('/skills')).text).toContain('href="/skills/tasks/to-judge"');
  expect((await as(mate).get('/skills')).text).not.toContain('href="/skills/tasks/to-judge"');
});
