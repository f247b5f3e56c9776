import type { Language } from '../../lib/i18n';
import type { PublishedBlock } from '../blocks/published';
import { dressPictures, pictureTag } from '../files/picture-tag';
import { played } from '../files/played';
import type { StoredFile } from '../files/stored-file';
import type { Cue } from '../files/webvtt';

export interface Shown {
  files: ReadonlyMap<string, StoredFile>;
  captions: ReadonlyMap<string, { language: Language; cues: Cue[] }[]>;
}

/** Blocks with their files as these are kept now: pictures in sizes, sounds and videos with what is said in them. */
export const dressBlocks = (
  blocks: readonly PublishedBlock[],
  { files, captions }: Shown,
  language: Language,
): PublishedBlock[] =>
  blocks.map((block) => {
    const texts = Object.entries(block.html).map(([name, html]) => [name, dressPictures(html, files)] as const);
    const html = Object.fromEntries(texts);
    const file = files.get(block.file_id ?? '');
    if (!file) return { ...block, html };
    const picture = block.kind === 'image' && { picture: pictureTag(file, block.decorative ? '' : block.text) };
    return { ...block, html: { ...html, ...picture }, file: played(file, captions.get(file.id) ?? [], language) };
  });
