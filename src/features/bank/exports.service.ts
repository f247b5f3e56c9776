import { buffer } from 'node:stream/consumers';
import type { Language } from '../../lib/i18n';
import { storage } from '../../lib/storage';
import { findDraft } from '../authoring/drafts.model';
import { findVisibleFile, storageKey } from '../files/files.model';
import type { Actor } from '../organisations/organisations.model';
import { type BankFilter, findBankQuestions, selectBank } from './bank.model';
import { findOwnQuiz, selectWritten } from './quizzes.model';
import type { CarriedPicture, Entry } from './writing/entry';
import { languagesOf, type Written, writtenOf } from './written';

/** Whose questions go into a file. */
export type Wanted = { kind: 'draft' | 'lesson' | 'question'; id: string } | { kind: 'bank'; filter: BankFilter };

export interface Exported {
  title: string;
  questions: Written[];
}

const MOST = 2000;

/** The questions of a draft, a quiz or the bank; undefined for what the organisation does not have. */
export async function questionsFor(actor: Actor, wanted: Wanted): Promise<Exported | undefined> {
  const { organisation_id, content_language } = actor;
  if (wanted.kind === 'bank') {
    const rows = await selectBank(organisation_id, wanted.filter, MOST);
    return { title: '', questions: rows.map(({ question }) => question) };
  }
  if (wanted.kind === 'question') {
    const [row] = await findBankQuestions(organisation_id, [wanted.id]);
    return row && { title: '', questions: [row.question] };
  }
  if (wanted.kind === 'lesson') {
    const quiz = await findOwnQuiz(organisation_id, wanted.id, content_language);
    return (
      quiz && { title: quiz.title, questions: (await selectWritten(quiz.quiz_id)).map(({ question }) => question) }
    );
  }
  const draft = await findDraft(organisation_id, wanted.id);
  if (!draft) return undefined;
  const questions = draft.content.questions.map(writtenOf).filter((question) => languagesOf(question).length > 0);
  return { title: draft.content.title[draft.content.original] ?? '', questions };
}

/** The questions as they go into a file in this language, with their pictures. A question without it speaks its own. */
export async function entriesOf(
  actor: Actor,
  questions: readonly Written[],
  language: Language,
  withPictures: boolean,
): Promise<Entry[]> {
  const pictures = new Map<string, CarriedPicture>();
  if (withPictures) for (const id of pictureIds(questions)) await carry(actor, id, pictures);
  return questions.map((question) => ({ question, language, pictures }));
}

const ADDRESS = /\]\(\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/g;

function pictureIds(questions: readonly Written[]): Set<string> {
  const texts = questions.flatMap(({ texts: words }) => Object.values(words).map(({ prompt }) => prompt));
  return new Set(texts.flatMap((text) => [...text.matchAll(ADDRESS)].map(([, id]) => id ?? '')));
}

async function carry(actor: Actor, id: string, pictures: Map<string, CarriedPicture>): Promise<void> {
  const file = await findVisibleFile(actor, true, id);
  const bytes = file && (await storage().read(storageKey(file)));
  if (bytes) pictures.set(id, { name: `${id}.webp`, data: (await buffer(bytes)).toString('base64') });
}
