import type { Actor } from '../../src/features/organisations/organisations.model';
import { completeLesson } from '../../src/features/progress/progress.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { anObservation, theFramework } from '../support/factories-skills';

/** A national badge of four criteria, two of them of the same skill: 4.2, 4.1, 4.2 on level 3, 4.3. */
const SAFETY = '/skills/schemes/tieke-safety';
const SUPPORTER = '/skills/schemes/dvv-supporter';

async function scene() {
  await theFramework();
  const organisation = await anOrganisation();
  const learner = await aPerson({ organisation, language: 'fi' });
  return { organisation, learner };
}

async function shown(actor: Actor, address = SAFETY) {
  const $ = page(await as(actor).get(address).expect(200));
  return {
    met: $('.lead').text(),
    text: $('main').text(),
    application: String($('textarea').val() ?? $('textarea').text()),
    $,
  };
}

it('says how many criteria are met, by what, and what would meet the rest', async () => {
  const { organisation, learner } = await scene();
  const course = await aCourse(organisation, { title: 'Well-being' });
  const lesson = await aLesson(course, { title: 'Breaks from the screen', level: 2 });
  await asOwner(() => db().table('lesson_competences').insert({ lesson_id: lesson.id, competence_code: '4.3' }));
  expect((await shown(learner)).met).toContain('ei ole vielä näyttöä');

  const skills = [
    { competence_code: '4.2', level: 3, source: 'demonstration', note: 'Changed a password with a client.' },
    { competence_code: '4.1', level: 2, source: 'quiz' },
    { competence_code: '4.3', level: 4, source: 'self' },
  ] as const;
  for (const skill of skills) await anObservation(learner, skill);
  const { met, text, application, $ } = await shown(learner);
  expect(met).toContain('3 / 4');
  expect(text).toContain('Changed a password with a client.');
  expect(application).toContain('Changed a password with a client');
  // One's own view is said as such, and a lesson and a task lead on from it.
  const own = $('section[aria-labelledby="c-4"]');
  expect(own.text()).toContain('Oma arvio');
  expect(own.find(`a[href="/learn/${course.slug}/${lesson.slug}"]`)).toHaveLength(1);
  expect(own.find('a[href="/skills/tasks/new?skill=4.3"]')).toHaveLength(1);
  expect(page(await as(learner).get('/skills/schemes'))('main').text()).toContain('3 / 4');

  const file = await as(learner).get(`${SAFETY}/application.pdf`).expect(200);
  expect(file.headers['content-type']).toContain('application/pdf');
});

it('counts a level only when it is reached, and nothing of another person or organisation', async () => {
  const { organisation, learner } = await scene();
  await anObservation(learner, { competence_code: '4.2', level: 2, source: 'demonstration' });
  expect((await shown(learner)).met).toContain('1 / 4');

  const colleague = await aPerson({ organisation, language: 'fi' });
  expect((await shown(colleague)).met).toContain('ei ole vielä näyttöä');
  // The same person in another organisation has another profile.
  const elsewhere = { ...learner, organisation_id: (await anOrganisation()).id };
  expect((await shown(elsewhere)).met).toContain('ei ole vielä näyttöä');
});

it('a course counts when the organisation may use it and it is finished', async () => {
  const { organisation, learner } = await scene();
  const partner = await anOrganisation();
  const foreign = await aCourse(partner, { exchange_id: 'supporter-ethics' } as object);
  expect((await shown(learner, SUPPORTER)).text).not.toContain(foreign.slug);
  const course = await aCourse(organisation, { exchange_id: 'supporter-guidance' } as object);
  const lesson = await aLesson(course);
  expect((await shown(learner, SUPPORTER)).met).toContain('ei ole vielä näyttöä');
  await inScope(learner, () => completeLesson(learner, lesson));
  const { met, $ } = await shown(learner, SUPPORTER);
  expect(met).toContain('1 / 4');
  expect($(`section[aria-labelledby="c-3"] a[href="/learn/${course.slug}"]`)).toHaveLength(1);
  expect($(`section[aria-labelledby="c-4"] a[href^="/learn"]`)).toHaveLength(0);
});

it('shows what somebody wrote as text, whatever it is', async () => {
  const { learner } = await scene();
  const note = '</textarea><script>alert(1)</script>"\u202e{{7*7}}';
  await anObservation(learner, { competence_code: '4.2', level: 3, source: 'demonstration', note });
  const { $, text } = await shown(learner);
  expect($('main script')).toHaveLength(0);
  expect(text).toContain('<script>alert(1)</script>');
  await as(learner).get(`${SAFETY}/application.pdf`).expect(200);
});

it.each(['__proto__', 'constructor', 'nobody', '%00', 'tieke-safety%2f..', '..%2fown', "' or 1=1--"])(
  'knows no badge called %s',
  async (name) => {
    const { learner } = await scene();
    for (const address of [`/skills/schemes/${name}`, `/skills/schemes/${name}/application.pdf`])
      expect((await as(learner).get(address)).status).toBe(name === '%00' ? 400 : 404);
  },
);

it('is nobody else’s to see: there is no address of another person’s readiness', async () => {
  const { learner, organisation } = await scene();
  await anObservation(learner, { competence_code: '4.2', level: 3 });
  const supervisor = await aPerson({ organisation, roles: ['administrator'], language: 'fi' });
  for (const more of [`?person=${learner.id}`, `?person_id=${learner.id}`])
    expect((await shown(supervisor, `${SAFETY}${more}`)).met).toContain('ei ole vielä näyttöä');
  expect((await as(undefined).get(SAFETY)).status).toBe(303);
});
