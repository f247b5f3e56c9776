import { together } from '../../lib/db';
import { type Bookmark, countNotes, selectBookmarks } from '../notebook/notebook.model';
import type { Actor } from '../organisations/organisations.model';
import { understand } from './asked';
import { type Catalogue, selectCatalogue } from './catalogue.queries';
import { type CatalogueQuery, isFiltered } from './catalogue.schema';
import { selectUnderWay, type UnderWay } from './continue.queries';
import { soughtWords } from './other-words';

/** How many of the bookmarks the page of all courses shows. */
const SAVED = 3;

/** What the page of all that one may learn shows. */
export interface Findings {
  found: Catalogue;
  underWay: UnderWay[];
  saved: Bookmark[];
  notesTotal: number;
  suggestion: string | undefined;
}

/** What the page shows, in one flight, or three for a search that nothing has all words of. */
export async function readFindings(actor: Actor, query: CatalogueQuery, most?: number): Promise<Findings> {
  const words = soughtWords(query.q);
  const asked = query.q === '' ? undefined : await understand(actor, query.q);
  const [all, ...own] = await together(
    selectCatalogue(actor, query, { asked, ...(most && { most }) }),
    ...(isFiltered(query) ? [] : ([selectUnderWay(actor), selectBookmarks(actor, SAVED), countNotes(actor)] as const)),
  );
  const [underWay, saved, notes] = own;
  const [found] = all.rows;
  const isNowhere = asked && found?.total === 0 && found.counts.length === 0 && words.length > 1;
  const some = isNowhere ? (await selectCatalogue(actor, query, { asked, some: true })).rows[0] : undefined;
  const empty: Catalogue = { items: [], total: 0, total_is_least: false, counts: [], counts_are_least: false };
  return {
    found: some ?? found ?? empty,
    underWay: underWay?.rows ?? [],
    saved: saved?.rows ?? [],
    notesTotal: notes?.rows[0]?.total ?? 0,
    suggestion: asked?.suggestion,
  };
}
