import { dayOf, noonOf } from '../../../lib/calendar';
import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { streamed } from '../../../lib/streamed';
import { recordLooks } from '../../audit/looks.model';
import { findVisibleCourse } from '../../courses/courses.model';
import { administrators } from '../../organisations/organisations.policy';
import { courseDocument, coursesDocument } from '../documents/course-document';
import { MOST_ON_SCREEN } from '../documents/document-screen';
import { GROUP_LOOKS, heatMapDocument, organisationHeatMap } from '../documents/heat-map-document';
import { trainingDocument } from '../documents/training-document';
import { addReport, answerReport, endingOf, readerOf } from '../figures/answer-report';
import { answerOnePage } from '../figures/one-page';
import { usualPeriod } from '../period';
import { reportList } from '../report-list';
import { reportReaders } from '../reports.policy';
import { readableTeams } from '../reports.queries';
import { readCourseStops, readCourses } from './courses.queries';
import { answerCoverage, answerGrowth } from './figures-pages';
import { readOrganisationHeatMap } from './heat-map.queries';
import { readTraining, readTrainingToDo, selectTrainingToDo, type TrainingRow } from './training.queries';

/** What there is to read, and reports about a whole organisation. */
export const organisationReports = new Routes('/reports');

organisationReports.get('/', reportReaders, async (req, res) => {
  res.render('reports/list', { groups: reportList(req.actor, await readableTeams(req.actor), res.locals.t) });
});

addReport(organisationReports, '/one-page', administrators, (req, res) => answerOnePage(req, res, null));
addReport(organisationReports, '/growth', administrators, (req, res) => answerGrowth(req, res, null));
addReport(organisationReports, '/coverage', administrators, (req, res) => answerCoverage(req, res, null));

addReport(organisationReports, '/heat-map', administrators, async (req, res) => {
  const period = usualPeriod();
  const most = endingOf(req) ? null : MOST_ON_SCREEN;
  const { teams, total, skills, competences } = await readOrganisationHeatMap(req.actor, period, most);
  const reader = readerOf(res);
  const { t, fmt } = reader;
  const map = organisationHeatMap(teams, skills, competences, t);
  const document = heatMapDocument(map, {
    slug: t('reports.heat.file'),
    title: t('reports.heat.heading'),
    scope: req.actor.organisation_name,
    row: t('reports.team'),
    words: [
      t('reports.heat.teams.lead'),
      ...(teams.length < total ? [t('reports.document.cut', { count: teams.length })] : []),
    ],
    about: {
      n: null,
      coverage: t('reports.heat.teams.coverage', { count: total }),
      freshness: t('reports.asOf', { date: fmt.date(noonOf(period.to)) }),
      definitions: GROUP_LOOKS.map((look) => ({
        term: t(`reports.heat.${look}`),
        meaning: t(`reports.heat.means.${look}`, { least: req.actor.smallest_group }),
      })),
      hidden: [t('reports.page.hidden', { least: req.actor.smallest_group })],
    },
  });
  await answerReport(req, res, document, {
    view: 'reports/heat-map',
    values: { map, looks: GROUP_LOOKS, isNamed: false },
  });
});

addReport(organisationReports, '/training', administrators, async (req, res) => {
  const { organisation_id, organisation_name, language } = req.actor;
  const counts = await readTraining(organisation_id, language, endingOf(req) ? null : MOST_ON_SCREEN);
  // The page shows the first; a file has all of them.
  const toDo = endingOf(req)
    ? streamed<TrainingRow>(selectTrainingToDo(organisation_id, language, null))
    : await readTrainingToDo(organisation_id, language, MOST_ON_SCREEN);
  if (Array.isArray(toDo))
    await recordLooks(
      req.actor,
      'completions',
      toDo.map(({ person_id }) => person_id),
    );
  const reader = readerOf(res);
  const today = reader.fmt.date(noonOf(dayOf(new Date())));
  const document = trainingDocument({ counts, toDo, today }, organisation_name, reader);
  await answerReport(req, res, document, { view: 'reports/document', values: seenByAdministrators(reader) });
});

addReport(organisationReports, '/courses', administrators, async (req, res) => {
  const period = usualPeriod();
  const counts = await readCourses(req.actor, period);
  const reader = readerOf(res);
  const document = coursesDocument(counts, { actor: req.actor, period, reader });
  await answerReport(req, res, document, { view: 'reports/document', values: seenByAdministrators(reader) });
});

addReport(organisationReports, '/courses/:course', administrators, async (req, res) => {
  const course = found(await findVisibleCourse(req.actor.organisation_id, String(req.params.course)));
  const period = usualPeriod();
  const { counts, stops } = await readCourseStops(req.actor, course.id, period);
  const reader = readerOf(res);
  const document = courseDocument(found(counts), stops, { actor: req.actor, period, reader });
  const back = { address: '/reports/courses', words: reader.t('reports.courses.heading') };
  await answerReport(req, res, document, {
    view: 'reports/document',
    values: { back, ...seenByAdministrators(reader) },
  });
});

const seenByAdministrators = ({ t }: ReturnType<typeof readerOf>) => ({
  seen: { yes: [t('reports.sees.admin')], no: [t('reports.sees.notNetwork'), t('reports.sees.never')] },
});
