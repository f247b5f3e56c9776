import type { Request } from 'express';
import { asset } from '../../lib/assets';
import { found } from '../../lib/guards';
import type { Translate } from '../../lib/i18n';
import { originOf } from '../../lib/origin';
import { anyone, Routes } from '../../lib/routes';
import { secret } from '../../lib/secret';
import { sendPieces } from '../../lib/send-file';
import { sendStored } from '../../lib/send-stored';
import { authors, signedIn } from '../organisations/organisations.policy';
import { type ContentHead, fileKey, findFileByToken, findHeadByToken, findParamsByToken } from './contents.model';
import { downloadContent } from './download.service';
import { completeDependencies, parseLibraryName } from './h5p.libraries';
import { FILE_HEADERS, playerOptions, playerPolicy, servedH5pJson } from './h5p.player';
import { contentIri, recordStatement, saveState, tokenName } from './h5p.service';
import { readContentToken, signContentToken } from './h5p.token';
import { libraryKey, servedLibraries } from './installed.model';
import { findState } from './tracking.model';

export const h5p = new Routes('/h5p');

const FOR_EVER = 'public, max-age=31536000, immutable';
/** As long as every token lives at least. */
const WHILE_OPEN = 'private, max-age=7200, immutable';

/** Files of libraries tell of nobody, and the sandbox sends no cookie: they are open to all. */
h5p.get('/lib/:generation/:folder/*path', anyone, async (req, res) => {
  const { generation, libraries } = await servedLibraries(String(req.params.generation));
  const library = found(libraries.get(String(req.params.folder)));
  const file = found(library.files.get(pathOf(req)));

  // A page opened before an update asks under the old name; that name must not be tied to the new bytes.
  const cache = generation === req.params.generation ? FOR_EVER : 'no-store';
  await sendStored(req, res, {
    key: libraryKey(library.hash, file.sha256),
    size: file.size,
    name: file.path,
    headers: { ...FILE_HEADERS, 'Cache-Control': cache },
  });
});

h5p.get('/c/:token/h5p.json', anyone, async (req, res) => {
  const content = await contentOf(req);
  const { libraries } = await servedLibraries();
  const refs = content.dependencies.flatMap((folder) => parseLibraryName(folder) ?? []);
  // A newer patch of a library may need more than the one that was there when the content came.
  const { libraries: all } = completeDependencies(refs, libraries);
  res.set({ ...FILE_HEADERS, 'Cache-Control': 'no-store' });
  res.json(servedH5pJson(content.title, found(refs[0]), all));
});

h5p.get('/c/:token/content/content.json', anyone, async (req, res) => {
  const { id, version } = versionOf(req);
  const params = found(await findParamsByToken(id, version));
  res.set({ ...FILE_HEADERS, 'Cache-Control': WHILE_OPEN });
  res.type('json').send(params);
});

h5p.get('/c/:token/content/*path', anyone, async (req, res) => {
  const { id, version } = versionOf(req);
  const file = found(await findFileByToken(id, version, pathOf(req)));
  await sendStored(req, res, {
    key: fileKey(id, version, file),
    size: file.size,
    name: file.path,
    headers: { ...FILE_HEADERS, 'Cache-Control': WHILE_OPEN },
  });
});

/** The document inside the frame. The cookie comes along to here, and no further, so this is where the state is given. */
h5p.get('/play/:token', anyone, async (req, res) => {
  const content = await contentOf(req);
  const { generation } = await servedLibraries();
  const origin = originOf(req);
  const options = playerOptions(
    {
      id: content.id,
      title: content.title,
      iri: contentIri(origin, content.id),
      state: req.visitor && (await findState(req.visitor, content.id, content.version)),
    },
    {
      frameJs: asset('h5p-player/frame.bundle.js'),
      frameCss: asset('h5p-player/styles/h5p.css'),
      content: `/h5p/c/${signContentToken(tokenName(content), secret())}`,
      libraries: `/h5p/lib/${generation}`,
    },
    res.locals.t as Translate,
  );
  res.set('Content-Security-Policy', playerPolicy(origin));
  res.render('h5p/play', {
    options,
    playerJs: asset('js/h5p-player.js'),
    mainJs: asset('h5p-player/main.bundle.js'),
  });
});

h5p.get('/contents/:id/package', authors, async (req, res) => {
  const { title, pieces } = await downloadContent(req.actor, String(req.params.id));
  await sendPieces(res, { name: title, ending: 'h5p', mime: 'application/zip' }, pieces);
});

h5p.post('/contents/:id/statements', signedIn, async (req, res) => {
  res.json(await recordStatement(req.actor, String(req.params.id), req.body, originOf(req)));
});

h5p.post('/contents/:id/state', signedIn, async (req, res) => {
  await saveState(req.actor, String(req.params.id), req.body);
  res.json({ saved: true });
});

/** Which version of which content a token opens. Throws 404 for a token that is not ours, changed or old. */
function versionOf(req: Request): { id: string; version: number } {
  const name = found(readContentToken(String(req.params.token), secret()));
  const [id = '', version] = name.split('/');
  return { id, version: Number(version) };
}

async function contentOf(req: Request): Promise<ContentHead> {
  const { id, version } = versionOf(req);
  return found(await findHeadByToken(id, version));
}

/** What a `*path` matched. Names are only looked up in lists of stored files, so no name leads anywhere else. */
function pathOf(req: Request): string {
  return [req.params.path ?? []].flat().join('/');
}
