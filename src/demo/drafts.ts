import type { DraftContent } from '../features/authoring/drafts.document';
import type { Variants } from '../features/blocks/block';
import type { Language } from '../lib/i18n';
import type { Rows } from './bulk';
import { type Calendar, later } from './calendar';
import type { CatalogueCourse } from './catalogue';
import type { Chance } from './chance';
import { NEW_LESSONS } from './draft-texts';
import {
  addComments,
  addEvents,
  addFieldTest,
  addHistory,
  addOpenTest,
  addParts,
  addPresentText,
  checkDay,
  type StoryDraft,
} from './drafts-together';

/** A lesson of the exchange format, whose four languages become the blocks of a draft. */
export interface ExchangeLesson {
  id: string;
  minutes: number;
  level: number;
  competences: string[];
  title: Record<string, string>;
  body_md: Record<string, string>;
  practice: Record<string, string>;
}

export interface Writers {
  organisationId: string;
  expert: string;
  professional: string;
  /** People of the organisation who try lessons before others read them. */
  testers: string[];
}

interface DraftPlan {
  course: CatalogueCourse;
  lessonId: string | null;
  kind: 'text' | 'quiz';
  content: DraftContent;
  state: 'writing' | 'in_review' | 'published';
  author: string;
  daysAgo: number;
  signed: ('true_to_life' | 'correct_and_safe')[];
  note?: [by: string, text: string];
}

const BETTER = 'strong-auth-passwords/l2';
const PUBLISHED = 'recognise-scam-messages/l3';

/** What the expert and the professional are writing: one waits for each of them, one is out, two are under way. */
export function addDrafts(
  rows: Rows,
  calendar: Calendar,
  chance: Chance,
  writers: Writers,
  { courses, lessons }: { courses: readonly CatalogueCourse[]; lessons: readonly ExchangeLesson[] },
): void {
  const [strong, scams] = ['strong-auth-passwords', 'recognise-scam-messages'].map((id) =>
    courses.find(({ exchange_id }) => exchange_id === id),
  );
  const [better, published] = [BETTER, PUBLISHED].map((id) => lessons.find((lesson) => lesson.id === id));
  if (!strong || !scams || !better || !published) return;

  const { expert, professional } = writers;
  const betterText = contentOf(better);
  const changed = betterText.blocks[1];
  // The Finnish original was mended after the others had followed it.
  if (changed)
    Object.assign(changed, { version: 2, texts: { ...changed.texts, fi: { ...changed.texts.fi, follows: 2 } } });

  const at = { daysAgo: 0, lessonId: null, kind: 'text' as const };
  const plans: DraftPlan[] = [
    {
      ...at,
      course: strong,
      lessonId: lessonId(strong, 1),
      content: betterText,
      state: 'in_review',
      author: expert,
      daysAgo: 3,
      signed: ['true_to_life'],
    },
    {
      ...at,
      course: scams,
      lessonId: lessonId(scams, 2),
      content: contentOf(published),
      state: 'published',
      author: professional,
      daysAgo: 75,
      signed: ['true_to_life', 'correct_and_safe'],
    },
    {
      ...at,
      course: strong,
      content: NEW_LESSONS.borrowed,
      state: 'in_review',
      author: professional,
      daysAgo: 5,
      signed: ['correct_and_safe'],
    },
    {
      ...at,
      course: scams,
      content: NEW_LESSONS.afraid,
      state: 'writing',
      author: expert,
      daysAgo: 9,
      signed: [],
      note: [professional, 'Hyvä alku. Lisätään vielä, mistä saa apua viikonloppuna.'],
    },
    {
      ...at,
      course: scams,
      kind: 'quiz',
      content: NEW_LESSONS.quiz,
      state: 'writing',
      author: professional,
      daysAgo: 1,
      signed: [],
    },
  ];
  const [again, out, borrowed, ...others] = plans.map((plan) => addDraft(rows, calendar, chance, writers, plan));
  const stage = { rows, calendar, chance, cast: writers };
  for (const draft of others) addPresentText(stage, draft);
  if (again) addHistory(stage, again, { daysAgo: 3 });
  if (out) {
    addHistory(stage, out, { daysAgo: 75, published: true });
    addFieldTest(stage, out, 90);
    addParts(stage, out);
  }
  if (borrowed) {
    addHistory(stage, borrowed, { daysAgo: 5 });
    addComments(stage, borrowed);
    addOpenTest(stage, borrowed);
  }
}

