import type { LessonChange } from '../courses/lesson-changes.model';

/** What a publishing changed in a lesson since its reader last saw it. A corrected spelling is told to nobody. */
export interface LessonNews extends LessonChange {
  version: number;
}

/** Told for so long after the new version was first seen: going through the pages of a lesson takes its time. */
const HOURS = 4;
/** Whoever has been away for years needs the newest ones, not all. */
const MOST = 3;

/** SQL: the newest version was first seen only a while ago. */
const isFresh = (progress: string) => `coalesce(${progress}.newer_since > now() - interval '${HOURS} hours', false)`;

/** SQL: the version from which on the reader with the progress `p` hears what changed in the lesson `l`. */
const TOLD_FROM = `case when p.seen_version is null or not (p.seen_version < l.version or ${isFresh('p')})
  then l.version when ${isFresh('p')} then p.told_from else p.seen_version end`;

/** SQL: LessonNews[] of the lesson `l` for the reader with the progress `p`, the newest first. Empty when nothing is new. */
export const NEWS = `coalesce((select jsonb_agg(jsonb_build_object('kind', n.kind, 'words', n.words, 'language', n.language,
    'version', n.version) order by n.version desc)
  from (select * from lesson_changes c where c.lesson_id = l.id and c.kind <> 'typo' and c.version > ${TOLD_FROM}
    and c.version <= l.version order by c.version desc limit ${MOST}) n), '[]')`;

/** SQL: columns of lesson_progress that a reader's opening changes, when `excluded.seen_version` is what they saw now. */
export const SEEN = `seen_version = greatest(lesson_progress.seen_version, excluded.seen_version),
  told_from = case when excluded.seen_version > lesson_progress.seen_version
      and not ${isFresh('lesson_progress')} then lesson_progress.seen_version
    else coalesce(lesson_progress.told_from, excluded.seen_version) end,
  newer_since = case when excluded.seen_version > lesson_progress.seen_version then now() else lesson_progress.newer_since end`;
