import fs from 'node:fs';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { type Definition, SOURCE_NAMES, SOURCES } from '../../src/features/reports/own/own-definition';
import { db } from '../../src/lib/db';
import { LANGUAGES, translator } from '../../src/lib/i18n';
import { declaredRoutes } from '../../src/lib/routes';
import { as, page } from '../support/browser';
import { aPerson, asOwner, reload } from '../support/factories';
import { anAgreedCourse, aTeamOf, levels, withFramework } from '../support/factories-reports';

/** What no report of this product has (issue 3, part 11): words of it, in the languages of reports. */
const ABSENT: Record<string, RegExp> = {
  rankings:
    /\brank(ing|ed|s)?\b|\btop ?\d|leader ?board|\bsijoitus\b|\bsija\b|paremmuus|kärki ?\d|topplista|\bplacering/i,
  'time online':
    /time online|time spent|minutes spent|aikaa? (palvelussa|verkossa)|käyttöaika(?!oja)|tid (online|på nätet)|användningstid(?!er)/i,
  'log-in counts': /log-?ins?\b|sign-?ins? (count|per)|kirjautumis(et|kertoja|ia|määrä)|inloggningar/i,
  'predicted leavers': /predict|at risk of leaving|churn|ennuste|lähtöriski|prognos|risk att sluta/i,
  'scores of engagement': /engagement score|sitoutumispist|engagemangspoäng/i,
};

/** Sentences that say that it is not there. */
const says = (text: string) =>
  text.replace(
    /(you do not see|(people|teams|nobody|never|not)[^.]{0,40} ranked|no rankings?|nothing is predicted|et näe|ei laiteta|eikä mitään ennusteta|du ser inte|rangordnas inte|inget förutsägs)[^.]*\.?/gi,
    ' ',
  );

const texts = (language: string) =>
  ['reports', 'report-pages', 'own-reports'].flatMap((file) => {
    const path = `src/locales/${language}/${file}.json`;
    return fs.existsSync(path)
      ? Object.entries(JSON.parse(fs.readFileSync(path, 'utf8')) as Record<string, string>)
      : [];
  });

it.each(LANGUAGES.filter((language) => language !== 'fi-x-selko'))(
  'has no column, source or heading of it in %s',
  (language) => {
    const named = texts(language).filter(([key]) => /\.(column|group|filter|source|chart|heading|list)\b/.test(key));
    expect(named.length).toBeGreaterThan(40);
    for (const [key, text] of named)
      for (const [what, pattern] of Object.entries(ABSENT))
        expect([key, what, pattern.test(says(text))]).toEqual([key, what, false]);
  },
);

it('lets nobody choose it: the columns and groupings of the builder are these and no others', () => {
  const chosen = SOURCE_NAMES.map((source) => [source, SOURCES[source].groups, SOURCES[source].columns]);
  expect(chosen).toEqual([
    ['skills', ['competence', 'team', 'profile'], ['people', 'bands']],
    ['growth', ['competence', 'team', 'profile'], ['people', 'verdict', 'mean', 'range', 'moved']],
    ['coverage', ['competence', 'team', 'profile'], ['people', 'reached', 'share', 'word']],
    [
      'training',
      ['course', 'team', 'person'],
      ['done', 'expiring', 'expired', 'late', 'recognised', 'on-the-way', 'not-started'],
    ],
    ['help', ['topic', 'team'], ['asked']],
  ] satisfies [Definition['source'], readonly string[], readonly string[]][]);
});

/** Every page of reports and its table as a file, of the reader's own team. */
async function addressesFor(team: { id: string }, members: readonly Actor[]): Promise<string[]> {
  const values: Record<string, string> = { team: team.id, person: members[0]?.id ?? '' };
  return declaredRoutes()
    .filter(
      ({ method, path }) => method === 'get' && /^\/(team|reports)(\/|$)/.test(path) && !/\.(xlsx|pdf)$/.test(path),
    )
    .map(({ path }) => path.replace(/:(\w+)/g, (whole, name) => values[name] ?? whole))
    .filter((path) => !path.includes(':'))
    .concat(
      SOURCE_NAMES.flatMap((source) => [`/reports/own/new?source=${source}`, `/reports/own/new.csv?source=${source}`]),
    );
}

