import type { Request, Response } from 'express';
import { noonOf } from '../../../lib/calendar';
import type { RoutePolicy, Routes } from '../../../lib/routes';
import { sendPieces } from '../../../lib/send-file';
import { canBeReplayed, currentTaker } from '../closing/replay';
import type { ReportDocument } from '../documents/document';
import type { Reader } from '../documents/document-cells';
import { screenOf } from '../documents/document-screen';
import { ENDINGS, type Ending, fileNameOf, mimeOf, piecesOf, takesLong } from '../files/report-formats';

/**
 * Declares a report at `path`, and as a file at `path.csv` and so on: `handler` reads it and ends with `answerReport`.
 * The policy holds for each of them.
 */
export function addReport(
  routes: Routes,
  path: string,
  policy: RoutePolicy,
  handler: (req: Request, res: Response) => unknown,
): void {
  // Files first: a parameter at the end of the path would take the ending in.
  for (const ending of ENDINGS) routes.get(`${path}.${ending}`, policy, handler);
  canBeReplayed(routes);
  routes.get(path, policy, handler);
}

/** A page of its own for a report whose pictures the general one cannot draw; it gets the general one's values, too. */
export interface OwnScreen {
  view: string;
  values: Record<string, unknown>;
}

/** Answers with the page or the file that the ending of the address asks for. */
export async function answerReport(req: Request, res: Response, document: ReportDocument, own?: OwnScreen) {
  const reader = readerOf(res);
  const taker = currentTaker();
  if (taker) return taker(document, reader);
  const ending = endingOf(req);
  if (ending) {
    const file = { name: fileNameOf(document), ending, mime: mimeOf(ending) };
    return sendPieces(res, file, piecesOf(document, ending, reader));
  }
  res.render(own?.view ?? 'reports/document', {
    report: await screenOf(document, reader),
    files: filesOf(req, document),
    noonOf,
    ...own?.values,
  });
}

/** The ending of the address when it asks for a file. */
export function endingOf({ path }: Request): Ending | undefined {
  return ENDINGS.find((ending) => path.endsWith(`.${ending}`));
}

export function readerOf(res: Response): Reader {
  const { lang, t, fmt } = res.locals as Reader;
  return { lang, t, fmt };
}

/** The addresses of the same report as files, with what was asked for. */
function filesOf(req: Request, document: ReportDocument): FileLink[] {
  const [place = '', query] = req.originalUrl.split('?', 2);
  const path = place.replace(/\/$/, '');
  return ENDINGS.map((ending) => ({
    ending,
    address: `${path}.${ending}${query ? `?${query}` : ''}`,
    isLong: takesLong(document, ending),
  }));
}

interface FileLink {
  ending: Ending;
  address: string;
  /** Made in the background: the page offers a form instead of a link. */
  isLong: boolean;
}
