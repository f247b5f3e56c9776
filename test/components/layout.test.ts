import { load } from 'cheerio';
import { render } from './render';

const ERROR_PAGES = ['not-found', 'forbidden', 'unexpected', 'too-many', 'too-large', 'conflict'];
const page = async (view: string, values: Record<string, unknown> = {}) => load(await render(view, values));

/** A page as features write them, in one string. */
const opened = async (values: Record<string, unknown>) => {
  const parts = ['layout/top', 'layout/bottom'].map((view) => render(view, { title: 'Opi', ...values }));
  return load((await Promise.all(parts)).join(''));
};

describe.each(ERROR_PAGES)('the page for %s', (name) => {
  test('has one heading, one way forward and no blame', async () => {
    const $ = await page(`errors/${name}`, { id: 'k3f9', minutes: 5 });
    expect($('h1')).toHaveLength(1);
    expect($('.govuk-button:not(.govuk-button--secondary)')).toHaveLength(1);
    expect($('main').text()).not.toMatch(/virheellinen|kielletty|epäonnistui/i);
  });

  test('carries the drawing of each icon it uses', async () => {
    const $ = await page(`errors/${name}`);
    const drawn = $('symbol')
      .toArray()
      .map((element) => `#${$(element).attr('id')}`);
    const used = $('use')
      .toArray()
      .map((element) => $(element).attr('href') as string);
    expect(drawn.toSorted()).toEqual([...new Set(used)].toSorted());
  });
});

test('the skip link leads to the content', async () => {
  const $ = await opened({});
  expect($($('.govuk-skip-link').attr('href') as string).is('main')).toBe(true);
});

test('the title says first that something is to be checked', async () => {
  expect((await opened({}))('title').text()).toBe('Opi – Oppiva');
  expect((await opened({ errors: { name: 'common.check' } }))('title').text()).toBe('Tarkista: Opi – Oppiva');
});

test('easy Finnish is Finnish to a screen reader', async () => {
  expect((await opened({ lang: 'fi-x-selko' }))('html').attr('lang')).toBe('fi');
});

test('the present page is named in the menu', async () => {
  const $ = await opened({});
  expect($('.main-nav [aria-current=page]').text()).toBe('Etusivu');
});

test('one who is signed in can leave; one who is not can come in', async () => {
  const inside = await opened({});
  expect(inside('form[action="/sign-out"] button').text()).toBe('Kirjaudu ulos, Aino');
  const outside = await opened({ me: undefined, menu: [] });
  expect(outside('a[href="/sign-in"]')).toHaveLength(1);
  expect(outside('.main-nav')).toHaveLength(0);
});

test('a change of language comes back to the same place', async () => {
  const $ = await opened({});
  const form = $('form[action="/language"]');
  expect(form.find('[name=back]').val()).toBe('/courses?q=a&b=c');
  const offered = form.find('button').toArray();
  expect(offered.map((button) => $(button).val())).toEqual(['fi-x-selko', 'sv', 'en']);
});

test('the door shows the present language too', async () => {
  const $ = load(await render('layout/door-bottom', { lang: 'sv' }));
  expect($('.langs [aria-current]').text()).toBe('Svenska');
  expect($('.langs button')).toHaveLength(4);
});
