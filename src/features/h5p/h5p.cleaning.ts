import sanitizeHtml from 'sanitize-html';
import { libraryFolder, parseLibraryName } from './h5p.libraries';

/** A field of semantics.json, as far as cleaning needs it. */
interface Field {
  name?: string;
  type?: string;
  tags?: string[];
  widget?: string;
  fields?: Field[];
  field?: Field;
}

export interface Cleaned {
  params: unknown;
  /** How many texts lost a tag or an attribute. */
  changed: number;
}

/**
 * Cleans all texts of a content by what the semantics of its libraries allow. The sandbox already keeps scripts of content
 * from running; this keeps them out of what is stored, shown elsewhere and exported.
 */
export function cleanParams(params: unknown, mainFolder: string, semanticsOf: (folder: string) => unknown): Cleaned {
  let changed = 0;
  const cleanText = (text: string, field: Field | undefined): string => {
    const isPlain = field?.type === 'text' && !field.tags && field.widget !== 'html';
    const clean = isPlain ? plain(text) : rich(text, field?.tags);
    if (lost(text, clean)) changed++;
    return clean;
  };
  const walk = (value: unknown, field: Field | undefined): unknown => {
    if (typeof value === 'string') return value.includes('<') ? cleanText(value, field) : value;
    if (Array.isArray(value)) return value.map((item) => walk(item, field?.field));
    if (typeof value !== 'object' || value === null) return value;
    return walkObject(value as Record<string, unknown>, field);
  };
  const walkObject = (value: Record<string, unknown>, field: Field | undefined): unknown => {
    const ref = typeof value.library === 'string' ? parseLibraryName(value.library) : undefined;
    if (ref) {
      const inside = { type: 'group', fields: fieldsOf(semanticsOf(libraryFolder(ref))) };
      return mapValues(value, (child, key) => walk(child, key === 'params' ? inside : undefined));
    }
    return mapValues(value, (child, key) => walk(child, childField(field, key)));
  };
  const cleaned = walk(params, { type: 'group', fields: fieldsOf(semanticsOf(mainFolder)) });
  return { params: cleaned, changed };
}

function fieldsOf(semantics: unknown): Field[] {
  return Array.isArray(semantics) ? (semantics as Field[]) : [];
}

/** A group with one field stores its child's value directly, so a list of such groups may hold the child's own keys. */
function childField(field: Field | undefined, key: string): Field | undefined {
  const named = field?.fields?.find((child) => child.name === key);
  if (named || field?.fields?.length !== 1) return named;
  return childField(field.fields[0], key);
}

function mapValues(value: Record<string, unknown>, change: (child: unknown, key: string) => unknown) {
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, change(child, key)]));
}

/** Where no markup is allowed, what looks like markup is shown as the letters it is. */
function plain(text: string): string {
  return text.replace(/<(?=[a-z/!?])/gi, '&lt;');
}

/** One text without what its field does not allow. `tags`: those of the field, undefined where no markup may be. */
export function cleanText(text: string, tags: readonly string[] | undefined): string {
  if (!text.includes('<')) return text;
  return tags ? rich(text, [...tags]) : plain(text);
}

/** The four that H5P always allows, and what a table or a list brings along (H5PContentValidator::validateText). */
const ALWAYS = ['div', 'span', 'p', 'br'];
const BRINGS: Record<string, string[]> = {
  table: ['tr', 'td', 'th', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'caption', 'figure', 'figcaption'],
  b: ['strong'],
  strong: ['b'],
  i: ['em'],
  em: ['i'],
  ul: ['li'],
  ol: ['li'],
  del: ['s'],
  strike: ['s'],
};
/** For texts whose field is not known. */
const USUAL = 'a b strong i em u s strike del sub sup code pre h1 h2 h3 h4 h5 h6 ul ol table hr blockquote img'.split(
  ' ',
);

const ANY_STYLE = [/^[\w\s.,%#()'"-]{1,200}$/];
const STYLES =
  'text-align color background-color font-size font-family font-weight line-height letter-spacing width height';

function rich(text: string, tags: string[] = USUAL): string {
  return sanitizeHtml(text, {
    allowedTags: [...ALWAYS, ...tags, ...tags.flatMap((tag) => BRINGS[tag] ?? [])],
    allowedAttributes: {
      '*': ['class', 'id', 'style', 'title', 'lang', 'dir', 'role', 'aria-*', 'data-*', 'align'],
      a: ['href', 'target', 'rel', 'name'],
      img: ['src', 'alt', 'width', 'height'],
      table: ['border', 'cellpadding', 'cellspacing', 'summary'],
      td: ['colspan', 'rowspan', 'headers'],
      th: ['colspan', 'rowspan', 'scope', 'headers'],
      ol: ['start', 'type'],
    },
    allowedStyles: { '*': Object.fromEntries(STYLES.split(' ').map((name) => [name, ANY_STYLE])) },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'xmp', 'iframe'],
  });
}

/** Writing markup anew changes quotes and entities, which nobody needs to hear of; a tag or an attribute less is a change. */
function lost(text: string, clean: string): boolean {
  const parts = (html: string) => html.match(/<[a-z]|\s[a-z-]+=/gi)?.length ?? 0;
  return parts(clean) < parts(text);
}
