import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Day, dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { DECISIONS, type PlannedStep, STEPS } from './cycles.model';

const thisYear = () => Number(dayOf(new Date()).slice(0, 4));

const Year = z.coerce
  .number(message('cycles.year.none'))
  .int(message('cycles.year.none'))
  .refine((year) => year >= thisYear() - 1 && year <= thisYear() + 2, message('cycles.year.far'));

const StepDay = z
  .string()
  .trim()
  .default('')
  .transform((text, context): Day => {
    const day = readDay(text);
    if (day === undefined) context.addIssue({ code: 'custom', message: 'cycles.day.none' });
    return day ?? '';
  });

const RemindDays = z.coerce
  .number(message('cycles.remind.number'))
  .int(message('cycles.remind.number'))
  .min(0, message('cycles.remind.number'))
  .max(60, message('cycles.remind.number'));

const Theme = z.string().trim().max(200, message('cycles.theme.long')).default('');

const fields = {
  theme: Theme,
  remind_days: RemindDays.default(7),
  check: StepDay,
  plan: StepDay,
  try: StepDay,
  review: StepDay,
};

type Dates = Record<(typeof STEPS)[number], Day> & { year: number; remind_days: number };

/** Each day lies in the year, and no step comes before the one it follows. */
function checkOrder(form: Dates, context: z.RefinementCtx): void {
  STEPS.forEach((step, index) => {
    const before = STEPS[index - 1];
    if (form[step] === '') return;
    if (!form[step].startsWith(`${form.year}-`))
      context.addIssue({ code: 'custom', path: [step], message: 'cycles.day.year' });
    else if (before && form[step] < form[before])
      context.addIssue({ code: 'custom', path: [step], message: 'cycles.day.order' });
  });
}

const stepsOf = (form: Dates): PlannedStep[] =>
  STEPS.map((step) => ({ step, due_on: form[step], remind_days: form.remind_days }));

export const CycleForm = z
  .object({ year: Year, ...fields })
  .superRefine(checkOrder)
  .transform((form) => ({ year: form.year, theme: form.theme, steps: stepsOf(form) }));

/** Other days for a cycle whose year stays. */
export const cycleDaysForm = (year: number) =>
  z
    .object(fields)
    .superRefine((form, context) => checkOrder({ ...form, year }, context))
    .transform((form) => ({ theme: form.theme, steps: stepsOf({ ...form, year }) }));

export const StepForm = z.object({
  learned: z.string().trim().min(1, message('cycles.learned.missing')).max(300, message('cycles.learned.long')),
});

export const ExperimentForm = z.object({
  key: z.uuid().catch(() => randomUUID()),
  idea: z.string().trim().min(1, message('cycles.idea.missing')).max(300, message('cycles.idea.long')),
});

export const DecisionForm = z.object({
  decision: z.enum(DECISIONS, message('cycles.decision.missing')),
  learned: z.string().trim().max(300, message('cycles.learned.long')).default(''),
});
