import type { Written } from '../written';
import { ALMOST_TAG, type Reading } from './building';
import { type Item, Notes, short, Unread, unread } from './item';
import { type Asked, noted, readPairs } from './moodle-asked';
import { readGaps, readWordGaps } from './moodle-gaps';
import { type Piece, splitMoodle } from './moodle-split';
import { readChoice, readEssay, readNumber, readOrder, readShort, readTrueFalse } from './moodle-types';
import { childrenOf, ownWords, readXml, wordsIn, type XmlNode } from './xml-node';

export interface FileRead {
  items: Item[];
  /** Places for the names of categories: no questions, but they stand among them in the file. */
  categories: number;
}

/** Every type that is read, by Moodle's name of it. */
const READERS: Record<string, (asked: Asked) => Written> = {
  multichoice: readChoice,
  multichoiceset: readChoice,
  truefalse: readTrueFalse,
  shortanswer: readShort,
  numerical: readNumber,
  matching: readPairs,
  ddmatch: readPairs,
  ordering: readOrder,
  essay: readEssay,
  cloze: readGaps,
  multianswer: readGaps,
  ddwtos: readWordGaps,
  gapselect: readWordGaps,
};

/** Types that are explained each in its own words, as keys of `bank.reason`. */
const EXPLAINED: Record<string, string> = {
  description: 'description',
  calculated: 'calculated',
  calculatedsimple: 'calculated',
  calculatedmulti: 'calculated',
  random: 'random',
  randomsamatch: 'random',
  ddimageortext: 'dragPicture',
  ddmarker: 'dragPicture',
  missingtype: 'missingType',
};

/** Reads a Moodle XML file, question by question. Every question of it is an item. Throws FileRefused. */
export function* readMoodle(xml: string, reading: Reading): Generator<Item | 'category', void> {
  const context = { category: '', number: 0 };
  for (const piece of splitMoodle(xml)) yield readPiece(piece, reading, context);
}

interface Context {
  category: string;
  number: number;
}

function readPiece(piece: Piece, reading: Reading, context: Context): Item | 'category' {
  const kind = /^<question\b[^>]*?\btype\s*=\s*["']\s*([\w.-]{1,40})/i.exec(piece.text)?.[1]?.toLowerCase() ?? '';
  if (kind === 'category') {
    context.category = categoryIn(piece);
    return 'category';
  }
  context.number += 1;
  const item: Item = {
    ...{ number: context.number, line: piece.line, kind, category: context.category, notes: [], pictures: [] },
    name: short(withoutTags(/<name\b[^>]*>([\s\S]*?)<\/name>/i.exec(piece.text.slice(0, 5000))?.[1] ?? '')),
    excerpt: short(withoutTags(piece.text.slice(0, 3000)), 200),
  };
  const notes = new Notes();
  try {
    if (!piece.isWhole) throw unread('notClosed');
    const node = readXml(piece.text);
    const name = short(wordsIn(node, 'name'));
    const asked = askedOf(node, reading, context.category, notes);
    const read = READERS[kind];
    if (!read)
      throw EXPLAINED[kind] ? unread(EXPLAINED[kind]) : kind ? unread('unknownType', { type: kind }) : unread('noType');
    const question = read({ ...asked, kind });
    noted(node, kind, notes);
    return { ...item, name: name || item.name, question, notes: notes.list, pictures: asked.pictures.shown };
  } catch (error) {
    if (error instanceof Unread) return { ...item, reason: error.note };
    throw error;
  }
}

function categoryIn({ text, isWhole }: Piece): string {
  try {
    return isWhole ? short(wordsIn(readXml(text), 'category').replace(/^\$\w+\$\//, ''), 200) : '';
  } catch {
    return '';
  }
}

function askedOf(node: XmlNode, reading: Reading, category: string, notes: Notes): Asked {
  const tags = childrenOf(node, 'tags').flatMap((list) => childrenOf(list, 'tag').map(ownWords));
  return {
    node,
    kind: '',
    notes,
    pictures: { byName: new Map(), shown: [] },
    tags,
    reading: placed(reading, tags, category),
  };
}

/** Competence and level, as tags say them ("4.2", "competence:4.2", "level:2") or the category names them. */
export function placed(reading: Reading, tags: readonly string[], category: string): Reading {
  const code = (text: string) => /(?:^|[^\d.])([1-5]\.[1-6])(?![\d.])/.exec(text)?.[1];
  const tagged = tags.map((tag) => /^(?:competence[:=]\s*)?(\d\.\d)$/i.exec(tag.trim())?.[1]).find(Boolean);
  const level = tags.map((tag) => /^(?:level|taso|nivå)[:= ]\s*([1-8])$/i.exec(tag.trim())?.[1]).find(Boolean);
  return {
    ...reading,
    competence: tagged ?? code(category) ?? reading.competence,
    level: level ? Number(level) : reading.level,
    almost: tags.some((tag) => tag.trim() === ALMOST_TAG),
  };
}

/** The words of a piece of a file, for one who looks for it: nothing of it is shown as HTML. */
const withoutTags = (text: string) =>
  text
    .replace(/<!\[CDATA\[|\]\]>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/<[^<>]{0,400}>/g, ' ');
