import { anyone, Routes } from '../../lib/routes';
import { VISIBILITY } from './visibility';

/** Pages that everyone may read before they trust us with anything. */
export const information = new Routes('');

information.get('/privacy', anyone, (_req, res) => res.render('information/privacy', { rows: VISIBILITY }));

information.get('/accessibility', anyone, (_req, res) => res.render('information/accessibility'));
