import type { BankQuestion } from '../features/bank/bank.model';
import { readGift } from '../features/bank/reading/gift';
import { readMoodle } from '../features/bank/reading/moodle';
import { fingerprint, languagesOf, type Written, wordsOf } from '../features/bank/written';
import { BANK_GIFT, SENT_MOODLE } from './bank-texts';
import type { Rows } from './bulk';
import { type Calendar, later } from './calendar';
import type { CatalogueCourse } from './catalogue';
import type { Chance } from './chance';

const READING = { language: 'fi' as const, competence: '', level: 2 };

export interface BankPlace {
  organisationId: string;
  chance: Chance;
  /** Who writes the quiz that uses the bank, and where; without it, only the bank is filled. */
  quiz?: { author: string; course: CatalogueCourse };
}

type Kept = Pick<BankQuestion, 'id' | 'version' | 'question'>;

/** A bank of questions, a file that waits to be looked through, and a quiz that takes and draws from the bank. */
export function addBank(rows: Rows, calendar: Calendar, { organisationId, chance, quiz }: BankPlace): void {
  const written = [...readGift(BANK_GIFT, READING)].flatMap((item) =>
    item === 'category' ? [] : (item.question ?? []),
  );
  const kept = written.map((question, index) =>
    addQuestion(rows, calendar, { organisationId, chance, question, index }),
  );
  addFile(rows, calendar, { organisationId, chance });
  if (quiz) addQuiz(rows, calendar, kept, { organisationId, chance, ...quiz });
}

function addQuestion(
  rows: Rows,
  calendar: Calendar,
  {
    organisationId,
    chance,
    question,
    index,
  }: { organisationId: string; chance: Chance; question: Written; index: number },
): Kept {
  const id = chance.uuid();
  const at = later(calendar.daysAgo(40 - 2 * index), { minutes: 600 });
  const version = index === 1 ? 2 : 1;
  rows.add('bank_questions', {
    ...{ id, organisation_id: organisationId, type: question.type, level: question.level, version },
    competence_code: question.competence || null,
    languages: `{${languagesOf(question).join(',')}}`,
    question: JSON.stringify(question),
    words: wordsOf(question),
    fingerprint: fingerprint(question),
    source: JSON.stringify({ kind: 'file', title: 'turva-kysymykset.gift', category: 'Turvallisuus' }),
    ...{ created_at: at, updated_at: at },
  });
  return { id, version, question };
}

function addFile(
  rows: Rows,
  calendar: Calendar,
  { organisationId, chance }: { organisationId: string; chance: Chance },
): void {
  const id = chance.uuid();
  const items = [...readMoodle(SENT_MOODLE, READING)];
  const read = items.filter((item) => item !== 'category');
  rows.add('question_imports', {
    ...{ id, organisation_id: organisationId, file_name: 'moodle-digituki-2026.xml', kind: 'moodle', state: 'ready' },
    reading: JSON.stringify(READING),
    ...{ done: read.length, expected: items.length, categories: items.length - read.length },
    created_at: calendar.daysAgo(1),
    expires_at: calendar.daysAgo(-13),
  });
  for (const { number, line, name, kind, category, excerpt, question, notes, reason } of read)
    rows.add('question_import_items', {
      ...{ import_id: id, number, line, name, kind, category, excerpt },
      question: question ? JSON.stringify(question) : null,
      notes: JSON.stringify(notes),
      reason: reason ? JSON.stringify(reason) : null,
    });
}

/** Two copies, one of which has changed in the bank since, and a draw from the rest. */
function addQuiz(
  rows: Rows,
  calendar: Calendar,
  kept: readonly Kept[],
  {
    organisationId,
    chance,
    author,
    course,
  }: { organisationId: string; chance: Chance; author: string; course: CatalogueCourse },
): void {
  const copy = ({ id, version, question }: Kept, name: string) => ({ ...question, id: name, bank: { id, version } });
  const [first, changed, ...rest] = kept;
  if (!first || !changed) return;
  const old = copy(changed, 'toka');
  const text = old.texts.fi;
  const pile = rest.filter(({ question }) => question.competence === '4.2');
  const content = {
    original: 'fi',
    title: { fi: 'Turvallinen arki verkossa' },
    ...{ minutes: 5, level: 2, competences: ['4.2'], blocks: [] },
    questions: [
      copy(first, 'eka'),
      // As it was before somebody made it clearer in the bank.
      {
        ...old,
        texts: { fi: { prompt: `Mieti: ${text?.prompt ?? ''}`, feedback: text?.feedback ?? '' } },
        bank: { id: changed.id, version: 1 },
      },
    ],
    draws: [
      {
        id: 'arpa',
        from: 'bank',
        competence: '4.2',
        level: 0,
        count: 3,
        pile: pile.map((one, at) => copy(one, `arpa${at}`)),
      },
    ],
  };
  const at = later(calendar.daysAgo(1), { minutes: 620 });
  rows.add('lesson_drafts', {
    ...{
      id: chance.uuid(),
      organisation_id: organisationId,
      course_id: course.id,
      lesson_id: null,
      kind: 'quiz',
      content,
    },
    ...{ version: 2, state: 'writing', author_id: author, expert_id: null, professional_id: null },
    ...{ submitted_at: null, published_at: null, created_at: at, updated_at: at },
  });
}
