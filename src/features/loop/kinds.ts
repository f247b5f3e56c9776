/** Every kind of object that something may come of. */
export const LOOP_KINDS = [
  'challenge',
  'need',
  'practice',
  'idea',
  'finding',
  'impact',
  'operating-model',
  'experiment',
  'offer',
  'agreement',
  'space',
  'event',
  'publication',
  'place',
  'request',
  'visit',
  'survey',
  'interview-round',
  'process',
  'decision',
  'key-result',
  'lesson',
  'course',
  'path',
  'cycle',
  'situation',
] as const;
export type LoopKind = (typeof LOOP_KINDS)[number];

/** How what is later stands to what was before. */
export const LINK_HOWS = ['came-of', 'answers', 'tried-in', 'taught-by', 'tells-of'] as const;
export type LinkHow = (typeof LINK_HOWS)[number];

/** Who sees an object: its space's people, its keeper's people, the people of the space's organisations, anybody. */
export const VISIBILITIES = ['members', 'organisation', 'network', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** The picture of each kind, by its name in lib/icons. */
export const KIND_ICONS: Record<LoopKind, string> = {
  challenge: 'flag',
  need: 'heart',
  practice: 'gift',
  idea: 'star',
  finding: 'eye',
  impact: 'badge',
  'operating-model': 'gear',
  experiment: 'puzzle',
  offer: 'gift',
  agreement: 'sign',
  space: 'people',
  event: 'cal',
  publication: 'book',
  place: 'pin',
  request: 'help',
  visit: 'home',
  survey: 'list',
  'interview-round': 'sound',
  process: 'sign',
  decision: 'check',
  'key-result': 'flag',
  lesson: 'book',
  course: 'book',
  path: 'route',
  cycle: 'undo',
  situation: 'eye',
};
