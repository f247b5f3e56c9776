import { found } from '../../lib/guards';
import { LANGUAGES } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { stateOf } from '../blocks/follow';
import { authors } from '../organisations/organisations.policy';
import { type CourseDocument, findOwnCourse, selectCourseDocuments } from './course-languages.queries';
import { coverageOf, coverageTogether } from './coverage';

/** What of a whole course is written in which language, and where a text waits for its writer. */
export const courseLanguages = new Routes('/write');

courseLanguages.get('/courses/:course/languages', authors, async (req, res) => {
  const { organisation_id, language } = req.actor;
  const course = found(await findOwnCourse(organisation_id, String(req.params.course), language));
  const documents = await selectCourseDocuments(organisation_id, course.id);
  res.render('authoring/languages', {
    course,
    coverage: coverageTogether(documents.map(({ content }) => content)),
    lessons: documents.map(waitingIn),
  });
});

/** A lesson's languages that are not whole, and in each of them the blocks whose original has changed. */
function waitingIn({ id, content }: CourseDocument) {
  const coverage = new Map(coverageOf(content).map((one) => [one.language, one]));
  const languages = LANGUAGES.flatMap((code) => {
    const { behind = 0, missing = 0 } = coverage.get(code) ?? {};
    if (behind + missing === 0) return [];
    return [{ code, missing, behind: blocksBehind(content, code), href: `/write/drafts/${id}/page?language=${code}` }];
  });
  return { id, title: content.title[content.original] ?? '', lang: content.original.slice(0, 2), languages };
}

const blocksBehind = ({ original, blocks }: CourseDocument['content'], code: (typeof LANGUAGES)[number]) =>
  blocks.flatMap((block, index) => {
    if (stateOf(block, original, code) !== 'behind') return [];
    const place = index === blocks.length - 1 ? 'last-piece' : `piece-${block.id}`;
    return [{ kind: block.kind, number: index + 1, place }];
  });
