import { anchorOf } from '../features/authoring/comments/anchor';
import type { DraftContent } from '../features/authoring/drafts.document';
import { piecesOf } from '../features/authoring/pieces';
import type { Rows } from './bulk';
import { type Calendar, dateOnly, later } from './calendar';
import type { Chance } from './chance';

/** A draft of the demo on its way, with what was said, tried and changed. */
export interface StoryDraft {
  id: string;
  organisation_id: string;
  version: number;
  content: DraftContent;
  course_id: string;
}

export interface Cast {
  expert: string;
  professional: string;
  testers: readonly string[];
}

interface Stage {
  rows: Rows;
  calendar: Calendar;
  chance: Chance;
  cast: Cast;
}

/** Finnish texts of the demo, changed in one place. */
function withText(content: DraftContent, index: number, change: (text: string) => string): DraftContent {
  return {
    ...content,
    blocks: content.blocks.map((block, at) => {
      const fi = block.texts.fi;
      return at === index && fi ? { ...block, texts: { ...block.texts, fi: { ...fi, text: change(fi.text) } } } : block;
    }),
  };
}

/** How the text came to be: three earlier versions, of which the second one has a sentence too many. */
export function addHistory(
  { rows, calendar, cast }: Stage,
  draft: StoryDraft,
  { daysAgo, published }: { daysAgo: number; published?: boolean },
): void {
  const { organisation_id, id: draft_id, content } = draft;
  const last = content.blocks.length - 1;
  const texts = [
    { ...content, blocks: content.blocks.slice(0, last) },
    withText({ ...content, blocks: content.blocks.slice(0, last) }, 0, (text) => `${text} Ole siis aina varuillasi.`),
    withText(content, 0, (text) => text.split(' ').slice(0, -3).join(' ')),
    content,
  ];
  texts.forEach((text, index) => {
    const saved_at = later(calendar.daysAgo(daysAgo + (texts.length - 1 - index) * 3), { minutes: 570 + index * 7 });
    rows.add('draft_versions', {
      organisation_id,
      draft_id,
      version: index + 1,
      content: text,
      person_id: index === 2 ? cast.professional : cast.expert,
      began_at: saved_at,
      saved_at,
      is_kept: index === 1 || index === 3,
      published_as: published && index === 3 ? 1 : null,
      published_at: published && index === 3 ? later(saved_at, { minutes: 60 }) : null,
      restored_from: null,
    });
  });
}

/** A history of one line. */
export function addPresentText({ rows, calendar, cast }: Stage, draft: StoryDraft): void {
  const at = later(calendar.daysAgo(9), { minutes: 575 });
  rows.add('draft_versions', {
    ...{ organisation_id: draft.organisation_id, draft_id: draft.id, version: draft.version, content: draft.content },
    ...{ person_id: cast.expert, began_at: at, saved_at: at, is_kept: true },
    ...{ published_as: null, published_at: null, restored_from: null },
  });
}

/** SQL: what readers are told of the demo's tests. */
export const TELL_TESTED = `update lessons l set tested_with = t.people, tested_finished = t.finished from (
    select d.lesson_id, count(*) as people, count(*) filter (where k.state = 'finished') as finished from field_testers k
    join field_tests f on f.id = k.test_id join lesson_drafts d on d.id = f.draft_id
    where k.state in ('finished', 'stopped') and d.state = 'published' group by 1) t
  where t.lesson_id = l.id`;

/** What the pair said to each other of passages: one settled, one open with an answer, one whose passage is gone. */
export function addComments({ rows, calendar, chance, cast }: Stage, draft: StoryDraft): void {
  const pieces = piecesOf(draft.content, 'fi').filter(({ kind }) => kind === 'text');
  const [first, second] = pieces;
  if (!first || !second) return;
  const sentence = (text: string, number: number) => text.split(/(?<=[.!?])\s+/)[number] ?? text;
  const place = (piece: typeof first, words: string) => {
    const start = Math.max(0, piece.text.indexOf(words));
    return anchorOf(piece, start, start + words.length);
  };
  const common = {
    organisation_id: draft.organisation_id,
    draft_id: draft.id,
    language: 'fi',
    draft_version: draft.version,
  };
  const say = (row: {
    by: string;
    body: string;
    days: number;
    anchor?: ReturnType<typeof anchorOf>;
    reply_to?: string;
    settled?: string;
  }) => {
    const id = chance.uuid();
    const said_at = later(calendar.daysAgo(row.days), { minutes: 640 });
    rows.add('draft_comments', {
      ...common,
      id,
      person_id: row.by,
      reply_to: row.reply_to ?? null,
      ...(row.anchor ?? { piece_id: '', quote: '', before: '', after: '' }),
      body: row.body,
      said_at,
      resolved_at: row.settled ? later(said_at, { days: 1 }) : null,
      resolved_by: row.settled ?? null,
    });
    return id;
  };
  const open = say({
    by: cast.expert,
    body: 'Moni ei tiedä, mikä on yksityinen ikkuna. Voisiko tähän lisätä kuvan?',
    days: 4,
    anchor: place(first, sentence(first.text, 1)),
  });
  say({ by: cast.professional, body: 'Hyvä huomio. Lisään kuvan huomenna.', days: 3, reply_to: open });
  say({
    by: cast.professional,
    body: 'Onko tämä oikein myös puhelimella?',
    days: 4,
    anchor: place(second, sentence(second.text, 0)),
    settled: cast.expert,
  });
  say({
    by: cast.expert,
    body: 'Tämä lause pelotti minua. Jätetään se pois.',
    days: 6,
    anchor: {
      piece_id: first.id,
      quote: 'Joku voi katsoa salasanasi olkasi yli ja tyhjentää tilisi.',
      before: '',
      after: '',
    },
  });
}

