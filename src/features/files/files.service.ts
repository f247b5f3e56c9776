import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { storage } from '../../lib/storage';
import { insertFile, type StoredFile, storageKey } from './files.model';

const WIDEST = 1600;
const MOST_PIXELS = 50_000_000;

/**
 * Keeps a picture: read by content, turned upright, at most 1600 px wide, written anew as WebP without
 * location or camera data. Undefined when the file is not a picture we can read. SVG is not read.
 */
export async function storePicture(organisationId: string, file: string): Promise<StoredFile | undefined> {
  const picture = await readPicture(file);
  if (!picture) return undefined;
  const { data, info } = picture;
  const sha256 = createHash('sha256').update(data).digest('hex');
  const row = { organisation_id: organisationId, sha256, mime: 'image/webp', bytes: info.size };
  await storage().write(storageKey(row), data, row.mime);
  return insertFile({ ...row, width: info.width, height: info.height });
}

/** The picture as we keep pictures; undefined when it is none that we can read. */
export async function readPicture(file: string): Promise<{ data: Buffer; info: sharp.OutputInfo } | undefined> {
  try {
    const image = sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { format } = await image.metadata();
    if (!['jpeg', 'png', 'webp', 'gif', 'heif', 'avif', 'tiff'].includes(format ?? '')) return undefined;
    return await image
      .rotate()
      .resize({ width: WIDEST, withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
  } catch {
    return undefined;
  }
}
