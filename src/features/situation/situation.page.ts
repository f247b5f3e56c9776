import type { Request, Response } from 'express';
import { found } from '../../lib/guards';
import { declaredRoutes } from '../../lib/routes';
import { sendPieces } from '../../lib/send-file';
import { isAuthor } from '../organisations/organisations.policy';
import { areaName, findArea } from '../places/areas';
import type { Reader } from '../reports/documents/document-cells';
import { screenOf } from '../reports/documents/document-screen';
import { ENDINGS, type Ending, fileNameOf, mimeOf, piecesOf } from '../reports/files/report-formats';
import { frameworkWords } from '../skills/skills.model';
import { type Space, selectMySpaces } from '../spaces/spaces.model';
import { ALL } from './by-area';
import { actionsOf, gapWords } from './gap-words';
import { gapsOf } from './gaps';
import type { Picture } from './picture';
import { pictureDocument } from './picture-document';
import { regionOf, type Whose } from './situation.queries';

/** Whose picture was asked for, with the spaces to choose from. 404 for a space that the actor's organisation is not in. */
export async function chosen(req: Request): Promise<Whose & { spaces: Space[]; of: string }> {
  const spaces = await selectMySpaces(req.actor);
  const values = { ...req.query, ...req.body };
  const [, id] = /^space:([\w-]+)$/.exec(String(values.of ?? '')) ?? [];
  const space = id === undefined ? undefined : found(spaces.find((one) => one.id === id));
  const asked = String(values.area ?? '').slice(0, 100);
  const area = asked === '' ? ALL : found(findArea(asked)).code;
  return { space, area, spaces, of: space ? `space:${space.id}` : '' };
}

const readerOf = (res: Response): Reader => ({ lang: res.locals.lang, t: res.locals.t, fmt: res.locals.fmt });

/** What a view shows of a picture: words, tables and charts, each with its source; gaps with what can be done about them. */
export async function pictureScreen(req: Request, res: Response, picture: Picture) {
  const reader = readerOf(res);
  const { competences } = await frameworkWords(reader.lang);
  const { document, notes } = pictureDocument(picture, reader, competences);
  const report = await screenOf(document, reader);
  const routed = new Set(declaredRoutes().map(({ path }) => path));
  const gaps = gapsOf(picture).map((gap) => {
    const words = gapWords(gap, picture, reader);
    const actions = req.visitor ? actionsOf(gap, words, isAuthor(req.visitor)) : [];
    return { ...gap, words, actions: actions.filter(({ href }) => !href || routed.has(href.split('?')[0] as string)) };
  });
  return { picture, report, notes, gaps };
}

/** The same picture as a file. */
export async function sendPicture(res: Response, picture: Picture, ending: Ending): Promise<unknown> {
  const reader = readerOf(res);
  const { competences } = await frameworkWords(reader.lang);
  const { document } = pictureDocument(picture, reader, competences, true);
  const file = { name: fileNameOf(document), ending, mime: mimeOf(ending) };
  return sendPieces(res, file, piecesOf(document, ending, reader));
}

/** Links to the files of what stands at `path`. */
export const filesOf = (path: string, query = '') =>
  ENDINGS.map((ending) => ({ ending, address: `${path}.${ending}${query}`, isLong: false }));

/** The areas to choose from: regions that have something, each with its municipalities. */
export function areaOptions(codes: readonly string[], lang: string) {
  const named = (code: string) => ({ value: code, text: areaName(code, lang) });
  const regions = [...new Set(codes.map(regionOf))].filter((code) => findArea(code));
  return regions
    .map(named)
    .sort((a, b) => a.text.localeCompare(b.text, 'fi'))
    .flatMap((region) => [
      region,
      ...codes
        .filter((code) => regionOf(code) === region.value)
        .map(named)
        .sort((a, b) => a.text.localeCompare(b.text, 'fi'))
        .map(({ value, text }) => ({ value, text: `– ${text}` })),
    ]);
}
