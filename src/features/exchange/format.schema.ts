import { z } from 'zod';
import { LANGUAGES } from '../../lib/i18n';
import { BlockSchema, LONGEST_LINE, MOST_BLOCKS } from '../blocks/registry';
import { PICTURES } from '../courses/courses.model';
import { MOST_CRITERIA, RUBRIC_LEVELS } from '../evidence/rubric.model';
import { FILE_KINDS } from '../files/files.model';
import { AUDIENCES } from '../organisations/organisations.policy';
import { isContentType, TYPE_NAMES, typeOf } from '../quizzes/question-types/registry';
import { COUNTS } from '../quizzes/quiz-content.model';

export const FORMAT = 'oppiva-course';
/** Grows when an older reader could not understand a file any more. */
export const FORMAT_VERSION = 1;

const Id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{C}]+$/u);
const Code = z.string().regex(/^[\w.-]{1,20}$/);
const Level = z.int().min(1).max(8);
const byLanguage = <T extends z.ZodType>(text: T) => z.partialRecord(z.enum(LANGUAGES), text);
const Heads = byLanguage(z.strictObject({ title: z.string().max(LONGEST_LINE), summary: z.string().max(5000) }));
const Sources = z.array(z.string().max(2000)).max(100);
const Ranges = z.array(z.strictObject({ code: Code, from_level: Level, to_level: Level })).max(100);
const Minutes = z.int().min(0).max(1000);
const Audiences = z.array(z.enum(AUDIENCES)).max(AUDIENCES.length);

const Question = z
  .strictObject({
    id: z.string().regex(/^[\w-]{1,60}$/),
    type: z.enum(TYPE_NAMES),
    competence: z.union([z.literal(''), Code]),
    level: z.int().min(0).max(8),
    texts: byLanguage(z.strictObject({ prompt: z.string().max(20_000), feedback: z.string().max(20_000) })),
    options: z
      .array(
        z.strictObject({
          key: z.string().regex(/^[\w-]{1,40}$/),
          correct: z.boolean(),
          texts: byLanguage(z.strictObject({ text: z.string().max(2000), feedback: z.string().max(5000) })),
        }),
      )
      .max(20),
    content: z.looseObject({}).optional(),
    version: z.int().min(1).optional(),
    follows: byLanguage(z.int().min(0)).optional(),
  })
  .refine(({ type, content }) =>
    isContentType(type) ? typeOf(type).content.safeParse(content).success : content === undefined,
  );
const Questions = z.array(Question).max(500);

const Draw = z.strictObject({
  id: z.string().regex(/^[\w-]{1,60}$/),
  from: z.enum(['own', 'bank']),
  competence: z.union([z.literal(''), Code]),
  level: z.int().min(0).max(8),
  count: z.int().min(1).max(50),
  pile: Questions,
});

const Criterion = z.strictObject({
  key: z.string().regex(/^[\w-]{1,40}$/),
  name: byLanguage(z.string().max(1000)),
  levels: z.array(byLanguage(z.string().max(2000))).length(RUBRIC_LEVELS),
});

/** Everything of a document but its blocks and questions: these are read one by one. */
const head = {
  original: z.enum(LANGUAGES),
  title: byLanguage(z.string().max(LONGEST_LINE)),
  minutes: Minutes,
  level: Level,
  competences: z.array(Code).max(50),
  h5p_content_id: z.uuid().optional(),
  h5p_rule: z.string().max(60).optional(),
  rules: z
    .strictObject({
      attempts_allowed: z.int().min(1).max(100).nullable(),
      counts: z.enum(COUNTS),
      pass_share: z.number().min(0).max(1),
    })
    .optional(),
  draws: z.array(Draw).max(50).optional(),
  rubric: z.array(Criterion).max(MOST_CRITERIA).optional(),
};

export const DocumentHead = z.strictObject({
  ...head,
  blocks: z.array(z.unknown()).max(MOST_BLOCKS),
  questions: z.array(z.unknown()).max(500),
});
export { BlockSchema, Question as QuestionSchema };

