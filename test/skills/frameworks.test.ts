import fs from 'node:fs';
import { FrameworkFault, readFramework } from '../../src/features/skills/framework-file';
import { competenceNames, forgetFramework, frameworkWords } from '../../src/features/skills/skills.model';
import { importFramework, importOwnFramework } from '../../src/features/skills/skills.service';
import { db } from '../../src/lib/db';
import { LANGUAGES } from '../../src/lib/i18n';
import { theFramework } from '../support/factories-skills';

const text = fs.readFileSync('src/data/skills.json', 'utf8');
/** The file with one value changed, or taken away, at a place such as 'competences.3.name.sv'. */
function changed(place: string, value?: unknown): string {
  const data = JSON.parse(text);
  const steps = place.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce((inner, step) => inner[step], data);
  parent[last] = value;
  return JSON.stringify(data);
}

beforeEach(forgetFramework);

describe('readFramework', () => {
  it('reads our file whole', () => {
    const { nodes, targets } = readFramework(text);
    const count = (kind: string) => nodes.filter((node) => node.kind === kind).length;
    expect(['band', 'level', 'area', 'competence', 'can_do', 'self_item', 'observation'].map(count)).toEqual([
      4, 8, 5, 21, 147, 63, 84,
    ]);
    expect(targets).toHaveLength(105);
    expect(new Set(nodes.flatMap((node) => node.texts.map(({ status }) => status)))).toEqual(new Set(['unreviewed']));
  });

  it.each([
    ['nothing', '', 'this is not JSON'],
    ['half a file', '{\n  "meta": {', /^line 2 column \d+: this is not JSON/],
    ['a list', '[]', 'this is not a framework'],
    ['null', 'null', 'this is not a framework'],
    ['a missing name', changed('competences.3.name.sv'), /^competences\[3\]\.name\.sv: /],
    ['an empty text', changed('areas.0.name.fi', ' '), /^areas\[0\]\.name\.fi: /],
    ['a level over 8', changed('target_profiles.0.targets', { '1.1': 9 }), /^target_profiles\[0\]\.targets\.1\.1: /],
    ['a code twice', changed('competences.1.code', '1.1'), 'competence 1.1: this code is there twice'],
    ['an unknown area', changed('competences.1.area', '9'), 'competence 1.2: there is no area 9'],
    ['an unknown target', changed('target_profiles.0.targets', { '9.9': 1 }), 'there is no competence 9.9'],
    ['an unknown band', changed('bands.0.id', 'beginner'), /there is no band basic/],
  ])('says in one line what is wrong and where: %s', (_what, bad, said) => {
    expect(() => readFramework(bad)).toThrow(FrameworkFault);
    expect(() => readFramework(bad)).toThrow(said);
    try {
      readFramework(bad);
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });
});

describe('importFramework', () => {
  it('is there at once in four languages, with Finnish where easy Finnish has no text', async () => {
    await theFramework();
    for (const language of LANGUAGES) {
      const names = await competenceNames(language);
      expect(names.size).toBe(21);
    }
    expect((await competenceNames('fi-x-selko')).get('4.2')).toMatchObject({
      name: 'Henkilötietojen ja yksityisyyden suojaaminen',
      plain_name: 'Omien tietojen suojaaminen',
    });
    const { competences, answers, targets } = await frameworkWords('en');
    expect(competences.get('4.2')).toMatchObject({ plain_name: 'Looking after personal information', starter: true });
    expect(competences.get('4.2')?.canDo).toHaveLength(7);
    expect(answers.get('help')?.map(({ value }) => value)).toEqual([0, 1, 2, 3, null]);
    expect(targets.get('service_user')?.get('4.2')).toBe(2);
  });

  it('changes nothing when run again, and puts changed content in place', async () => {
    const ours = await theFramework();
    expect(await importFramework(ours)).toBe('unchanged');
    const before = await db()('frameworks').first();

    const next = readFramework(changed('competences.0.plain_name.en', 'Finding things'));
    expect(await importFramework(next)).toBe('changed');

    expect(await db()('frameworks')).toMatchObject([{ id: before?.id, is_default: true }]);
    expect((await competenceNames('en')).get('1.1')?.plain_name).toBe('Finding things');
    expect(Number((await db().table('framework_nodes').count('* as n').first())?.n)).toBe(ours.nodes.length);
  });

  it('keeps versions side by side and speaks with our own', async () => {
    const ours = await theFramework();
    expect(await importFramework({ ...ours, key: 'digcomp', version: '9.0' })).toBe('imported');
    const rows = await db()('frameworks').orderBy('key');
    expect(rows.map(({ key, version, is_default }) => [key, version, is_default])).toEqual([
      ['digcomp', '9.0', false],
      ['oppiva', '1', true],
    ]);
  });

  it('comes by itself at the first start only', async () => {
    expect([await importOwnFramework(), await importOwnFramework()]).toEqual([true, false]);
    expect((await competenceNames('sv')).size).toBe(21);
  });

  it('is quick enough for the first start', async () => {
    const ours = readFramework(text);
    const started = performance.now();
    await importFramework(ours);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
