import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { lessonAddress } from '../progress/progress.model';
import { competenceNames, wordsLanguage } from '../skills/skills.model';
import { type Item, perPage } from './catalogue.queries';
import { CatalogueQuery, isFiltered } from './catalogue.schema';
import { addressOf, filterGroups } from './filters';
import { readFindings } from './findings';
import { stretchesOf } from './marked';
import { explained } from './other-words';

export const catalogue = new Routes('/learn');

catalogue.get('/', signedIn, async (req, res) => {
  const query = CatalogueQuery.parse(req.query);
  const { found, underWay, saved, notesTotal, suggestion } = await readFindings(req.actor, query);
  const names = await competenceNames(wordsLanguage(req.actor));
  const { groups, chosen } = filterGroups(query, found, names, res.locals.t);
  res.render('finding/catalogue', {
    items: found.items.map(shown),
    total: found.total,
    atLeast: found.total_is_least ? Math.floor(found.total / 100) * 100 : undefined,
    query,
    groups,
    chosen,
    suggestion: suggestion && { text: suggestion, href: addressOf({ ...query, q: suggestion, page: 1 }) },
    explained: explained(query.q, req.actor.content_language),
    underWay: underWay.map((one) => ({ ...one, href: lessonAddress(one.course_slug, one) })),
    saved,
    notesTotal,
    isFiltered: isFiltered(query),
    pages: Math.max(1, Math.ceil(found.total / perPage(query))),
    pageAddress: (page: number) => addressOf({ ...query, page }),
  });
});

const shown = (item: Item) => ({
  ...item,
  href: hrefOf(item),
  title: stretchesOf(item.title),
  body: stretchesOf(item.body),
});

function hrefOf({ course_slug, lesson_slug, lesson_kind, path_slug }: Item): string {
  if (path_slug) return `/paths/${path_slug}`;
  if (!lesson_slug) return `/learn/${course_slug}`;
  return lessonAddress(course_slug ?? '', { slug: lesson_slug, kind: lesson_kind as never, spot: '' });
}