function addDraft(rows: Rows, calendar: Calendar, chance: Chance, writers: Writers, plan: DraftPlan): StoryDraft {
  const { organisationId: organisation_id, expert, professional } = writers;
  const draft_id = chance.uuid();
  const written = later(calendar.daysAgo(plan.daysAgo), { minutes: 575 });
  const signed_at = later(written, { minutes: 45 });
  const isOut = plan.state === 'published';
  rows.add('lesson_drafts', {
    id: draft_id,
    organisation_id,
    course_id: plan.course.id,
    lesson_id: plan.lessonId,
    kind: plan.kind,
    content: plan.content,
    version: 4,
    state: plan.state,
    author_id: plan.author,
    expert_id: plan.signed.includes('true_to_life') ? expert : null,
    professional_id: plan.signed.includes('correct_and_safe') ? professional : null,
    submitted_at: plan.state === 'writing' ? null : written,
    published_at: isOut ? signed_at : null,
    check_by: isOut ? checkDay(calendar) : null,
    created_at: later(written, { days: -12 }),
    updated_at: plan.signed.length > 0 ? signed_at : written,
  });
  for (const kind of plan.signed) {
    const [person_id, shown_name] = kind === 'true_to_life' ? [expert, 'Pekka M.'] : [professional, 'Sanna Niemi'];
    rows.add('draft_signatures', {
      draft_id,
      organisation_id,
      kind,
      person_id,
      draft_version: 4,
      shown_name,
      signed_at,
    });
    if (isOut) {
      const wish = { kind, person_id, shown: kind === 'true_to_life' ? 'short' : 'full', pen_name: '' };
      rows.add('lesson_credits', { lesson_id: plan.lessonId, kind, name: shown_name, signed_at });
      rows.add('credit_wishes', { organisation_id, lesson_id: plan.lessonId, ...wish, signed_at });
    }
  }
  const draft = { id: draft_id, organisation_id, version: 4, content: plan.content, course_id: plan.course.id };
  addEvents({ rows, calendar, chance, cast: writers }, draft, [
    ...(plan.state === 'writing' && !plan.note ? [] : [{ kind: 'submitted', by: plan.author, at: written }]),
    ...plan.signed.map((about) => ({ kind: 'signed', by: signerOf(writers, about), about, at: signed_at })),
    ...(plan.note ? [{ kind: 'changes_asked', by: plan.note[0], text: plan.note[1], at: signed_at }] : []),
    ...(isOut ? [{ kind: 'published', by: professional, about: 'new', at: later(signed_at, { minutes: 1 }) }] : []),
  ]);
  return draft;
}

const signerOf = (writers: Writers, kind: string) => (kind === 'true_to_life' ? writers.expert : writers.professional);

const lessonId = ({ lessons }: CatalogueCourse, index: number) => lessons[index]?.id ?? null;

const LANGUAGES: Record<string, Language> = { fi: 'fi', fi_selko: 'fi-x-selko', sv: 'sv', en: 'en' };

/** One block for each paragraph, when all languages have as many. */
function contentOf({ title, minutes, level, competences, body_md, practice }: ExchangeLesson): DraftContent {
  const paragraphs = Object.entries(body_md).map(([language, text]) => [language, text.split('\n\n')] as const);
  const counts = new Set(paragraphs.map(([, parts]) => parts.length));
  const parts =
    counts.size === 1 ? paragraphs : Object.entries(body_md).map(([language, text]) => [language, [text]] as const);
  const count = parts[0]?.[1].length ?? 0;
  const block = (id: string, kind: 'text' | 'try', texts: Variants) => ({ id, kind, version: 1, texts });
  return {
    original: 'fi',
    title: Object.fromEntries(Object.entries(title).map(([language, text]) => [LANGUAGES[language], text])),
    minutes,
    level,
    competences,
    blocks: [
      ...Array.from({ length: count }, (_, index) =>
        block(`part${index + 1}`, 'text', variants(parts.map(([language, texts]) => [language, texts[index] ?? '']))),
      ),
      block('practice', 'try', variants(Object.entries(practice))),
    ],
    questions: [],
  };
}

const variants = (texts: (readonly [string, string])[]): Variants =>
  Object.fromEntries(texts.map(([language, text]) => [LANGUAGES[language], { text, follows: 1 }]));
