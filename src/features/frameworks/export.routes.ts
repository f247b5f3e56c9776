import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { found } from '../../lib/guards';
import { htmlLang } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { attachment } from '../../lib/send-file';
import { signedIn } from '../organisations/organisations.policy';
import { toCase } from './case';
import { csvRows, HEADERS } from './csv';
import { sendTable } from './files';
import { findVersion, selectTree } from './frameworks.queries';

/** Frameworks as files that can be read back: into another installation, or into a spreadsheet. */
export const frameworkExport = new Routes('/skills/frameworks');

frameworkExport.get('/:key/:version/framework.csv', signedIn, async (req, res) => {
  const { framework, nodes } = await load(req);
  const language = htmlLang(req.actor.language) as keyof typeof HEADERS;
  const name = `${framework.title} ${framework.version}`;
  sendTable(res, language, name, [HEADERS[language], ...csvRows(nodes, language)]);
});

frameworkExport.get('/:key/:version/framework.json', signedIn, async (req, res) => {
  const { framework, nodes } = await load(req);
  const { id: identifier, title, version, licence, citation } = framework;
  const file = toCase({ identifier, title, version, licence, citation }, nodes, (code) => uuidOf(identifier, code));
  res.setHeader('Content-Disposition', attachment(`${title} ${version}`, 'json'));
  res.json(file);
});

async function load(req: Request) {
  const { key, version } = req.params;
  const framework = found(await findVersion(req.actor.organisation_id, String(key), String(version)));
  return { framework, nodes: (await selectTree(framework.id)).rows };
}

/** The same identifier for the same code in every export of a version. */
function uuidOf(frameworkId: string, code: string): string {
  const hash = createHash('sha256').update(`${frameworkId} ${code}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
