import { escapeHtml } from '../../lib/text';
import type { StoredFile } from './stored-file';

type Shown = Pick<StoredFile, 'id' | 'version' | 'width' | 'height' | 'sizes' | 'folder'>;

/** The width that a picture has in a column of text. */
const IN_TEXT = '(min-width: 44rem) 40rem, calc(100vw - 2rem)';

/** The address of a file, or of a copy of it. It is another one after the file was replaced, so browsers may keep it. */
export const fileAddress = ({ id, version }: Pick<StoredFile, 'id' | 'version'>, copy?: string): string =>
  `/files/${id}${copy ? `/${copy}` : ''}?v=${version}`;

/** The smallest WebP copy that is at least so wide; the whole picture when none is. */
export function copyFor(file: Shown, width: number): string {
  const copy = file.sizes.find(({ name, width: has }) => name.endsWith('.webp') && has >= width);
  return fileAddress(file, copy?.name);
}

/** A picture in the sizes that it is kept in; the browser takes the one it needs. `alt` '' is a decoration. */
export function pictureTag(file: Shown, alt: string, { sizes = IN_TEXT, className = '' } = {}): string {
  const webp = file.sizes.filter(({ name }) => name.endsWith('.webp'));
  const old = file.sizes.find(({ name }) => !name.endsWith('.webp'));
  const all = [
    ...webp.map(({ name, width }) => `${fileAddress(file, name)} ${width}w`),
    `${fileAddress(file)} ${file.width}w`,
  ];
  const img = `<img src="${fileAddress(file, old?.name)}" alt="${escapeHtml(alt)}" width="${file.width}" height="${file.height}" loading="lazy" decoding="async"${className && ` class="${className}"`}>`;
  return `<picture><source type="image/webp" srcset="${all.join(', ')}" sizes="${escapeHtml(sizes)}">${img}</picture>`;
}

const TAG = /<picture><source [^>]*>(<img [^>]*>)<\/picture>|<img [^>]*>/g;

/** HTML of ours in which each picture of `files` stands in its sizes, as it is kept now. Doing it again does no harm. */
export function dressPictures(html: string, files: ReadonlyMap<string, Shown>): string {
  return html.replace(TAG, (whole, inside?: string) => {
    const img = inside ?? whole;
    const file = files.get(/ src="\/files\/([0-9a-f-]{36})/.exec(img)?.[1] ?? '');
    const alt = / alt="([^"]*)"/.exec(img)?.[1] ?? '';
    return file ? pictureTag(file, '').replace('alt=""', () => `alt="${alt}"`) : whole;
  });
}
