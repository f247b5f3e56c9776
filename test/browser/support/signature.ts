import type { Page } from 'playwright-core';

/** What stands in `main`, and what stands around it. */
export interface Signature {
  main: number;
  around: number;
}

/**
 * Numbers for everything of the page as it stands that axe's rules look at, words left out: the tree with its attributes, where
 * words are and where none, what is seen, colours of text, and which targets are under 24 px. So axe says the same of two looks
 * with the same numbers, be they in different languages or at different widths, and need not be run on both. Sizes of text are
 * left out: where they differ, the narrow look has the smaller one, which asks for more contrast; it is to be shown to axe first.
 */
export async function signature(page: Page): Promise<Signature> {
  return page.evaluate(() => {
    const IN_FULL =
      /^(class|role|type|id|for|scope|headers|tabindex|name|hidden|disabled|open|checked|aria-(?!label$|description$|valuetext$).+)$/;
    const SEED = 7;
    let hash = SEED;
    const add = (text: string) => {
      for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    };
    const attribute = ({ name, value }: Attr) => {
      if (IN_FULL.test(name)) return `${name}=${value}`;
      return name + (value.trim() === '' ? '-' : '+');
    };
    const look = (element: Element): string => {
      if (!element.checkVisibility()) return 'unseen';
      const { color, backgroundColor } = getComputedStyle(element);
      const isTarget = element.matches('a, button, input, select, textarea, summary, [tabindex]');
      const { width, height } = isTarget ? element.getBoundingClientRect() : new DOMRect(0, 0, 24, 24);
      return `${color}${backgroundColor}${isTarget && (width < 24 || height < 24) ? 'small' : ''}`;
    };
    let skipped: Element | null = null;
    const walk = (element: Element) => {
      if (element === skipped) return;
      add(`<${element.localName} ${[...element.attributes].map(attribute).sort().join(' ')} ${look(element)}`);
      // A chart is one picture with a name.
      if (element.localName === 'svg') add(element.querySelector('title, desc')?.textContent?.trim() ? '#' : '');
      else
        for (const child of element.childNodes) {
          if (child instanceof Element) walk(child);
          else if (child instanceof Text && child.data.trim() !== '') add('#');
        }
      add('>');
    };
    const inside = document.querySelector('main');
    if (inside) walk(inside);
    const main = hash;
    hash = SEED;
    skipped = inside;
    walk(document.documentElement);
    return { main, around: hash };
  });
}
