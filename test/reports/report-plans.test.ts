import { readOwnTraining } from '../../src/features/reports/own/own-training.queries';
import { readCourseStops, readCourses } from '../../src/features/reports/pages/courses.queries';
import { readDialogue } from '../../src/features/reports/pages/dialogue.queries';
import { readOrganisationHeatMap, readTeamHeatMap } from '../../src/features/reports/pages/heat-map.queries';
import { readOnePage } from '../../src/features/reports/pages/one-page.queries';
import { countTraining, selectTrainingToDo } from '../../src/features/reports/pages/training.queries';
import { usualPeriod } from '../../src/features/reports/period';
import { db } from '../../src/lib/db';
import { ScopedClient } from '../../src/lib/scoped-client';
import { aPerson, inScope } from '../support/factories';
import { anAgreedCourse, anEnrolment, aTeamOf, withFramework } from '../support/factories-reports';

/** Tables that grow with people: a report of one team or organisation may not read them whole. */
const LARGE =
  /Seq Scan on (enrolments|lesson_progress|help_requests|counted_people|counted_observations|observations|skill_month_ends|month_members|memberships|team_members|path_assignments|people|talks)\b/g;

interface Statements {
  statement(text: string, values: unknown[]): object;
}

const isReading = (text: string) => /^\s*\(?(select|with)\b/i.test(text) && !/\binsert into\b/i.test(text);

it('finds the rows of each report by an index', async () => {
  await withFramework();
  const {
    organisation,
    team: named,
    members,
    supervisor,
  } = await aTeamOf({ people: 6, target_profile: 'professional' });
  const course = await anAgreedCourse(organisation, { team: named });
  for (const member of members) await anEnrolment(member, course, 1);
  const administrator = await aPerson({ organisation, roles: ['administrator'] });
  const team = { ...named, organisation_id: organisation.id, parent_id: null };
  const period = usualPeriod();

  await inScope(administrator, async () => {
    const sent = jest.spyOn(ScopedClient.prototype as unknown as Statements, 'statement');
    await readOnePage(administrator, null, period);
    await readOnePage(administrator, team, period);
    await readOrganisationHeatMap(administrator, period, 200);
    await readTeamHeatMap(supervisor, team);
    await readCourses(administrator, period);
    await readCourseStops(administrator, course.id, period);
    await readDialogue(administrator, period);
    await readOwnTraining(administrator);
    await countTraining(organisation.id, 'fi');
    await selectTrainingToDo(organisation.id, 'fi', 10);
    const queries = new Map(sent.mock.calls.filter(([text]) => isReading(text)));
    sent.mockRestore();
    expect(queries.size).toBeGreaterThan(15);
    await db().raw('set local enable_seqscan = off');
    await db().raw('set local role oppiva_app');
    const whole: string[] = [];
    for (const [text, values] of queries) {
      const given: unknown[] = [];
      const sql = text.replace(/\$(\d+)/g, (_, number) => {
        given.push(values[Number(number) - 1]);
        return '?';
      });
      const { rows } = await db().raw(`explain ${sql}`, given as never);
      const plan = rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n');
      whole.push(
        ...(plan.match(LARGE) ?? []).map((scan: string) => `${scan}: ${text.replace(/\s+/g, ' ').slice(0, 90)}`),
      );
    }
    expect(whole).toEqual([]);
  });
}, 60_000);