export const LessonHead = z.strictObject({
  id: Id,
  kind: z.enum(['text', 'quiz', 'h5p']),
  audience: Audiences,
  /** The day by which somebody reads it again. */
  review_by: z.iso.date().nullable(),
  origin: z.strictObject({
    credits: z
      .array(
        z.strictObject({
          kind: z.string().regex(/^[a-z_]{1,30}$/),
          name: z.string().min(1).max(200),
          signed_on: z.iso.date(),
        }),
      )
      .max(20)
      .optional(),
    tested: z.strictObject({ people: z.int().min(1).max(999), finished: z.int().min(0).max(999) }).optional(),
    reviewed: z.array(z.enum(LANGUAGES)).optional(),
  }),
  document: z.unknown(),
});

const Module = z.strictObject({
  id: Id,
  minutes: Minutes,
  audience: Audiences,
  competences: Ranges,
  sources: Sources,
  texts: Heads,
  lessons: z.array(z.unknown()).max(500),
});

export const CourseFile = z.strictObject({
  id: Id,
  picture: z.enum(PICTURES),
  sources: Sources,
  texts: Heads,
  competences: Ranges,
  modules: z.array(Module).min(1).max(100),
  /** What the competences that this course names are called where it was written. */
  names: z.record(Code, byLanguage(z.string().max(500))),
});

const Sha = z.string().regex(/^[0-9a-f]{64}$/);
const Cue = z.strictObject({ start: z.int().min(0), end: z.int().min(1), text: z.string().min(1).max(500) });

const Medium = z.strictObject({
  id: z.uuid(),
  path: z.string().regex(/^media\/[0-9a-f]{64}\.[a-z0-9]{2,4}$/),
  sha256: Sha,
  bytes: z.int().min(1),
  kind: z.enum(FILE_KINDS),
  name: z.string().max(200),
  alts: byLanguage(z.string().max(300)),
  is_decoration: z.boolean(),
  licence: z.string().regex(/^[a-z0-9-]{0,20}$/),
  author: z.string().max(200),
  source: z.string().max(500),
  captions: byLanguage(z.array(Cue).max(2000)),
});

const Library = z.strictObject({
  folder: z.string().regex(/^[A-Za-z_$][\w.$-]{0,254}-\d{1,5}\.\d{1,5}$/),
  patch: z.int().min(0),
  title: z.string().max(255),
  licence: z.string().max(100),
  /** Whether it lies in the package; its licence has to allow that. */
  included: z.boolean(),
});

const H5p = z.strictObject({
  id: z.uuid(),
  path: z.string().regex(/^h5p\/[0-9a-f-]{36}\.h5p$/),
  sha256: Sha,
  bytes: z.int().min(1),
  title: z.string().max(255),
  libraries: z.array(Library).max(500),
  /** When it counts as done: the value of a rule that it offers. */
  rule: z.string().max(60),
});

/** What stands at the beginning of the file. */
export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  /** Who gave it away, by name; words for people, nothing is decided by them. */
  from: z.string().max(300),
  title: z.string().max(LONGEST_LINE),
  course: z.strictObject({ sha256: Sha, bytes: z.int().min(2) }),
  media: z.array(Medium).max(2000),
  h5p: z.array(H5p).max(500),
  /** What could not come along, and why. */
  left_out: z.array(z.strictObject({ lesson: z.string().max(300), why: z.string().regex(/^[a-z-]{1,30}$/) })).max(1000),
});

export type CourseFile = z.output<typeof CourseFile>;
export type ModuleOfFile = CourseFile['modules'][number];
export type LessonHead = z.output<typeof LessonHead>;
export type DocumentHead = z.output<typeof DocumentHead>;
export type Manifest = z.output<typeof Manifest>;
export type MediumOfFile = Manifest['media'][number];
export type H5pOfFile = Manifest['h5p'][number];
