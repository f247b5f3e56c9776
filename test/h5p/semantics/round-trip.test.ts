import fc from 'fast-check';
import { withTyped } from '../../../src/features/h5p/semantics/body';
import { readSemantics } from '../../../src/features/h5p/semantics/field';
import { shownValue } from '../../../src/features/h5p/semantics/typed';
import { pathName, spotsOf } from '../../../src/features/h5p/semantics/walk';
import { INNER, paramsFor, semantics, shelfOf } from './made-up';

/** What a browser sends for a form of all fields, nothing changed. */
function bodyOf(params: unknown, folder: string, shelf: ReturnType<typeof shelfOf>): Record<string, string | string[]> {
  const body: Record<string, string | string[]> = {};
  for (const { path, field, value } of spotsOf(params, folder, shelf)) {
    if (!['text', 'number', 'boolean', 'select'].includes(field.kind)) continue;
    const shown = shownValue(field, value);
    body[pathName(path)] =
      field.kind === 'boolean' ? (shown === 'yes' ? ['no', 'yes'] : 'no') : shown.replace(/\r?\n/g, '\r\n');
  }
  return body;
}

it('changes nothing of a content whose form is sent as it came', () => {
  const cases = semantics.chain((json) => fc.tuple(fc.constant(json), paramsFor(readSemantics(json))));
  fc.assert(
    fc.property(cases, ([json, params]) => {
      const shelf = shelfOf({ 'H5P.Made-1.0': json, 'H5P.Inner-1.0': INNER });
      const typed = bodyOf(params, 'H5P.Made-1.0', shelf);
      expect(withTyped(params, 'H5P.Made-1.0', shelf, typed)).toEqual(params);
    }),
    { numRuns: 300 },
  );
});

it('changes only what was typed', () => {
  const cases = semantics.chain((json) => fc.tuple(fc.constant(json), paramsFor(readSemantics(json)), fc.nat()));
  fc.assert(
    fc.property(cases, ([json, params, pick]) => {
      const shelf = shelfOf({ 'H5P.Made-1.0': json, 'H5P.Inner-1.0': INNER });
      const typed = bodyOf(params, 'H5P.Made-1.0', shelf);
      const texts = [...spotsOf(params, 'H5P.Made-1.0', shelf)].filter(
        ({ field }) => field.kind === 'text' && !field.tags,
      );
      const chosen = texts[pick % Math.max(1, texts.length)];
      fc.pre(chosen !== undefined);
      const name = pathName(chosen?.path ?? []);
      const changed = withTyped(params, 'H5P.Made-1.0', shelf, { ...typed, [name]: 'Kirjoitin tämän.' });
      expect(bodyOf(changed, 'H5P.Made-1.0', shelf)).toEqual({ ...typed, [name]: 'Kirjoitin tämän.' });
    }),
    { numRuns: 300 },
  );
});
