import { isShown } from '../semantics/show-when';
import { shownValue } from '../semantics/typed';
import { isObject, type Params, type Path, pathName, type Shelf, type Spot, spotsByName } from '../semantics/walk';

/** A text of a content, ready to be drawn; `name` is its field's in the form. */
export interface Word {
  name: string;
  label: string;
  value: string;
  isLong: boolean;
  tags: string[];
}

/** A picture, sound, film or file that the content shows. */
export interface Shown {
  name: string;
  label: string;
  media: 'image' | 'audio' | 'video' | 'file';
  /** Its path in the content, and the name that a person knows. */
  path: string;
  file: string;
}

/** What stands together: of one item, or of one content within the content. */
export interface Passage {
  title: string;
  words: Word[];
  media: Shown[];
}

export interface WordsPage {
  /** In their first words; the last may be the words of buttons and messages. */
  pages: { number: number; text: string; isCommon: boolean }[];
  number: number;
  passages: Passage[];
}

/** A page that a person can take in; a chapter that is longer stands alone. */
const MANY = 60;

/**
 * The texts of a content, its alt texts and its media, a page at a time: one long chapter, or short ones together. Where
 * things are, how they look and what is right is not among them. A `number` that there is not gives the first page.
 */
export function wordsPage(params: Params, folder: string, shelf: Shelf, number = 1): WordsPage {
  const spots = wordSpots(params, folder, shelf);
  const own = packed(spots.filter((spot) => !isCommon(spot)));
  const common = spots.filter(isCommon);
  const pages = common.length > 0 ? [...own, common] : own;
  const at = pages[number - 1] ? number : 1;
  return {
    pages: pages.map((page, index) => ({ number: index + 1, text: firstText(page), isCommon: index === own.length })),
    number: at,
    passages: passagesOf(pages[at - 1] ?? [], shelf, spotsByName(params, folder, shelf)),
  };
}

/** Everything that is words or media and is seen, in the order of the content. */
export function wordSpots(params: Params, folder: string, shelf: Shelf): Spot[] {
  const all = spotsByName(params, folder, shelf);
  return [...all.values()].filter((spot) => {
    const { field, value } = spot;
    if (field.hidden || !isShown(spot, all)) return false;
    if (field.kind === 'media') return fileOf(value) !== undefined;
    if (field.kind !== 'text') return false;
    // A picture without a description is asked for one; other fields that are empty belong to how a thing is made.
    if (value === undefined || value === '') return field.name === 'alt' && !isDecorative(spot, all);
    return typeof value === 'string' && !isSetting(value);
  });
}

const isCommon = ({ field, path }: Spot) => field.common || path.includes('l10n');

function isDecorative({ path }: Spot, all: ReadonlyMap<string, Spot>): boolean {
  return all.get(pathName([...path.slice(0, -1), 'decorative']))?.value === true;
}

/** Texts that are none: colours, sizes, times, names made by programs. */
const SETTINGS =
  /^(#[\da-f]{3,8}|(rgb|hsl)a?\([\d\s.,%/]+\)|transparent|-?\d+([.,]\d+)?(px|r?em|%|s|ms|vh|vw)?|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i;
const isSetting = (value: string) => SETTINGS.test(value.trim());

/** Texts of one item of the content's outermost list stay together. */
function packed(spots: readonly Spot[]): Spot[][] {
  const chapters: Spot[][] = [];
  let before: string | undefined;
  for (const spot of spots) {
    const chapter = chapterOf(spot.path);
    if (chapter !== before) chapters.push([]);
    chapters.at(-1)?.push(spot);
    before = chapter;
  }
  const pages: Spot[][] = [];
  for (const chapter of chapters) {
    const last = pages.at(-1);
    if (last && last.length + chapter.length <= MANY) last.push(...chapter);
    else pages.push([...chapter]);
  }
  return pages;
}

const chapterOf = (path: Path) => pathName(path.slice(0, path.findIndex((key) => typeof key === 'number') + 1));

function passagesOf(spots: readonly Spot[], shelf: Shelf, all: ReadonlyMap<string, Spot>): Passage[] {
  const passages: Passage[] = [];
  let before: string | undefined;
  for (const spot of spots) {
    const owner = ownerOf(spot.path);
    if (owner !== before || passages.length === 0) {
      const title = [numberOf(spot.path), nameOf(spot, shelf, all)].filter(Boolean).join(' ');
      passages.push({ title, words: [], media: [] });
    }
    before = owner;
    const passage = passages.at(-1);
    const { field } = spot;
    const name = pathName(spot.path);
    if (field.kind === 'text') {
      const value = shownValue(field, spot.value);
      const isLong = field.long || value.length > 80 || value.includes('\n');
      passage?.words.push({ name, label: field.label, value, isLong, tags: field.tags ?? [] });
    } else if (field.kind === 'media') {
      const path = fileOf(spot.value) ?? '';
      passage?.media.push({ name, label: field.label, media: field.media, path, file: path.split('/').at(-1) ?? '' });
    }
  }
  return passages;
}

/** The content within the content that a place lies in, and the item of the outermost list. */
const ownerOf = (path: Path) => `${chapterOf(path)} ${pathName(path.slice(0, path.lastIndexOf('params') + 1))}`;

/** What the thing is: an item of a list by the list's own word, a content within the content by its library's. */
function nameOf({ path, folder }: Spot, shelf: Shelf, all: ReadonlyMap<string, Spot>): string {
  const list = path.includes('params') ? undefined : all.get(chapterOf(path).replace(/\.\d+$/, ''))?.field;
  if (list?.kind === 'list') return list.field.label === list.field.name ? list.entity || list.label : list.field.label;
  return shelf.get(folder)?.title ?? folder;
}

/** `2.1.` of the first part of the second slide. */
function numberOf(path: Path): string {
  const numbers = path.slice(0, Math.max(path.lastIndexOf('params'), 0)).filter((key) => typeof key === 'number');
  const own = numbers.length > 0 ? numbers : path.filter((key) => typeof key === 'number').slice(0, 1);
  return own.map((index) => `${Number(index) + 1}.`).join('');
}

/** The path of a file that lies in the content; undefined for what lies elsewhere. */
function fileOf(value: unknown): string | undefined {
  const [file] = [value].flat();
  if (!isObject(file) || typeof file.path !== 'string' || URL.canParse(file.path)) return undefined;
  return file.path.replace(/#tmp$/, '');
}

const FIRST_WORDS = 60;

function firstText(spots: readonly Spot[]): string {
  for (const { field, value } of spots) {
    if (field.kind !== 'text' || typeof value !== 'string') continue;
    const text = value
      .replace(/<[^>]*>|&nbsp;/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (text) return text.length > FIRST_WORDS ? `${text.slice(0, FIRST_WORDS - 1).trimEnd()}…` : text;
  }
  return '';
}
