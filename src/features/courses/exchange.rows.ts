import type { Language } from '../../lib/i18n';
import type { Criterion } from '../evidence/rubric.model';
import { DEFAULT_RULES, type QuestionContent, type QuizContent } from '../quizzes/quiz-content.model';
import type { LessonKind, Picture, Video } from './courses.model';
import { contentFrom, ours } from './exchange.questions';
import type {
  Exchange,
  ExchangeLanguage,
  ExchangeLesson,
  ExchangeModule,
  ExchangeQuestion,
  ExchangeRubric,
  ExchangeRules,
  ExchangeWords,
} from './exchange.schema';

/** A course as its tables hold it, without ids of rows: what importing writes and exporting reads. */
export interface CourseContent {
  exchange_id: string;
  picture: Picture;
  sources: string[];
  texts: Texts<{ title: string; summary: string }>;
  competences: CompetenceRange[];
  modules: ModuleContent[];
}
export type Texts<T> = Partial<Record<Language, T>>;
export interface CompetenceRange {
  code: string;
  from_level: number;
  to_level: number;
}
export interface ModuleContent {
  exchange_id: string;
  minutes: number;
  audience: string[];
  competences: CompetenceRange[];
  sources: string[];
  texts: Texts<{ title: string; summary: string }>;
  lessons: LessonContent[];
}
export interface LessonContent {
  exchange_id: string;
  kind: LessonKind;
  minutes: number;
  level: number | null;
  audience: string[];
  competences: string[];
  video: Video | null;
  /** Undefined: as it was. */
  reviewed: Language[] | undefined;
  texts: Texts<{ title: string; body: string; practice: string }>;
  quiz: QuizContent | null;
  /** By what a practical task on it is looked at; null for nothing of its own. */
  rubric: Criterion[] | null;
}

/** The name of a module's own quiz: the same everywhere, so that it needs no place in the file. */
export const QUIZ_TITLES: Record<Language, string> = {
  fi: 'Kysymykset',
  'fi-x-selko': 'Kysymykset',
  sv: 'Frågor',
  en: 'Questions',
};
export const quizId = (moduleId: string) => `${moduleId}/quiz`;

/** Levels from here on are about helping others; clients are not asked for it. */
const SUPPORTERS_LEVEL = 5;
/** "Identifying digital competence gaps", in our modules: helping another person on. */
const SUPPORTERS_COMPETENCE = '5.4';
export const SUPPORTERS = ['peer_supporter', 'staff'];

/** Lessons of level 5 and more are for those who support others, unless the file says otherwise. */
export const lessonAudience = (level: number | null | undefined) =>
  (level ?? 0) >= SUPPORTERS_LEVEL ? SUPPORTERS : [];

/** Questions of competence 5.4 are for those who support others, unless the file says otherwise. */
export const questionAudience = (competence: string | null) => (competence === SUPPORTERS_COMPETENCE ? SUPPORTERS : []);

/** The courses of a file: one for each module, or one in all when the file has a `course`. */
export function coursesOf({ course, modules }: Exchange): CourseContent[] {
  if (course) return [courseContent(course, modules)];
  return modules.map((module) => courseContent(module, [module]));
}

type Head = Pick<ExchangeModule, 'id' | 'title' | 'summary' | 'picture'>;

function courseContent(head: Head, modules: ExchangeModule[]): CourseContent {
  const competences = widest(modules.flatMap((module) => module.competences));
  return {
    exchange_id: head.id,
    picture: head.picture ?? pictureFor(competences),
    sources: modules.flatMap((module) => module.sources ?? []),
    texts: headTexts(head),
    competences,
    modules: modules.map(moduleContent),
  };
}

/** Modules of one course may teach the same competence; the course reaches from the lowest to the highest. */
function widest(ranges: CompetenceRange[]): CompetenceRange[] {
  const byCode = new Map<string, CompetenceRange>();
  for (const { code, from_level, to_level } of ranges) {
    const known = byCode.get(code);
    byCode.set(code, {
      code,
      from_level: Math.min(from_level, known?.from_level ?? from_level),
      to_level: Math.max(to_level, known?.to_level ?? to_level),
    });
  }
  return [...byCode.values()];
}

