import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../lib/forms';
import { RELATIONS, ROLES } from '../organisations/organisations.model';

const name = z
  .string(message('targets.name.missing'))
  .trim()
  .min(2, message('targets.name.missing'))
  .max(120, message('targets.name.long'))
  .regex(/^[^\p{Cc}]+$/u, message('targets.name.missing'));
const about = z.string().trim().max(1000, message('targets.about.long')).default('');

/** `key` is made with the form: the same form sent twice makes one profile. */
export const NewProfileForm = z.object({
  key: z.uuid().catch(() => randomUUID()),
  name,
  about,
  copy_from: z.string().max(80).default(''),
});
export type NewProfileForm = z.output<typeof NewProfileForm>;

/** `seen` is the version that the person looked at; empty for none. */
export const ProfileForm = z.looseObject({ name, about, seen: z.string().max(80).default('') });
export type ProfileForm = z.output<typeof ProfileForm>;

/** Everybody of a relation, role or team, or one person. */
export type Receivers =
  | { relation: (typeof RELATIONS)[number] }
  | { role: (typeof ROLES)[number] }
  | { team_id: string }
  | { person_id: string };

/** Being an expert by experience is not in lists, so nothing is given by it. */
const GIVEN_BY = ROLES.filter((role) => role !== 'expert');

const kind = <T extends readonly string[]>(prefix: string, values: T) =>
  z.templateLiteral([`${prefix}:`, z.enum(values)]).transform((text) => text.slice(prefix.length + 1) as T[number]);
const id = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}:[0-9a-f-]{36}$`))
    .transform((text) => text.slice(prefix.length + 1));

const who = z.union(
  [
    kind('relation', RELATIONS).transform((relation): Receivers => ({ relation })),
    kind('role', GIVEN_BY).transform((role): Receivers => ({ role })),
    id('team').transform((team_id): Receivers => ({ team_id })),
    id('person').transform((person_id): Receivers => ({ person_id })),
  ],
  message('targets.give.missing'),
);

/** A choice of the list, or one person by user name. */
export const GiveForm = z
  .object({
    who: z.union([z.literal('').transform(() => undefined), who], message('targets.give.missing')).optional(),
    username: z.string().trim().toLowerCase().max(200).default(''),
  })
  .refine(({ who, username }) => who !== undefined || username !== '', {
    path: ['who'],
    ...message('targets.give.missing'),
  });
