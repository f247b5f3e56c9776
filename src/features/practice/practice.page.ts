import { together } from '../../lib/db';
import { found } from '../../lib/guards';
import type { Actor } from '../organisations/organisations.model';
import { frameworkWords, wordsLanguage } from '../skills/skills.model';
import { LEAST_ANSWERS, MOST_ANSWERS, placement } from './adaptive';
import { selectPracticeAnswers, selectSession } from './practice.model';
import { countFresh, selectLessonsFor, selectOpenSessions, selectQuestionsById } from './practice.queries';
import { responseOf } from './practice.service';

/** What a person may practise today: skills of their target profile first, then the others that have questions. */
export async function practiceChoices(actor: Actor) {
  const words = await frameworkWords(wordsLanguage(actor));
  const [counts, open] = await together(countFresh(actor), selectOpenSessions(actor));
  const byCode = new Map(counts.rows.map(({ competence_code, count }) => [competence_code, count]));
  const targets = words.targets.get(actor.target_profile ?? '');
  const skills = [...words.competences.values()]
    .filter(({ code }) => byCode.has(code))
    .map(({ code, plain_name, about }) => ({
      code,
      plain_name,
      about,
      isTarget: targets?.has(code) ?? false,
      isEnough: (byCode.get(code) ?? 0) >= LEAST_ANSWERS,
    }));
  const waiting = open.rows.map(({ id, competence_code }) => ({
    id,
    skill: words.competences.get(competence_code)?.plain_name ?? competence_code,
  }));
  return {
    skills: skills.toSorted(
      (a, b) => Number(b.isEnough) - Number(a.isEnough) || Number(b.isTarget) - Number(a.isTarget),
    ),
    waiting,
  };
}

/** A session of the actor with its skill and answers. Throws 404 for another's, or none. */
export async function readSession(actor: Actor, sessionId: string) {
  const [sessions, answers] = await together(selectSession(actor, sessionId), selectPracticeAnswers(actor, sessionId));
  const session = found(sessions.rows[0]);
  const words = await frameworkWords(wordsLanguage(actor));
  const skill = words.competences.get(session.competence_code)?.plain_name ?? session.competence_code;
  return { session, answers: answers.rows, skill, words, most: MOST_ANSWERS };
}
export type SessionPage = Awaited<ReturnType<typeof readSession>>;

/** One question in the reader's language, with how hard it is. Throws 404 when it is gone. */
export async function readQuestion(actor: Actor, id: string | null) {
  const { rows } = await selectQuestionsById(actor, id ? [id] : []);
  return found(rows[0]);
}

/** What an ended session tells, in words: never as a number. */
export async function practiceResult(actor: Actor, { session, answers, words }: SessionPage) {
  const result = placement(answers.map(responseOf));
  const level = result && Math.round(result.level);
  const about = result?.level ?? session.known_level ?? 1;
  const [questions, lessons] = await together(
    selectQuestionsById(
      actor,
      answers.map(({ question_id }) => question_id),
    ),
    selectLessonsFor(actor, session.competence_code, about),
  );
  const points = new Map(answers.map((answer) => [answer.question_id, answer.points]));
  const asked = questions.rows.map(({ id, prompt, language }) => ({
    prompt,
    language,
    wentWell: points.get(id) === 1,
  }));
  return {
    isEnough: result !== undefined,
    least: LEAST_ANSWERS,
    band: words.bands.find(({ levels }) => levels.includes(Math.max(1, level ?? 0))),
    isStart: level === 0,
    plant: Math.max(0, Math.min(3, Math.ceil((level ?? 0) / 2))),
    wentWell: asked.filter(({ wentWell }) => wentWell),
    practise: asked.filter(({ wentWell }) => !wentWell),
    lessons: lessons.rows,
  };
}
