/** What the shared work is made of, in the order of the loop; a way that no route answers yet is not shown. */
export const HUB = [
  { href: '/challenges', key: 'challenges', symbol: 'flag' },
  { href: '/cards', key: 'cards', symbol: 'gift' },
  { href: '/events', key: 'events', symbol: 'cal' },
  { href: '/publications', key: 'publications', symbol: 'book' },
  { href: '/find-support', key: 'support', symbol: 'pin' },
  { href: '/visits', key: 'visits', symbol: 'home' },
  { href: '/surveys', key: 'surveys', symbol: 'list' },
  { href: '/interviews', key: 'interviews', symbol: 'sound' },
  { href: '/processes', key: 'processes', symbol: 'sign' },
  { href: '/situation', key: 'situation', symbol: 'eye' },
  { href: '/loop', key: 'loop', symbol: 'route' },
] as const;
