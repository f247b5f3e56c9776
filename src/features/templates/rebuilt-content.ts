import { randomUUID } from 'node:crypto';
import type { Language } from '../../lib/i18n';
import type { DraftContent, DraftQuestion } from '../authoring/drafts.model';
import type { Block, BlockNeeds, Variants } from '../blocks/block';
import type { Video } from '../courses/courses.model';
import type { Criterion } from '../evidence/rubric.model';
import type { QuestionContent, QuizContent } from '../quizzes/quiz-content.model';

/** A published lesson as its tables hold it. */
export interface PublishedLesson {
  kind: 'text' | 'video' | 'quiz' | 'h5p';
  minutes: number;
  level: number | null;
  competences: string[];
  video: Video | null;
  rubric: Criterion[] | null;
  h5p_content_id: string | null;
  texts: Partial<Record<Language, { title: string; body: string; practice: string }>>;
}

const shortId = () => randomUUID().slice(0, 8);
const ORDER: readonly Language[] = ['fi', 'sv', 'en', 'fi-x-selko'];

/**
 * A document made of a lesson that was never written here but imported, from what its readers have. Headings become blocks
 * of their own where every language has the same ones.
 */
export function rebuiltContent(lesson: PublishedLesson, quiz: QuizContent | undefined): DraftContent {
  const { minutes, competences, rubric, texts } = lesson;
  const languages = ORDER.filter((language) => texts[language]);
  const original = languages[0] ?? 'fi';
  const asked = quiz?.questions.filter(({ draw }) => draw === null) ?? [];
  return {
    original,
    title: Object.fromEntries(languages.map((language) => [language, texts[language]?.title ?? ''])),
    minutes,
    level: lesson.level ?? 1,
    competences,
    blocks: lesson.kind === 'quiz' ? [] : blocksOf(lesson, languages),
    questions: asked.map(rebuiltQuestion),
    ...(rubric && { rubric }),
    ...(lesson.h5p_content_id && { h5p_content_id: lesson.h5p_content_id }),
    ...(quiz && { rules: quiz.rules, draws: quiz.draws.map(({ key, count }) => drawOf(quiz, key, count)) }),
  };
}

/** What was drawn is drawn still, from a pile that came along. */
function drawOf({ questions }: QuizContent, key: string, count: number) {
  const pile = questions.filter(({ draw }) => draw === key).map(rebuiltQuestion);
  const { competence = '', level = 0 } = pile[0] ?? {};
  return { id: shortId(), from: 'bank' as const, competence, level, count, pile };
}

function rebuiltQuestion(question: QuestionContent): DraftQuestion {
  const { type, texts, options, content } = question;
  return {
    id: shortId(),
    type,
    competence: question.competence_code ?? '',
    level: question.level ?? 1,
    texts,
    options: options.map(({ key, is_correct, texts: words }) => ({ key, correct: is_correct, texts: words })),
    ...(content && { content }),
  };
}

function blocksOf({ texts, video }: PublishedLesson, languages: readonly Language[]): Block[] {
  const bodies = languages.map((language) => piecesOf(texts[language]?.body ?? ''));
  const isAlike = bodies.every(
    (one) => one.map(({ kind }) => kind).join() === bodies[0]?.map(({ kind }) => kind).join(),
  );
  const first = bodies[0] ?? [];
  const body = isAlike
    ? first.map(({ kind, level }, index) =>
        block(
          kind,
          pick(languages, (_, at) => bodies[at]?.[index]?.text ?? ''),
          level ? { level } : {},
        ),
      )
    : [
        block(
          'text',
          pick(languages, (language) => texts[language]?.body ?? ''),
        ),
      ];
  const practice = pick(languages, (language) => texts[language]?.practice ?? '');
  return [
    ...(video
      ? videoBlock(
          video,
          pick(languages, (language) => texts[language]?.title ?? ''),
        )
      : []),
    ...body,
    ...(Object.keys(practice).length > 0 ? [block('try', practice)] : []),
  ];
}

function videoBlock({ file, link }: Video, names: Variants): Block[] {
  const file_id = /^\/files\/([0-9a-f-]{36})/.exec(file ?? '')?.[1];
  if (!file_id && !link) return [];
  return [block('video', names, file_id ? { file_id } : { link })];
}

const block = (kind: Block['kind'], texts: Variants, needs: BlockNeeds = {}): Block => ({
  ...{ id: shortId(), kind, version: 1, texts },
  ...needs,
});

function pick(languages: readonly Language[], text: (language: Language, index: number) => string): Variants {
  const said = languages.map((language, index) => [language, text(language, index).trim()] as const);
  return Object.fromEntries(
    said.filter(([, one]) => one).map(([language, one]) => [language, { text: one, follows: 1 }]),
  );
}

interface Piece {
  kind: 'heading' | 'text';
  level?: number;
  text: string;
}

/** A Markdown text cut at its headings of the second and third level. */
function piecesOf(body: string): Piece[] {
  const pieces: Piece[] = [];
  for (const line of body.split('\n')) {
    const heading = /^(#{2,3})\s+(.+?)\s*#*$/.exec(line);
    const last = pieces.at(-1);
    if (heading) pieces.push({ kind: 'heading', level: heading[1]?.length ?? 2, text: heading[2] ?? '' });
    else if (last?.kind === 'text') last.text += `\n${line}`;
    else if (line.trim()) pieces.push({ kind: 'text', text: line });
  }
  return pieces;
}
