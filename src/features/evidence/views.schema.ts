import { z } from 'zod';
import { type FormResult, message, readForm } from '../../lib/forms';
import { oneLine, severalLines } from '../../lib/text';
import { DoneOn } from '../skills/done-on';
import type { Competence } from '../skills/skills.model';

/** So many skills fit on one answer that a person fills in while standing up. */
export const MOST_SKILLS = 4;

const asList = (value: unknown) => (value === undefined ? [] : [value].flat());

const invitationBase = {
  /** Made with the form, so that sending it twice makes one invitation. */
  key: z.uuid(message('errors.invalid')),
  codes: z.preprocess(
    asList,
    z
      .array(z.string())
      .min(1, message('views.invite.codes.missing'))
      .max(MOST_SKILLS, message('views.invite.codes.many')),
  ),
  message: z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(500, message('views.long500'))),
};

export const InvitationForm = z.discriminatedUnion(
  'whom',
  [
    z.object({
      ...invitationBase,
      whom: z.literal('person'),
      person: z.union([z.uuid(), z.literal('')]).optional(),
      search: z
        .string()
        .default('')
        .transform(oneLine)
        .pipe(z.string().max(80, message('views.long80'))),
    }),
    z.object({
      ...invitationBase,
      whom: z.literal('link'),
      shown_name: z
        .string()
        .default('')
        .transform(oneLine)
        .pipe(z.string().min(1, message('views.invite.shown.missing')).max(80, message('views.long80'))),
    }),
  ],
  message('views.invite.whom.missing'),
);
export type InvitationForm = z.output<typeof InvitationForm>;

export interface ToldView {
  competence_code: string;
  seen: string[];
  level: number | null;
  help_level: 0 | 1 | 2 | 3 | null;
  note: string;
}

/**
 * What a rater tells of these skills. A skill without a tick and without a help level is left out; one at least must be
 * told of. Ticked lines mean the highest level among them. `withName`: somebody without an account says who they are.
 */
function answerForm(competences: readonly Competence[], withName: boolean) {
  const fields = Object.fromEntries(
    competences.flatMap(({ code, checklist }) => [
      [`seen-${code}`, z.preprocess(asList, z.array(z.enum(checklist.map((line) => line.code))).max(20)).optional()],
      [`help-${code}`, z.enum(['', '0', '1', '2', '3'], message('errors.invalid')).default('')],
      [
        `note-${code}`,
        z
          .string()
          .default('')
          .transform(severalLines)
          .pipe(z.string().max(500, message('views.long500'))),
      ],
    ]),
  );
  const name = z
    .string()
    .default('')
    .transform(oneLine)
    .pipe(z.string().max(80, message('views.long80')));
  return z
    .object({
      ...fields,
      key: z.uuid(message('errors.invalid')),
      source: z.enum(['peer', 'experience_expert'], message('views.answer.source.missing')),
      knows_from: z
        .string()
        .default('')
        .transform(oneLine)
        .pipe(z.string().max(100, message('views.long100'))),
      rater_name: withName ? name.pipe(z.string().min(1, message('views.answer.name.missing'))) : name,
      done_on: DoneOn,
    })
    .transform((given) => {
      const told = competences.map((competence) => toldOf(competence, given)).filter((view) => view !== undefined);
      const { key, source, knows_from, rater_name, done_on } = given as unknown as Told;
      return { key, source, knows_from, rater_name, done_on, told };
    });
}

/**
 * What a rater sent, with everything that is missing told at once: also that nothing was seen, which no single field can tell.
 */
export function readAnswer(competences: readonly Competence[], withName: boolean, body: unknown): FormResult<Answer> {
  const form = readForm(answerForm(competences, withName), body);
  const first = `seen-${competences[0]?.code}`;
  const isEmpty = (value: unknown) =>
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  const sent = { ...(body as Record<string, unknown>) };
  const nothing = competences.every(({ code }) => isEmpty(sent[`seen-${code}`]) && isEmpty(sent[`help-${code}`]));
  if (!nothing) return form;
  return { ok: false, values: sent, errors: { [first]: 'views.answer.nothing', ...(form.ok ? {} : form.errors) } };
}

interface Told {
  key: string;
  source: 'peer' | 'experience_expert';
  knows_from: string;
  rater_name: string;
  done_on: Date;
}
export type Answer = Told & { told: ToldView[] };

function toldOf({ code, checklist }: Competence, given: Record<string, unknown>): ToldView | undefined {
  const seen = (given[`seen-${code}`] as string[] | undefined) ?? [];
  const help = given[`help-${code}`] as string;
  const levels = checklist.filter((line) => seen.includes(line.code)).map(({ level }) => level);
  if (levels.length === 0 && help === '') return undefined;
  return {
    competence_code: code,
    seen,
    level: levels.length > 0 ? Math.max(...levels) : null,
    help_level: help === '' ? null : (Number(help) as 0 | 1 | 2 | 3),
    note: String(given[`note-${code}`] ?? ''),
  };
}

/** The person's answer to what was told: what they take into their profile, and a comment beside each. */
export const DecisionForm = z.object({
  decision: z.enum(['accept', 'leave'], message('views.decide.missing')),
  comment: z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(1000, message('views.long1000'))),
});
