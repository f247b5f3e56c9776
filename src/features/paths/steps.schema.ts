import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { addCalendarDays, dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { LANGUAGES } from '../../lib/i18n';
import { RELATIONS, ROLES } from '../organisations/organisations.model';
import { STEP_KINDS, type StepKind } from './step-states';
import type { NewCondition, NewStep, StepTexts } from './steps.model';

const Text = (most: number, key: string) => z.string().trim().max(most, message(key)).default('');
const texts = Object.fromEntries(
  LANGUAGES.flatMap((language) => [
    [`step_title_${language}`, Text(200, 'paths.title.long')],
    [`step_about_${language}`, Text(1000, 'paths.summary.long')],
  ]),
);

function textsOf(form: Record<string, unknown>): StepTexts {
  const written = LANGUAGES.filter((language) => form[`step_title_${language}`] !== '');
  return Object.fromEntries(
    written.map((language) => [
      language,
      { title: String(form[`step_title_${language}`]), about: String(form[`step_about_${language}`] ?? '') },
    ]),
  );
}

/** An address of our own, or of the web by https. */
const Link = z
  .string()
  .trim()
  .max(500, message('paths.link.wrong'))
  .refine((link) => link === '' || /^\/(?!\/)[^\s\\]*$/.test(link) || isHttps(link), message('paths.link.wrong'))
  .default('');

function isHttps(link: string): boolean {
  return URL.canParse(link) && new URL(link).protocol === 'https:';
}

const Codes = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((codes) => [...new Set([codes].flat().filter((code) => /^[\w.-]{1,50}$/.test(code)))]);

const NEEDS: Partial<Record<StepKind, string>> = { course: 'course_id', lesson: 'lesson_id' };

/** A new step of a path; `id` makes a form that is sent twice add one. */
export const StepForm = z
  .looseObject({
    id: z.uuid().catch(() => randomUUID()),
    kind: z.enum(STEP_KINDS, message('paths.step.missing')),
    course_id: z.uuid().optional().catch(undefined),
    lesson_id: z.uuid().optional().catch(undefined),
    competence_codes: Codes,
    link: Link,
    ...texts,
  })
  .transform((form, context): { step: NewStep; texts: StepTexts } => {
    const { id, kind, course_id, lesson_id, competence_codes, link } = form;
    const written = textsOf(form);
    const fault = (field: string, key: string) => context.addIssue({ code: 'custom', path: [field], message: key });
    const needed = NEEDS[kind];
    if (needed && !(form as Record<string, unknown>)[needed]) fault(needed, 'paths.step.missing');
    if (kind === 'outside' && Object.keys(written).length === 0) fault('step_title_fi', 'paths.step.noName');
    if (kind === 'placement' && (competence_codes.length < 1 || competence_codes.length > 4))
      fault('competence_codes', 'paths.step.competences');
    const step: NewStep = { id, kind };
    if (kind === 'course' && course_id) step.course_id = course_id;
    if (kind === 'lesson' && lesson_id) step.lesson_id = lesson_id;
    if (kind === 'placement' || kind === 'task') step.competence_codes = competence_codes;
    if (kind === 'outside') step.link = link;
    return { step, texts: kind === 'course' || kind === 'lesson' ? {} : written };
  });

const WholeOrNone = (least: number, most: number, key: string) =>
  z
    .string()
    .trim()
    .default('')
    .transform((text, context): number | null => {
      if (text === '') return null;
      const number = Number(text);
      if (!(Number.isInteger(number) && number >= least && number <= most))
        context.addIssue({ code: 'custom', ...message(key) });
      return number;
    });

/** `place`: needed, optional, or a group's number. */
export const StepRulesForm = z
  .looseObject({
    place: z.enum(['required', 'optional', ...'123456789'], message('errors.invalid')).default('required'),
    needed: WholeOrNone(1, 50, 'paths.group.number'),
    valid_months: WholeOrNone(1, 120, 'paths.valid.number'),
    placement_counts: z.literal('yes').optional().catch(undefined),
    ...texts,
  })
  .transform((form) => ({
    is_required: form.place === 'required',
    group_key: /^\d$/.test(form.place) ? Number(form.place) : null,
    needed: form.needed ?? 1,
    valid_months: form.valid_months,
    placement_counts: form.placement_counts === 'yes',
    texts: textsOf(form),
  }));

const Share = z.coerce
  .number(message('paths.share.number'))
  .int(message('paths.share.number'))
  .min(1, message('paths.share.number'))
  .max(100, message('paths.share.number'));
const FARTHEST_DAYS = 2 * 366;

/** For whom a step is: `team:<id>`, `role:<role>`, `relation:<relation>` or `profile:<code>`. */
const Whom = z.string(message('paths.who.missing')).transform((text, context): NewCondition => {
  const [kind = '', ...rest] = text.split(':');
  const code = rest.join(':');
  if (kind === 'team' && z.uuid().safeParse(code).success) return { kind, team_id: code };
  if (kind === 'role' && (ROLES as readonly string[]).includes(code)) return { kind, code };
  if (kind === 'relation' && (RELATIONS as readonly string[]).includes(code)) return { kind, code };
  if (kind === 'profile' && /^[\w.-]{1,80}$/.test(code)) return { kind, code };
  context.addIssue({ code: 'custom', ...message('paths.who.missing') });
  return z.NEVER;
});

const OpenDay = z.string(message('paths.due.notADay')).transform((text, context) => {
  const day = readDay(text);
  if (!day) context.addIssue({ code: 'custom', ...message('paths.due.notADay') });
  // Nobody waits for years for a step: a slip of the finger.
  else if (day > addCalendarDays(dayOf(new Date()), FARTHEST_DAYS))
    context.addIssue({ code: 'custom', ...message('paths.day.far') });
  return day ?? '';
});

const other = { other_step_id: z.uuid(message('paths.otherStep.missing')) };

/** One condition, from closed lists. */
export const ConditionForm = z.union([
  z.object({ kind: z.literal('finished'), ...other }).strip(),
  z.object({ kind: z.enum(['result', 'went_well', 'went_less']), ...other, share: Share }).strip(),
  z
    .object({
      kind: z.literal('level'),
      competence_code: z.string(message('paths.step.missing')).regex(/^[\w.-]{1,50}$/, message('paths.step.missing')),
      level: z.coerce.number(message('errors.invalid')).int().min(1).max(8),
    })
    .strip(),
  z
    .object({ kind: z.literal('whom'), whom: Whom })
    .strip()
    .transform(({ whom }) => whom),
  z.object({ kind: z.literal('date'), day: OpenDay }).strip(),
]);
