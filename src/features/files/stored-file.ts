import type { Language } from '../../lib/i18n';

export const FILE_KINDS = ['image', 'audio', 'video', 'file'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** One stored copy of a picture; `name` is its last part in addresses and in the storage. */
export interface Copy {
  name: string;
  width: number;
  height: number;
  bytes: number;
}

/** What a file was before it was replaced, and when that was. */
export type Former = Pick<
  StoredFile,
  'kind' | 'ending' | 'folder' | 'sha256' | 'mime' | 'bytes' | 'width' | 'height' | 'sizes' | 'duration_ms' | 'contrast'
> & { replaced_at: string };

/** A file of an organisation's library. Its bytes are in the storage, see `storageKey`. */
export interface StoredFile {
  id: string;
  organisation_id: string;
  kind: FileKind;
  name: string;
  ending: string;
  folder: string;
  version: number;
  sha256: string;
  mime: string;
  /** Of all copies together. */
  bytes: number;
  /** 0 for what is not seen. */
  width: number;
  height: number;
  sizes: Copy[];
  duration_ms: number | null;
  /** The ratio of a picture's lightest and darkest tones, 1-21; null of other kinds and of pictures kept before it was measured. */
  contrast: number | null;
  alts: Partial<Record<Language, string>>;
  is_decoration: boolean;
  licence: string;
  author: string;
  source: string;
  created_at: Date;
  deleted_at: Date | null;
  former: Former | null;
}
