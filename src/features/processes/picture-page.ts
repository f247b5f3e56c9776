import { noonOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import type { Formatter } from '../../lib/format';
import type { Language, Translate } from '../../lib/i18n';
import { withScope } from '../../lib/scope';
import type { PictureWords } from './picture/layout';
import { type Road, roadOf } from './picture/road';
import type { Process } from './processes.model';
import { selectRoad, selectSessions, selectTopics } from './processes.queries';
import { said } from './words';

export interface Reader {
  lang: Language;
  t: Translate;
  fmt: Formatter;
}

/**
 * The road of a process. Sessions' titles and days, topics and how often they came up are seen by whoever may see the
 * process; what each organisation said is not in it.
 */
export async function readRoad(process: Process, { lang, t }: Pick<Reader, 'lang' | 't'>): Promise<Road> {
  const [{ rows: sessions }, { rows: topics }, { rows: mentions }] = await withScope(
    { organisationId: process.organisation_id, personId: null },
    () => together(selectSessions(process.id, ['arena', 'agora']), selectTopics(process.id), selectRoad(process)),
  );
  const sessionOf = ({ id, kind, held_on, title }: (typeof sessions)[number]) => ({
    ...{ id, kind, on: held_on, title: said(title, lang).text },
  });
  const topicOf = ({ id, area, name }: (typeof topics)[number]) => {
    const { text, lang: other } = said(name, lang);
    return { id, name: text, area: t(`processes.area.${area}`), ...(other && { lang: other }) };
  };
  return roadOf(sessions.map(sessionOf), topics.map(topicOf), mentions);
}

export function pictureWords(process: Process, { lang, t, fmt }: Reader): PictureWords {
  return {
    day: (day) => fmt.date(noonOf(day)),
    kind: (kind) => t(`processes.session.${kind}`),
    times: (count, sessions) => t('processes.picture.times', { count, sessions }),
    area: (area) => area,
    goal: said(process.question, lang).text,
    year: String(process.target_year),
  };
}

/** The whole picture in words, one sentence for each stop and each topic. */
export function roadInWords(process: Process, road: Road, reader: Reader): string {
  const { t, fmt, lang } = reader;
  const stops = road.stops.flatMap((stop) => [
    `${stop.number}. ${stop.title}, ${t(`processes.session.${stop.kind}`)}, ${fmt.date(noonOf(stop.on))}.`,
    ...stop.topics.map(
      ({ name, area, times, sessions }) =>
        `${name} (${area}): ${t('processes.picture.times', { count: times, sessions })}.`,
    ),
  ]);
  return [...stops, `${process.target_year}: ${said(process.question, lang).text}`].join(' ');
}
