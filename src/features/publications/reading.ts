import type { Request, Response } from 'express';
import { found } from '../../lib/guards';
import { blocksOf } from '../../lib/html-blocks';
import { largestHeadingOf, renderMarkdown } from '../../lib/markdown';
import { type SpaceRole, spaceRoles } from '../spaces/spaces.model';
import {
  findPublication,
  findVersion,
  type PictureRow,
  type Publication,
  type PublicationVersion,
} from './publications.model';
import { canSee, canWrite } from './publications.policy';
import { isTongue, type PartKind, type Texts, type Tongue } from './texts';

export interface Opened {
  publication: Publication;
  roles: SpaceRole[];
  isWriter: boolean;
  /** The version that this reader is shown. */
  version: PublicationVersion;
  language: Tongue;
}

/** What the address names, as this reader may see it. Throws 404. */
export async function openPublication(req: Request, res: Response): Promise<Opened> {
  const publication = found(await findPublication(String(req.params.id)));
  const { visitor } = req;
  const roles = visitor && publication.space_id ? await spaceRoles(visitor, publication.space_id) : [];
  found(canSee(visitor, publication, roles) || undefined);
  const isWriter = canWrite(visitor, publication);
  // Writers and the people of its space see what is being written; others what was published.
  const isLatest = publication.state !== 'published' || publication.shown_number === null || req.query.latest === 'yes';
  const number =
    isLatest && (isWriter || roles.length > 0 || publication.shown_number === null || publication.state === 'comments')
      ? publication.latest_number
      : (publication.shown_number ?? publication.latest_number);
  const version = found(await findVersion(publication.id, number));
  return { publication, roles, isWriter, version, language: tongueOf(req, res, publication, version.texts) };
}

function tongueOf(req: Request, res: Response, publication: Publication, texts: Texts): Tongue {
  const wanted = [req.query.lang, String(res.locals.lang).slice(0, 2)];
  return wanted.filter(isTongue).find((one) => texts.words[one]) ?? publication.language;
}

export interface ReadPart {
  id: string;
  kind: PartKind;
  heading: string;
  /** Safe HTML; its headings begin at h3. */
  html: string;
  picture?: { id: string; alt: string };
  href?: string;
}

/** The parts as pages show them. A picture whose consent was taken back is left out. */
export function partsOf(texts: Texts, language: Tongue, pictures: readonly PictureRow[]): ReadPart[] {
  const words = texts.words[language];
  return texts.parts.flatMap(({ id, kind, picture_id, href }, at): ReadPart[] => {
    const { heading = '', body = '', alt = '' } = words?.parts[id] ?? {};
    const row = pictures.find((one) => one.id === picture_id);
    if (kind === 'picture' && (!row || row.withdrawn_at)) return [];
    if (kind !== 'picture' && !heading && !body) return [];
    const picture = row && { id: row.id, alt };
    return [{ id, kind, heading, html: htmlOf(body, at), ...(picture && { picture }), ...(href && { href }) }];
  });
}

/** Pictures come as parts, which have their words and consents; one in the text is left out. */
const htmlOf = (body: string, at: number): string =>
  renderMarkdown(body, { firstSpot: at * 1000 + 1, largest: Math.min(7, largestHeadingOf(body)) - 1 }).replace(
    /<img[^>]*>/g,
    '',
  );

const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

export interface PlainBlock {
  kind: 'heading' | 'text';
  text: string;
}

/** The same as plain headings and paragraphs, for PDF and mail. */
export function plainBlocks(html: string): PlainBlock[] {
  return blocksOf(html).flatMap(({ tag, html: inner }) => {
    const marked = inner
      .replace(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs, (_all, href: string, words: string) =>
        words === href ? href : `${words} (${href})`,
      )
      .replace(/<li[^>]*>/g, '• ')
      .replace(/<\/(li|tr|p|td|th)>|<br>/g, '\n');
    const lines = marked
      .replace(/<[^>]*>/g, '')
      .replace(/&(amp|lt|gt|quot|#39);/g, (all, name: string) => SIGNS[name] ?? all)
      .split('\n');
    const kind = /^h\d$/.test(tag) ? ('heading' as const) : ('text' as const);
    return lines
      .map((line) => line.trim())
      .filter(Boolean)
      .map((text) => ({ kind, text }));
  });
}
