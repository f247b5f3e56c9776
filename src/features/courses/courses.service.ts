import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { type Course, refreshCourseCounts } from './courses.model';
import { readExchange } from './exchange';
import { exchangeOf } from './exchange.export';
import { readCourseContent, saveCourse, saveLesson, saveModule, settleCourse, shareWithAll } from './exchange.model';
import { type CourseContent, coursesOf } from './exchange.rows';
import type { Exchange } from './exchange.schema';

export interface ImportOptions {
  /** Every organisation of the installation may use the courses. */
  shareWithAll?: boolean;
  /** Who imports, for the audit; nobody when the operator does it from the command line. */
  by?: { id: string; organisation_id: string };
}

export interface ImportedCourse {
  id: string;
  slug: string;
  isNew: boolean;
  lessons: number;
}

/**
 * Takes in a file of the exchange format, all of it or nothing. Safe to run again: what has the same ids is updated in
 * place, so that nobody's progress is lost. Throws ExchangeFault that names every place to mend.
 */
export function importCourses(
  organisationId: string,
  data: unknown,
  options: ImportOptions = {},
): Promise<ImportedCourse[]> {
  const courses = coursesOf(readExchange(data));
  return atomically(async () => {
    const imported: ImportedCourse[] = [];
    for (const course of courses) imported.push(await importCourse(organisationId, course, options));
    return imported;
  });
}

async function importCourse(
  organisationId: string,
  course: CourseContent,
  options: ImportOptions,
): Promise<ImportedCourse> {
  const { id, slug, isNew } = await saveCourse(organisationId, course);
  const lessonIds: string[] = [];
  const taken: string[] = [];
  for (const [index, module] of course.modules.entries()) {
    const moduleId = await saveModule(id, module, index + 1);
    for (const lesson of module.lessons) {
      const place = { organisationId, courseId: id, moduleId, position: lessonIds.length + 1, taken };
      const saved = await saveLesson(place, lesson);
      lessonIds.push(saved.id);
      taken.push(saved.slug);
    }
  }
  await settleCourse(id, lessonIds);
  await refreshCourseCounts(id);
  if (options.shareWithAll) await shareWithAll(id);
  if (options.by) await recordAudit(options.by, 'course.imported', { type: 'course', id }, { slug });
  return { id, slug, isNew, lessons: lessonIds.length };
}

/** The course as it is published, in the exchange format; importing it elsewhere gives the same course. */
export async function exportCourse(course: Pick<Course, 'id'>): Promise<Exchange> {
  return exchangeOf(await readCourseContent(course.id));
}
