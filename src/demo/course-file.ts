import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { findSignIn } from '../features/accounts/accounts.model';
import { findCourseRow } from '../features/exchange/export.model';
import { courseFile, type Packed, packCourse } from '../features/exchange/export.service';
import { sendCourse } from '../features/exchange/imports.service';
import { canonical, sha256 } from '../features/exchange/portable';
import { type Actor, findActor, selectOwnOrganisations } from '../features/organisations/organisations.model';
import { db } from '../lib/db';
import { withScope } from '../lib/scope';

/** The course that the demo gives away, and whose readers are counted. */
const COURSE = 'Kokeile ensin';

/**
 * A course of another organisation that came as a file and waits to be looked at, and readers of a lesson of blocks, most of
 * whom stopped in one place. Needs the open database and storage; done once.
 */
export async function addDemoCourseFile(): Promise<void> {
  const known = await findSignIn('expert');
  const [first] = known ? await selectOwnOrganisations(known.person_id) : [];
  const expert = known && first && (await findActor(first.organisation_id, known.person_id));
  if (!expert) throw new Error('the demo has no experience expert');
  await withScope({ organisationId: expert.organisation_id, personId: expert.id }, async () => {
    const course = await db()
      .table('courses as c')
      .join('course_texts as t', 't.course_id', 'c.id')
      .where({ 'c.organisation_id': expert.organisation_id, 't.title': COURSE })
      .first('c.id');
    if (!course) throw new Error(`the demo has no course ${COURSE}`);
    await sendFrom(expert, course.id);
    await addReaders(expert, course.id);
    await addSayings(expert, course.id);
  });
}

/** The same course as another organisation would give it away: its name, its words, a skill of its own. */
async function sendFrom(expert: Actor, courseId: string): Promise<void> {
  const row = await findCourseRow(expert.organisation_id, courseId, 'fi');
  if (!row) return;
  const packed = await packCourse(expert, row, { drafts: true, names: false });
  const texts = { fi: { title: 'Kysy ennen kuin maksat', summary: 'Rinki ry:n kurssi verkkokaupoista ja laskuista.' } };
  const names = { ...packed.course.names, 'RINKI-2': { fi: 'Laskun tarkistaminen', sv: 'Att granska en räkning' } };
  const competences = [...packed.course.competences, { code: 'RINKI-2', from_level: 1, to_level: 3 }];
  const course = { ...packed.course, id: 'rinki/kysy-ennen-kuin-maksat', texts, competences, names };
  const text = canonical(course);
  const about = { sha256: sha256(text), bytes: Buffer.byteLength(text) };
  const manifest = { ...packed.manifest, from: 'Rinki ry', title: texts.fi.title, course: about };
  await sendAs(expert, { ...packed, course, manifest });
}

async function sendAs(expert: Actor, packed: Packed): Promise<void> {
  const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'oppiva-demo-'));
  try {
    const file = path.join(folder, 'course.zip');
    await pipeline(courseFile(packed), fs.createWriteStream(file));
    const { size } = await fs.promises.stat(file);
    await sendCourse(expert, { id: randomUUID(), path: file, size, fileName: 'kysy-ennen-kuin-maksat.oppiva.zip' });
  } finally {
    await fs.promises.rm(folder, { recursive: true, force: true });
  }
}

/** Of two dozen colleagues some read to the end, some stopped, most of these in one place. */
async function addReaders({ organisation_id }: Actor, courseId: string): Promise<void> {
  await db().raw(
    `insert into lesson_progress (organisation_id, person_id, lesson_id, course_id, spot, opened_at, completed_at, seen_version)
     select :o, r.person_id, l.id, l.course_id, case when r.n % 7 in (1, 4) then 'spot-4' when r.n % 7 = 2 then 'spot-2' else '' end,
       now() - make_interval(days => 20 + r.n::int), case when r.n % 7 in (0, 3, 5, 6) then now() - interval '19 days' end, l.version
     from lessons l cross join (
       select m.person_id, row_number() over (order by p.name, p.id) as n from memberships m join people p on p.id = m.person_id
       where m.organisation_id = :o and m.roles = '{learner}' and m.relation = 'employee' and m.ended_on is null
         and p.username not in ('learner', 'professional', 'supervisor') limit 26) r
     where l.course_id = :course and l.organisation_id = :o and l.kind = 'text' and l.published_at is not null
     on conflict do nothing`,
    { o: organisation_id, course: courseId },
  );
}

const VOICES: [useful: number, what: string, words: string][] = [
  [1, 'long', 'Kohta ”Tee näin” oli pitkä. Jäin siihen.'],
  [2, 'clear', 'Kuva auttoi. Nyt tiedän, mitä katson ensin.'],
];
const ASKED = 'Mistä tiedän, onko pankin numero oikea?';

/** What two readers thought of the same lesson, and what one asked under it. */
async function addSayings({ organisation_id }: Actor, courseId: string): Promise<void> {
  const lesson = await db().table('lessons').where({ organisation_id, course_id: courseId, kind: 'text' }).first('id');
  const asker = await findSignIn('learner');
  if (!lesson || !asker) return;
  const place = { organisation_id, lesson_id: lesson.id };
  const given_on = new Date(Date.now() - 9 * 24 * 3600 * 1000);
  const voices = VOICES.map(([useful, what, words]) => ({
    id: randomUUID(),
    ...place,
    useful,
    what: [what],
    words,
    given_on,
  }));
  await db().table('lesson_voices').insert(voices);
  const message = { id: randomUUID(), ...place, person_id: asker.person_id, body: ASKED, signed: 'first' };
  await db().table('lesson_messages').insert(message);
}
