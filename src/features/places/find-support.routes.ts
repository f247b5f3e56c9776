import type { Request, Response } from 'express';
import { config } from '../../config';
import { found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { anyone, Routes } from '../../lib/routes';
import { THEMES } from '../loop/themes';
import { areaName, codesOf, findArea, isMunicipality } from './areas';
import { countSearch, FORMS, findPublicPlace, PLACE_LANGUAGES, selectPublic } from './places.model';
import { shownNow } from './places.page';

/** Where to get support, for anybody: a list that is whole without scripts, and a map beside it where scripts run. */
export const findSupport = new Routes('/find-support');

const contacts = limit('support-contact', 30, 3600);
const ON_A_PAGE = 20;

const chosen = <T extends string>(values: readonly T[], value: unknown): T | '' =>
  values.find((one) => one === value) ?? '';

findSupport.get('/', anyone, async (req, res) => {
  const words = String(req.query.place ?? '')
    .trim()
    .slice(0, 100);
  const area = findArea(words);
  const wanted = {
    ...{ theme: chosen(THEMES, req.query.theme), language: chosen(PLACE_LANGUAGES, req.query.language) },
    ...{ form: chosen(FORMS, req.query.form), words: area ? '' : words.replace(/[%_\\\p{Cc}]/gu, ' ').trim() },
  };
  const rows = await selectPublic({ ...wanted, areas: area ? codesOf(area) : null });
  const isNow = req.query.open === 'now';
  const all = rows.map((row) => shownNow(row, res.locals.lang)).filter(({ open }) => !isNow || open.state === 'open');
  const isSearch = words !== '' || wanted.theme !== '' || wanted.language !== '' || wanted.form !== '' || isNow;
  if (isSearch) await countSearch('searches', area?.code ?? '', wanted.theme);
  const page = Math.min(Math.max(Number(req.query.page) || 1, 1), Math.ceil(all.length / ON_A_PAGE) || 1);
  withTiles(res).render('places/find', {
    ...{ ...wanted, place: words, isNow, isSearch, page, pages: Math.ceil(all.length / ON_A_PAGE), total: all.length },
    ...{ near: all.filter((row) => row.is_near).length, areaCode: area && isMunicipality(area.code) ? area.code : '' },
    ...{ places: all.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE), tiles: config.MAP_TILES_URL ?? '' },
    ...{ area: area && areaName(area.code, res.locals.lang), themes: THEMES, languages: PLACE_LANGUAGES, forms: FORMS },
    address: (to: number) => `/find-support?${new URLSearchParams({ ...asked(req), page: String(to) })}`,
  });
});

findSupport.get('/:place', anyone, async (req, res) => {
  const place = found(await findPublicPlace(String(req.params.place)));
  res.render('places/place', {
    ...{ place: shownNow(place, res.locals.lang), chain: undefined, canKeep: false, isPublicPage: true },
    ...{ theme: chosen(THEMES, req.query.theme), said: req.query.thanks === 'yes' ? 'thanks' : undefined },
  });
});

/** Somebody found the support they looked for. Only how many is kept: by month, area and theme. */
findSupport.post('/:place/contact', anyone, async (req, res) => {
  const place = found(await findPublicPlace(String(req.params.place)));
  await contacts.count(`${req.ip} ${place.id}`);
  await countSearch('contacts', place.area_code, chosen(THEMES, req.body?.theme));
  res.redirect(303, `/find-support/${place.id}?thanks=yes`);
});

const asked = ({ query }: Request): Record<string, string> =>
  Object.fromEntries(
    ['place', 'theme', 'language', 'form', 'open'].flatMap((name) =>
      typeof query[name] === 'string' && query[name] ? [[name, query[name]]] : [],
    ),
  );

/** Pictures of a map come from the address that the setting names, when it names one. */
function withTiles(res: Response): Response {
  if (!config.MAP_TILES_URL) return res;
  const policy = String(res.getHeader('Content-Security-Policy'));
  const { origin } = new URL(config.MAP_TILES_URL.replace(/[{}]/g, ''));
  res.setHeader('Content-Security-Policy', policy.replace("img-src 'self'", `img-src 'self' ${origin}`));
  return res;
}
