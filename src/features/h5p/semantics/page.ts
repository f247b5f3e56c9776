import type { Field, GroupField, LibraryField, ListField } from './field';
import { ruleName, wantedText } from './show-when';
import { shownValue } from './typed';
import { childrenOf, folderNamed, isFlat, isObject, type Params, pathName, type Shelf, type Spot, topOf } from './walk';

export interface Choice {
  value: string;
  text: string;
}

/** One thing on a form's page, ready to be drawn. `name` is the place's, and of its field in the form. */
export interface Node {
  kind: 'line' | 'lines' | 'number' | 'boolean' | 'select' | 'list' | 'group' | 'content' | 'media' | 'kept';
  name: string;
  label: string;
  hint: string;
  optional: boolean;
  /** Of a text, a number, a choice; of a box that is ticked, `yes`. */
  value: string;
  choices: Choice[];
  range?: { min: number | undefined; max: number | undefined } | undefined;
  tags?: string[] | undefined;
  /** Shown when another field has one of these values; scripts use it. */
  when?: string | undefined;
  /** Inside a group or a content; of a list, one for each item. */
  nodes: Node[];
  /** Has a page of its own. */
  opens: boolean;
  /** What it is about, in its own words: of something that opens, or a file. */
  about: string;
  file?: { path: string; media: string } | undefined;
  /** Of a list: another item may be added; what an item is called. */
  mayAdd: boolean;
  entity: string;
  isLow: boolean;
}

export interface FormPage {
  /** From the whole to this page. */
  trail: { at: string; text: string }[];
  nodes: Node[];
  /** What is the same in every content of the library: words of buttons and messages. */
  words: Node[];
  /** The place itself, when the page is about one file. */
  media?: Node | undefined;
}

/** More fields than this are no page; items of lists get pages of their own. */
const MOST_FIELDS = 300;
/** A content within the content is drawn in its place when it is no larger than this. */
const SMALL_CONTENT = 9;

/** The page of a place: '' for the whole. Undefined when there is no such place with a page. */
export function formPage(params: Params, folder: string, shelf: Shelf, at: string): FormPage | undefined {
  const few = pageAt(params, folder, shelf, at, false);
  return few && countFields([...few.nodes, ...few.words]) > MOST_FIELDS ? pageAt(params, folder, shelf, at, true) : few;
}

/** The page where a place is drawn. */
export function pageWith(params: Params, folder: string, shelf: Shelf, name: string): string {
  let at = '';
  for (;;) {
    const page = formPage(params, folder, shelf, at);
    const next = page && openerOf([...page.nodes, ...page.words], name);
    if (!next || next === at) return at;
    at = next;
  }
}

function openerOf(nodes: readonly Node[], name: string): string | undefined {
  for (const node of nodes) {
    if (node.opens && node.kind !== 'media' && name.startsWith(`${node.name}.`)) return node.name;
    const inside = openerOf(node.nodes, name);
    if (inside) return inside;
  }
  return undefined;
}

function pageAt(params: Params, folder: string, shelf: Shelf, at: string, isLarge: boolean): FormPage | undefined {
  const words: Node[] = [];
  const drawer = new Drawer(shelf, words, isLarge);
  const whole = { at: '', text: shelf.get(folder)?.title ?? folder };
  const top = topOf(params, folder, shelf);
  if (at === '') return { trail: [whole], nodes: drawer.all(top), words };
  const way = wayTo(top, at, shelf);
  const spot = way.at(-1);
  if (!spot || pathName(spot.path) !== at) return undefined;
  const stops = way.flatMap((stop, index) => {
    const before = way[index - 1];
    const number = before?.field.kind === 'list' ? Number(stop.path.at(-1)) + 1 : undefined;
    const isStop = number !== undefined || (stop.field.kind === 'library' && isObject(stop.value));
    return isStop ? [{ at: pathName(stop.path), text: titleOf(stop, shelf, number, before) }] : [];
  });
  if (spot.field.kind === 'media') return { trail: [whole, ...stops], nodes: [], words, media: drawer.node(spot) };
  const inside = childrenOf(spot, shelf);
  if (inside.length === 0) return undefined;
  return { trail: [whole, ...stops], nodes: drawer.all(inside), words };
}

/** The places from the outside in to the one of a name. Of those that share a name, down to the last. */
function wayTo(spots: readonly Spot[], at: string, shelf: Shelf): Spot[] {
  for (const spot of spots) {
    const name = pathName(spot.path);
    if (name !== at && !at.startsWith(`${name}.`)) continue;
    const further = spot.field.kind === 'library' && name === at ? [] : wayTo(childrenOf(spot, shelf), at, shelf);
    return [spot, ...further];
  }
  return [];
}

function titleOf(spot: Spot, shelf: Shelf, number: number | undefined, list: Spot | undefined): string {
  const entity = list?.field.kind === 'list' ? list.field.entity : '';
  const inner = isObject(spot.value) ? folderNamed(spot.value.library) : undefined;
  const name = (inner && shelf.get(inner)?.title) || entity || spot.field.label;
  return number === undefined ? name : `${number}. ${name}`;
}

class Drawer {
  constructor(
    private readonly shelf: Shelf,
    private readonly words: Node[],
    private readonly isLarge: boolean,
  ) {}

  all(spots: readonly Spot[]): Node[] {
    return spots.flatMap((spot) => {
      if (spot.field.hidden || spot.field.kind === 'other') return [];
      const node = this.node(spot);
      if (!spot.field.common) return [node];
      this.words.push(node);
      return [];
    });
  }