async function arrange(language: 'fi' | 'sv' | 'en') {
  await withFramework();
  // The best comes last by name, and the weakest first.
  const names = Array.from({ length: 8 }, (_, index) => `${'ABCDEFGH'[index]}isko Jäsen`);
  const arranged = await aTeamOf({ people: 8, target_profile: 'professional', language, names });
  await levels(
    arranged.members,
    '4.2',
    arranged.members.map((_, index) => [1, 1 + (index % 8)] as const),
  );
  await anAgreedCourse(arranged.organisation, { team: arranged.team });
  const administrator = await reload(
    await aPerson({ organisation: arranged.organisation, roles: ['administrator'], language }),
  );
  return { ...arranged, administrator, names };
}

it.each(['fi', 'sv', 'en'] as const)(
  'shows none of it on any page of reports or in any file (%s), and puts people in the order of names',
  async (language) => {
    const { supervisor, administrator, team, members, names } = await arrange(language);
    let pages = 0;
    for (const reader of [supervisor, administrator])
      for (const address of await addressesFor(team, members)) {
        const response = await as(reader).get(address);
        if (response.status !== 200) continue;
        pages += 1;
        const isFile = /\.csv/.test(address);
        const text = isFile ? response.text : page(response)('main').text();
        for (const [what, pattern] of Object.entries(ABSENT))
          expect([address, what, pattern.exec(says(text))?.[0]]).toEqual([address, what, undefined]);
        for (const rows of isFile ? [response.text.split('\n')] : tablesOf(response)) {
          const order = rows.flatMap((row) => names.filter((name) => row.includes(name)).slice(0, 1));
          const once = order.filter((name, at) => order.indexOf(name) === at);
          expect([address, once]).toEqual([address, once.toSorted()]);
        }
      }
    expect(pages).toBeGreaterThan(20);
  },
  120_000,
);

const tablesOf = (response: { text: string }): string[][] => {
  const $ = page(response);
  return $('table')
    .toArray()
    .map((table) =>
      $(table)
        .find('tbody tr')
        .toArray()
        .map((row) => $(row).text()),
    );
};

it('has no answer of anybody in a report', async () => {
  const { supervisor, administrator, team, members, organisation } = await arrange('en');
  const [member] = members as [Actor];
  await asOwner(async () => {
    const [assessment] = await db()
      .table('self_assessments')
      .insert({ organisation_id: organisation.id, person_id: member.id, submitted_at: new Date() })
      .returning('id');
    await db().table('self_assessment_answers').insert({
      self_assessment_id: assessment?.id,
      organisation_id: organisation.id,
      person_id: member.id,
      item_code: 'KANARIALINTU',
      competence_code: '4.2',
      value: 1,
    });
    await db().table('observations').insert({
      organisation_id: organisation.id,
      person_id: member.id,
      competence_code: '4.2',
      source: 'peer',
      level: 3,
      observed_at: new Date(),
      origin_type: 'test',
      origin_id: 'canary',
      note: 'KANARIALINTU',
    });
  });
  for (const reader of [supervisor, administrator])
    for (const address of await addressesFor(team, members))
      expect([address, (await as(reader).get(address)).text.includes('KANARIALINTU')]).toEqual([address, false]);
}, 120_000);

it('would notice it', () => {
  expect(ABSENT.rankings?.test('Ranking of teams')).toBe(true);
  expect(ABSENT['time online']?.test('Aikaa palvelussa, min')).toBe(true);
  expect(translator('fi')('reports.list.noRanking')).not.toBe('');
});
