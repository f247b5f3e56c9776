import fs from 'node:fs';
import path from 'node:path';
import { pictureSecret } from '../features/accounts/pictures';
import { importCourses } from '../features/courses/courses.service';
import { closeMonths } from '../features/reports/closing/closings.service';
import type { ItemKind } from '../features/skills/self-assessment';
import { importOwnFramework } from '../features/skills/skills.service';
import { atomically, db, openDatabase, useDatabase } from '../lib/db';
import { hashPassword } from '../lib/passwords';
import { ROOT } from '../lib/root';
import { DEMO_ACCOUNTS } from './accounts';
import { buildDemo, organisationId } from './build';
import { BulkWriter } from './bulk';
import { Calendar } from './calendar';
import { addCards } from './cards';
import { readCatalogue } from './catalogue';
import { addCompletions } from './completions';
import type { ExchangeLesson } from './drafts';
import { TELL_TESTED } from './drafts-together';
import { addEvents } from './events';
import { addKept } from './kept';
import { ORGANISATIONS } from './organisations';
import { addProcesses } from './processes';
import { addPublications } from './publications';
import type { StarterCompetence } from './self-views';
import { addShared } from './shared';
import { addShifts } from './shifts';
import { addPictures } from './situation';
import { addSpaces } from './spaces';
import { addSupportPlaces } from './support-places';
import { addSurveys } from './surveys';
import { addTaskAnswers } from './task-answers';
import { addTogether } from './together';
import { addVisits } from './visits';
import { DEMO_PICTURES } from './ways';

/** Thrown when the database holds something that is not a demo. Its message is one line for the operator. */
export class NotADemo extends Error {}

export interface DemoOptions {
  people?: number;
  /** The day up to which the history is told; today unless given. */
  now?: Date;
}

/**
 * Fills a migrated database with the demo, in place of an earlier demo; `ownerUrl` is the way in of the tables' owner.
 * Returns how many rows of people and their history were written. Throws NotADemo when any other organisation is there.
 */
export async function loadDemo(
  ownerUrl: string,
  { people = 240, now = new Date() }: DemoOptions = {},
): Promise<number> {
  const owner = openDatabase({ connectionString: ownerUrl, poolSize: 2 });
  const before = useDatabase(owner);
  try {
    const written = await atomically(() => fill(people, now));
    await db().raw('analyze');
    return written;
  } finally {
    if (before) useDatabase(before);
    await owner.destroy();
  }
}

async function fill(people: number, now: Date): Promise<number> {
  await makeRoom();
  const writer = new BulkWriter();
  const calendar = new Calendar(now);
  for (const { slug, name } of ORGANISATIONS)
    writer.add('organisations', {
      id: organisationId(slug),
      slug,
      name,
      is_demo: true,
      created_at: calendar.monthsAgo(24),
    });
  await writer.flush();

  const skills = readData('skills.json');
  await importOwnFramework();
  const modules: ModulesFile = JSON.parse(readData('modules.json'));
  await importCourses(organisationId('polkutupa'), modules, { shareWithAll: true });
  const content = {
    courses: await readCatalogue(organisationId('polkutupa')),
    starters: startersOf(JSON.parse(skills)),
    lessons: modules.modules.flatMap(({ lessons }) => lessons),
  };
  // For trying every type of question; its few answers come last.
  await importCourses(organisationId('polkutupa'), JSON.parse(readData('tasks.json')), { shareWithAll: true });
  const passwordHash = await hashPassword(DEMO_ACCOUNTS.password);
  const pictureHash = await hashPassword(pictureSecret(DEMO_PICTURES));
  for (const _ of buildDemo({ rows: writer, calendar, passwordHash, pictureHash, content, people }))
    await writer.flushWhenFull();
  await writer.flush();
  await db().raw(TELL_TESTED);
  await addKept();
  await addTogether();
  await addShared();
  await addSpaces();
  await addCards();
  await addProcesses();
  await addPublications();
  await addSupportPlaces();
  await addEvents();
  await addVisits();
  await addShifts();
  await addSurveys();
  await addTaskAnswers(calendar);
  // The months that are told of are over: reports read them closed.
  for (const { slug } of ORGANISATIONS) await closeMonths(organisationId(slug), now);
  await addCompletions();
  await addPictures();
  return writer.written;
}

/** Nobody's own data is ever removed: any organisation that is not of the demo stops the loading. */
async function makeRoom(): Promise<void> {
  const foreign = await db()('organisations').where({ is_demo: false }).first();
  if (foreign) throw new NotADemo('This database holds organisations of its own. The demo is only for an empty one.');
  await db().raw('truncate organisations, people, sessions, rate_limits, search_words cascade');
}

interface ModulesFile {
  modules: { lessons: ExchangeLesson[] }[];
}

interface SkillsFile {
  competences: { code: string; starter: boolean; self_items: { id: string; kind: ItemKind }[] }[];
}

const startersOf = ({ competences }: SkillsFile): StarterCompetence[] =>
  competences.filter(({ starter }) => starter).map(({ code, self_items: items }) => ({ code, items }));

const readData = (file: string) => fs.readFileSync(path.join(ROOT, 'src', 'data', file), 'utf8');
