import { joinNetwork } from '../../src/features/organisations/networks.model';
import type { Actor, Organisation } from '../../src/features/organisations/organisations.model';
import { atomically, db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { runJobs } from '../support/jobs';

interface Scene {
  maker: Organisation;
  partner: Organisation;
  stranger: Organisation;
  admin: Actor;
  author: Actor;
  theirs: Actor;
  other: Actor;
  course: Awaited<ReturnType<typeof aCourse>>;
  lesson: Awaited<ReturnType<typeof aLesson>>;
}

/** Three organisations: the maker and its partner are in one network, the stranger in none. */
async function aScene(): Promise<Scene> {
  const [maker, partner, stranger] = [await anOrganisation(), await anOrganisation(), await anOrganisation()];
  const admin = await aPerson({ organisation: maker, roles: ['learner', 'administrator'] });
  const author = await aPerson({ organisation: maker, roles: ['learner', 'author'] });
  const theirs = await aPerson({ organisation: partner, roles: ['learner', 'author'] });
  const other = await aPerson({ organisation: stranger, roles: ['learner', 'author'] });
  await asOwner(async () => {
    for (const { id } of [maker, partner]) await joinNetwork(id, `Verkosto ${maker.id}`);
  });
  const course = await aCourse(maker);
  return { maker, partner, stranger, admin, author, theirs, other, course, lesson: await aLesson(course) };
}

const share = (actor: Actor, { course }: Scene, reach: string, partners: string[] = []) =>
  as(actor).post(`/write/courses/${course.id}/sharing`, { reach, partners });

const reads = async (actor: Actor, { lesson }: Scene) =>
  (await as(actor).get(`/learn/${lesson.course_slug}/${lesson.slug}`)).status;

describe('sharing a course', () => {
  it.each([
    ['own', [200, 404, 404]],
    ['partners', [200, 200, 404]],
    ['all', [200, 200, 200]],
    ['public', [200, 200, 200]],
  ])('with %s reaches the maker, a partner and a stranger as said', async (reach, statuses) => {
    const scene = await aScene();
    await share(scene.admin, scene, reach, reach === 'partners' ? [scene.partner.id] : []).expect(303);
    const got = [];
    for (const actor of [scene.author, scene.theirs, scene.other]) got.push(await reads(actor, scene));
    expect(got).toEqual(statuses);
  });

  it('is for its writers and administrators; the public is for an administrator; others find nothing', async () => {
    const scene = await aScene();
    const learner = await aPerson({ organisation: scene.maker });
    const reviewer = await aPerson({ organisation: scene.maker, roles: ['learner', 'reviewer'] });
    const table: [Actor, string, number][] = [
      [scene.author, 'all', 303],
      [scene.author, 'public', 403],
      [scene.admin, 'public', 303],
      // Who may share may leave it as it is, and take it back.
      [scene.author, 'public', 303],
      [scene.author, 'own', 303],
      [learner, 'all', 403],
      [reviewer, 'all', 403],
      [scene.theirs, 'all', 404],
      [scene.other, 'own', 404],
    ];
    for (const [actor, reach, status] of table) expect((await share(actor, scene, reach)).status).toBe(status);
    await inScope(scene.admin, () =>
      db()
        .table('course_people')
        .insert({
          ...{ organisation_id: scene.maker.id, course_id: scene.course.id, role: 'author' },
          person_id: (scene.admin as Actor).id,
        }),
    );
    await asOwner(() =>
      db()('memberships')
        .where({ person_id: scene.admin.id })
        .update({ roles: ['learner', 'author'] as never }),
    );
    // The course names its author now: another author of the organisation no longer shares it.
    await share(scene.author, scene, 'all').expect(403);
  });

  it('refuses an organisation that is no partner, no partner at all, and nonsense, and changes nothing', async () => {
    const scene = await aScene();
    const refused = await share(scene.author, scene, 'partners', [scene.stranger.id]).expect(422);
    expect(page(refused)('.govuk-error-message').text()).toContain('no partner');
    await share(scene.author, scene, 'partners', []).expect(422);
    await share(scene.author, scene, 'partners', ["'; drop table"]).expect(422);
    await share(scene.author, scene, 'everywhere').expect(422);
    expect(await asOwner(() => db().table('course_shares').where({ course_id: scene.course.id }))).toEqual([]);
    expect(await reads(scene.other, scene)).toBe(404);
  });

  it('leaves a begun course to who began it when it is withdrawn, and to nobody else', async () => {
    const scene = await aScene();
    const late = await aPerson({ organisation: scene.partner });
    await share(scene.author, scene, 'partners', [scene.partner.id]).expect(303);
    expect(await reads(scene.theirs, scene)).toBe(200);
    await share(scene.author, scene, 'own').expect(303);
    expect(await reads(scene.theirs, scene)).toBe(200);
    expect(await reads(late, scene)).toBe(404);
    await as(scene.theirs).post(`/learn/${scene.lesson.course_slug}/${scene.lesson.slug}/done`).expect(303);
    const rows = await asOwner(() => db().table('enrolments').where({ course_id: scene.course.id }));
    expect(rows.map(({ organisation_id }) => organisation_id)).toEqual([scene.partner.id]);
    // It is begun by the person in this organisation, not by the person wherever they are.
    expect((await as(scene.theirs).get('/write/shared')).text).not.toContain(scene.course.slug);
  });

  it('tells both organisations once, and writes it down; pressing twice is one change', async () => {
    const scene = await aScene();
    for (let time = 0; time < 2; time += 1)
      await share(scene.author, scene, 'partners', [scene.partner.id]).expect(303);
    await asOwner(() => runJobs());
    await share(scene.author, scene, 'own').expect(303);
    await asOwner(() => runJobs());
    const told = (actor: Actor) =>
      inScope(actor, () =>
        db().table('notifications').where({ person_id: actor.id }).orderBy('created_at').pluck('kind'),
      );
    expect((await told(scene.theirs)).sort()).toEqual(['sharing.given', 'sharing.withdrawn']);
    expect((await told(scene.admin)).sort()).toEqual(['sharing.own-own', 'sharing.own-partners']);
    expect(await told(scene.author)).toEqual([]);
    expect(await told(scene.other)).toEqual([]);
    const audit = await asOwner(() => db()('audit_events').where({ action: 'course.shared' }));
    expect(audit.map(({ details }) => (details as { to: string }).to).sort()).toEqual(['own', 'partners']);
  });

  it('is only the owner’s to write, whatever the code says', async () => {
    const scene = await aScene();
    const steal = () =>
      atomically(() =>
        db().table('course_shares').insert({ course_id: scene.course.id, organisation_id: scene.partner.id }),
      );
    await expect(inScope(scene.theirs, steal)).rejects.toThrow(/row-level security/);
    await share(scene.author, scene, 'partners', [scene.partner.id]).expect(303);
    const taken = await inScope(scene.other, () => db().table('course_shares').delete());
    expect(taken).toBe(0);
    expect(await inScope(scene.other, () => db().table('course_shares').where({ course_id: scene.course.id }))).toEqual(
      [],
    );
  });

  it('shows what was given and what is shared, and who sees it', async () => {
    const scene = await aScene();
    await share(scene.author, scene, 'partners', [scene.partner.id]).expect(303);
    const given = page(await as(scene.theirs).get('/write/shared').expect(200));
    expect(given('section[aria-labelledby=given] h3').text()).toBe('Turvallinen salasana');
    expect(given('section[aria-labelledby=given]').text()).toContain(scene.maker.name);
    const own = page(await as(scene.author).get('/write/shared').expect(200));
    expect(own('section[aria-labelledby=own] li').text()).toContain(scene.partner.name);
    const form = page(await as(scene.author).get(`/write/courses/${scene.course.id}/sharing`).expect(200));
    expect(form('input[name=partners][checked]').attr('value')).toBe(scene.partner.id);
    expect(form('.who-sees').text()).toContain('learner');
  });
});
