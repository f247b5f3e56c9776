import type { Language } from '../../lib/i18n';
import type { QuizContent } from '../quizzes/quiz-content.model';
import type { LessonRow } from './export.model';

type Document = NonNullable<LessonRow['content']>;
type Question = Document['questions'][number];

/** The document without what only its own installation understands: links to the bank, what a publishing meant to readers. */
export function plainDocument({ change: _, ...document }: Document): Document {
  const questions = document.questions.map(withoutBank);
  const draws = document.draws?.map((draw) => ({ ...draw, pile: draw.pile.map(withoutBank) }));
  return { ...document, questions, ...(draws && { draws }) };
}

const withoutBank = ({ bank: _, ...question }: Question): Question => question;

/** A document for a lesson that came from elsewhere and has none: its text becomes a block, its video, what is tried out too. */
export function documentOf(lesson: LessonRow, quiz: QuizContent | undefined): Document {
  const texts = lesson.texts.toSorted((a, b) => rank(a.language) - rank(b.language));
  const original = texts[0]?.language ?? 'fi';
  const said = (pick: (text: LessonRow['texts'][number]) => string, part?: string) =>
    Object.fromEntries(
      texts
        .filter((text) => pick(text).trim())
        .map((text) => [
          text.language,
          part ? { text: '', parts: { [part]: pick(text) }, follows: 1 } : { text: pick(text), follows: 1 },
        ]),
    );
  const bodies = said(({ body }) => body);
  const tries = said(({ practice }) => practice);
  const { video } = lesson;
  const file = /^\/files\/([0-9a-f-]{36})$/.exec(video?.file ?? '')?.[1];
  const blocks: Document['blocks'] = [
    ...(lesson.kind === 'video'
      ? [
          {
            ...{ id: 'video', kind: 'video' as const, version: 1, texts: said(({ body }) => body, 'transcript') },
            ...(file ? { file_id: file } : video?.link && { link: video.link }),
          },
        ]
      : Object.keys(bodies).length > 0
        ? [{ id: 'text', kind: 'text' as const, version: 1, texts: bodies }]
        : []),
    ...(Object.keys(tries).length > 0 ? [{ id: 'try', kind: 'try' as const, version: 1, texts: tries }] : []),
  ];
  return {
    original,
    title: Object.fromEntries(texts.map(({ language, title }) => [language, title])),
    minutes: lesson.minutes ?? 5,
    level: lesson.level ?? 1,
    competences: lesson.competences,
    blocks,
    questions: quiz?.questions.map(questionOf) ?? [],
    ...(quiz && { rules: quiz.rules }),
    ...(lesson.rubric && { rubric: lesson.rubric }),
    ...(lesson.h5p_content_id && { h5p_content_id: lesson.h5p_content_id }),
  };
}

const rank = (language: Language) => ['fi', 'sv', 'en', 'fi-x-selko'].indexOf(language);

/** Names of questions in files may be of any signs; a document's are not. */
function questionOf(question: QuizContent['questions'][number], index: number): Question {
  const id = question.exchange_id.replace(/[^\w-]/g, '-');
  return {
    id: id.length > 0 && id.length <= 60 ? id : `q${index + 1}`,
    type: question.type,
    competence: question.competence_code ?? '',
    level: question.level ?? 0,
    texts: question.texts,
    options: question.options.map(({ key, is_correct, texts }) => ({ key, correct: is_correct, texts })),
    ...(question.content && { content: question.content }),
  };
}
