import { asset } from '../../lib/assets';
import { isSharedDevice, rememberDevice } from '../../lib/device';
import { formatter } from '../../lib/format';
import { htmlLang, isLanguage, translator } from '../../lib/i18n';
import { anyone, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';

/** What a browser needs for pages and answers without a network. */
export const device = new Routes('');

/** From the root, so that it sees every page. Its text names its parts by their content: a new build is a new worker. */
device.get('/service-worker.js', anyone, (_req, res) => {
  const parts = ['idb/umd.js', 'js/device-store.js', 'js/kept-pages.js', 'js/outbox.js', 'js/service-worker.js'].map(
    asset,
  );
  const files = ['css/oppiva.css', 'images/mark.svg', 'js/device-store.js', 'js/offline.js', 'idb/umd.js'].map(asset);
  files.push('/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2');
  res.type('text/javascript');
  res.send(
    `self.OPPIVA_FILES = ${JSON.stringify(files)};\nimportScripts(${parts.map((part) => `'${part}'`).join(', ')});\n`,
  );
});

/** What one sees without a network. Kept by the worker, so it names nobody. */
device.get('/offline', anyone, (req, res) => {
  const { lang } = req.query;
  if (isLanguage(lang)) {
    Object.assign(res.locals, { lang, htmlLang: htmlLang(lang), t: translator(lang), fmt: formatter(lang) });
  }
  res.render('keeping/offline');
});

device.post('/account/device', signedIn, (req, res) => {
  const isShared = req.body?.shared === 'yes';
  // A device that has just become a shared one keeps nothing, whatever stood in the other box.
  const keeps = req.body?.keeps === 'yes' && (!isShared || isSharedDevice(req));
  rememberDevice(req, res, { keeps, isShared });
  res.redirect(303, '/account?saved=device');
});
