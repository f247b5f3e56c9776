import type { Day } from '../../../lib/calendar';

/** A session that was held: a stop on the road. */
export interface RoadSession {
  id: string;
  title: string;
  on: Day;
  kind: 'workshop' | 'dialogue';
}

/** What one organisation brought to a session, by its topic. */
export interface RoadMention {
  topic_id: string;
  session_id: string;
}

export interface RoadTopicName {
  id: string;
  name: string;
  /** The language of the name when it is not that of the picture. */
  lang?: string;
  area: string;
}

/** A topic as it is drawn and told: how often it came up, in how many sessions, and in which first. */
export interface RoadTopic extends RoadTopicName {
  times: number;
  sessions: number;
  first: string;
  last: Day;
}

/** A stop with the topics that came up there for the first time, those that came up most first. */
export interface RoadStop extends RoadSession {
  number: number;
  topics: RoadTopic[];
}

export interface Road {
  stops: RoadStop[];
  /** The most times that any topic came up; 0 when none did. */
  most: number;
  /** Topics that no session has talked about yet. */
  waiting: RoadTopicName[];
}

/**
 * The road that the sessions made: stops in the order of their days, and with each the topics that came up there first.
 * Picture and text version are both made from this and from nothing else.
 */
export function roadOf(
  sessions: readonly RoadSession[],
  topics: readonly RoadTopicName[],
  mentions: readonly RoadMention[],
): Road {
  const inOrder = sessions.toSorted((one, other) => one.on.localeCompare(other.on) || one.id.localeCompare(other.id));
  const place = new Map(inOrder.map(({ id }, index) => [id, index]));
  const drawn = topics.flatMap((topic): RoadTopic[] => {
    const at = mentions
      .filter(({ topic_id, session_id }) => topic_id === topic.id && place.has(session_id))
      .map(({ session_id }) => place.get(session_id) as number);
    if (at.length === 0) return [];
    const first = inOrder[Math.min(...at)] as RoadSession;
    const last = inOrder[Math.max(...at)] as RoadSession;
    return [{ ...topic, times: at.length, sessions: new Set(at).size, first: first.id, last: last.on }];
  });
  const told = new Set(drawn.map(({ id }) => id));
  return {
    stops: inOrder.map((session, index) => ({
      ...session,
      number: index + 1,
      topics: drawn
        .filter(({ first }) => first === session.id)
        .sort((one, other) => other.times - one.times || one.name.localeCompare(other.name)),
    })),
    most: Math.max(0, ...drawn.map(({ times }) => times)),
    waiting: topics.filter(({ id }) => !told.has(id)),
  };
}
