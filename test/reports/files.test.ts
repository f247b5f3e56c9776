import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { asOwner } from '../support/factories';
import { anAgreedCourse, anEnrolment, aTeamOf, levels, withFramework } from '../support/factories-reports';

/** Lines of a file's table as rows of cells; enough for cells without semicolons in them. What it is about comes after an empty line. */
const cells = (text: string) =>
  (text.slice(1).split('\r\n\r\n')[0] ?? '')
    .split('\r\n')
    .map((line) => line.split(';').map((cell) => cell.replace(/^"(.*)"$/, '$1')));

const isHidden = (row: string[]) => /^(Piilotettu|Dold|Dolt|Hidden):/.test(row[3] ?? '');

/** The numbers in a text, as JavaScript writes them. */
const numbers = (text: string) =>
  [...text.replaceAll('\u2212', '-').matchAll(/[-+±]?\d+(?:[.,]\d+)?/g)].map(([found]) =>
    Number(found.replace(',', '.').replace(/[+±]/, '')),
  );

async function aTeamWithGrowth(language: 'fi' | 'sv' | 'en') {
  await withFramework();
  const arranged = await aTeamOf({ people: 13, target_profile: 'professional', language });
  const { members } = arranged;
  await levels(
    members,
    '4.2',
    members.map((_, index) => [2, 2 + (index % 3) * 0.7] as const),
  );
  await levels(
    members,
    '2.1',
    members.slice(0, 12).map((_, index) => [4, 4 - (index % 2)] as const),
  );
  await levels(members, '1.2', [
    [2, 3],
    [2, 3],
    [2, 3],
  ]);
  return arranged;
}

it.each(['fi', 'sv', 'en'] as const)(
  'has the same numbers in the growth file as on the page (%s)',
  async (language) => {
    const { supervisor, team } = await aTeamWithGrowth(language);
    const $ = page(await as(supervisor).get(`/team/${team.id}/growth`));
    const response = await as(supervisor).get(`/team/${team.id}/growth.csv`);
    const [header, ...rows] = cells(response.text);

    const shown = $('#growth ~ tbody > tr:not(.hidden-row)').toArray();
    const onPage = shown.map((row) => {
      const parts = $(row)
        .find('td.num')
        .toArray()
        .flatMap((cell) => [...numbers($(cell).contents().first().text()), ...numbers($(cell).find('small').text())]);
      return [$(row).find('th').contents().first().text(), $(row).find('.change').text().trim(), ...parts];
    });
    const inFile = rows
      .filter((row) => !isHidden(row))
      .map(([, skill, change, ...figures]) => [
        skill,
        change,
        ...figures.slice(0, 4).map((figure) => Number(figure.replace(',', '.'))),
      ]);

    expect(inFile).toEqual(onPage);
    expect(inFile.length).toBe(2);
    expect(rows.filter(isHidden).length).toBe($('.hidden-row').length);
    expect(header?.[1]).toBe({ fi: 'Taito', sv: 'Färdighet', en: 'Skill' }[language]);
    expect(response.text).toMatch(language === 'en' ? /;0\.\d;/ : /;0,\d;/);
  },
);

it('is a file with a name of its own', async () => {
  const { supervisor, team } = await aTeamOf({ people: 1, language: 'fi' });
  await asOwner(() => db()('teams').where({ id: team.id }).update({ name: 'Yö / "ilta"' }));
  const { headers, text } = await as(supervisor).get(`/team/${team.id}/growth.csv?from=1.1.2026&to=1.5.2026`);
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toBe(
    `attachment; filename="kasvu-Yo-ilta-2025-12-31-2026-04-30.csv"; filename*=UTF-8''kasvu-Y%C3%B6-ilta-2025-12-31-2026-04-30.csv`,
  );
  expect(text.startsWith('\uFEFFTunnus;Taito;')).toBe(true);
});

it('sends who asks for impossible days to the page that explains', async () => {
  const { supervisor, team } = await aTeamOf({ people: 1 });
  const { status, headers } = await as(supervisor).get(`/team/${team.id}/growth.csv?from=31.2.2026`);
  expect([status, headers.location]).toEqual([303, `/team/${team.id}/growth?from=31.2.2026&to=`]);
});

it('has the same people, courses and states in the file of agreed training as on the page, and no formulas', async () => {
  const names = ['=HYPERLINK("http://evil.example")', 'Bertta Niemi'];
  const { supervisor, team, members, organisation } = await aTeamOf({ people: 2, names, language: 'fi' });
  const course = await anAgreedCourse(organisation, { team, due_on: '2031-01-31' }, { title: '+Kurssi' });
  await anEnrolment(members[1] as never, course, 4);
  const $ = page(await as(supervisor).get(`/team/${team.id}/completions`));
  const rows = cells((await as(supervisor).get(`/team/${team.id}/completions.csv`)).text).slice(1);

  expect(rows.map(([name, title]) => [name?.replaceAll('""', '"'), title])).toEqual([
    [`'${names[0]}`, "'+Kurssi"],
    ['Bertta Niemi', "'+Kurssi"],
  ]);
  expect(rows.map((row) => `${row[2]} / ${row[3]}`)).toEqual(
    $('#completions ~ tbody > tr')
      .toArray()
      .map((row) => $(row).find('td').eq(1).text()),
  );
  expect(rows.map((row) => [row[4], row[6]])).toEqual([
    ['Ei ole aloittanut', '31.1.2031'],
    ['Valmis', '31.1.2031'],
  ]);
});

it('has the same counts and words in the coverage file as on the page', async () => {
  const { supervisor, team } = await aTeamWithGrowth('fi');
  const $ = page(await as(supervisor).get(`/team/${team.id}/coverage`));
  const rows = cells((await as(supervisor).get(`/team/${team.id}/coverage.csv`)).text).slice(1);
  const onPage = $('#coverage ~ tbody > tr:not(.hidden-row)')
    .toArray()
    .map((row) => [
      $(row).find('th').text(),
      $(row).find('td').last().text(),
      $(row).find('td').first().contents().first().text().trim(),
    ]);
  const inFile = rows
    .filter((row) => !isHidden(row))
    .map(([, skill, people, reached, , word]) => [skill, people, reached ? `${reached} / ${people}` : word]);
  expect(inFile).toEqual(onPage);
  expect(inFile.length).toBeGreaterThan(0);
});
