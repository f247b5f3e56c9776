/** From the innermost, which is closed, to the outermost, which is open. */
export const LEVELS = ['lab', 'studio', 'arena', 'agora'] as const;
export type Level = (typeof LEVELS)[number];

export const rankOf = (level: Level): number => LEVELS.indexOf(level);

/** What a person is in one process. */
export interface Standing {
  /** Leads the process. */
  owner: boolean;
  /** The levels in whose spaces the person is a member today. */
  levels: readonly Level[];
}

export const NOBODY: Standing = { owner: false, levels: [] };

type Of = Standing;
const isIn = ({ levels }: Of, level: Level) => levels.includes(level);

/**
 * The permission model of the four levels. Who is further in sees all that is further out, never the other way; each level
 * does its own task: Lab prepares and moderates, Studio decides, Arena produces, Agora comments.
 */
export const seesLevel = (one: Of, level: Level): boolean =>
  one.owner || level === 'agora' || one.levels.some((own) => rankOf(own) <= rankOf(level));
export const canLead = (one: Of): boolean => one.owner;
export const canPrepare = (one: Of): boolean => one.owner || isIn(one, 'lab');
export const canModerate = canPrepare;
export const canDecide = (one: Of): boolean => one.owner || isIn(one, 'studio');
export const canProduce = (one: Of): boolean => one.owner || isIn(one, 'arena') || isIn(one, 'lab');
/** Progress is told by those who do the work. */
export const canTellProgress = (one: Of): boolean => one.owner || isIn(one, 'studio') || isIn(one, 'arena');

/** Levels that a person sees, in their order. */
export const levelsSeen = (one: Of): Level[] => LEVELS.filter((level) => seesLevel(one, level));
