/** Pages of those who write, lead or look after others: they have no simple form and open as they always do. */
const ORDINARY = [
  '/write',
  '/team',
  '/reports',
  '/network',
  '/organisation',
  '/paths/manage',
  '/h5p/libraries',
  '/skills/frameworks',
  '/skills/observe',
  '/skills/answers',
  '/skills/tasks/to-judge',
  '/skills/badges/check',
  '/skills/badges/issuers',
  '/talks/cycles',
];

const isWithin = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

/** Whether the page at this address shows one thing at a time to those who want it so. A new page of learners does by itself. */
export const isSimplePlace = (path: string): boolean => !ORDINARY.some((place) => isWithin(path, place));

/** Where "back" leads from addresses whose parent is no page of its own. */
const BACK: [address: RegExp, back: string][] = [
  [/^\/learn\/([^/]+)\/([^/]+)\/questions\/(\d+)\/feedback$/, '/learn/$1/$2/questions/$3'],
  [/^\/learn\/([^/]+)\/([^/]+)\/(questions|result)$/, '/learn/$1'],
  [/^\/learn\/([^/]+)\/([^/]+)\/questions\/\d+$/, '/learn/$1/$2/overview'],
  [/^\/learn\/([^/]+)\/([^/]+)\/overview$/, '/learn/$1'],
  [/^\/skills\/practice\/([^/]+)\/.+$/, '/skills/practice/$1'],
  [/^\/(skills\/(?:tasks|earlier|views|badges|practice|results|self-assessment|looking-back))\/.+$/, '/$1'],
  [/^\/(account|learn|skills|help|paths|talks)\/[^/]+$/, '/$1'],
  [/^\/(learn\/[^/]+)\/[^/]+$/, '/$1'],
  [/^\/(learn\/[^/]+\/[^/]+)\/[^/]+$/, '/$1'],
  [/^\/(skills|account|talks)\/.+$/, '/$1'],
];

/** The page that "back" leads to in simple mode; undefined on the front page, from where there is no way back. */
export function backOf(path: string): string | undefined {
  if (path === '/') return undefined;
  const [address, back] = BACK.find(([one]) => one.test(path)) ?? [];
  return address && back ? path.replace(address, back) : '/';
}
