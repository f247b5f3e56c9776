import type { LastPlace } from '../../src/features/progress/recap.queries';
import { recapOf } from '../../src/features/progress/recap.service';
import { textOf } from '../../src/features/progress/recap-text';
import { LANGUAGES, translator } from '../../src/lib/i18n';

const HOUR = 3600 * 1000;
const html =
  '<h2 id="spot-1">What is it?</h2><p id="spot-2">A</p><h2 id="spot-3">How &amp; why</h2><p id="spot-4">B</p><h3 id="spot-5">Try</h3>';
const last: LastPlace = {
  kind: 'text',
  title: 'Scams',
  html,
  spot: 'spot-4',
  completed_at: null,
  last_seen_at: new Date(Date.now() - 5 * HOUR),
  answered: 0,
  questions: 0,
  next_title: 'Questions',
};
const en = translator('en');

it.each([
  ['spot-4', 'How & why', 'Try'],
  ['spot-3', 'How & why', 'Try'],
  ['spot-2', 'What is it?', 'How & why'],
  ['spot-5', 'Try', undefined],
  ['spot-9', undefined, undefined],
  ['', undefined, undefined],
])('finds the headings around %s', (spot, here, after) => {
  expect(textOf(html, spot)).toEqual({ here, after });
});

it('tells what one did and what comes next in two sentences', () => {
  expect(recapOf(last, en)).toEqual(['Last time you were reading “Scams”, at “How & why”.', 'Next comes “Try”.']);
  expect(recapOf({ ...last, completed_at: new Date() }, en)).toEqual([
    'Last time you finished “Scams”.',
    'Next comes “Questions”.',
  ]);
  expect(recapOf({ ...last, kind: 'quiz', answered: 3, questions: 7 }, en)[0]).toBe(
    'Last time you were answering “Scams”: 3 of 7 are answered.',
  );
});

it('says nothing to one who was here only just now, or never', () => {
  expect(recapOf({ ...last, last_seen_at: new Date(Date.now() - HOUR) }, en)).toEqual([]);
  expect(recapOf(undefined, en)).toEqual([]);
});

it.each(LANGUAGES)('has its words in %s', (language) => {
  for (const line of recapOf(last, translator(language))) expect(line).not.toMatch(/keeping\.|\{/);
});
