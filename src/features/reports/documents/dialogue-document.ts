import { noonOf } from '../../../lib/calendar';
import { DIALOGUE_ITEMS } from '../pages/dialogue.model';
import type { Dialogue } from '../pages/dialogue.queries';
import type { Period } from '../period';
import { hiddenCell, type ReportDocument, type ReportSection } from './document';
import type { Reader } from './document-cells';
import { growthWords } from './growth-document';
import { say } from './report-words';

/**
 * Material for the co-operation dialogue of an organisation: aggregates without names, each part with the number of people
 * behind it. Skills are in the order of the framework: this is no ranking.
 */
export function dialogueDocument(
  dialogue: Dialogue,
  organisation: string,
  period: Period,
  reader: Reader,
): ReportDocument {
  const { t, fmt } = reader;
  const { coverage, growth, k } = dialogue;
  const date = fmt.date(noonOf(period.to));
  return {
    slug: t('reports.dialogue.file'),
    title: t('reports.dialogue.heading'),
    scope: organisation,
    period: { from: period.from, to: period.to },
    about: {
      n: coverage.team,
      coverage: t('reports.coverage.people', { team: coverage.team, profile: coverage.withProfile }),
      freshness: t('reports.asOf', { date }),
      definitions: [
        { term: t('reports.column.atTarget'), meaning: t('reports.coverage.definition.reached') },
        { term: t('reports.column.change'), meaning: t('reports.growth.definition.verdict') },
        { term: t('reports.dialogue.need'), meaning: t('reports.dialogue.means.need') },
        { term: t('reports.dialogue.plan'), meaning: t('reports.dialogue.means.plan') },
      ],
      hidden: [
        t('reports.page.hidden', { least: k }),
        ...(growth.hidden > 0 ? [t('reports.sure.hidden', { count: growth.hidden })] : []),
      ],
    },
    sections: [
      needsSection(dialogue, reader),
      growthSection(dialogue, reader),
      planSection(dialogue, reader),
      handledSection(dialogue, reader),
    ],
  };
}

function needsSection({ coverage, competences, k }: Dialogue, { t }: Reader): ReportSection {
  const shown = coverage.rows.filter((row) => row.shown);
  const needed = shown.filter((row) =>
    row.reached.exact ? 2 * (row.reached.counts.reached ?? 0) < row.n : row.reached.most === 'onTheWay',
  );
  const names = needed.map(({ code }) => competences.get(code)?.plain_name ?? code);
  return {
    heading: t('reports.dialogue.needs'),
    words: [
      names.length > 0
        ? t('reports.dialogue.needs.sum', { names: names.join('; ') })
        : t(shown.length > 0 ? 'reports.dialogue.needs.none' : 'reports.coverage.empty.none'),
    ],
    table: {
      columns: [
        { key: 'skill', heading: t('reports.column.skill'), kind: 'text' },
        { key: 'people', heading: t('reports.column.people'), kind: 'count' },
        { key: 'reached', heading: t('reports.column.atTarget'), kind: 'text' },
        { key: 'need', heading: t('reports.dialogue.need'), kind: 'text' },
      ],
      rows: coverage.rows.map((row) => {
        const name = competences.get(row.code)?.plain_name ?? row.code;
        if (!row.shown) return [name, ...Array(3).fill(hiddenCell(row.reason, k))];
        const { reached, n } = row;
        const need = t(`reports.dialogue.need.${needed.includes(row) ? 'yes' : 'no'}`);
        return [name, n, reached.exact ? `${reached.counts.reached} / ${n}` : say.reached(reached, t), need];
      }),
    },
  };
}

function growthSection({ growth }: Dialogue, reader: Reader): ReportSection {
  const { t } = reader;
  const words = growthWords(growth, reader);
  return {
    heading: t('reports.dialogue.growth'),
    words:
      words.length > 0
        ? [...words, t('reports.dialogue.growth.n', { people: growth.people, team: growth.team })]
        : [t('reports.page.skills.noGrowth')],
  };
}

function planSection({ plans, k }: Dialogue, { t }: Reader): ReportSection {
  return {
    heading: t('reports.dialogue.plan'),
    words: [plans.length > 0 ? t('reports.dialogue.plan.lead') : t('reports.dialogue.plan.none')],
    table: {
      columns: [
        { key: 'path', heading: t('reports.dialogue.path'), kind: 'text' },
        { key: 'courses', heading: t('reports.courses.each'), kind: 'text' },
        { key: 'people', heading: t('reports.column.people'), kind: 'count' },
        { key: 'due', heading: t('reports.dialogue.lastDay'), kind: 'date' },
      ],
      rows: plans.map(({ title, courses, people, due_on }) => [
        title,
        courses.join(', '),
        people >= k ? people : hiddenCell('small', k),
        due_on,
      ]),
    },
  };
}

function handledSection({ records }: Dialogue, { t }: Reader): ReportSection {
  const days = new Map(records.map(({ item, handled_on }) => [item, handled_on]));
  const open = DIALOGUE_ITEMS.filter((item) => !days.has(item)).length;
  return {
    heading: t('reports.dialogue.handled'),
    words: [open === 0 ? t('reports.dialogue.handled.all') : t('reports.dialogue.handled.open', { count: open })],
    table: {
      columns: [
        { key: 'item', heading: t('reports.dialogue.item'), kind: 'text' },
        { key: 'state', heading: t('reports.column.state'), kind: 'text' },
        { key: 'day', heading: t('reports.dialogue.day'), kind: 'date' },
      ],
      rows: DIALOGUE_ITEMS.map((item) => {
        const day = days.get(item);
        return [
          t(`reports.dialogue.item.${item}`),
          day
            ? { text: t('reports.dialogue.done'), tag: { colour: 'moss', symbol: 'check' } }
            : { text: t('reports.dialogue.waits'), tag: { colour: 'line' } },
          day ?? null,
        ];
      }),
    },
  };
}
