import type { Actor } from './features/organisations/organisations.model';
import {
  isAdministrator,
  isAuthor,
  isCoordinator,
  isReviewer,
  isSupervisor,
} from './features/organisations/organisations.policy';
import type { Translate } from './lib/i18n';

export interface MenuItem {
  href: string;
  icon: string;
  label: string;
  current: boolean;
}

/** The main menu: the four or five places that this person's roles need most. Empty before sign-in. */
export function menuOf(actor: Actor | undefined, path: string, t: Translate): MenuItem[] {
  if (!actor) return [];
  const items: [href: string, icon: string, key: string, shown: boolean][] = [
    ['/', 'home', 'menu.home', true],
    ['/learn', 'book', 'menu.learn', true],
    ['/skills', 'twig', 'menu.skills', !isAdministrator(actor)],
    ['/write', 'pen', 'menu.write', isAuthor(actor) || isReviewer(actor)],
    ['/team', 'people', 'menu.team', isSupervisor(actor)],
    ['/reports', 'table', 'menu.reports', isSupervisor(actor) || isAdministrator(actor)],
    ['/network', 'people', 'menu.network', isCoordinator(actor)],
    ['/organisation', 'people', 'menu.organisation', isAdministrator(actor)],
    ['/spaces', 'people', 'menu.together', true],
    ['/help', 'help', 'menu.help', true],
  ];
  const open = items.filter(([, , , shown]) => shown);
  const place = placeOf(path, (href) => open.some(([theirs]) => theirs === href));
  return open.map(([href, icon, key]) => ({ href, icon, label: t(key), current: isWithin(place, href) }));
}

/** Pages that are reached from another place than their address says. */
const REACHED_FROM: [address: string, places: string[]][] = [
  ['/skills/observe', ['/team']],
  ['/talks', ['/team', '/skills']],
  ['/paths/manage', ['/team', '/organisation']],
  ['/write/words', ['/write', '/organisation']],
  ['/paths', ['/learn']],
  ...[
    '/challenges',
    '/cards',
    '/events',
    '/publications',
    '/find-support',
    '/places',
    '/visits',
    '/surveys',
    '/interviews',
    '/processes',
    '/situation',
    '/loop',
  ].map((address): [string, string[]] => [address, ['/spaces']]),
  ['/training', ['/learn']],
  ['/h5p/libraries', ['/organisation']],
  ['/skills/badges/issuers', ['/organisation']],
];

function placeOf(path: string, isInMenu: (href: string) => boolean): string {
  const places = REACHED_FROM.find(([address]) => isWithin(path, address))?.[1] ?? [];
  return places.find(isInMenu) ?? path;
}

const isWithin = (path: string, href: string) => path === href || (href !== '/' && path.startsWith(`${href}/`));

/** The links at the foot of every page. */
export function footerOf(actor: Actor | undefined, t: Translate): { href: string; label: string }[] {
  const links = [
    { href: '/accessibility', label: t('information.footer.accessibility') },
    { href: '/privacy', label: t('information.footer.privacy') },
  ];
  links.push({ href: '/account/look', label: t('look.heading') });
  if (!actor) links.unshift({ href: '/open', label: t('sharing.open.heading') });
  return actor ? [...links, { href: '/account', label: t('information.footer.account') }] : links;
}
