import type { Actor } from '../../src/features/organisations/organisations.model';
import { recordPlacement } from '../../src/features/paths/placements.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { aPath } from '../support/factories-paths';
import { theFramework } from '../support/factories-skills';

async function aPlacementPath(counts = false) {
  await theFramework();
  const organisation = await anOrganisation();
  const actor = await aPerson({ organisation });
  const [easy, hard, lower] = [
    await aCourse(organisation, { title: 'Alku' }),
    await aCourse(organisation, { title: 'Jatko' }),
    await aCourse(organisation, { title: 'Aivan alusta' }),
  ];
  for (const course of [easy, hard, lower]) await aLesson(course);
  const teach = (course: { id: string }, from_level: number, to_level: number) => ({
    ...{ course_id: course.id, competence_code: '4.2', from_level, to_level },
  });
  await asOwner(() =>
    db()
      .table('course_competences')
      .insert([teach(easy, 3, 3), teach(hard, 4, 5), teach(lower, 1, 2)]),
  );
  const path = await aPath(organisation, { slug: 'alku', courses: [easy, hard] });
  const [step] = await asOwner(() =>
    db()
      .table('path_steps')
      .insert({
        ...{ organisation_id: organisation.id, path_id: path.id, position: 0, kind: 'placement' },
        ...{ competence_codes: ['4.2'], placement_counts: counts },
      })
      .returning('id'),
  );
  const place = (level: number | null) =>
    inScope(actor, () =>
      recordPlacement(actor, step.id, { competence_code: '4.2', level, right_answers: 5, answers: 7 }),
    );
  return { organisation, actor, path, place, step: step.id as string, easy };
}

const steps = async (actor: Actor) => {
  const $ = page(await as(actor).get('/paths/alku'));
  return $('.trail__step')
    .map((_, one) => `${$(one).find('h3').text()}: ${$(one).find('.trail__state').text()}`)
    .get();
};

it('lets a person skip what they can do, openly, and completes no course', async () => {
  const { actor, place } = await aPlacementPath();
  await place(3.4);
  const shown = await steps(actor);
  expect(shown[1]).toMatch(/^Alku: You can do this already/);
  expect(shown[2]).toMatch(/^Jatko: You are here/);
  const $ = page(await as(actor).get('/paths/alku'));
  expect($('.trail__step').eq(1).find('a').attr('href')).toMatch(/^\/learn\//);
  expect(await asOwner(() => db()('enrolments'))).toEqual([]);
  expect(await asOwner(() => db()('path_recognitions'))).toEqual([]);
});

it('counts as recognised only when the author says so, once', async () => {
  const { actor, place } = await aPlacementPath(true);
  for (const _ of [1, 2]) await place(3.4);
  expect((await steps(actor))[1]).toMatch(/^Alku: Recognised/);
  expect(await asOwner(() => db()('path_recognitions'))).toMatchObject([{ kind: 'placement', state: 'counted' }]);
  expect(await asOwner(() => db()('enrolments'))).toEqual([]);
});

it.each([[0.6], [null]])('gives a beginner (%s) the whole path and the ladder up to it', async (level) => {
  const { actor, place } = await aPlacementPath();
  await place(level);
  expect((await steps(actor))[1]).toMatch(/^Alku: You are here/);
  const $ = page(await as(actor).get('/paths/alku'));
  expect($('[aria-labelledby=ladder-heading] li').text()).toContain('Aivan alusta');
});

it('offers no ladder to those who do not need it', async () => {
  const { actor, place } = await aPlacementPath();
  await place(4.6);
  expect(page(await as(actor).get('/paths/alku'))('[aria-labelledby=ladder-heading]')).toHaveLength(0);
});

it('goes through practice and comes back, without questions too', async () => {
  const { actor, step } = await aPlacementPath();
  const address = `/paths/alku/placement/${step}`;
  expect((await as(actor).get(address)).status).toBe(200);
  const begun = await as(actor).post(address);
  expect(begun.headers.location).toMatch(/^\/skills\/practice\//);
  const result = page(await as(actor).get(begun.headers.location ?? ''));
  expect(result('.actions a').first().attr('href')).toBe(address);
  expect(page(await as(actor).get(address))('main').text()).toContain('we could not tell');
  expect((await as(actor).post(address)).headers.location).toBe(address);
});

it('is nobody else’s and of no other organisation', async () => {
  const { organisation, actor, step, place } = await aPlacementPath();
  await place(3.4);
  const [colleague, stranger] = [await aPerson({ organisation, roles: ['administrator'] }), await aPerson()];
  expect((await steps(colleague))[1]).toMatch(/^Alku: /);
  expect((await steps(colleague))[1]).not.toMatch(/already/);
  expect((await as(stranger).get(`/paths/alku/placement/${step}`)).status).toBe(404);
  expect((await as(stranger).post(`/paths/alku/placement/${step}`)).status).toBe(404);
  expect(await inScope(colleague, () => db()('path_placements'))).toEqual([]);
  expect(await inScope(actor, () => db()('path_placements'))).toHaveLength(1);
});
