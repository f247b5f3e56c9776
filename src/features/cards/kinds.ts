/** What a card of a kind asks, and the way it goes. */
export interface CardKind {
  /** Fields of its text, in the order of the page. */
  fields: readonly { key: string; needed?: boolean; rows?: number }[];
  /** The first is that of a new card. */
  statuses: readonly string[];
  /** A step to one of these needs a sentence: what was learned, or why. */
  ends: readonly string[];
  asksGroup?: boolean;
  /** The name of a day that the card has: when an experiment is looked at, when an idea must be sent. */
  day?: 'look' | 'deadline';
  /** Another organisation may say that it took this into use. */
  isUsed?: boolean;
}

export const CARD_KINDS = {
  challenge: {
    fields: [{ key: 'what', needed: true }, { key: 'stops' }, { key: 'wish' }],
    statuses: ['new', 'seen', 'tried', 'closed'],
    ends: ['closed'],
  },
  need: {
    fields: [{ key: 'what', needed: true }],
    statuses: ['open', 'met', 'unmet'],
    ends: ['met', 'unmet'],
    asksGroup: true,
  },
  practice: {
    fields: [
      { key: 'problem', needed: true },
      { key: 'done', needed: true },
      { key: 'helped' },
      { key: 'forWhom' },
      { key: 'contact', rows: 1 },
    ],
    statuses: ['shared'],
    ends: [],
    isUsed: true,
  },
  idea: {
    fields: [{ key: 'what', needed: true }, { key: 'forWhom' }, { key: 'money', rows: 2 }],
    statuses: ['idea', 'concept', 'application', 'funded', 'closed'],
    ends: ['funded', 'closed'],
    day: 'deadline',
  },
  finding: {
    fields: [{ key: 'what', needed: true }, { key: 'from' }, { key: 'provider' }],
    statuses: ['open', 'told', 'mended'],
    ends: ['mended'],
    asksGroup: true,
  },
  impact: {
    fields: [{ key: 'claim', needed: true }, { key: 'data' }, { key: 'story' }, { key: 'source', needed: true }],
    statuses: ['shared'],
    ends: [],
  },
  'operating-model': {
    fields: [{ key: 'need', needed: true }, { key: 'model', needed: true }, { key: 'roles' }, { key: 'try' }],
    statuses: ['shared'],
    ends: [],
    isUsed: true,
  },
  experiment: {
    fields: [
      { key: 'hypothesis', needed: true },
      { key: 'measure', needed: true },
      { key: 'meant' },
      { key: 'happened' },
      { key: 'why' },
      { key: 'next' },
    ],
    statuses: ['planned', 'running', 'keep', 'change', 'drop'],
    ends: ['keep', 'change', 'drop'],
    day: 'look',
  },
  /** How a team learns together: what it says, who agreed, and the day when it is looked at again. */
  agreement: {
    fields: [
      { key: 'what', needed: true },
      { key: 'who', needed: true },
    ],
    statuses: ['agreed', 'reviewed'],
    ends: ['reviewed'],
    day: 'look',
  },
} as const satisfies Record<string, CardKind>;
export type CardKindName = keyof typeof CARD_KINDS;
export const CARD_KIND_NAMES = Object.keys(CARD_KINDS) as CardKindName[];

export const isCardKind = (name: unknown): name is CardKindName => CARD_KIND_NAMES.includes(name as CardKindName);
export const kindOf = (name: CardKindName): CardKind => CARD_KINDS[name];

/** Life situations, never a diagnosis: small enough a list that nobody is told of by it. */
export const POPULATION_GROUPS = [
  'young',
  'working-age',
  'older',
  'families',
  'moved-here',
  'recovery',
  'other',
] as const;
