import fs from 'node:fs';

/** Luminance contrast by WCAG 2: (L1 + 0.05) / (L2 + 0.05). */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const scss = fs.readFileSync('src/theme/_tokens.scss', 'utf8');
const tokensIn = (text: string) =>
  Object.fromEntries([...text.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]));
const block = (start: string) => tokensIn(scss.slice(scss.indexOf(start), scss.indexOf('\n}', scss.indexOf(start))));

const light = block(':root {');
const dark = { ...light, ...block('@mixin dark {') };
const THEMES: Record<string, Record<string, string | undefined>> = {
  light,
  dark,
  'strong light': { ...light, ...block('@mixin strong-light {') },
  'strong dark': { ...dark, ...block('@mixin strong-dark {') },
};

/** Text on its grounds, and signs (lines, shapes) on theirs. */
const TEXT: [string, string[]][] = [
  ['--ink', ['--birch', '--paper', '--milk', '--cloudberry-tint', '--moss-tint']],
  ['--ink-soft', ['--birch', '--paper', '--milk']],
  ['--blueberry', ['--birch', '--paper', '--milk']],
  ['--govuk-link-colour', ['--birch', '--paper', '--milk']],
  ['--govuk-link-visited-colour', ['--birch', '--paper', '--milk']],
  ['--panel-text', ['--panel']],
  ['--panel-soft', ['--panel']],
  ['--cloudberry-ink', ['--cloudberry-tint']],
  ['--moss-ink', ['--moss-tint']],
];
const SIGNS: [string, string[]][] = [
  ['--line-strong', ['--birch', '--paper', '--milk']],
  ['--ring', ['--birch', '--paper', '--milk']],
  ['--cloudberry-edge', ['--birch', '--paper', '--milk']],
  ['--moss', ['--birch', '--paper']],
  ['--cloudberry', ['--panel']],
];

describe.each(Object.entries(THEMES))('%s', (name, tokens) => {
  const isStrong = name.startsWith('strong');
  const pairs = (list: [string, string[]][]) =>
    list.flatMap(([one, grounds]) => grounds.map((ground) => [one, ground] as const));
  const weak = (list: [string, string[]][], least: number) =>
    pairs(list)
      .filter(([one]) => tokens[one] || !one.startsWith('--govuk'))
      .map(([one, ground]) => [one, ground, contrast(tokens[one] ?? '', tokens[ground] ?? '')] as const)
      .filter(([, , ratio]) => !(ratio >= least));

  it(`text is read at ${isStrong ? 'AAA' : 'AA'}`, () => expect(weak(TEXT, isStrong ? 7 : 4.5)).toEqual([]));
  it('signs are seen', () => expect(weak(SIGNS, isStrong ? 4.5 : 3)).toEqual([]));
  it('the words of the button too', () => {
    expect(contrast('#211f3d', tokens['--cloudberry'] ?? '')).toBeGreaterThan(7);
  });
});
