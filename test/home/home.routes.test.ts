import { randomUUID } from 'node:crypto';
import { completeLesson, openLesson } from '../../src/features/progress/progress.service';
import { addDays } from '../../src/lib/dates';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { anAssignment, aPath } from '../support/factories-paths';
import { anObservation, theFramework } from '../support/factories-skills';

type Someone = Awaited<ReturnType<typeof aPerson>>;

async function firstStep(actor: Someone) {
  const $ = page(await as(actor).get('/'));
  const step = $('.next-step');
  return { steps: step.length, heading: step.find('h2').text(), href: step.find('a').attr('href'), $ };
}

async function aDraft(values: object): Promise<string> {
  const id = randomUUID();
  const content = JSON.stringify({ original: 'fi', title: { fi: 'Uusi oppitunti' } }) as never;
  await asOwner(() =>
    db()
      .table('lesson_drafts')
      .insert({ id, kind: 'text', content, ...values }),
  );
  return id;
}

describe('a learner', () => {
  it('who is new begins with the self-assessment', async () => {
    expect(await firstStep(await aPerson())).toMatchObject({ steps: 1, href: '/skills/self-assessment' });
  });

  it('who is new and has an agreed path begins with its first course', async () => {
    const organisation = await anOrganisation();
    const actor = await aPerson({ organisation });
    const courses = [await aCourse(organisation, { slug: 'eka', title: 'Eka' }), await aCourse(organisation)];
    const path = await aPath(organisation, { courses });
    await anAssignment(path, { team: await aTeam(organisation, { members: [actor] }), due_on: '2031-05-31' });
    const { heading, href, $ } = await firstStep(actor);
    expect([heading, href]).toEqual(['Eka', '/learn/eka']);
    expect($('.next-step').text()).toContain('Agreed for 31 May 2031');
  });

  it('digime-08: continues at the very spot, with the stones of the course', async () => {
    const organisation = await anOrganisation();
    const actor = await aPerson({ organisation });
    const course = await aCourse(organisation, { slug: 'kurssi' });
    const [first, second] = [await aLesson(course), await aLesson(course, { slug: 'toka', title: 'Toka' })];
    await aLesson(course);
    await inScope(actor, () => completeLesson(actor, first));
    await inScope(actor, () => openLesson(actor, second, 'spot-2'));

    const { heading, href, $ } = await firstStep(actor);

    expect([heading, href]).toEqual(['Toka', '/learn/kurssi/toka#spot-2']);
    expect($('.next-step').text()).toContain('Shall we go on?');
    expect($('.next-step').text()).toContain('Lesson 2 / 3');
    expect(
      $('.trail__step')
        .map((_, stone) => $(stone).attr('class'))
        .get(),
    ).toEqual(['trail__step is-done', 'trail__step is-now', 'trail__step']);
  });

  it('goes to the next lesson when the last one is done, and to the catalogue when all are', async () => {
    const organisation = await anOrganisation();
    const actor = await aPerson({ organisation });
    const course = await aCourse(organisation, { slug: 'kurssi' });
    const [first, second] = [await aLesson(course), await aLesson(course, { slug: 'toka' })];
    await inScope(actor, () => completeLesson(actor, first));
    expect((await firstStep(actor)).href).toBe('/learn/kurssi/toka');
    await inScope(actor, () => completeLesson(actor, second));
    expect((await firstStep(actor)).href).toBe('/skills/self-assessment');
  });

  it('goes on with a course that is no longer shared, and is not sent to one that was taken back', async () => {
    const [ours, theirs] = [await anOrganisation(), await anOrganisation()];
    const actor = await aPerson({ organisation: ours });
    const course = await aCourse(theirs, { sharedWith: [ours] });
    const lesson = await aLesson(course, { title: 'SECRET' });
    await inScope(actor, () => openLesson(actor, lesson));
    expect((await firstStep(actor)).heading).toBe('SECRET');
    await asOwner(() => db().table('course_shares').where({ course_id: course.id }).delete());
    expect((await firstStep(actor)).heading).toBe('SECRET');
    await asOwner(() => db().table('courses').where({ id: course.id }).update({ published_at: null }));
    expect((await firstStep(actor)).$('main').text()).not.toContain('SECRET');
  });
});

