import type { SessionUser } from '../../lib/session';
import type { Actor } from '../organisations/organisations.model';

/** Kinds of ways to sign in, from the lightest step of the ladder to the strongest. `number` is a card with its number. */
export const STEPS = ['card', 'picture', 'number', 'mail', 'phone', 'password', 'passkey'] as const;
export type Step = (typeof STEPS)[number];

/**
 * How sure it is who came in. 0: a card that anyone may hold. 1: also something the person knows. 2: a code that reaches the
 * person's own mail or phone. 3: a password or a passkey.
 */
export type Level = 0 | 1 | 2 | 3;
const LEVELS: Record<Step, Level> = { card: 0, picture: 1, number: 1, mail: 2, phone: 2, password: 3, passkey: 3 };

export const isStep = (text: string): text is Step => (STEPS as readonly string[]).includes(text);

export const levelOf = (step: string | undefined): Level => LEVELS[step && isStep(step) ? step : 'password'];

type Shown = Pick<SessionUser, 'by' | 'second'>;
type Tasks = Pick<Actor, 'roles' | 'supervised_teams' | 'coordinated_networks'>;

/** Tasks in which one sees named information of others. */
export const isSensitive = ({ roles, supervised_teams, coordinated_networks }: Tasks): boolean =>
  roles.some((role) => ['administrator', 'reviewer', 'expert'].includes(role)) ||
  supervised_teams.length > 0 ||
  coordinated_networks.length > 0;

const hasTasks = (actor: Tasks) => isSensitive(actor) || actor.roles.some((role) => role !== 'learner');

/** A passkey is two factors in one: the device, and the finger or number that opens it. */
export const hasTwo = ({ by, second }: Shown) => by === 'passkey' || second === true;

/** Why the session does not open the person's tasks; undefined when it does. `asked`: the installation wants two factors of all. */
export function whyLowered(
  actor: Tasks & Pick<Actor, 'needs_second'>,
  shown: Shown,
  asked: boolean,
): 'step' | 'second' | undefined {
  if (levelOf(shown.by) < 3) return hasTasks(actor) ? 'step' : undefined;
  return (asked || actor.needs_second) && isSensitive(actor) && !hasTwo(shown) ? 'second' : undefined;
}

/** The same person as a learner only. */
export const asLearner = (actor: Actor): Actor => ({
  ...actor,
  roles: ['learner'],
  supervised_teams: [],
  coordinated_networks: [],
  lowered: true,
});

/** What a card alone opens: lessons, and help. By declared address. */
const OF_A_CARD = ['/learn', '/help', '/files', '/h5p', '/paths'];
/** Where information of others may stand by name, whatever the roles: closed to somebody who came in too lightly for their tasks. */
const OF_OTHERS = [
  '/notifications',
  '/skills/tasks/to-judge',
  '/skills/badges/check',
  '/skills/views/asked',
  '/talks',
  '/reports',
];

const isWithin = (address: string, starts: readonly string[]) =>
  starts.some((start) => address === start || address.startsWith(`${start}/`));

export const opensByCard = (address: string): boolean => isWithin(address, OF_A_CARD);
export const tellsOfOthers = (address: string): boolean => isWithin(address, OF_OTHERS);
