import { importFramework } from '../../src/features/skills/skills.service';
import { LANGUAGES } from '../../src/lib/i18n';
import { as, page } from '../support/browser';
import { aPerson } from '../support/factories';
import { theFramework } from '../support/factories-skills';

it('shows every version with the standing of its texts, and each skill with its lines', async () => {
  const ours = await theFramework();
  const texts = [{ language: 'en', field: 'name', text: 'Search', status: 'official' } as const];
  const area = { kind: 'area', code: '1', parent_code: null, data: {}, texts } as const;
  const translated = [...texts, { language: 'fi', field: 'name', text: 'Haku', status: 'unofficial' } as const];
  const competence = { kind: 'competence', code: '1.1', parent_code: '1', data: {}, texts: translated } as const;
  await importFramework({
    ...ours,
    key: 'digcomp',
    version: '3.0',
    nodes: [area, competence].map((n) => ({ ...n, texts: [...n.texts] })),
    targets: [],
  });

  for (const language of LANGUAGES) {
    const person = await aPerson({ language });
    const list = page(await as(person).get('/skills/frameworks'));
    expect(
      list('h2 a')
        .toArray()
        .map((a) => list(a).attr('href')),
    ).toEqual(['/skills/frameworks/oppiva/1', '/skills/frameworks/digcomp/3.0']);
    for (const path of [
      '/skills/frameworks/oppiva/1',
      '/skills/frameworks/oppiva/1/4.2',
      '/skills/frameworks/digcomp/3.0',
    ]) {
      const response = await as(person).get(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.text).not.toMatch(/>\s*skills\./);
    }
  }
});

it('says which translation is not official', async () => {
  await theFramework();
  const $ = page(await as(await aPerson({ language: 'fi' })).get('/skills/frameworks/oppiva/1/4.2'));
  expect($('.tag').first().text()).toBe('ei vielä tarkistettu');
  expect($('#k-can_do').parent().find('li')).toHaveLength(7);
});

it('shows easy Finnish as Finnish to a screen reader and marks what stands in for it', async () => {
  await theFramework();
  const $ = page(await as(await aPerson({ language: 'fi-x-selko' })).get('/skills/frameworks/oppiva/1/4.2'));
  expect(
    $('main [lang]')
      .toArray()
      .every((span) => $(span).attr('lang') === 'fi'),
  ).toBe(true);
});

it('does not know a version or a skill that is none', async () => {
  await theFramework();
  const person = await aPerson();
  for (const path of ['oppiva/2', 'other/1', 'oppiva/1/9.9'])
    expect((await as(person).get(`/skills/frameworks/${path}`)).status).toBe(404);
});
