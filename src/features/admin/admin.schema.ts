import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../lib/forms';
import { RELATIONS, ROLES } from '../organisations/organisations.model';

/** One box sends a text, many send a list. */
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(item).max(200));
const emptyAsNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), schema.nullable());

const name = z
  .string(message('admin.name.missing'))
  .trim()
  .min(2, message('admin.name.missing'))
  .max(120, message('admin.name.long'))
  .regex(/^[^\p{Cc}]+$/u, message('admin.name.missing'));

/** No @ in it: a user name is never another person's e-mail. */
const username = z
  .string(message('admin.username.form'))
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,59}$/, message('admin.username.form'));

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .pipe(z.email(message('admin.email.form')));

const terms = {
  roles: list(z.enum(ROLES, message('errors.invalid'))).refine(
    (roles) => roles.length > 0,
    message('admin.roles.missing'),
  ),
  relation: z.enum(RELATIONS, message('admin.relation.missing')),
  target_profile: emptyAsNull(z.string().max(80)).optional().default(null),
};

/** `key` is made with the form: the same form sent twice makes one account. */
export const NewPersonForm = z.object({
  key: z.uuid().catch(() => randomUUID()),
  name,
  username: emptyAsNull(username).optional().default(null),
  email: emptyAsNull(email).optional().default(null),
  ...terms,
  teams: list(z.uuid(message('errors.invalid'))),
});
export type NewPersonForm = z.output<typeof NewPersonForm>;

export const TermsForm = z.object(terms);
export const NamesForm = z.object({ name, username, email: emptyAsNull(email).optional().default(null) });
export const InvitationForm = z.object({ username, ...terms });

export const SetUpForm = z.object({
  organisation: name,
  name,
  username,
  password: z.string().min(10, message('accounts.newPassword.short')).max(200, message('accounts.newPassword.long')),
});

export const TeamForm = z.object({
  name: z
    .string(message('admin.team.name.missing'))
    .trim()
    .min(2, message('admin.team.name.missing'))
    .max(80, message('admin.name.long')),
  parent_id: emptyAsNull(z.uuid(message('errors.invalid')))
    .optional()
    .default(null),
});

export const PLACES = ['member', 'supervisor', 'deputy'] as const;

/** Today and a year from it, in Finnish time, as 2026-05-14. */
export function deputyDays(now = new Date()): { from: string; to: string } {
  const day = (date: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(date);
  return { from: day(now), to: day(new Date(now.getTime() + 366 * 24 * 3600 * 1000)) };
}

export const TeamPersonForm = z
  .object({
    person: z.uuid(message('admin.team.person.missing')),
    place: z.enum(PLACES, message('admin.team.place.missing')),
    ends_on: emptyAsNull(z.iso.date(message('admin.team.endsOn.form')))
      .optional()
      .default(null),
  })
  .superRefine(({ place, ends_on }, context) => {
    if (place !== 'deputy') return;
    const { from, to } = deputyDays();
    if (ends_on === null || ends_on < from || ends_on > to)
      context.addIssue({ code: 'custom', path: ['ends_on'], message: 'admin.team.endsOn.form' });
  })
  .transform((form) => (form.place === 'deputy' ? form : { ...form, ends_on: null }));

export const CoordinatorForm = z.object({ person: z.uuid(message('admin.team.person.missing')) });

const page = z.coerce.number().int().min(1).max(100_000).catch(1);
const text = z.string().trim().max(200).catch('');

/** A list's address never fails: what is not understood is left out. */
export const PeopleFilterForm = z.object({
  q: text,
  team: text,
  role: z.enum(['', ...ROLES, 'supervisor']).catch(''),
  state: z.enum(['current', 'suspended', 'ended']).catch('current'),
  page,
});
export const PageForm = z.object({ page });
