import { noonOf } from '../../lib/calendar';
import type { Formatter } from '../../lib/format';
import type { Translate } from '../../lib/i18n';
import { lessonAddress, stopToContinue } from '../progress/progress.model';
import type { CurrentCourse } from './home.queries';
import type { NextStep } from './next-step';

/** What components/next-step shows. */
export interface StepBlock {
  kicker: string;
  symbol: string;
  heading: string;
  lines: string[];
  meter?: { done: number; total: number };
  facts?: { text: string; symbol?: string }[];
  art?: 'two-at-a-table';
  action: { text: string; href: string };
}

type Words = Omit<StepBlock, 'symbol' | 'action'> & { action: string };

/** A next step in words. */
export function blockOf(step: NextStep, t: Translate, fmt: Formatter): StepBlock {
  const { action, ...words } = 'stop' in step ? lessonWords(step, t) : otherWords(step, t, fmt);
  return { symbol: step.symbol, ...words, action: { text: action, href: step.href } };
}

function lessonWords({ key, stop, number, total, done }: Extract<NextStep, { stop: object }>, t: Translate): Words {
  const last = stop.kind === 'quiz' ? t('home.continue.quiz') : t('home.continue.line1');
  return {
    kicker: t('common.goOnHere'),
    heading: stop.title,
    lines: key === 'continue' ? [last, t('home.continue.line2')] : [t('home.next.line1'), t('home.next.line2')],
    meter: { done, total },
    facts: [
      { text: t('progress.lessonOf', { number, total }) },
      { text: t('home.minutes', { minutes: stop.minutes }), symbol: 'clock' },
    ],
    action: t('common.continue'),
  };
}

function otherWords(step: Exclude<NextStep, { stop: object }>, t: Translate, fmt: Formatter): Words {
  const values = step.values ?? {};
  const said = (part: string) => t(`home.${step.key}.${part}`, values);
  const plain = { kicker: said('kicker'), action: said('action') };
  switch (step.key) {
    case 'agreed':
      return {
        kicker: said('kicker'),
        heading: String(values.title),
        lines: [t('home.agreed.line', { path: values.path_title })],
        facts: [
          { text: t('home.minutes', { minutes: values.minutes }), symbol: 'clock' },
          ...(values.due_on
            ? [{ text: t('home.agreed.due', { date: fmt.date(noonOf(String(values.due_on))) }), symbol: 'cal' }]
            : []),
        ],
        action: t(values.started_at ? 'common.continue' : 'common.start'),
      };
    case 'assess':
      return { ...plain, heading: said('heading'), lines: [said('line1'), said('line2')], action: t('common.start') };
    case 'sign':
    case 'write':
      return { ...plain, heading: String(values.title), lines: [said('line')] };
    case 'help':
      return { ...plain, heading: said('heading'), lines: [said('line')], art: 'two-at-a-table' };
    default:
      return { ...plain, heading: said('heading'), lines: [said('line')] };
  }
}

/** The lessons of the present course as stones of a path. */
export function stonesOf(course: CurrentCourse, t: Translate, fmt: Formatter) {
  const here = stopToContinue(course.stops, course.last_lesson_id);
  const ahead = course.stops.filter((stop) => stop.completed_at === null && stop.id !== here?.id);
  return course.stops.map((stop) => {
    const isHere = stop.id === here?.id;
    const coming = t(stop.id === ahead[0]?.id ? 'home.path.nextUp' : 'home.path.after', { minutes: stop.minutes });
    const done = stop.completed_at && t('progress.doneOn', { date: fmt.shortDate(new Date(stop.completed_at)) });
    return {
      heading: stop.title,
      href: lessonAddress(course.slug, stop),
      state: done ? 'done' : isHere ? 'now' : undefined,
      text: done || (isHere ? t('common.youAreHere') : coming),
    };
  });
}
