import type { Language } from '../../lib/i18n';
import type { StoredFile } from '../files/files.model';
import { copyFor, fileAddress } from '../files/picture-tag';

const SOON_SHOWN = 640;

/** A file as cards, blocks and scripts show it; `alt` in the wanted language, or in any. */
export function shownFile(file: StoredFile, language: Language) {
  const { id, kind, name, width, height, duration_ms, alts, is_decoration, licence, author } = file;
  const alt = alts[language] ?? alts.fi ?? Object.values(alts)[0] ?? '';
  return {
    ...{ id, kind, name, width, height, duration_ms, licence, author, alt, alts, is_decoration },
    src: fileAddress(file),
    small: kind === 'image' ? copyFor(file, SOON_SHOWN) : undefined,
    href: `/write/media/${id}`,
  };
}
export type ShownFile = ReturnType<typeof shownFile>;
