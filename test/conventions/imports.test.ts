import fs from 'node:fs';
import path from 'node:path';

/** A feature may import only the features written before it. Grow the list when the product asks for it. */
const LADDER = [
  'people',
  'organisations',
  'audit',
  'loop',
  'notifications',
  'accounts',
  'look',
  'keeping',
  'files',
  'glossary',
  'skills',
  'evidence',
  'h5p',
  'media',
  'quizzes',
  'blocks',
  'quality',
  'courses',
  'authoring',
  'bank',
  'sharing',
  'exchange',
  'templates',
  'notebook',
  'discussions',
  'feedback',
  'paths',
  'progress',
  'readers',
  'credentials',
  'ledger',
  'practice',
  'finding',
  'targets',
  'frameworks',
  'plans',
  'talks',
  'support',
  'spaces',
  'events',
  'publications',
  'cards',
  'places',
  'visits',
  'surveys',
  'interviews',
  'processes',
  'reports',
  'situation',
  'privacy',
  'admin',
  'home',
  'information',
];
const READS_QUERIES = ['situation', 'reports', 'privacy', 'home'];
const SRC = path.resolve('src');

const files = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = fs.readFileSync(path.join(SRC, file), 'utf8');
  return [...text.matchAll(/(?:from |import\()'(\.[^']+?)(?:\.js)?'/g)]
    .map(([, target]) => path.relative(SRC, path.resolve(SRC, path.dirname(file), target ?? '')))
    .map((target) => `${target}.ts`)
    .filter((target) => files.includes(target));
}

const featureOf = (file: string) => /^features\/([^/]+)/.exec(file)?.[1];
const edges = files.flatMap((file) => importsOf(file).map((target) => [file, target] as const));

it('has every feature on the ladder', () => {
  const features = new Set(files.map(featureOf).filter((name) => name !== undefined));
  expect([...features].filter((name) => !LADDER.includes(name))).toEqual([]);
});

it('lets lib import nothing of the product', () => {
  const product = (file: string) => !file.startsWith('lib/') && file !== 'config.ts';
  expect(edges.filter(([from, to]) => from.startsWith('lib/') && product(to))).toEqual([]);
});

it('lets a feature import only those above it', () => {
  const backwards = edges.filter(([from, to]) => {
    const [importer, imported] = [featureOf(from), featureOf(to)];
    return importer && imported && LADDER.indexOf(importer) < LADDER.indexOf(imported);
  });
  expect(backwards).toEqual([]);
});

/** Formulas and their types: a file of one plain name, which touches neither the database nor requests. */
function isPure(file: string): boolean {
  if (file.startsWith('lib/')) return file !== 'lib/db.ts' && file !== 'lib/routes.ts';
  return /\/[\w-]+\.ts$/.test(file) && importsOf(file).every(isPure);
}

it('enters another feature only through its model, policy or service, or for a pure formula', () => {
  const sneaky = edges.filter(([from, to]) => {
    const [importer, imported] = [featureOf(from), featureOf(to)];
    if (!importer || !imported || importer === imported) return false;
    const doors = READS_QUERIES.includes(importer)
      ? /\.(model|policy|service|queries)\.ts$/
      : /\.(model|policy|service)\.ts$/;
    return !doors.test(to) && !isPure(to);
  });
  expect(sneaky).toEqual([]);
});

it('lets nobody import routes but the address map', () => {
  expect(edges.filter(([from, to]) => to.endsWith('.routes.ts') && !/^routes(\.shared-work)?\.ts$/.test(from))).toEqual(
    [],
  );
});

it('has no circle', () => {
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, trail: string[]) => {
    if (state.get(file) === 'open') circles.push([...trail, file].join(' → '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const target of importsOf(file)) visit(target, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

it('keeps files small', () => {
  const lines = (file: string) => fs.readFileSync(path.join(SRC, file), 'utf8').split('\n').length;
  expect(files.map((file) => [file, lines(file)] as const).filter(([, length]) => length > 300)).toEqual([]);
});
