import { COMPONENTS, component, render } from './render';
import { componentOf, SAMPLES } from './samples';

const sample = (name: string) => component(componentOf(name), SAMPLES[name]);

test('every component has a sample here', () => {
  const shown = new Set(Object.keys(SAMPLES).map(componentOf));
  expect(COMPONENTS.filter((name) => !shown.has(name))).toEqual([]);
});

describe.each(Object.keys(SAMPLES))('%s', (name) => {
  test('renders without style attributes, scripts or forgotten values', async () => {
    const html = await render(`components/${componentOf(name)}`, SAMPLES[name]);
    expect(html).not.toMatch(/ style=|<script|undefined|\[object|NaN/);
  });

  test('has no id twice, and names only ids that it has', async () => {
    const $ = await sample(name);
    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id') as string);
    expect(new Set(ids).size).toBe(ids.length);

    const named = ['aria-describedby', 'aria-labelledby', 'for'].flatMap((attribute) =>
      $(`[${attribute}]`)
        .toArray()
        .flatMap((element) => ($(element).attr(attribute) as string).split(' ')),
    );
    // The opening half of a field has no field yet.
    if (name !== 'field-top') expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('every drawing is hidden from screen readers or has words', async () => {
    const $ = await sample(name);
    for (const svg of $('svg').toArray()) {
      expect(
        $(svg).closest('[aria-hidden=true], [role=img]').length === 1 || $(svg).attr('aria-label') !== undefined,
      ).toBe(true);
    }
  });
});

describe('a field with a message', () => {
  test('is named invalid, and its hint and message are read with it', async () => {
    const $ = await sample('text-field with a message');
    const input = $('#phone');
    expect(input.attr('aria-invalid')).toBe('true');
    expect(input.attr('aria-describedby')).toBe('phone-hint phone-error');
    expect($('#phone-error').text()).toBe('Kokeile itse');
    expect($('label[for=phone]').text()).toBe('Puhelinnumero');
  });

  test('a group of choices carries the message on its fieldset', async () => {
    const $ = await sample('radios small');
    expect($('fieldset').attr('aria-describedby')).toBe('kind-error');
    expect($('input').first().attr('id')).toBe('kind');
  });
});

describe('a field without a message', () => {
  test('says nothing of validity', async () => {
    const $ = await component('text-field', { name: 'title', label: 'Otsikko' });
    expect($('#title').attr('aria-invalid')).toBeUndefined();
    expect($('#title').attr('aria-describedby')).toBeUndefined();
  });

  test.each([
    ['textarea-field', '#topic', 'Videopuhelu\nennen torstaita'],
    ['select-field', '#team', 'b'],
    ['date-field', '#due', '2026-06-30'],
    ['radios', 'input:checked', 'b'],
  ])('%s keeps what was typed', async (name, selector, kept) => {
    const $ = await sample(name);
    expect(String($(selector).val()).trim()).toBe(kept);
  });

  test('checkboxes keep what was chosen', async () => {
    const $ = await sample('checkboxes');
    const chosen = $('input:checked').toArray();
    expect(chosen.map((element) => $(element).val())).toEqual(['a', 'x']);
  });

  test('a password is never written back', async () => {
    const $ = await sample('password-field');
    expect($('input').attr('value')).toBeUndefined();
  });
});

test('what people typed cannot become markup', async () => {
  const $ = await component('text-field', { name: 'title', label: 'Otsikko', value: '"><b>x</b>' });
  expect($('b')).toHaveLength(0);
  expect($('#title').val()).toBe('"><b>x</b>');
});

test('the summary counts what to check, links to the fields and takes the focus', async () => {
  const $ = await sample('error-summary');
  expect($('h2').text()).toBe('Melkein valmista. Tarkista 2 asiaa');
  expect($('a').attr('href')).toBe('#phone');
  expect($('[role=alert]').attr('tabindex')).toBe('-1');
  expect($('a')).toHaveLength(1);
});

test('the summary is not there when nothing is wrong', async () => {
  expect((await component('error-summary')).html().trim()).toBe('');
});

test('a step that is done or present says so in words too', async () => {
  const $ = await sample('outline');
  expect($('.is-done').text()).toContain('tehty');
  expect($('[aria-current=page]').text()).toBe('Varoitusmerkit');
});

test('an interval is drawn where it is and read as words', async () => {
  const $ = await sample('ci');
  expect($('svg').attr('aria-label')).toBe('Keskimäärin +0,8, luultavasti välillä +0,2 ja +1,4');
  expect($('.ci-dot').attr('cx')).toBe('69.2%');
});
