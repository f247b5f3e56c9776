import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { findSignIn } from '../features/accounts/accounts.model';
import { createCourse, publishLesson } from '../features/courses/publication.service';
import { showForm } from '../features/h5p/forms/form-content.service';
import { findForm } from '../features/h5p/forms/forms.model';
import { saveForm, startCopy } from '../features/h5p/forms/forms.service';
import { installPackage } from '../features/h5p/installation.service';
import { installLibraries } from '../features/h5p/updates.service';
import { type Actor, findActor, selectOwnOrganisations } from '../features/organisations/organisations.model';
import { atomically, db } from '../lib/db';
import { found } from '../lib/guards';
import { ROOT } from '../lib/root';
import { withScope } from '../lib/scope';
import { addBlockLesson } from './block-lesson';

const PACKAGES = path.join(ROOT, 'src', 'data', 'h5p');

const TITLES = [
  { language: 'fi', title: 'Kysyisitkö ensin?', body: 'Kokeile, mitä tekisit. Voit valita monta kertaa.' },
  { language: 'fi-x-selko', title: 'Kysyisitkö ensin?', body: 'Kokeile, mitä tekisit.\nVoit valita monta kertaa.' },
  { language: 'sv', title: 'Skulle du fråga först?', body: 'Prova vad du skulle göra. Uppgiften är på finska.' },
  { language: 'en', title: 'Would you ask first?', body: 'Try what you would do. The task is in Finnish.' },
] as const;

/**
 * The demo's H5P lesson, taken in as the administrator would: the package is checked, its library installed, and the
 * lesson shown in a course of its own. Needs the open database and storage; done once.
 */
export async function addDemoActivity(): Promise<void> {
  const admin = await demoAdministrator();
  await withScope({ organisationId: admin.organisation_id, personId: admin.id }, async () => {
    const taken = await installPackage(admin, { path: path.join(PACKAGES, 'ask-first.h5p') });
    if (!taken.ok)
      throw new Error(`the demo's package was refused: ${taken.refusals.map(({ key }) => key).join(', ')}`);
    // A newer version stands beside it, so that there is something to move to.
    await installLibraries(admin, { path: path.join(PACKAGES, 'ask-first-next.h5p') });
    await beginChanging(admin, taken.contentId);
    await atomically(async () => {
      const courseId = await createCourse(admin.organisation_id, 'fi', 'Kokeile ensin');
      await nameCourse(courseId);
      await publishLesson({
        organisation_id: admin.organisation_id,
        course_id: courseId,
        lesson_id: null,
        kind: 'h5p',
        minutes: 3,
        level: 2,
        competences: ['4.2'],
        texts: TITLES.map((text) => ({ ...text, practice: '', follows_version: 1 })),
        questions: [],
        h5p_content_id: taken.contentId,
        credits: [],
      });
      await addBlockLesson(admin, courseId, taken.contentId);
    });
  });
}

/** A task that is being changed with the form, and has been looked at once. */
async function beginChanging(actor: Actor, contentId: string): Promise<void> {
  const id = randomUUID();
  await startCopy(actor, contentId, { id, language: 'fi', draftId: null });
  const form = found(await findForm(actor.organisation_id, id));
  await saveForm(form, { title: 'Kysyisitkö ensin? Uusi tapaus' });
  await showForm(found(await findForm(actor.organisation_id, id)));
}

async function demoAdministrator(): Promise<Actor> {
  const known = await findSignIn('admin');
  const [first] = known ? await selectOwnOrganisations(known.person_id) : [];
  const actor = known && first && (await findActor(first.organisation_id, known.person_id));
  if (!actor) throw new Error('the demo has no administrator');
  return actor;
}

async function nameCourse(courseId: string): Promise<void> {
  const names = [
    { language: 'fi-x-selko', title: 'Kokeile ensin', summary: 'Kokeile, mitä tekisit.' },
    { language: 'sv', title: 'Prova först', summary: 'En kort uppgift: vad skulle du göra?' },
    { language: 'en', title: 'Try it first', summary: 'A short task: what would you do?' },
  ];
  await db()
    .table('course_texts')
    .insert(names.map((name) => ({ course_id: courseId, ...name })));
  await db()
    .table('course_texts')
    .where({ course_id: courseId, language: 'fi' })
    .update({ summary: 'Lyhyt tehtävä: mitä sinä tekisit?' });
}
