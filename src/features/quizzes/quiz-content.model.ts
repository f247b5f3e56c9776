import { isDeepStrictEqual } from 'node:util';
import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import { isJudged, type TypeName } from './question-types/registry';

export const COUNTS = ['best', 'last', 'first'] as const;

export interface QuizRules {
  attempts_allowed: number | null;
  counts: (typeof COUNTS)[number];
  /** The share of points that passes, from 0 to 1. */
  pass_share: number;
}
export const DEFAULT_RULES: QuizRules = { attempts_allowed: null, counts: 'best', pass_share: 0.7 };

export interface OptionContent {
  key: string;
  is_correct: boolean;
  texts: Partial<Record<Language, { text: string; feedback: string }>>;
}

export interface QuestionContent {
  /** What the question is called where it comes from; the same question keeps its row, and with it its answers. */
  exchange_id: string;
  type: TypeName;
  competence_code: string | null;
  level: number | null;
  audience: string[];
  texts: Partial<Record<Language, { prompt: string; feedback: string }>>;
  options: OptionContent[];
  /** Of a question of another type than choices; those have options. */
  content: object | null;
  /** The pile that it is drawn from; null when every attempt asks it. */
  draw: string | null;
}

/** So many questions of a pile are drawn for each attempt. */
export interface Draw {
  key: string;
  count: number;
}

export interface QuizContent {
  rules: QuizRules;
  draws: Draw[];
  questions: QuestionContent[];
}

/**
 * Writes a whole quiz, new or known, and returns its id. Questions are known by exchange_id: a changed one is updated in
 * place, one that is gone is retired (its answers stay), one that comes back is no longer retired. The version grows when
 * something changed. Call inside a transaction.
 */
export async function saveQuizContent(
  organisationId: string,
  quizId: string | null,
  content: QuizContent,
): Promise<string> {
  if (!quizId) return insertQuiz(organisationId, content);
  const known = (await selectQuizContents([quizId])).get(quizId);
  if (known && isDeepStrictEqual(known, content)) return quizId;
  await db()
    .table('quizzes')
    .where({ id: quizId, organisation_id: organisationId })
    .update({ ...content.rules, draws: JSON.stringify(content.draws), version: db().raw('version + 1') });
  await saveQuestions(quizId, content.questions, known?.questions);
  return quizId;
}

async function insertQuiz(organisationId: string, content: QuizContent): Promise<string> {
  const [row] = await db()
    .table('quizzes')
    .insert({ organisation_id: organisationId, ...content.rules, draws: JSON.stringify(content.draws) })
    .returning('id');
  await saveQuestions(row.id, content.questions);
  return row.id;
}

async function saveQuestions(
  quizId: string,
  questions: QuestionContent[],
  known: QuestionContent[] = [],
): Promise<void> {
  const before = new Map(known.map((question) => [question.exchange_id, question]));
  await db()
    .table('questions')
    .where({ quiz_id: quizId, retired_at: null })
    .whereRaw('(exchange_id is null or exchange_id <> all(?))', [questions.map((question) => question.exchange_id)])
    .update({ retired_at: new Date() });
  for (const [index, question] of questions.entries()) {
    const { texts, options, content, ...rest } = question;
    const values = { ...rest, content: content && JSON.stringify(content), judged: isJudged(rest.type, content) };
    const [row] = await db()
      .table('questions')
      .insert({ ...values, quiz_id: quizId, position: index + 1, retired_at: null })
      .onConflict(['quiz_id', 'exchange_id'])
      .merge()
      .returning('id');
    const old = before.get(question.exchange_id);
    if (old && !isDeepStrictEqual(old, question)) await keepVersion(row.id, old);
    await replaceTexts(row.id, question);
  }
}

/** What the question was stays known to answers that are still on their way from a device without a network. */
async function keepVersion(questionId: string, old: QuestionContent): Promise<void> {
  await db().raw(
    `with kept as (insert into question_versions (question_id, version, content)
       select id, version, ?::jsonb from questions where id = ? on conflict do nothing)
     update questions set version = version + 1, changed_at = now() where id = ?`,
    [JSON.stringify(old), questionId, questionId],
  );
}

/** Texts and options hold nothing that answers point to: answers keep the options' keys. */
async function replaceTexts(questionId: string, { texts, options }: QuestionContent): Promise<void> {
  await db().table('question_texts').where({ question_id: questionId }).delete();
  await db().table('question_options').where({ question_id: questionId }).delete();
  await db()
    .table('question_texts')
    .insert(Object.entries(texts).map(([language, text]) => ({ question_id: questionId, language, ...text })));
  if (options.length === 0) return;
  await db()
    .table('question_options')
    .insert(options.map(({ key, is_correct }, i) => ({ question_id: questionId, key, position: i + 1, is_correct })));
  await db()
    .table('option_texts')
    .insert(
      options.flatMap(({ key, texts: words }) =>
        Object.entries(words).map(([language, text]) => ({ question_id: questionId, key, language, ...text })),
      ),
    );
}

/** Whole quizzes by id, without retired questions. Holds the keys: never for a learner's page. */
export async function selectQuizContents(quizIds: readonly string[]): Promise<Map<string, QuizContent>> {
  const { rows } = await db().raw(CONTENTS, [[...quizIds]]);
  return new Map(
    rows.map(({ id, rules, draws, questions }: QuizContent & { id: string }) => [id, { rules, draws, questions }]),
  );
}

/** The rules of the quiz of a lesson that the organisation owns. */
export async function findRules(organisationId: string, lessonId: string): Promise<QuizRules | undefined> {
  const { rows } = await db().raw(
    `select z.attempts_allowed, z.counts, z.pass_share::float8 as pass_share from quizzes z join lessons l on l.quiz_id = z.id
     where l.organisation_id = ? and l.id = ?`,
    [organisationId, lessonId],
  );
  return rows[0];
}

const CONTENTS = `
  select z.id,
    jsonb_build_object('attempts_allowed', z.attempts_allowed, 'counts', z.counts, 'pass_share', z.pass_share) as rules, z.draws,
    coalesce((select jsonb_agg(jsonb_build_object(
      'exchange_id', coalesce(q.exchange_id, q.id::text), 'type', q.type, 'competence_code', q.competence_code,
      'level', q.level, 'audience', q.audience, 'content', q.content, 'draw', q.draw,
      'texts', (select jsonb_object_agg(t.language, jsonb_build_object('prompt', t.prompt, 'feedback', t.feedback))
        from question_texts t where t.question_id = q.id),
      'options', coalesce((select jsonb_agg(jsonb_build_object('key', o.key, 'is_correct', o.is_correct,
        'texts', (select jsonb_object_agg(x.language, jsonb_build_object('text', x.text, 'feedback', x.feedback))
          from option_texts x where x.question_id = o.question_id and x.key = o.key)) order by o.position)
        from question_options o where o.question_id = q.id), '[]')) order by q.position)
      from questions q where q.quiz_id = z.id and q.retired_at is null), '[]') as questions
  from quizzes z where z.id = any(?)`;