  node(spot: Spot): Node {
    const { field, value, path } = spot;
    switch (field.kind) {
      case 'text':
        return base(spot, field.long ? 'lines' : 'line', { tags: field.tags });
      case 'number':
        return base(spot, 'number', { range: { min: field.min, max: field.max } });
      case 'boolean':
        return base(spot, 'boolean');
      case 'select':
        return base(spot, 'select', { choices: choicesOf(field) });
      case 'list':
        return this.list(spot, field);
      case 'group': {
        const nodes = this.all(childrenOf(spot, this.shelf));
        const [only] = nodes;
        // The only child stands in the group's place, under the name that says more.
        if (only && nodes.length === 1 && isFlat(field, value)) return { ...only, isLow: isSetting(field) };
        return base(spot, 'group', { nodes, isLow: isSetting(field) });
      }
      case 'library':
        return this.content(spot, field);
      case 'media': {
        const file = [value].flat()[0];
        const known = isObject(file) && typeof file.path === 'string' ? file.path : undefined;
        return base(spot, 'media', {
          opens: true,
          about: known?.split('/').at(-1) ?? '',
          file: { path: known ?? '', media: field.media },
        });
      }
      default:
        return base(spot, 'kept', { name: pathName(path) });
    }
  }

  private list(spot: Spot, field: ListField): Node {
    const items = childrenOf(spot, this.shelf).map((item) => {
      const isLong = this.isLarge && ['group', 'list'].includes(item.field.kind);
      if (!isLong) return this.node(item);
      return base(item, 'group', { opens: true, about: firstWords(item, this.shelf) });
    });
    return base(spot, 'list', {
      nodes: items,
      entity: field.entity,
      mayAdd: items.length < (field.max ?? 500),
      choices: field.field.kind === 'library' ? this.contents(field.field) : [],
    });
  }

  private content(spot: Spot, field: LibraryField): Node {
    const inner = isObject(spot.value) ? folderNamed(spot.value.library) : undefined;
    const known = inner ? this.shelf.get(inner) : undefined;
    if (!known) return base(spot, 'content', { choices: this.contents(field) });
    const value = inner ?? '';
    const inside = childrenOf(spot, this.shelf);
    if (!isSmall(inside, this.shelf)) {
      return base(spot, 'content', { value, opens: true, entity: known.title, about: firstWords(spot, this.shelf) });
    }
    return base(spot, 'content', { value, entity: known.title, nodes: this.all(inside) });
  }

  private contents({ options }: LibraryField): Choice[] {
    return options.flatMap((option) => {
      const known = this.shelf.get(folderNamed(option) ?? '');
      return known ? [{ value: option, text: known.title }] : [];
    });
  }
}

function base({ field, value, path }: Spot, kind: Node['kind'], more: Partial<Node> = {}): Node {
  const when = field.showWhen?.rules.map((rule) => ({
    name: ruleName(path, rule.field),
    equals: rule.equals.map(wantedText),
  }));
  return {
    kind,
    name: pathName(path),
    label: field.label,
    hint: plainWords(field.description),
    optional: field.optional,
    value: shownValue(field, value),
    choices: [],
    nodes: [],
    opens: false,
    about: '',
    mayAdd: false,
    entity: '',
    isLow: false,
    when: when && JSON.stringify({ every: field.showWhen?.every, rules: when }),
    ...more,
  };
}

/** Ways that the content behaves: set once, or never. */
const isSetting = (group: GroupField) =>
  group.importance === 'low' || /^(behaviou?r|override\w*|l10n|currikisettings)$/i.test(group.name);

function choicesOf(field: Extract<Field, { kind: 'select' }>): Choice[] {
  return field.options.map(({ value, label }) => ({ value, text: label || value }));
}

function isSmall(spots: readonly Spot[], shelf: Shelf): boolean {
  let count = 0;
  const counted = (some: readonly Spot[]): boolean =>
    some.every((spot) => {
      const { field } = spot;
      if (field.hidden || field.common || field.kind === 'other') return true;
      if (field.kind === 'list' || field.kind === 'library') return false;
      if (field.kind === 'group') return counted(childrenOf(spot, shelf));
      count++;
      return count <= SMALL_CONTENT;
    });
  return counted(spots);
}

/** The first text that a person wrote in a place, short. */
function firstWords(spot: Spot, shelf: Shelf): string {
  const children = childrenOf(spot, shelf).slice(0, 40);
  for (const child of children) {
    if (child.field.common || child.field.hidden) continue;
    const text = child.field.kind === 'text' && typeof child.value === 'string' ? plainWords(child.value) : '';
    const words = text || (child.field.kind === 'text' ? '' : firstWords(child, shelf));
    if (words) return words.length > 90 ? `${words.slice(0, 89).trimEnd()}…` : words;
  }
  return '';
}

/** Without tags and signs of markup. */
export function plainWords(html: string): string {
  const bare = html.replace(/<[^>]*>/g, ' ').replace(/&nbsp;/g, ' ');
  const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", '#039': "'", amp: '&' };
  return bare
    .replace(/&(lt|gt|quot|#0?39|amp);/g, (_all, name) => signs[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

const countFields = (nodes: readonly Node[]): number =>
  nodes.reduce((sum, node) => sum + 1 + countFields(node.nodes), 0);
