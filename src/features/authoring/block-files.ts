import type { FieldErrors } from '../../lib/forms';
import type { Upload } from '../../lib/upload';
import type { Block } from '../blocks/block';
import { FILE_KINDS, type FileKind, type StoredFile, selectNewestFiles } from '../files/files.model';
import { addFile } from '../media/media.service';
import type { Actor } from '../organisations/organisations.model';
import type { DraftContent } from './drafts.document';

/** So many files are offered in a list; the library finds the others. */
const MOST_OFFERED = 200;

const kindOfFile = ({ kind }: Block): FileKind | undefined => FILE_KINDS.find((one) => one === kind);

/** The name of the field by which a block gets a file. */
export const fileField = (id: string): string => `f_${id}`;

/** The document with the files that were sent for its blocks; a message by the field of each that could not be taken. */
export async function withFiles(
  actor: Actor,
  content: DraftContent,
  files: Readonly<Record<string, Upload>>,
): Promise<{ content: DraftContent; errors: FieldErrors }> {
  const errors: FieldErrors = {};
  const taken = new Map<string, string>();
  for (const block of content.blocks) {
    const upload = files[fileField(block.id)];
    const kind = kindOfFile(block);
    if (!upload || !kind) continue;
    const kept = await addFile(actor, upload, [kind]);
    if (kept.ok) taken.set(block.id, kept.file.id);
    else errors[fileField(block.id)] = `media.fault.${kept.fault}`;
  }
  const blocks = content.blocks.map((block) => ({
    ...block,
    ...(taken.has(block.id) && { file_id: taken.get(block.id) }),
  }));
  return { content: taken.size > 0 ? { ...content, blocks } : content, errors };
}

/** The library's newest files of the kinds that this document shows, for its form. */
export async function offeredFiles(organisationId: string, { blocks }: DraftContent): Promise<StoredFile[]> {
  const kinds = FILE_KINDS.filter((kind) => blocks.some((block) => block.kind === kind));
  return kinds.length > 0 ? selectNewestFiles(organisationId, kinds, MOST_OFFERED) : [];
}
