import { noonOf } from '../../lib/calendar';
import { areaName } from '../places/areas';
import {
  hiddenCell,
  type ReportCell,
  type ReportChart,
  type ReportColumn,
  type ReportDocument,
  type ReportSection,
  type ReportTable,
} from '../reports/documents/document';
import type { Reader } from '../reports/documents/document-cells';
import { say } from '../reports/documents/report-words';
import { SUPPORT_FORMS } from '../visits/kinds';
import { gapWords } from './gap-words';
import { emptyMonths, gapsOf } from './gaps';
import type { Shown } from './hidden';
import type { Picture } from './picture';

/** Where the figures of a section come from, of which days they are, and how they were counted. In the order of sections. */
export interface SectionNote {
  source: string;
  how: string;
  /** Something in it is over a year old. */
  isOld: boolean;
}

/** A picture in the reader's words: a document for the page and files, with a note for each of its sections. */
export interface PictureDocument {
  document: ReportDocument;
  notes: SectionNote[];
}

type Names = ReadonlyMap<string, { plain_name: string }>;
type Part = { key: string; isOld?: boolean; words?: string[]; table: ReportTable; chart?: ReportChart } | undefined;

/** `isFile`: sources stand among the words, as files have no other place for them. */
export function pictureDocument(picture: Picture, reader: Reader, names: Names, isFile = false): PictureDocument {
  const { t, fmt } = reader;
  const day = (of: string | null) => (of ? fmt.date(noonOf(of)) : '–');
  const { first, last } = picture.places;
  const days = {
    ...{ first: day(first), last: day(last), from: day(picture.from), to: day(picture.to), day: day(picture.day) },
    least: picture.least,
  };
  const parts = [themes, areas, blocked, forms, months, learning, coverage].flatMap(
    (part) => part(picture, reader, names) ?? [],
  );
  const notes = parts.map(({ key, isOld = false }) => ({
    ...{ source: t(`situation.source.${key}`, days), how: t(`situation.how.${key}`, days), isOld },
  }));
  const gaps = gapsOf(picture).map((gap) => gapWords(gap, picture, reader));
  const sections = parts.map(
    ({ key, words = [], table, chart }, at): ReportSection => ({
      heading: t(`situation.part.${key}`),
      words: isFile ? [...words, notes[at]?.source ?? ''] : words,
      table,
      ...(chart && { chart }),
    }),
  );
  const scope = picture.area ? `${picture.name}, ${areaName(picture.area, reader.lang)}` : picture.name;
  return {
    notes,
    document: {
      ...{
        slug: t('situation.file'),
        title: t('situation.heading'),
        scope,
        period: { from: picture.from, to: picture.to },
      },
      about: {
        n: null,
        coverage: t('situation.about', { organisations: picture.organisations, ...days }),
        freshness: t('situation.fresh', days),
        definitions: parts.map(({ key }, at) => ({ term: t(`situation.part.${key}`), meaning: notes[at]?.how ?? '' })),
        hidden: hasHidden(picture) ? [t('situation.hidden', days)] : [],
      },
      sections: isFile && gaps.length > 0 ? [{ heading: t('situation.gaps'), words: gaps }, ...sections] : sections,
    },
  };
}

const cellOf = (shown: Shown, { least }: Picture): ReportCell =>
  typeof shown === 'number' ? shown : hiddenCell(shown, least);
const hours = (minutes: number) => minutes / 60;

function columnsOf({ t }: Reader, kinds: Record<string, ReportColumn['kind']>, decimals = 1): ReportColumn[] {
  return Object.entries(kinds).map(([key, kind]) => ({ key, heading: t(`situation.column.${key}`), kind, decimals }));
}
const decimalsFor = (rows: readonly { minutes: number | null }[]) =>
  rows.every(({ minutes }) => (minutes ?? 0) % 60 === 0) ? 0 : 1;

const SUPPLY = { places: 'count', hours: 'number' } as const;
const NEED = { opened: 'count', unmet: 'count', contacts: 'count' } as const;
type Need = Record<keyof typeof NEED, Shown>;

/** Where nothing was recorded at all there are no numbers of need: nothing is not zero. */
const hasNeed = ({ opened, contacts }: Picture) => opened !== 0 || contacts !== 0;
const needCells = (row: Need, picture: Picture): ReportCell[] =>
  hasNeed(picture) ? [row.opened, row.unmet, row.contacts].map((shown) => cellOf(shown, picture)) : [];
const supplyColumns = (picture: Picture, key: string, reader: Reader) =>
  columnsOf(
    reader,
    { [key]: 'text', ...SUPPLY, ...(hasNeed(picture) && NEED) },
    decimalsFor([...picture.themes, ...picture.areas]),
  );

function themes(picture: Picture, reader: Reader): Part {
  const { t } = reader;
  return {
    key: 'themes',
    isOld: picture.places.old > 0,
    words: hasNeed(picture) ? alone(picture, reader) : [t('situation.noSupport')],
    table: {
      columns: supplyColumns(picture, 'theme', reader),
      rows: picture.themes.map((row) => [
        ...[t(`loop.themes.${row.theme}`), row.places, hours(row.minutes)],
        ...needCells(row, picture),
      ]),
    },
    chart: {
      ...{ kind: 'bars', label: 'theme', finding: t('situation.finding.themes') },
      values: hasNeed(picture) ? ['opened', 'contacts'] : ['hours'],
    },
  };
}

