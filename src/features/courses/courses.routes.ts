import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { PER_PAGE, readCatalogue } from './courses.queries';
import { CatalogueQuery, TIMES } from './courses.schema';

export const courses = new Routes('/learn');

courses.get('/', signedIn, async (req, res) => {
  const query = CatalogueQuery.parse(req.query);
  const { courses: found, total } = await readCatalogue(req.actor, query);
  res.render('courses/catalogue', {
    courses: found,
    total,
    query,
    times: TIMES,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    pageAddress: (page: number) => `/learn?${addressOf({ ...query, page })}`,
    isFiltered: query.q !== '' || query.lang !== undefined || query.time !== undefined,
  });
});

function addressOf(query: CatalogueQuery): string {
  const address = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) address.set(key, String(value));
  return address.toString();
}