/** A picture by what is taught: information, communication, safety. */
export function pictureFor(competences: CompetenceRange[]): Picture {
  const areas = competences.map(({ code }) => code[0]);
  if (areas[0] === '2') return 'video';
  if (areas.includes('1')) return 'message';
  return areas[0] === '4' ? 'lock' : 'path';
}

function moduleContent(module: ExchangeModule): ModuleContent {
  const lessons = module.lessons.map(lessonContent);
  if (module.quiz?.length) lessons.push(moduleQuiz(module, module.quiz));
  return {
    exchange_id: module.id,
    minutes: module.minutes,
    audience: module.audience ?? [],
    competences: module.competences,
    sources: module.sources ?? [],
    texts: headTexts(module),
    lessons,
  };
}

function lessonContent(lesson: ExchangeLesson): LessonContent {
  return {
    exchange_id: lesson.id,
    kind: lesson.kind ?? 'text',
    minutes: lesson.minutes,
    level: lesson.level ?? null,
    audience: lesson.audience ?? lessonAudience(lesson.level),
    competences: lesson.competences,
    video: lesson.video ?? null,
    reviewed: lesson.reviewed?.map(ours),
    texts: eachLanguage(lesson.title, (language) => ({
      title: lesson.title[language] ?? '',
      body: lesson.body_md?.[language] ?? '',
      practice: lesson.practice?.[language] ?? '',
    })),
    quiz: lesson.questions ? quizContent(lesson.questions, lesson.rules, lesson.draws) : null,
    rubric: rubricContent(lesson.rubric),
  };
}

/** A minute for a question is what people need. */
function moduleQuiz(module: ExchangeModule, questions: ExchangeQuestion[]): LessonContent {
  return {
    exchange_id: quizId(module.id),
    kind: 'quiz',
    minutes: Math.max(2, questions.length),
    level: null,
    audience: [],
    competences: [...new Set(questions.flatMap(({ competence }) => competence ?? []))],
    video: null,
    reviewed: undefined,
    texts: eachLanguage(module.title, (language) => ({ title: QUIZ_TITLES[ours(language)], body: '', practice: '' })),
    quiz: quizContent(questions, module.quiz_rules),
    rubric: rubricContent(module.quiz_rubric),
  };
}

function rubricContent(rubric: ExchangeRubric | undefined): Criterion[] | null {
  if (!rubric?.length) return null;
  const texts = (words: ExchangeWords) => eachLanguage(words, (language) => words[language] ?? '');
  return rubric.map(({ id, name, levels }) => ({ key: id, name: texts(name), levels: levels.map(texts) }));
}

function quizContent(
  questions: ExchangeQuestion[],
  rules: ExchangeRules | undefined,
  draws: QuizContent['draws'] = [],
): QuizContent {
  return { rules: { ...DEFAULT_RULES, ...rules }, draws, questions: questions.map(questionContent) };
}

function questionContent(question: ExchangeQuestion): QuestionContent {
  return {
    exchange_id: question.id,
    type: question.type,
    competence_code: question.competence ?? null,
    level: question.level ?? null,
    audience: question.audience ?? questionAudience(question.competence ?? null),
    texts: eachLanguage(question.prompt, (language) => ({
      prompt: question.prompt[language] ?? '',
      feedback: question.feedback?.[language] ?? '',
    })),
    content: question.content ? contentFrom(question.content) : null,
    draw: question.draw ?? null,
    options: (question.options ?? []).map((option) => ({
      key: option.id,
      is_correct: option.correct,
      texts: eachLanguage(option.text, (language) => ({
        text: option.text[language] ?? '',
        feedback: option.feedback?.[language] ?? '',
      })),
    })),
  };
}

const headTexts = ({ title, summary }: Head) =>
  eachLanguage(title, (language) => ({ title: title[language] ?? '', summary: summary?.[language] ?? '' }));

function eachLanguage<T>(words: ExchangeWords, make: (language: ExchangeLanguage) => T): Texts<T> {
  const languages = Object.keys(words) as ExchangeLanguage[];
  return Object.fromEntries(languages.map((language) => [ours(language), make(language)]));
}
