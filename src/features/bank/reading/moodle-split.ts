import { FileRefused } from './item';

/** One `<question>` of a Moodle file as it stands there, closed or not. */
export interface Piece {
  text: string;
  /** Where it begins, from 1. */
  line: number;
  isWhole: boolean;
}

const MARK = /<!\[CDATA\[|<!--|<question(?=[\s>/])|<\/question\s*>|<!DOCTYPE|<!ENTITY/gi;
const NEXT = /<question\s+type\s*=/gi;
const AFTER_ONE = /<\/question\s*>(?:\s|<!--(?:(?!-->)[\s\S]){0,2000}-->)*(?:<question\s|<\/quiz)/gi;

/**
 * A Moodle XML file cut into its questions before any of them is read as XML, so that a broken one is broken alone. What
 * stands in CDATA and in comments is passed over; one of them that is left open ends with its question. Time grows with the
 * length of the file. Throws FileRefused for a file with a document type: nothing that Moodle writes has one.
 */
export function splitMoodle(xml: string): Piece[] {
  const pieces: Piece[] = [];
  const lineOf = lineCounter(xml);
  let start = -1;
  const end = (at: number, isWhole: boolean) => {
    if (start >= 0) pieces.push({ text: xml.slice(start, at), line: lineOf(start), isWhole });
    start = -1;
  };
  MARK.lastIndex = 0;
  for (let mark = MARK.exec(xml); mark; mark = MARK.exec(xml)) {
    const word = mark[0].toLowerCase();
    if (word === '<!doctype' || word === '<!entity') throw new FileRefused('doctype');
    if (word === '<question') {
      end(mark.index, false);
      start = mark.index;
    } else if (word.startsWith('</')) end(mark.index + mark[0].length, true);
    else MARK.lastIndex = afterSection(xml, mark.index, word === '<!--' ? '-->' : ']]>', start >= 0);
  }
  end(xml.length, false);
  return pieces;
}

/** Where CDATA or a comment ends: at its sign, or, when that belongs to a later question, where this question does. */
function afterSection(xml: string, from: number, sign: string, isInQuestion: boolean): number {
  const close = xml.indexOf(sign, from + 4);
  if (!isInQuestion) return close < 0 ? nextFrom(NEXT, xml, from) : close + sign.length;
  const limit = nextFrom(AFTER_ONE, xml, from, close < 0 ? xml.length : close);
  if (limit < xml.length) return limit;
  return close < 0 ? xml.length : close + sign.length;
}

function nextFrom(pattern: RegExp, xml: string, from: number, until = xml.length): number {
  // Only as far as the section goes: a file of many sections is not read again for each.
  const part = xml.slice(from, until + 200);
  pattern.lastIndex = 0;
  const at = pattern.exec(part)?.index;
  return at === undefined || from + at >= until ? xml.length : from + at;
}

/** Lines are counted on from the place before: places must be asked in order. */
function lineCounter(text: string): (at: number) => number {
  let [line, counted] = [1, 0];
  return (at) => {
    for (let next = text.indexOf('\n', counted); next >= 0 && next < at; next = text.indexOf('\n', counted)) {
      line += 1;
      counted = next + 1;
    }
    return line;
  };
}
