import { createHmac, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { sessionUser } from '../features/accounts/accounts.passport';
import { type Actor, findActor } from '../features/organisations/organisations.model';
import { openDatabase, useDatabase } from '../lib/db';
import { openAsOwner } from '../lib/migrate';
import type { SessionUser } from '../lib/session';
import { addWriting, type WritingScene } from './writing-scene';

/** What the benchmark needs to know of the loaded demo, and sessions for its people. */
export interface Scene {
  people: number;
  /** User names of learners, for signing in. */
  usernames: string[];
  /** Cookies of the same learners, and their attempts at the quiz. */
  learners: string[];
  attempts: string[];
  supervisor: string;
  /** The supervisor's team of twenty. */
  teamId: string;
  quizPath: string;
  questions: { number: number; id: string }[];
  /** The names of the two parts of a lesson's address. */
  lessonPath: string;
  /** Lessons that are being written. */
  writing?: WritingScene;
  /** Only in a bench of finding: how many lessons there are to find among. */
  lessons?: number;
  /** Only in a bench of the picture of the situation and of public pages. */
  situation?: SituationScene;
  /** Only in a bench of reports. */
  reports?: ReportScene;
}

/** What the picture of the situation and the public pages need to know of a database that was filled for them. */
export interface SituationScene {
  /** A cookie of an administrator of the organisation that gave most of the support. */
  administrator: string;
  /** The region with most municipalities, a municipality of it, and a space of several organisations. */
  region: string;
  municipality: string;
  space: string;
  /** Addresses that anybody may open. */
  publication: string;
  picture: string;
}

export interface ReportScene {
  /** Teams of all organisations with a cookie of whoever supervises them. */
  teams: { id: string; supervisor: string }[];
  /** Cookies of people of the large organisation. */
  administrator: string;
  coordinator: string;
}

const COURSE = 'recognise-scam-messages';
const MOST_LEARNERS = 1000;

/**
 * Sets the scene in a database with the demo: signs learners and the supervisor in (rows of sessions, as a sign-in writes
 * them) and opens an attempt at the quiz for each learner, so that answering starts where a person would.
 */
export async function setScene(ownerUrl: string, secret: string): Promise<Scene> {
  const owner = openAsOwner(ownerUrl);
  const read = async (sql: string, values: readonly unknown[] = []) => (await owner.raw(sql, values as never)).rows;
  const pool = openDatabase({ connectionString: ownerUrl, poolSize: 2 });
  useDatabase(pool);
  const session = (people: Member[]) => signIn(owner, people, secret);
  try {
    const people = await read(
      `select p.id, p.username, m.organisation_id from people p join memberships m on m.person_id = p.id
       where 'learner' = all(m.roles) and m.ended_on is null and m.relation <> 'client'
         and exists (select from team_members t where t.person_id = p.id)
       order by md5(p.id::text) limit ?`,
      [MOST_LEARNERS],
    );
    const [supervisor] = await read(
      `select p.id, m.organisation_id from people p join memberships m on m.person_id = p.id where username = 'supervisor'`,
    );
    const [expert] = await read(
      `select p.id, m.organisation_id from people p join memberships m on m.person_id = p.id where username = 'expert'`,
    );
    const [cookie = ''] = await session([expert]);
    const [team] = await read(
      `select s.team_id from team_supervisors s join team_members t using (team_id) where s.person_id = ?
       group by 1 having count(*) = 20`,
      [supervisor.id],
    );
    const [quiz] = await read(
      `select l.quiz_id, l.slug from lessons l join courses c on c.id = l.course_id
       where c.slug = ? and l.quiz_id is not null`,
      [COURSE],
    );
    await owner.raw(
      `insert into quiz_attempts (organisation_id, person_id, quiz_id, number, language)
       select m.organisation_id, m.person_id, ?, coalesce((select max(number) from quiz_attempts a
         where a.person_id = m.person_id and a.quiz_id = ?), 0) + 1, 'fi'
       from memberships m join unnest(?::uuid[], ?::uuid[]) as l (person_id, organisation_id) using (person_id, organisation_id)
       on conflict do nothing`,
      [
        quiz.quiz_id,
        quiz.quiz_id,
        people.map(({ id }: Person) => id),
        people.map((p: Person) => p.organisation_id),
      ] as never,
    );
    const attempts = await read(
      'select organisation_id, person_id, id from quiz_attempts where quiz_id = ? and submitted_at is null and person_id = any(?)',
      [quiz.quiz_id, people.map(({ id }: Person) => id)],
    );
    const attemptOf = new Map(
      attempts.map((a: { organisation_id: string; person_id: string; id: string }) => [
        `${a.organisation_id} ${a.person_id}`,
        a.id,
      ]),
    );
    return {
      people: Number((await read('select count(*) as n from people'))[0].n),
      usernames: people.map(({ username }: Person) => username),
      learners: await session(people),
      attempts: people.map((p: Person) => attemptOf.get(`${p.organisation_id} ${p.id}`)),
      supervisor: (await session([supervisor]))[0] as string,
      teamId: team.team_id,
      writing: await addWriting(owner, { ...expert, cookie }),
      lessonPath: `/learn/${COURSE}/l2`,
      quizPath: `/learn/${COURSE}/${quiz.slug}`,
      questions: await read(
        `select row_number() over (order by position)::int as number, id from questions
         where quiz_id = ? and retired_at is null and (audience = '{}' or 'staff' = any(audience)) and type <> 'multi'`,
        [quiz.quiz_id],
      ),
    };
  } finally {
    await pool.destroy();
    await owner.destroy();
  }
}

interface Member {
  id: string;
  organisation_id: string;
}

interface Person extends Member {
  username: string;
}

/** Writes sessions of people as a sign-in does, and returns their cookies. Reads actors on the open database. */
export async function signIn(owner: Knex, people: readonly Member[], secret: string): Promise<string[]> {
  const actors = await Promise.all(people.map(({ id, organisation_id }) => findActor(organisation_id, id)));
  const cookies = actors.map((actor) => sessionFor(sessionUser(actor as Actor)));
  await owner.raw(
    'insert into sessions (sid, sess, expire) select * from unnest(?::text[], ?::json[], ?::timestamptz[])',
    [cookies.map(({ sid }) => sid), cookies.map(({ sess }) => sess), cookies.map(({ expire }) => expire)] as never,
  );
  return cookies.map(({ sid }) => signed(sid, secret));
}

const HOUR = 3_600_000;

function sessionFor(user: SessionUser) {
  const expire = new Date(Date.now() + 12 * HOUR);
  const sess = JSON.stringify({
    cookie: { originalMaxAge: 12 * HOUR, expires: expire, httpOnly: true, sameSite: 'lax', secure: false, path: '/' },
    passport: { user },
    seenHour: Math.floor(Date.now() / HOUR),
  });
  return { sid: randomBytes(24).toString('base64url'), sess, expire };
}

/** As express-session signs its cookie. */
function signed(sid: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '');
  return `oppiva=${encodeURIComponent(`s:${sid}.${signature}`)}`;
}
