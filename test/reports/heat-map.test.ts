import type { Actor } from '../../src/features/organisations/organisations.model';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson } from '../support/factories';
import { anObservation, aTeamOf, levels, monthsAgo, withFramework } from '../support/factories-reports';

const grid = async (actor: Actor, path: string) => {
  const response = await as(actor).get(path);
  const $ = page(response);
  return {
    response,
    skills: $('.heat thead th[scope="col"]')
      .toArray()
      .map((cell) => $(cell).text().trim())
      .slice(1),
    rows: $('.heat tbody tr')
      .toArray()
      .map((row) => [
        $(row).find('th[scope="row"]').text().trim(),
        ...$(row)
          .find('td')
          .toArray()
          .map((cell) => $(cell).text().trim()),
      ]),
  };
};
const anAdministratorOf = (organisation: { id: string }) =>
  aPerson({ organisation, roles: ['learner', 'administrator'], language: 'en' });

describe('of a team', () => {
  it('says in words what has been confirmed of the agreed profile, by name, in the order of names', async () => {
    await withFramework();
    const names = ['Veera Oja', 'Aino Koski'];
    const { supervisor, team, members } = await aTeamOf({ people: 2, names, target_profile: 'professional' });
    const [veera, aino] = members as [Actor, Actor];
    await anObservation(veera, { competence_code: '4.2', level: 7, at: monthsAgo(1) });
    await anObservation(aino, { competence_code: '4.2', level: 1, at: monthsAgo(1) });
    const { skills, rows, response } = await grid(supervisor, `/team/${team.id}/heat-map`);
    expect(skills).toHaveLength(1);
    expect(rows.map(([name, words]) => [name, words?.split(',')[0]])).toEqual([
      ['Aino Koski', 'Confirmed'],
      ['Veera Oja', 'Confirmed'],
    ]);
    expect(rows[0]?.[1]).toMatch(/on the way/);
    expect(rows[1]?.[1]).toMatch(/at target/);
    // Skills that nobody has been seen to have are in a list, not in empty columns.
    expect(page(response)('.govuk-details__summary').first().text()).toContain('20 skills');
  });

  it('stays as it is whatever people say, answer, or hear from peers', async () => {
    await withFramework();
    const { supervisor, team, members } = await aTeamOf({ people: 2, target_profile: 'professional' });
    const person = members[0] as Actor;
    await anObservation(person, { competence_code: '4.2', level: 3, at: monthsAgo(3) });
    const map = async () => (await grid(supervisor, `/team/${team.id}/heat-map`)).rows;
    const before = await map();
    for (const source of ['self', 'quiz', 'peer', 'experience_expert'] as const)
      for (const competence_code of ['4.2', '1.1'])
        await anObservation(person, { source, competence_code, level: 8, at: monthsAgo(0) });
    expect(await map()).toEqual(before);
  });

  it('is only for who supervises the team', async () => {
    const { organisation, team, supervisor, members } = await aTeamOf({ people: 1 });
    const other = await aTeamOf({ organisation, people: 1 });
    const elsewhere = await aTeamOf({ people: 1 });
    const status = async (actor: Actor, ending = '') =>
      (await as(actor).get(`/team/${team.id}/heat-map${ending}`)).status;
    for (const ending of ['', '.csv']) {
      expect(await status(supervisor, ending)).toBe(200);
      expect(await status(await anAdministratorOf(organisation), ending)).toBe(403);
      expect(await status(other.supervisor, ending)).toBe(404);
      expect(await status(elsewhere.supervisor, ending)).toBe(404);
      expect(await status(members[0] as Actor, ending)).toBe(403);
    }
  });
});

describe('of an organisation', () => {
  it('has teams of enough people in words and numbers, and a small one hidden', async () => {
    await withFramework();
    const organisation = await anOrganisation();
    const large = await aTeamOf({ organisation, people: 12, target_profile: 'professional' });
    const small = await aTeamOf({ organisation, people: 3, target_profile: 'professional' });
    await levels(
      large.members,
      '4.2',
      large.members.map((_, index) => [null, index % 2 ? 6 : 2] as const),
    );
    await levels(
      small.members,
      '4.2',
      small.members.map(() => [null, 6] as const),
    );
    const { skills, rows, response } = await grid(await anAdministratorOf(organisation), '/reports/heat-map');
    expect(skills).toHaveLength(1);
    const cells = rows.map(([, cell]) => cell).toSorted();
    expect(cells).toEqual(['6 / 12 at target', 'Too few people']);
    expect(response.text).not.toMatch(/Jäsen \d/);
  });

  it('has nothing of another organisation', async () => {
    await withFramework();
    const { members } = await aTeamOf({ people: 8, target_profile: 'professional' });
    await levels(
      members,
      '4.2',
      members.map(() => [null, 6] as const),
    );
    const { rows } = await grid(await anAdministratorOf(await anOrganisation()), '/reports/heat-map');
    expect(rows).toEqual([]);
  });
});
