import type { Page } from 'playwright-core';

/**
 * A number for everything of the page as it stands that axe's rules look at, words left out: the tree with its attributes, where
 * words are and where none, what is seen, colours and sizes of text, and which targets are under 24 px. So axe says the same of
 * two looks with the same number, be they in different languages, and need not be run on both.
 */
export async function signature(page: Page): Promise<number> {
  return page.evaluate(() => {
    const IN_FULL =
      /^(class|role|type|id|for|scope|headers|tabindex|name|hidden|disabled|open|checked|aria-(?!label$|description$|valuetext$).+)$/;
    let hash = 7;
    const add = (text: string) => {
      for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    };
    const attribute = ({ name, value }: Attr) => {
      if (IN_FULL.test(name)) return `${name}=${value}`;
      return name + (value.trim() === '' ? '-' : '+');
    };
    const look = (element: Element): string => {
      if (!element.checkVisibility()) return 'unseen';
      const { color, backgroundColor, fontSize, fontWeight } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const isTarget = element.matches('a, button, input, select, textarea, summary, [tabindex]');
      return `${color}${backgroundColor}${fontSize}${fontWeight}${isTarget && (width < 24 || height < 24) ? 'small' : ''}`;
    };
    const walk = (element: Element) => {
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
    walk(document.documentElement);
    return hash;
  });
}
