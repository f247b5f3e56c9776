import { db } from '../../lib/db';

/** A round of own answers. Open until it is handed in; one open at a time. */
export interface SelfAssessment {
  id: string;
  organisation_id: string;
  person_id: string;
  started_at: Date;
  submitted_at: Date | null;
}

export interface SelfAssessmentAnswer {
  self_assessment_id: string;
  organisation_id: string;
  person_id: string;
  item_code: string;
  competence_code: string;
  /** 0..3 on the item's scale; null when the person skipped it. */
  value: number | null;
  answered_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    self_assessments: SelfAssessment;
    self_assessment_answers: SelfAssessmentAnswer;
  }
}

interface Whose {
  id: string;
  organisation_id: string;
}

export const openAssessment = ({ id, organisation_id }: Whose) =>
  db()('self_assessments').where({ organisation_id, person_id: id, submitted_at: null });

/** The answers of the person's open round. */
export const openAnswers = ({ id, organisation_id }: Whose) =>
  db()('self_assessment_answers')
    .where({ organisation_id, person_id: id })
    .where(
      'self_assessment_id',
      db()('self_assessments').where({ organisation_id, person_id: id, submitted_at: null }).select('id'),
    )
    .select<SelfAssessmentAnswer[]>('*');

/** Safe to call when a round is open already. */
export async function insertAssessment({ id, organisation_id }: Whose): Promise<void> {
  await db().raw(
    `insert into self_assessments (organisation_id, person_id) values (?, ?)
     on conflict (organisation_id, person_id) where submitted_at is null do nothing`,
    [organisation_id, id],
  );
}

/** An answer given again takes the place of the one before: until it is handed in it is a draft of a view. */
export async function saveAnswers(answers: Omit<SelfAssessmentAnswer, 'answered_at'>[]): Promise<void> {
  if (answers.length === 0) return;
  await db()('self_assessment_answers')
    .insert(answers)
    .onConflict(['self_assessment_id', 'item_code'])
    .merge({ value: db().raw('excluded.value') as never, answered_at: db().fn.now() as never });
}

export async function closeAssessment({ organisation_id, id }: SelfAssessment): Promise<void> {
  await db()('self_assessments')
    .where({ organisation_id, id })
    .update({ submitted_at: db().fn.now() as never });
}

export async function deleteAssessment({ organisation_id, id }: SelfAssessment): Promise<void> {
  await db()('self_assessments').where({ organisation_id, id }).delete();
}
