import fs from 'node:fs';
import path from 'node:path';
import { load } from 'cheerio';
import ejs from 'ejs';
import { formatter } from '../../src/lib/format';
import { IconSet } from '../../src/lib/icons';

const ROOT = path.join(__dirname, '..', '..');
const VIEWS = path.join(ROOT, 'views');

export const COMPONENTS = fs.readdirSync(path.join(VIEWS, 'components')).map((file) => path.parse(file).name);

const texts: Record<string, string> = {
  ...JSON.parse(fs.readFileSync(path.join(ROOT, 'src/locales/fi/common.json'), 'utf8')),
  ...JSON.parse(fs.readFileSync(path.join(ROOT, 'src/locales/fi/errors.json'), 'utf8')),
  ...JSON.parse(fs.readFileSync(path.join(ROOT, 'src/locales/fi/spaces.json'), 'utf8')),
};

/** Finnish, and strict: a key that has no text fails the test. */
function t(key: string, values: Record<string, unknown> = {}): string {
  const text = texts[key] ?? texts[`${key}_${values.count === 1 ? 'one' : 'other'}`];
  if (text === undefined) throw new Error(`No text for "${key}"`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

/** What the app gives to every page. */
export function pageLocals() {
  const icons = new IconSet();
  return {
    t,
    lang: 'fi',
    me: { name: 'Aino Koski', firstName: 'Aino' },
    menu: [
      { href: '/', icon: 'home', label: 'Etusivu', current: true },
      { href: '/courses', icon: 'book', label: 'Opi', current: false },
      { href: '/skills', icon: 'twig', label: 'Taitoni', current: false },
      { href: '/help', icon: 'help', label: 'Apua', current: false },
    ],
    footer: [{ href: '/accessibility', label: 'Saavutettavuus' }],
    asset: (file: string) => `/${file}`,
    icon: icons.icon,
    iconSprite: icons.sprite,
    fmt: formatter('fi'),
    url: '/courses?q=a&b=c',
    errors: {},
  };
}

export async function render(view: string, values: Record<string, unknown> = {}): Promise<string> {
  return ejs.renderFile(path.join(VIEWS, `${view}.ejs`), { ...pageLocals(), ...values }, { views: [VIEWS] });
}

export async function component(name: string, values: Record<string, unknown> = {}) {
  return load(await render(`components/${name}`, values), null, false);
}
