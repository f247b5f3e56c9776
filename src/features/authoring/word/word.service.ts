import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import mammoth from 'mammoth';
import { atomically } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import type { Block } from '../../blocks/block';
import { toMarkdown } from '../../blocks/page/to-markdown';
import { LONGEST_LINE, LONGEST_TEXT, MOST_BLOCKS } from '../../blocks/registry';
import type { StoredFile } from '../../files/files.model';
import { storePicture } from '../../files/files.service';
import { binLater } from '../../media/media.service';
import { newBlock } from '../drafts.document';
import { type ArchiveFault, faultOfArchive } from './archive';
import { type Found, foundIn } from './tree';

/** What a Word file gave: the blocks, and how much was left out and why. */
export interface FromWord {
  blocks: Block[];
  left: { pictures: number; long: number; messages: number };
}

const MOST_PICTURES = 50;

/** Reads a .docx into blocks in one language. Pictures are kept as the organisation's files; tables become lines. */
export async function readWord(
  organisationId: string,
  file: string,
  language: Language,
): Promise<FromWord | ArchiveFault> {
  const fault = await faultOfArchive(file);
  if (fault) return fault;
  const pictures: Buffer[] = [];
  let read: Awaited<ReturnType<typeof mammoth.convertToHtml>>;
  try {
    read = await mammoth.convertToHtml(
      { path: file },
      {
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(async (image) => {
          if (pictures.length < MOST_PICTURES) pictures.push(await image.readAsBuffer());
          return { src: `picture:${pictures.length - 1}` };
        }),
      },
    );
  } catch {
    return 'broken';
  }
  const stored: (string | undefined)[] = [];
  // One at a time: pictures are large once they are opened.
  const began = new Date();
  const fresh: string[] = [];
  for (const bytes of pictures) {
    const picture = await kept(organisationId, bytes);
    stored.push(picture?.id);
    // One that was in the library before is somebody else's to keep.
    if (picture && picture.created_at >= began) fresh.push(picture.id);
  }
  if (fresh.length > 0) await atomically(() => binLater(organisationId, fresh));
  return asBlocks(foundIn(read.value), language, stored, read.messages.length);
}

async function kept(organisationId: string, bytes: Buffer): Promise<StoredFile | undefined> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'oppiva-word-'));
  try {
    const file = path.join(folder, 'picture');
    await fs.writeFile(file, bytes);
    return (await storePicture(organisationId, file)) ?? undefined;
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

function asBlocks(
  found: readonly Found[],
  language: Language,
  files: readonly (string | undefined)[],
  messages: number,
): FromWord {
  const left = { pictures: 0, long: 0, messages };
  const written = (block: Block, text: string): Block => ({ ...block, texts: { [language]: { text, follows: 1 } } });
  const blocks = found.flatMap((one): Block[] => {
    if (one.kind === 'heading')
      return [written(newBlock('heading', { level: one.level }), one.text.slice(0, LONGEST_LINE))];
    if (one.kind === 'text') {
      const text = toMarkdown(one.nodes, language === 'fi-x-selko');
      if (text.length > LONGEST_TEXT) left.long += 1;
      return text ? [written(newBlock('text'), text.slice(0, LONGEST_TEXT))] : [];
    }
    const file_id = files[one.index];
    if (!file_id) left.pictures += 1;
    return file_id ? [newBlock('image', { file_id })] : [];
  });
  left.long += Math.max(0, blocks.length - MOST_BLOCKS);
  return { blocks: blocks.slice(0, MOST_BLOCKS), left };
}
