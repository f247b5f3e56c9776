import { noonOf } from '../../lib/calendar';
import { areaName } from '../places/areas';
import type { Reader } from '../reports/documents/document-cells';
import { emptyMonths, type Gap } from './gaps';
import type { Picture } from './picture';

/** A gap as a sentence. */
export function gapWords({ kind, theme, area, key, count }: Gap, picture: Picture, { t, fmt, lang }: Reader): string {
  return t(`situation.gap.${kind}`, {
    n: fmt.number(count),
    theme: theme && t(`loop.themes.${theme}`),
    area: area && (area === 'unknown' ? t('situation.noArea') : areaName(area, lang)),
    into: key && t(`situation.stoppedAt.${key}`),
    months:
      kind === 'empty-months' &&
      emptyMonths(picture)
        .map((month) => fmt.month(noonOf(month)))
        .join(', '),
  });
}

/** What can be done next about a gap: where a way leads, or a lesson that is begun at once. */
export interface NextAction {
  key: 'need' | 'place' | 'register' | 'challenges' | 'record' | 'lesson';
  href?: string;
}

const address = (path: string, values: Record<string, string>) => `${path}?${new URLSearchParams(values)}`;

/** The ways on from a gap; a lesson for those who write. */
export function actionsOf({ kind, theme = '', area }: Gap, words: string, mayWrite: boolean): NextAction[] {
  const need: NextAction = {
    key: 'need',
    href: address('/cards/new', { kind: 'need', theme, what: words }),
  };
  const lesson: NextAction[] = mayWrite ? [{ key: 'lesson' }] : [];
  const place: NextAction = { key: 'place', href: area ? address('/places/new', { area }) : '/places/new' };
  const challenges = { key: 'challenges' as const, href: address('/cards', { kind: 'challenge', theme }) };
  switch (kind) {
    case 'stopped':
      return [...lesson, need];
    case 'unmet':
      return [need, place];
    case 'area-without-place':
    case 'theme-without-place':
      return [place];
    case 'challenge-without-lesson':
      return [...lesson, challenges];
    case 'without-easy-lesson':
      return [...lesson, need];
    case 'empty-months':
      return [{ key: 'record', href: '/visits' }];
    default:
      return [{ key: 'register', href: '/places' }];
  }
}
