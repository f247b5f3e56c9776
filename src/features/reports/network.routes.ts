import { Routes } from '../../lib/routes';
import { coordinators } from '../organisations/organisations.policy';
import { addReport, answerReport, readerOf } from './answer-report';
import { readNetworks } from './network.queries';
import { networkDocument } from './network-document';
import { usualPeriod } from './period';
import { say } from './report-words';

export const network = new Routes('');

addReport(network, '/network', coordinators, async (req, res) => {
  const period = usualPeriod();
  const { networks, competences } = await readNetworks(req.actor, period);
  await answerReport(req, res, networkDocument(networks, competences, period, readerOf(res)), {
    view: 'reports/network',
    values: { period, say, networks, competences },
  });
});
