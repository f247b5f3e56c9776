import { createHash } from 'node:crypto';
import { atomically, db } from '../../lib/db';
import { LANGUAGES } from '../../lib/i18n';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import type { LearningPath, PathTexts } from '../paths/paths.model';
import { assignPath, createPath } from '../paths/paths.service';
import { frameworkWords } from '../skills/skills.model';

/** As paths have unless somebody chooses otherwise; nothing on such a path expires. */
const USUAL_RENEWAL_DAYS = 60;

/** Few enough to be done. */
const MOST_COURSES = 5;

/** How many courses there are for each of these skills, of those that the organisation may use. */
export async function countCourses(organisationId: string, codes: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db().raw(
    `select k.competence_code as code, count(*)::int as courses from (${VISIBLE_COURSES} ${OWN_FIRST}) v
     join course_competences k on k.course_id = v.id where k.competence_code = any(?) group by 1`,
    [organisationId, organisationId, organisationId, [...codes]] as never,
  );
  return new Map(rows.map(({ code, courses }: { code: string; courses: number }) => [code, courses]));
}

/**
 * Agrees a path of the courses that teach a skill, from easy to hard, with a team. The organisation has one such path for a
 * skill: it is made when it is first asked for, and may be changed like any other. Returns its slug; undefined for a skill
 * that is not of the framework or that no course teaches. A second press changes nothing.
 */
export function agreeSkillPath(actor: Actor, teamId: string, code: string): Promise<string | undefined> {
  const { organisation_id } = actor;
  return atomically(async () => {
    const texts = await titlesOf(code);
    const courseIds = await coursesFor(organisation_id, code);
    if (!texts || courseIds.length === 0) return undefined;
    const id = uuidOf(`skill path ${organisation_id} ${code}`);
    const steps = courseIds.map((course_id) => ({ course_id, valid_months: null }));
    await createPath(actor, { id, texts, steps, renewal_days: USUAL_RENEWAL_DAYS });
    const path: LearningPath | undefined = await db().table('learning_paths').where({ organisation_id, id }).first();
    const agreed = await db()
      .table('path_assignments')
      .where({ organisation_id, path_id: id, team_id: teamId })
      .first();
    if (path && !agreed) await assignPath(actor, path, { team_id: teamId }, null);
    return path?.slug;
  });
}

async function titlesOf(code: string): Promise<PathTexts | undefined> {
  const texts: PathTexts = {};
  for (const language of LANGUAGES) {
    const competence = (await frameworkWords(language)).competences.get(code);
    if (!competence) return undefined;
    texts[language] = { title: competence.plain_name.slice(0, 200), summary: competence.about.slice(0, 1000) };
  }
  return texts;
}

async function coursesFor(organisationId: string, code: string): Promise<string[]> {
  const { rows } = await db().raw(
    `select v.id from (${VISIBLE_COURSES} ${OWN_FIRST}) v
     join course_competences k on k.course_id = v.id and k.competence_code = ?
     order by k.from_level, v.slug limit ${MOST_COURSES}`,
    [organisationId, organisationId, organisationId, code],
  );
  return rows.map(({ id }: { id: string }) => id);
}

/** The same id for the same skill, so that two presses make one path. */
function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
