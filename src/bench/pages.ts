import { randomUUID } from 'node:crypto';
import { DEMO_ACCOUNTS } from '../demo/accounts';
import { optionToken } from '../features/quizzes/scoring';
import type { BenchPage, BenchRequest } from './page';
import type { Scene } from './scene';
import { SITUATION_PAGES } from './situation-pages';
import { WRITING_PAGES } from './writing';

const round = <T>(list: readonly T[], n: number) => list[n % list.length] as T;
const get = (path: string, cookie: string): BenchRequest => ({ method: 'GET', path, headers: { cookie } });
const post = (path: string, headers: Record<string, string>, form: Record<string, string>): BenchRequest => ({
  method: 'POST',
  path,
  headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  body: new URLSearchParams(form).toString(),
});

/** Every request from an address of its own: the throttle of sign-in would rightly stop one that signs in so often. */
const address = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

/** The pages of a scene: those of everyday use, or reports in a large installation. */
export const pagesOf = (scene: Scene): readonly BenchPage[] =>
  scene.reports ? REPORT_PAGES : scene.situation ? SITUATION_PAGES : scene.lessons ? FINDING_PAGES : PAGES;

/** A path with every kind of step: what is open, locked and known is worked out for each reader. */
const PATH_PAGE: BenchPage = {
  page: 'path page',
  status: 200,
  request: ({ supervisor }) => get('/paths/digitaidot-alkuun', supervisor),
};

export const PAGES: readonly BenchPage[] = [
  {
    page: 'sign-in',
    status: 303,
    request: ({ usernames }, n) =>
      post(
        '/sign-in',
        { 'x-forwarded-for': address(n + Math.floor(Math.random() * 2 ** 24)) },
        { username: round(usernames, n), password: DEMO_ACCOUNTS.password },
      ),
  },
  { page: 'front page', status: 200, request: ({ learners }, n) => get('/', round(learners, n)) },
  {
    page: 'lesson page',
    status: 200,
    visitFirst: true,
    request: ({ learners, lessonPath }, n) => get(lessonPath, round(learners, n)),
  },
  {
    page: 'answering a question',
    status: 303,
    request: ({ learners, attempts, quizPath, questions }, n) => {
      const { number, id } = round(questions, Math.floor(n / learners.length));
      return post(
        `${quizPath}/questions/${number}`,
        { cookie: round(learners, n) },
        { question: id, answer: optionToken(round(attempts, n), id, round(['a', 'b'], n)), answer_id: randomUUID() },
      );
    },
  },
  { page: "supervisor's page", status: 200, request: ({ supervisor, teamId }) => get(`/team/${teamId}`, supervisor) },
  {
    page: 'growth report',
    status: 200,
    request: ({ supervisor, teamId }) => get(`/team/${teamId}/growth`, supervisor),
  },
  PATH_PAGE,
  ...WRITING_PAGES,
];

const finding =
  (...addresses: string[]) =>
  ({ learners }: Scene, n: number): BenchRequest =>
    get(`/learn${round(addresses, n)}`, round(learners, n));
const sought = (words: string) => `?${new URLSearchParams({ q: words })}`;

/** Words that stand in a few texts, in many, in almost all; inflected, parts of others; misspelt. */
export const FINDING_PAGES: readonly BenchPage[] = [
  {
    page: 'search (fi)',
    status: 200,
    request: finding(
      ...['tunnistautuminen', 'huijausviestejä', 'tunnus', 'salasanan vaihto', 'pankin viesti'].map(sought),
    ),
  },
  {
    page: 'search (fi), misspelt',
    status: 200,
    request: finding(...['salsana', 'huiajus', 'videovastanotto'].map(sought)),
  },
  { page: 'search (sv)', status: 200, request: finding(...['lösenord', 'meddelanden', 'mottagning'].map(sought)) },
  { page: 'search (sv), misspelt', status: 200, request: finding(...['lösennord', 'medelande'].map(sought)) },
  { page: 'search (en)', status: 200, request: finding(...['password', 'recognising scams', 'bank'].map(sought)) },
  { page: 'search (en), misspelt', status: 200, request: finding(...['pasword', 'apointment'].map(sought)) },
  {
    page: 'search and filters',
    status: 200,
    request: finding(`${sought('viesti')}&kind=lesson&level=1`, `${sought('palvelu')}&lang=fi&time=15&left=yes`),
  },
  { page: 'catalogue', status: 200, request: finding('', '?page=3', '?page=40') },
  {
    page: 'catalogue and filters',
    status: 200,
    request: finding('?kind=lesson&level=1&time=15', '?lang=en&skill=2.2', '?kind=lesson&left=yes&page=20'),
  },
  PATH_PAGE,
];

const ofTeam =
  (page: string) =>
  ({ reports }: Scene, n: number): BenchRequest => {
    const { id, supervisor } = round(reports?.teams ?? [], n);
    return get(`/team/${id}${page}`, supervisor);
  };
const ofOrganisation =
  (page: string) =>
  ({ reports }: Scene): BenchRequest =>
    get(page, reports?.administrator ?? '');

/** Teams go round among many of all organisations; the organisation is the large one. */
const REPORT_PAGES: readonly BenchPage[] = [
  { page: 'team page', status: 200, request: ofTeam('') },
  { page: 'team growth', status: 200, request: ofTeam('/growth') },
  { page: 'team coverage', status: 200, request: ofTeam('/coverage') },
  { page: 'team heat map', status: 200, request: ofTeam('/heat-map') },
  { page: 'team one page', status: 200, request: ofTeam('/one-page') },
  { page: 'organisation growth', status: 200, request: ofOrganisation('/reports/growth') },
  { page: 'organisation coverage', status: 200, request: ofOrganisation('/reports/coverage') },
  { page: 'organisation one page', status: 200, request: ofOrganisation('/reports/one-page') },
  { page: 'organisation heat map', status: 200, request: ofOrganisation('/reports/heat-map') },
  { page: 'organisation training', status: 200, request: ofOrganisation('/reports/training') },
  { page: 'organisation courses', status: 200, request: ofOrganisation('/reports/courses') },
  { page: 'network', status: 200, request: ({ reports }) => get('/network', reports?.coordinator ?? '') },
];