function alone({ alone, least }: Picture, { t, fmt }: Reader): string[] {
  const [own, helped] = [alone.alone, alone.helped];
  if (typeof own !== 'number' || typeof helped !== 'number' || own + helped === 0) return [];
  if (own < least || helped < least) return [];
  return [t('situation.alone', { own: fmt.number(own), all: fmt.number(own + helped) })];
}

function areas(picture: Picture, reader: Reader): Part {
  if (picture.areas.length < 2) return undefined;
  const { t, lang } = reader;
  const nameOf = (code: string) => (code === 'unknown' || code === '' ? t('situation.noArea') : areaName(code, lang));
  const rows = picture.areas.map((row) => ({ ...row, name: nameOf(row.area) }));
  return {
    key: 'areas',
    isOld: picture.places.old > 0,
    table: {
      columns: supplyColumns(picture, 'area', reader),
      rows: rows
        .sort((a, b) => a.name.localeCompare(b.name, 'fi'))
        .map((row) => [...[row.name, row.places, hours(row.minutes)], ...needCells(row, picture)]),
    },
    chart: { kind: 'bars', label: 'area', values: ['hours'], finding: t('situation.finding.areas') },
  };
}

function blocked(picture: Picture, reader: Reader): Part {
  const { t } = reader;
  if (picture.blocked.every(({ contacts }) => contacts === 0)) return undefined;
  return {
    key: 'blocked',
    table: {
      columns: columnsOf(reader, { blocked: 'text', contacts: 'count' }),
      rows: picture.blocked
        .filter(({ contacts }) => contacts !== 0)
        .map(({ key, contacts }) => [t(`situation.blocked.${key}`), cellOf(contacts, picture)]),
    },
    chart: { kind: 'bars', label: 'blocked', values: ['contacts'], finding: t('situation.finding.blocked') },
  };
}

function forms(picture: Picture, reader: Reader): Part {
  const { t } = reader;
  if (picture.contacts === 0) return undefined;
  const hasCosts = picture.forms.some(({ cents }) => cents !== null);
  return {
    key: 'forms',
    table: {
      columns: columnsOf(reader, {
        ...{ form: 'text', contacts: 'count', given: 'number' },
        ...(hasCosts && { euros: 'count' as const }),
      }),
      rows: SUPPORT_FORMS.map((form) => {
        const { contacts = 0, minutes = null, cents = null } = picture.forms.find((one) => one.form === form) ?? {};
        const given = minutes === null ? cellOf(contacts, picture) : hours(minutes);
        return [
          ...[t(`situation.form.${form}`), cellOf(contacts, picture), given],
          ...(hasCosts ? [cents === null ? null : Math.round(cents / 100)] : []),
        ];
      }),
    },
  };
}

function months(picture: Picture, reader: Reader): Part {
  const { t, fmt } = reader;
  if (picture.contacts === 0) return undefined;
  const nameOf = (month: string) => fmt.month(noonOf(month));
  const empty = emptyMonths(picture);
  return {
    key: 'months',
    words: empty.length > 0 ? [t('situation.emptyMonths', { months: empty.map(nameOf).join(', ') })] : [],
    table: {
      // Names of months are too long for a line of twelve.
      columns: [
        { key: 'number', heading: t('situation.column.number'), kind: 'text', filesOnly: true },
        ...columnsOf(reader, { month: 'text', contacts: 'count' }),
      ],
      rows: picture.months.map(({ month, contacts }) => [
        `${Number(month.slice(5, 7))}/${month.slice(0, 4)}`,
        ...[nameOf(month), cellOf(contacts, picture)],
      ]),
    },
    chart: { kind: 'line', label: 'number', values: ['contacts'], finding: t('situation.finding.months') },
  };
}

function learning(picture: Picture, reader: Reader): Part {
  const keys = ['challenges', 'needs', 'lessons', 'easy', 'sv', 'en'] as const;
  const rows = picture.themes.filter((row) => keys.some((key) => row[key] > 0));
  if (rows.length === 0) return undefined;
  return {
    key: 'learning',
    table: {
      columns: columnsOf(reader, {
        theme: 'text',
        ...(Object.fromEntries(keys.map((key) => [key, 'count'])) as Record<string, 'count'>),
      }),
      rows: rows.map((row) => [reader.t(`loop.themes.${row.theme}`), ...keys.map((key) => row[key])]),
    },
  };
}

function coverage(picture: Picture, reader: Reader, names: Names): Part {
  if (!picture.coverage?.length) return undefined;
  const { t } = reader;
  return {
    key: 'coverage',
    table: {
      columns: columnsOf(reader, { skill: 'text', reached: 'text', people: 'count' }),
      rows: picture.coverage.map(({ code, people, reached }) => [
        names.get(code)?.plain_name ?? code,
        reached.exact ? t('situation.reached', { n: reached.counts.reached, people }) : say.reached(reached, t),
        people,
      ]),
    },
  };
}

function hasHidden({ opened, unmet, contacts, supporters, themes, areas, blocked, forms, months }: Picture): boolean {
  const lines = [...themes, ...areas].flatMap((row) => [row.opened, row.unmet, row.contacts]);
  const more = [...blocked, ...forms, ...months].map((row) => row.contacts);
  return [opened, unmet, contacts, supporters, ...lines, ...more].some((shown) => typeof shown === 'string');
}