/** Five tried the text: four read it to the end, one stopped, and they told where and why. */
export function addFieldTest({ rows, calendar, chance, cast }: Stage, draft: StoryDraft, daysAgo: number): void {
  const { organisation_id } = draft;
  const test_id = chance.uuid();
  const started_at = later(calendar.daysAgo(daysAgo), { minutes: 600 });
  rows.add('field_tests', {
    id: test_id,
    organisation_id,
    draft_id: draft.id,
    draft_version: draft.version,
    language: 'fi',
    started_by: cast.expert,
    started_at,
    closed_at: later(started_at, { days: 6 }),
  });
  const words = ['Tämän ymmärsin. Kiitos, ettei säikytelty.', '', '', 'Esimerkki oli kuin omasta puhelimesta.', ''];
  cast.testers.slice(0, 5).forEach((person_id, index) => {
    const answered_at = later(started_at, { days: 1, minutes: 40 * index });
    rows.add('field_testers', {
      organisation_id,
      test_id,
      person_id,
      state: index === 4 ? 'stopped' : 'finished',
      words: words[index] ?? '',
      invited_at: started_at,
      answered_at,
      ended_at: later(answered_at, { days: 1, minutes: 25 }),
    });
  });
  const pieces = piecesOf(draft.content, 'fi').filter(({ kind }) => kind === 'text');
  const marks: [tester: number, piece: number, why: string, words: string][] = [
    [1, 0, 'hard_word', ''],
    [2, 1, 'long', ''],
    [4, 1, 'lost', 'En tiennyt, mitä pitäisi painaa.'],
  ];
  for (const [tester, piece, why, said] of marks) {
    const person_id = cast.testers[tester];
    if (!person_id) continue;
    rows.add('field_test_marks', {
      id: chance.uuid(),
      organisation_id,
      test_id,
      person_id,
      piece_id: pieces[Math.min(piece, pieces.length - 1)]?.id ?? 'title',
      quote: '',
      why,
      words: said,
      marked_at: later(started_at, { days: 2, minutes: 15 * tester }),
    });
  }
}

/** Somebody is just being asked to try a draft: the learner's own invitation, and four others of whom two are reading. */
export function addOpenTest({ rows, calendar, chance, cast }: Stage, draft: StoryDraft): void {
  const { organisation_id } = draft;
  const test_id = chance.uuid();
  const started_at = later(calendar.daysAgo(1), { minutes: 610 });
  rows.add('field_tests', {
    id: test_id,
    organisation_id,
    draft_id: draft.id,
    draft_version: draft.version,
    language: 'fi',
    started_by: cast.professional,
    started_at,
    closed_at: null,
  });
  rows.add('notifications', {
    organisation_id,
    person_id: cast.testers[0],
    kind: 'draft.test-asked',
    params: JSON.stringify({ title: draft.content.title.fi ?? '' }),
    href: `/testing/${test_id}`,
    key: `test ${test_id}`,
    created_at: started_at,
  });
  cast.testers.slice(0, 5).forEach((person_id, index) => {
    const state = ['invited', 'accepted', 'accepted', 'declined', 'invited'][index];
    rows.add('field_testers', {
      organisation_id,
      test_id,
      person_id,
      state,
      words: '',
      invited_at: started_at,
      answered_at: state === 'invited' ? null : later(started_at, { minutes: 90 + index }),
      ended_at: null,
    });
  });
}

/** What happened to a draft, told from the beginning. */
export function addEvents(
  { rows, chance }: Stage,
  draft: StoryDraft,
  events: readonly { kind: string; by: string | null; at: Date; about?: string; text?: string }[],
): void {
  for (const { kind, by, at, about = '', text = '' } of events)
    rows.add('draft_events', {
      id: chance.uuid(),
      draft_id: draft.id,
      organisation_id: draft.organisation_id,
      draft_version: draft.version,
      person_id: by,
      kind,
      about,
      text,
      created_at: at,
    });
}

/** Who has which part in a course. */
export function addParts({ rows, calendar, cast }: Stage, draft: StoryDraft): void {
  const parts: [person: string | undefined, role: string][] = [
    [cast.expert, 'author'],
    [cast.professional, 'author'],
    [cast.professional, 'reviewer'],
    [cast.testers[1], 'tester'],
    [cast.testers[2], 'reader'],
  ];
  for (const [person_id, role] of parts)
    if (person_id)
      rows.add('course_people', {
        organisation_id: draft.organisation_id,
        course_id: draft.course_id,
        person_id,
        role,
        added_by: cast.expert,
        added_at: calendar.daysAgo(40),
      });
}

/** The day by which a text of the demo is read again: soon, so that the list has something. */
export const checkDay = (calendar: Calendar): string => dateOnly(later(calendar.today, { days: 12 }));
