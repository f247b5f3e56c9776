import { noonOf } from '../../lib/calendar';
import { Routes } from '../../lib/routes';
import { coordinators } from '../organisations/organisations.policy';
import { readNetworks } from './network.queries';
import { usualPeriod } from './period';
import { say } from './report-words';

export const network = new Routes('/network');

network.get('/', coordinators, async (req, res) => {
  const period = usualPeriod();
  res.render('reports/network', { period, say, noonOf, ...(await readNetworks(req.actor, period)) });
});
