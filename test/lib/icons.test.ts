import { ICON_NAMES, IconSet } from '../../src/lib/icons';

test('a page carries each icon it uses once, and no other', () => {
  const icons = new IconSet();
  icons.icon('home');
  icons.icon('next');
  icons.icon('home');

  expect(icons.sprite().match(/<symbol id="i-\w+"/g)).toEqual(['<symbol id="i-home"', '<symbol id="i-next"']);
});

test('an icon is hidden from screen readers: the word beside it says the same', () => {
  expect(new IconSet().icon('next')).toContain('aria-hidden="true"');
});

test('an unknown name is an error, not an empty place', () => {
  expect(() => new IconSet().icon('unicorn')).toThrow('No icon is named "unicorn"');
});

test('works when taken apart, as templates do', () => {
  const { icon, sprite } = new IconSet();
  for (const name of ICON_NAMES) icon(name);
  expect(sprite().match(/<symbol/g)).toHaveLength(ICON_NAMES.length);
});
