import { createHash, randomUUID } from 'node:crypto';
import { Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { found } from '../../../lib/guards';
import { storage } from '../../../lib/storage';
import type { Upload } from '../../../lib/upload';
import type { FileKind } from '../../files/files.model';
import { type FileFault, MOST_MEGABYTES, writeCopies } from '../../files/files.service';
import { contentKey } from '../contents.model';
import type { MediaField } from '../semantics/field';
import { type Params, type Path, putAt } from '../semantics/walk';
import type { FormFile, H5pForm } from './forms.model';

/** The largest file that any field takes. */
export const MEDIA_MEGABYTES = Math.max(...Object.values(MOST_MEGABYTES));

/** H5P knows fewer endings than files have. */
const ENDINGS: Record<string, string> = { weba: 'webm', oga: 'ogg' };
const FOLDERS = { image: 'images', audio: 'audios', video: 'videos', file: 'files' } as const;

export type MediaResult = { ok: true; params: Params; files: FormFile[] } | { ok: false; fault: FileFault };

/**
 * Takes a file into a form by the rules of the media library: told by its content, places and devices taken out of it, never a
 * picture that could run. Returns what the form holds then; the caller saves it.
 */
export async function takeMedia(form: H5pForm, path: Path, field: MediaField, upload: Upload): Promise<MediaResult> {
  const kind: FileKind = field.media;
  const read = await writeCopies(form.organisation_id, upload, [kind]);
  if (!read.ok) return read;
  const { facts } = read;
  const source = `${facts.folder}/full.${facts.ending}`;
  const key = contentKey(form.id, 0, facts.sha256);
  try {
    const { ending, mime, sha256, size } =
      kind === 'image' ? await writePicture(source, key) : await writeOther(source, key, facts);
    const name = `${FOLDERS[kind]}/${kind}-${randomUUID().slice(0, 8)}.${ending}`;
    const measures = kind === 'image' && { width: facts.width, height: facts.height };
    const told = { path: name, mime, copyright: { license: 'U' }, ...measures };
    const params = structuredClone(form.params);
    putAt(params, path, kind === 'audio' || kind === 'video' ? [told] : told);
    return { ok: true, params, files: [...form.files, { path: name, size, sha256, key }] };
  } finally {
    const copies = (facts.sizes ?? []).map((copy) => `${facts.folder}/${copy.name}`);
    for (const copy of [source, ...copies]) await storage().remove(copy);
  }
}

type Facts = Extract<Awaited<ReturnType<typeof writeCopies>>, { ok: true }>['facts'];

/** H5P takes no WebP: what may be seen through becomes PNG, all else JPEG. */
async function writePicture(source: string, key: string) {
  const picture = sharp(await buffer(found(await storage().read(source))));
  const { hasAlpha } = await picture.metadata();
  const bytes = await (hasAlpha ? picture.png() : picture.jpeg({ quality: 88, mozjpeg: true })).toBuffer();
  await storage().write(key, bytes, 'application/octet-stream');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const [ending, mime] = hasAlpha ? ['png', 'image/png'] : ['jpg', 'image/jpeg'];
  return { ending, mime, sha256, size: bytes.length };
}

async function writeOther(source: string, key: string, { ending = 'bin', mime, bytes }: Facts) {
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  const stream = found(await storage().read(source));
  stream.on('error', (error) => counted.destroy(error));
  await storage().write(key, stream.pipe(counted), 'application/octet-stream', bytes);
  return { ending: ENDINGS[ending] ?? ending, mime, sha256: hash.digest('hex'), size };
}
