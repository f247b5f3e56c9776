import { Routes } from '../../../lib/routes';
import { coordinators } from '../../organisations/organisations.policy';
import { networkDocument } from '../documents/network-document';
import { say } from '../documents/report-words';
import { addReport, answerReport, readerOf } from '../figures/answer-report';
import { usualPeriod } from '../period';
import { readNetworks } from './network.queries';

export const network = new Routes('');

addReport(network, '/network', coordinators, async (req, res) => {
  const period = usualPeriod();
  const { networks, competences } = await readNetworks(req.actor, period);
  await answerReport(req, res, networkDocument(networks, competences, period, readerOf(res)), {
    view: 'reports/network',
    values: { period, say, networks, competences },
  });
});
