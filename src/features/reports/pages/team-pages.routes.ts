import { noonOf } from '../../../lib/calendar';
import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { recordLooks } from '../../audit/looks.model';
import { supervisors } from '../../organisations/organisations.policy';
import { heatMapDocument, LOOKS, teamHeatMap, withoutUnseen } from '../documents/heat-map-document';
import { addReport, answerReport, readerOf } from '../figures/answer-report';
import { answerOnePage } from '../figures/one-page';
import { canReadReportsOf, canSeePeopleOf, reportReaders } from '../reports.policy';
import { findTeamFor } from '../reports.queries';
import { readTeamHeatMap } from './heat-map.queries';

/** Pages of one team that are printed and talked about together. */
export const teamPages = new Routes('/team');

addReport(teamPages, '/:team/one-page', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  await answerOnePage(req, res, team);
});

addReport(teamPages, '/:team/heat-map', supervisors, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canSeePeopleOf));
  const { people, competences, today } = await readTeamHeatMap(req.actor, team);
  await recordLooks(
    req.actor,
    'heat-map',
    people.map(({ person_id }) => person_id),
  );
  const reader = readerOf(res);
  const { t, fmt } = reader;
  const map = teamHeatMap(people, competences, team.id, reader);
  const document = heatMapDocument(map, {
    slug: t('reports.heat.file'),
    title: t('reports.heat.heading'),
    scope: team.name,
    row: t('reports.column.person'),
    total: { heading: t('reports.heat.seen'), words: (reached, n) => t('reports.heat.of', { reached, n }) },
    words: [t('reports.heat.lead')],
    about: {
      n: people.length,
      coverage: t('reports.heat.coverage', {
        count: people.length,
        profile: people.filter(({ skills }) => skills.length > 0).length,
      }),
      freshness: t('reports.about.today', { date: fmt.date(noonOf(today)) }),
      definitions: LOOKS.map((look) => ({ term: t(`reports.heat.${look}`), meaning: t(`reports.heat.means.${look}`) })),
      hidden: [],
    },
  });
  await answerReport(req, res, document, {
    view: 'reports/heat-map',
    values: { ...withoutUnseen(map), team, looks: LOOKS, isNamed: true },
  });
});
