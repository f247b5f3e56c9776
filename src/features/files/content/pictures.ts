import fs from 'node:fs/promises';
import sharp from 'sharp';
import type { Copy } from '../stored-file';
import { isPlainWebp } from './plain-webp';

/** What pages show: a small card, a phone, a column of text, the same on sharp screens. */
const WIDTHS = [320, 640, 960];
const WIDEST = 1600;
/** More would take the memory of a server; phones of today take up to 50 million. */
const MOST_PIXELS = 52_000_000;
const LONGEST_SIDE = 16_000;
const READ = ['jpeg', 'png', 'webp', 'gif', 'heif', 'avif', 'tiff'];

export type PictureFault = 'unreadable' | 'pixels';

export interface ReadPicture {
  width: number;
  height: number;
  full: Buffer;
  copies: (Copy & { data: Buffer })[];
  /** The ratio of its lightest and darkest tones, 1-21 (WCAG 2.2, contrast ratio). */
  contrast: number;
}

const open = (file: string) =>
  sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 });

/** How large the picture says it is, before a pixel of it is read. */
async function measured(file: string): Promise<PictureFault | undefined> {
  const { format, width = 0, height = 0 } = await sharp(file, { limitInputPixels: false }).metadata();
  if (!READ.includes(format ?? '')) return 'unreadable';
  const isHuge = width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE;
  return isHuge ? 'pixels' : undefined;
}

/**
 * A picture turned upright and written anew in the widths that pages need: WebP, and one in the oldest formats. Nothing but its
 * pixels is taken over: no place, no camera, no words. Give it only what `sniff` calls a picture: it hands code to no reader.
 */
export async function readPictureCopies(file: string, asItIs = false): Promise<ReadPicture | PictureFault> {
  try {
    const fault = await measured(file);
    if (fault) return fault;
    const full = (asItIs && (await plain(file))) || (await writtenAnew(file));
    const { width, height } = full.info;
    const smaller = WIDTHS.filter((one) => one < width);
    const copies = [];
    for (const one of smaller) {
      const { data, info } = await sharp(full.data)
        .resize({ width: one })
        .webp({ quality: 80 })
        .toBuffer({ resolveWithObject: true });
      copies.push({ name: `${one}.webp`, width: info.width, height: info.height, bytes: info.size, data });
    }
    copies.push(await oldestFormat(full.data));
    return { width, height, full: full.data, copies, contrast: await contrastOf(full.data) };
  } catch {
    return 'unreadable';
  }
}

/** Of the very lightest and darkest pixel: text in it cannot have more. What is seen through is taken as white. */
async function contrastOf(data: Buffer): Promise<number> {
  const { channels } = await sharp(data).flatten({ background: '#ffffff' }).greyscale().stats();
  const { min = 0, max = 255 } = channels[0] ?? {};
  return (luminance(max) + 0.05) / (luminance(min) + 0.05);
}

function luminance(grey: number): number {
  const part = grey / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** The very bytes of a picture that holds its pixels and nothing else, when it is no larger than ours. */
async function plain(file: string) {
  const data = await fs.readFile(file);
  if (!isPlainWebp(data)) return undefined;
  const { width, height } = await open(file)
    .raw()
    .toBuffer({ resolveWithObject: true })
    .then(({ info }) => info);
  return width <= WIDEST && height <= WIDEST * 2 ? { data, info: { width, height } } : undefined;
}

const writtenAnew = (file: string) =>
  open(file)
    .autoOrient()
    .toColourspace('srgb')
    .resize({ width: WIDEST, height: WIDEST * 2, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer({ resolveWithObject: true });

/** For browsers that know no WebP: JPEG, or PNG where something shows through. */
async function oldestFormat(picture: Buffer): Promise<Copy & { data: Buffer }> {
  const image = sharp(picture).resize({ width: 960, withoutEnlargement: true });
  const { isOpaque } = await sharp(picture).stats();
  const written = isOpaque ? image.jpeg({ quality: 78, mozjpeg: true }) : image.png({ compressionLevel: 9 });
  const { data, info } = await written.toBuffer({ resolveWithObject: true });
  const { width, height, size } = info;
  return { name: isOpaque ? 'old.jpg' : 'old.png', width, height, bytes: size, data };
}
