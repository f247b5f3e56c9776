import fc from 'fast-check';
import { type Field, readSemantics } from '../../../src/features/h5p/semantics/field';
import type { Shelf } from '../../../src/features/h5p/semantics/walk';

/** A shelf of made-up libraries. */
export function shelfOf(libraries: Record<string, unknown>): Shelf {
  const read = new Map(
    Object.entries(libraries).map(([folder, json]) => [folder, { title: folder, fields: readSemantics(json) }]),
  );
  return { get: (folder) => read.get(folder) };
}

/** Every type of field, in words of our own. */
export const EVERY_TYPE = [
  { name: 'title', type: 'text', label: 'Otsikko', importance: 'high', maxLength: 60 },
  { name: 'story', type: 'text', widget: 'html', label: 'Kertomus', tags: ['strong', 'em', 'a'], optional: true },
  { name: 'note', type: 'text', widget: 'textarea', label: 'Muistiinpano', optional: true },
  { name: 'points', type: 'number', label: 'Pisteet', min: 0, max: 10, default: 3 },
  { name: 'again', type: 'boolean', label: 'Saa yrittää uudelleen', default: true },
  {
    name: 'mode',
    type: 'select',
    label: 'Tapa',
    options: [
      { value: 'calm', label: 'Rauhallinen' },
      { value: 'lively', label: 'Vilkas' },
    ],
    default: 'calm',
  },
  {
    name: 'tempo',
    type: 'text',
    label: 'Tahti',
    optional: true,
    showWhen: { rules: [{ field: 'mode', equals: 'lively' }] },
  },
  {
    name: 'answers',
    type: 'list',
    entity: 'vastaus',
    label: 'Vastaukset',
    min: 1,
    defaultNum: 2,
    field: {
      name: 'answer',
      type: 'group',
      label: 'Vastaus',
      fields: [
        { name: 'text', type: 'text', label: 'Teksti' },
        { name: 'correct', type: 'boolean', label: 'Oikein' },
        {
          name: 'more',
          type: 'group',
          label: 'Lisää',
          fields: [{ name: 'tip', type: 'text', label: 'Vihje', optional: true }],
        },
      ],
    },
  },
  { name: 'words', type: 'list', label: 'Sanat', optional: true, field: { name: 'word', type: 'text', label: 'Sana' } },
  { name: 'picture', type: 'image', label: 'Kuva', optional: true },
  { name: 'sound', type: 'audio', label: 'Ääni', optional: true },
  {
    name: 'parts',
    type: 'list',
    label: 'Osat',
    optional: true,
    field: { name: 'part', type: 'library', label: 'Osa', options: ['H5P.Inner 1.0'] },
  },
  { name: 'odd', type: 'hologram', label: 'Outo' },
  { name: 'check', type: 'text', label: 'Tarkista-painike', default: 'Tarkista', common: true },
];
export const INNER = [{ name: 'body', type: 'text', widget: 'html', label: 'Leipäteksti', tags: ['strong'] }];
export const SHELF = shelfOf({ 'H5P.Every-1.0': EVERY_TYPE, 'H5P.Inner-1.0': INNER });

const name = fc.constantFrom('a', 'b', 'c', 'text', 'question', 'behaviour');
const about = { name, label: fc.string(), optional: fc.boolean(), common: fc.boolean() };
const optional = (fields: Record<string, fc.Arbitrary<unknown>>) => fc.record({ ...about, ...fields });

/** Semantics as nobody wrote them, and none of them unreadable. */
export const semantics = fc.letrec<{ field: Record<string, unknown>; fields: unknown[] }>((tie) => ({
  fields: fc.array(tie('field'), { minLength: 1, maxLength: 4 }),
  field: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    optional({ type: fc.constant('text'), default: fc.string() }),
    optional({ type: fc.constant('text'), widget: fc.constant('html'), tags: fc.constant(['p', 'strong']) }),
    optional({ type: fc.constant('number'), default: fc.oneof(fc.integer(), fc.constant(undefined)) }),
    optional({ type: fc.constant('boolean'), default: fc.boolean() }),
    optional({
      type: fc.constant('select'),
      options: fc.constant([
        { value: 'x', label: 'X' },
        { value: 'y', label: 'Y' },
      ]),
    }),
    optional({ type: fc.constantFrom('image', 'video', 'strange') }),
    optional({ type: fc.constant('group'), fields: tie('fields') }),
    optional({ type: fc.constant('list'), field: tie('field'), min: fc.integer({ min: 0, max: 3 }) }),
    optional({ type: fc.constant('library'), options: fc.constant(['H5P.Inner 1.0']) }),
  ) as fc.Arbitrary<Record<string, unknown>>,
})).fields;

const text = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    '<p>a &amp; <strong>b</strong></p>',
    '<p>a</p>\n<p>b</p>',
    'a\r\nb',
    '&lt;b>',
    "Don't",
    '<div>x<br>y</div>',
  ),
);

/** A value that content written for the field may hold, or may not. */
export function valueFor(field: Field): fc.Arbitrary<unknown> {
  const strange = fc.oneof(fc.constant(undefined), fc.constant(null), fc.jsonValue({ maxDepth: 1 }));
  const usual = usualFor(field);
  return fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: strange });
}

function usualFor(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'text':
      return text;
    case 'number':
      return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom('5', '1.50'));
    case 'boolean':
      return fc.oneof(fc.boolean(), fc.constantFrom('1', 1, 0, 'true'));
    case 'select':
      return fc.constantFrom('x', 'y', 'gone');
    case 'list':
      return fc.array(valueFor(field.field), { maxLength: 3 });
    case 'group':
      return field.single && field.fields[0] ? valueFor(field.fields[0]) : paramsFor(field.fields);
    case 'library':
      return fc.record({
        library: fc.constant('H5P.Inner 1.0'),
        params: fc.record({ body: text, extra: fc.integer() }),
        subContentId: fc.uuid(),
      });
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** Parameters for fields, with something beside them that no field tells of. */
export function paramsFor(fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> {
  const known = Object.fromEntries(fields.map((field) => [field.name, valueFor(field)]));
  return fc
    .record({ ...known, unheardOf: fc.jsonValue({ maxDepth: 1 }) }, { requiredKeys: [] })
    .map((value) => JSON.parse(JSON.stringify(value)));
}
