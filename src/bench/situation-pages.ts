import type { BenchPage } from './page';
import type { SituationScene } from './scene';

const page = (name: string, path: (scene: SituationScene) => string, isPublic = true): BenchPage => ({
  page: name,
  status: 200,
  request: ({ situation }) => {
    const headers: Record<string, string> = isPublic ? {} : { cookie: situation?.administrator ?? '' };
    return { method: 'GET', path: situation ? path(situation) : '/', headers };
  },
});

/** The picture of the situation over many contacts, and pages that anybody may open. */
export const SITUATION_PAGES: readonly BenchPage[] = [
  page('picture, all areas', () => '/situation', false),
  page('picture, a region', ({ region }) => `/situation?area=${region}`, false),
  page('picture, a municipality', ({ municipality }) => `/situation?area=${municipality}`, false),
  page('picture, a network', ({ space }) => `/situation?of=space:${space}`, false),
  page('published picture', ({ picture }) => picture),
  page('find support', () => '/find-support'),
  page('find support in a town', () => '/find-support?place=Helsinki&theme=devices'),
  page('tell a challenge', () => '/challenges/new'),
  page('events', () => '/events'),
  page('a public publication', ({ publication }) => publication),
];
