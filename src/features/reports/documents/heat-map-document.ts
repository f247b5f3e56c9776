import type { Formatter } from '../../../lib/format';
import type { Translate } from '../../../lib/i18n';
import { splitOfGroups } from '../figures/small-groups';
import type { TaskCompetence } from '../figures/validated';
import type { MemberSkills, TeamSkillRow } from '../pages/heat-map.queries';
import type { ReportDocument } from './document';
import { say } from './report-words';

/** How a cell looks: a shape of its own for each, so that it reads without colour. */
export const LOOKS = ['reached', 'on-the-way', 'waiting', 'none'] as const;
export type Look = (typeof LOOKS)[number];

/** Of a group: most reach the target, about half, fewer, or too few people to tell. */
export const GROUP_LOOKS = ['most', 'half', 'few', 'hidden'] as const;
export type GroupLook = (typeof GROUP_LOOKS)[number];

export interface HeatCell {
  look: Look | GroupLook;
  /** The cell in words, with its date. */
  words: string;
}
export interface HeatMap {
  /** Skills in the order of their codes. */
  columns: { code: string; name: string; seen: number; of: number }[];
  rows: { name: string; href: string | undefined; cells: HeatCell[] }[];
}

/** The map without the skills that nobody has been seen to have, and their names: on a page they would be empty columns. */
export function withoutUnseen({ columns, rows }: HeatMap): { map: HeatMap; unseen: string[] } {
  const isSeen = columns.map(({ seen }) => seen > 0);
  return {
    map: {
      columns: columns.filter((_, at) => isSeen[at]),
      rows: rows.map((row) => ({ ...row, cells: row.cells.filter((_, at) => isSeen[at]) })),
    },
    unseen: columns.filter((_, at) => !isSeen[at]).map(({ name }) => name),
  };
}

type Names = ReadonlyMap<string, { plain_name: string }>;
const byCode = new Intl.Collator('fi', { numeric: true }).compare;

/** People by skills. A column counts whom the skill has been confirmed of; rows are never counted: this is no ranking. */
export function teamHeatMap(
  people: readonly MemberSkills[],
  names: Names,
  teamId: string,
  { t, fmt }: { t: Translate; fmt: Formatter },
): HeatMap {
  const codes = [...new Set(people.flatMap(({ skills }) => skills.map(({ code }) => code)))].sort(byCode);
  const of = people.map((person) => new Map(person.skills.map((skill) => [skill.code, skill])));
  return {
    columns: codes.map((code) => {
      const required = of.flatMap((skills) => skills.get(code) ?? []);
      return {
        code,
        name: names.get(code)?.plain_name ?? code,
        seen: required.filter(({ validated_at }) => validated_at).length,
        of: required.length,
      };
    }),
    rows: people.map(({ person_id, name }, index) => ({
      name,
      href: `/team/${teamId}/people/${person_id}`,
      cells: codes.map((code) => cellOf(of[index]?.get(code), t, fmt)),
    })),
  };
}

function cellOf(skill: TaskCompetence | undefined, t: Translate, fmt: Formatter): HeatCell {
  const look = lookOf(skill);
  const words = t(`reports.heat.${look}`);
  return { look, words: skill?.validated_at ? `${words}, ${fmt.date(skill.validated_at)}` : words };
}

function lookOf(skill: TaskCompetence | undefined): Look {
  if (!skill) return 'none';
  if (!skill.validated_at) return 'waiting';
  return skill.reached ? 'reached' : 'on-the-way';
}

/**
 * Teams by skills, in the order of names and codes: a word and a shape in each cell, with numbers where the split of each
 * counted group may be told in numbers (`splitOfGroups`).
 */
export function organisationHeatMap(
  teams: readonly { id: string; name: string }[],
  skills: readonly TeamSkillRow[],
  names: Names,
  t: Translate,
): HeatMap {
  const told = skills.filter(({ people, least }) => people >= least);
  const codes = [...new Set(told.map(({ competence_code }) => competence_code))].sort(byCode);
  const cells = Map.groupBy(told, ({ team_id, competence_code }) => `${team_id} ${competence_code}`);
  return {
    columns: codes.map((code) => ({ code, name: names.get(code)?.plain_name ?? code, seen: 0, of: 0 })),
    rows: teams.map(({ id, name }) => ({
      name,
      href: `/team/${id}/coverage`,
      cells: codes.map((code) => groupCell(cells.get(`${id} ${code}`), t)),
    })),
  };
}

function groupCell(rows: readonly TeamSkillRow[] | undefined, t: Translate): HeatCell {
  if (!rows) return { look: 'hidden', words: t('reports.heat.hidden') };
  const split = splitOfGroups(
    rows.map(({ people, reached, least }) => ({ counts: { reached, onTheWay: people - reached }, k: least })),
  );
  if (!split.exact) return { look: lookOfMost(split.most), words: say.reached(split, t) };
  const share = split.counts.reached / split.n;
  return {
    look: share > 0.6 ? 'most' : share < 0.4 ? 'few' : 'half',
    words: t('reports.heat.of', { reached: split.counts.reached, n: split.n }),
  };
}

const lookOfMost = (most: 'reached' | 'onTheWay' | undefined): GroupLook =>
  most === undefined ? 'half' : most === 'reached' ? 'most' : 'few';

interface Total {
  heading: string;
  words: (seen: number, of: number) => string;
}

/** The same as a table of files, and what is said of it. `total` begins the last row, where columns have one. */
export function heatMapDocument(
  { columns, rows }: HeatMap,
  said: Pick<ReportDocument, 'slug' | 'title' | 'scope' | 'about'> & { row: string; words: string[]; total?: Total },
): ReportDocument {
  const { row, words, total, ...rest } = said;
  return {
    ...rest,
    sections: [
      {
        heading: rest.title,
        words,
        table: {
          columns: [
            { key: 'row', heading: row, kind: 'text' },
            ...columns.map(({ code, name }) => ({ key: code, heading: `${code} ${name}`, kind: 'text' }) as const),
          ],
          rows: [
            ...rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell.words)]),
            ...(total === undefined ? [] : [[total.heading, ...columns.map(({ seen, of }) => total.words(seen, of))]]),
          ],
        },
      },
    ],
  };
}
