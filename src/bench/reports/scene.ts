import { openDatabase, useDatabase } from '../../lib/db';
import { openAsOwner } from '../../lib/migrate';
import { type Scene, signIn } from '../scene';

const MOST_TEAMS = 300;

/** Signs in supervisors of teams all over the installation, and the administrator and a coordinator of the large organisation. */
export async function setReportScene(ownerUrl: string, secret: string): Promise<Scene> {
  const owner = openAsOwner(ownerUrl);
  const pool = openDatabase({ connectionString: ownerUrl, poolSize: 2 });
  useDatabase(pool);
  const read = async (sql: string, values: readonly unknown[] = []) => (await owner.raw(sql, values as never)).rows;
  try {
    const supervisors = await read(
      `select p.person_id as id, p.organisation_id, p.team_id from bench_people p join bench_teams t on t.n = p.team
       where p.p = 0 and t.size >= 8 order by md5(p.person_id::text) limit ?`,
      [MOST_TEAMS],
    );
    const [administrator, coordinator] = await read(
      'select person_id as id, organisation_id from bench_people where n <= 2 order by n',
    );
    const cookies = await signIn(owner, supervisors, secret);
    const [first, second] = await signIn(owner, [administrator, coordinator], secret);
    return {
      people: Number((await read('select count(*) as n from bench_people'))[0].n),
      usernames: [],
      learners: [],
      attempts: [],
      supervisor: '',
      teamId: '',
      quizPath: '',
      questions: [],
      lessonPath: '',
      reports: {
        teams: supervisors.map(({ team_id }: { team_id: string }, index: number) => ({
          id: team_id,
          supervisor: cookies[index] ?? '',
        })),
        administrator: first ?? '',
        coordinator: second ?? '',
      },
    };
  } finally {
    await pool.destroy();
    await owner.destroy();
  }
}
