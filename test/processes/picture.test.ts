import * as cheerio from 'cheerio';
import fc from 'fast-check';
import { pictureFile, pictureOnPage } from '../../src/features/processes/picture/drawing';
import {
  type Box,
  layoutRoad,
  NARROW,
  type PictureWords,
  radiusOf,
  WIDE,
  widthOf,
  wrap,
} from '../../src/features/processes/picture/layout';
import { roadOf } from '../../src/features/processes/picture/road';

const words: PictureWords = {
  day: (day) => day,
  kind: (kind) => (kind === 'workshop' ? 'Työpaja' : 'Dialogi'),
  times: (times, sessions) => `${times} kertaa, ${sessions} tapaamisessa`,
  area: (area) => area,
  goal: 'Miten tavoitteisiin päästään julkisten palvelujen osalta?',
  year: '2030',
};
const text = { title: 'Tiekartta', text: 'Sama sanoina', lang: 'fi' };
const session = (id: string, on: string, kind: 'workshop' | 'dialogue' = 'workshop') => ({
  id,
  on,
  kind,
  title: `Tapaaminen ${id}`,
});
const topic = (id: string, name = `Aihe ${id}`, area = 'Osaaminen') => ({ id, name, area });

it('places a topic at the session where it came up first and counts how often it came up', () => {
  const road = roadOf(
    [session('b', '2022-03-01', 'dialogue'), session('a', '2022-02-01')],
    [topic('x'), topic('y'), topic('z')],
    [
      { topic_id: 'x', session_id: 'b' },
      { topic_id: 'x', session_id: 'a' },
      { topic_id: 'x', session_id: 'a' },
      { topic_id: 'y', session_id: 'b' },
      { topic_id: 'y', session_id: 'elsewhere' },
    ],
  );
  expect(road.stops.map(({ id, number }) => [id, number])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect(road.stops[0]?.topics).toMatchObject([{ id: 'x', times: 3, sessions: 2, first: 'a', last: '2022-03-01' }]);
  expect(road.stops[1]?.topics).toMatchObject([{ id: 'y', times: 1 }]);
  expect([road.most, road.waiting.map(({ id }) => id)]).toEqual([3, ['z']]);
});

it('draws what came up more often larger, and by area rather than by width', () => {
  expect(radiusOf(10, 10)).toBeGreaterThan(radiusOf(5, 10));
  expect(radiusOf(5, 10)).toBeGreaterThan(radiusOf(1, 10));
  expect(radiusOf(1, 1)).toBeGreaterThan(10);
});

it('breaks long words and says when a text goes on', () => {
  expect(wrap('saavutettavuusvaatimukset', 12)).toEqual(['saavutettav‐', 'uusvaatimuk‐', 'set']);
  expect(wrap('yksi kaksi kolme neljä', 6, 2)).toEqual(['yksi', 'kaksi…']);
});

const overlap = (one: Box, other: Box) =>
  one.left < other.right - 0.5 &&
  other.left < one.right - 0.5 &&
  one.top < other.bottom - 0.5 &&
  other.top < one.bottom - 0.5;

it.each([WIDE, NARROW] as const)('lets nothing lie on anything else nor leave the picture, %d wide', (width) => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
    fc.constantFrom('Saavutettavuusvaatimusten seuranta', 'AI'),
  );
  const days = fc.integer({ min: 10, max: 28 });
  fc.assert(
    fc.property(
      fc.array(days, { maxLength: 9 }),
      fc.array(fc.tuple(name, fc.nat({ max: 8 })), { maxLength: 20 }),
      (on, named) => {
        const sessions = on.map((day, index) => session(String(index), `2022-03-${day}`));
        const topics = named.map(([told], index) => topic(String(index), told));
        const mentions = named.map(([, at], index) => ({ topic_id: String(index), session_id: String(at) }));
        const { marks, height } = layoutRoad(roadOf(sessions, topics, mentions), words, width);
        for (const [index, mark] of marks.entries()) {
          expect(mark.box.left).toBeGreaterThanOrEqual(0);
          expect(mark.box.right).toBeLessThanOrEqual(width);
          expect(mark.box.bottom).toBeLessThanOrEqual(height);
          for (const other of marks.slice(index + 1)) expect(overlap(mark.box, other.box)).toBe(false);
          for (const line of mark.lines) {
            const long = widthOf(line.text);
            const left = width === NARROW ? line.x : line.x - long / 2;
            expect(left).toBeGreaterThanOrEqual(mark.box.left);
            expect(left + long).toBeLessThanOrEqual(mark.box.right + 1);
            expect(line.y).toBeLessThanOrEqual(mark.box.bottom);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

it('is a file of its own, with its words in it, and no word becomes markup', () => {
  const bad = '<script>alert(1)</script>"&';
  const road = roadOf(
    [{ ...session('a', '2022-02-01'), title: bad }],
    [topic('x', bad, bad)],
    [{ topic_id: 'x', session_id: 'a' }],
  );
  const file = pictureFile(road, words, { ...text, text: bad });
  const $ = cheerio.load(file, { xml: true });
  expect($('script')).toHaveLength(0);
  expect([$('desc').text(), $('svg').attr('lang')]).toEqual([bad, 'fi']);
  expect(file).not.toMatch(/style=|class=/);
  const onPage = pictureOnPage(road, words, text, 'narrow');
  expect(onPage).not.toContain('<script');
  // The policy of pages lets no colours stand in the markup: all are of the theme.
  expect(onPage).not.toMatch(/fill="#|style=/);
  expect(cheerio.load(onPage)('.road-topic')).toHaveLength(1);
});