describe('in a role', () => {
  it('digime-08: a supervisor sees first who of their team asked for help, and own learning below', async () => {
    const organisation = await anOrganisation();
    const [learner, outsider] = [
      await aPerson({ organisation, name: 'Aino Koski' }),
      await aPerson({ organisation, name: 'Outi' }),
    ];
    const person = await aPerson({ organisation });
    const team = await aTeam(organisation, { members: [learner], supervisor: person });
    const supervisor = await reload(person);
    const ask = (who: Someone) =>
      asOwner(() => db().table('help_requests').insert({ organisation_id: organisation.id, person_id: who.id }));
    await ask(outsider);
    expect((await firstStep(supervisor)).href).toBe('/team');
    expect((await firstStep(supervisor)).heading).toBe('Nobody is waiting for your help');
    await ask(learner);
    const { steps, heading, href, $ } = await firstStep(supervisor);
    expect([steps, heading, href]).toEqual([1, 'Aino Koski asked for help', `/team/${team.id}#help`]);
    expect($('a[href="/skills/self-assessment"]').length).toBeGreaterThan(0);
    await ask(learner);
    expect((await firstStep(supervisor)).heading).toBe('2 people asked for help');
  });

  it('an expert and a reviewer see the lesson that waits for their name, and not after they signed', async () => {
    const organisation = await anOrganisation();
    const expert = await aPerson({ organisation, roles: ['expert'] });
    const reviewer = await aPerson({ organisation, roles: ['reviewer'] });
    const learner = await aPerson({ organisation });
    const course = await aCourse(organisation);
    const ours = { organisation_id: organisation.id, course_id: course.id };
    const id = await aDraft({ ...ours, state: 'in_review', submitted_at: new Date() });
    const address = `/write/drafts/${id}/preview`;
    expect(await firstStep(expert)).toMatchObject({ heading: 'Uusi oppitunti', href: address });
    expect((await firstStep(reviewer)).href).toBe(address);
    expect((await firstStep(learner)).$('main').text()).not.toContain('Uusi oppitunti');
    const signature = { draft_id: id, organisation_id: organisation.id, draft_version: 1 };
    await asOwner(() =>
      db()
        .table('draft_signatures')
        .insert({ ...signature, kind: 'true_to_life', person_id: expert.id }),
    );
    expect((await firstStep(expert)).href).not.toBe(address);
    expect((await firstStep(reviewer)).href).toBe(address);
  });

  it('an author goes on with their own draft', async () => {
    const organisation = await anOrganisation();
    const author = await aPerson({ organisation, roles: ['author'] });
    const course = await aCourse(organisation);
    const id = await aDraft({ organisation_id: organisation.id, course_id: course.id, author_id: author.id });
    expect((await firstStep(author)).href).toBe(`/write/drafts/${id}`);
  });

  it('digime-08: an administrator invites the first people, then gives teams their supervisors', async () => {
    const organisation = await anOrganisation();
    const administrator = await aPerson({ organisation, roles: ['administrator'] });
    expect((await firstStep(administrator)).href).toBe('/organisation');
    const other = await aPerson({ organisation });
    await aTeam(organisation, { name: 'Lähituki' });
    expect(await firstStep(administrator)).toMatchObject({
      heading: 'Choose a supervisor for the team Lähituki',
      href: '/organisation/teams',
    });
    expect((await firstStep(other)).$('main').text()).not.toContain('Lähituki');
  });
});

it('tells the two skills seen last, in words', async () => {
  await theFramework();
  const actor = await aPerson();
  for (const [days, code] of [
    [3, '1.1'],
    [1, '4.2'],
    [2, '1.2'],
  ] as const)
    await anObservation(actor, { competence_code: code, level: 2, observed_at: addDays(new Date(), -days) });

  const $ = page(await as(actor).get('/'));

  const addresses = $('.skill-card a').map((_, link) => $(link).attr('href'));
  expect(addresses.get()).toEqual(['/skills/4.2', '/skills/1.2']);
  expect($('.skill-card .sure').first().text()).toContain('How sure');
});

it('sends as many queries in every role, however much there is', async () => {
  const organisation = await anOrganisation();
  const roles = ['learner', 'author', 'expert', 'administrator'] as const;
  const person = await aPerson({ organisation, roles: [...roles] });
  const count = async (actor: Someone) => {
    await as(actor).get('/');
    const before = statementsSent();
    await as(actor).get('/');
    return statementsSent() - before;
  };
  const few = await count(await aPerson({ organisation }));
  const course = await aCourse(organisation);
  for (let more = 0; more < 8; more += 1) {
    await aTeam(organisation, { supervisor: person });
    const lesson = await aLesson(course);
    await inScope(person, () => openLesson(person, lesson));
    await aDraft({ organisation_id: organisation.id, course_id: course.id, author_id: person.id });
  }
  expect(await count(await reload(person))).toBe(few);
});
