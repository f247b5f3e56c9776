import type { Translate } from '../../../lib/i18n';

/** Where most went, when numbers would tell of a few. */
function movedWord(split: { most: string | undefined }, t: Translate): string {
  return t(`reports.moved.most.${split.most ?? 'mixed'}`);
}

/** How many have reached the target, in words. */
function reachedWord(split: { most: string | undefined; nearlyAll: boolean; share?: number }, t: Translate): string {
  if (split.share === 90) return t('reports.reached.nearlyAll');
  if (split.share === 10) return t('reports.reached.nearlyNone');
  if (split.share !== undefined) return t('reports.reached.about', { share: split.share });
  if (split.most === undefined) return t('reports.reached.half');
  const isReached = split.most === 'reached';
  if (split.nearlyAll) return t(isReached ? 'reports.reached.nearlyAll' : 'reports.reached.nearlyNone');
  return t(isReached ? 'reports.reached.most' : 'reports.reached.few');
}

/** Over which bands a group spreads, in words. */
function bandWord(split: { most: string | undefined; nearlyAll: boolean }, t: Translate): string {
  if (split.most === undefined) return t('reports.bands.spread');
  const band = t(`common.chart.band.${split.most}`);
  return t(split.nearlyAll ? 'reports.bands.nearlyAll' : 'reports.bands.most', { band });
}

/** The words that a report says in place of numbers: the same on pages and in files. */
export const say = { moved: movedWord, reached: reachedWord, band: bandWord };
