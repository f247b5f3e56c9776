import type { Page } from 'playwright-core';

const MOST_TABS = 120;

interface Focused {
  name: string;
  role: string;
  /** What is wrong with how the focus shows; empty when a person sees where they are. */
  hidden: string;
}

/**
 * A person who uses the keyboard only. Every move looks whether the focus can be seen, and fails when it cannot.
 */
export class Keyboard {
  constructor(readonly page: Page) {}

  /** Goes on with the Tab key until the focus is on what has this name. */
  async tabTo(name: string | RegExp): Promise<void> {
    const met: string[] = [];
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      await this.page.keyboard.press('Tab');
      const focused = await this.focused();
      if (focused.hidden) throw new Error(`Focus on “${focused.name}” ${focused.hidden}: ${this.page.url()}`);
      if (fits(focused.name, name)) return;
      if (tabs > 0 && met[0] === focused.name && met[1] === undefined) break;
      met.push(focused.name);
    }
    throw new Error(`Tab never came to “${name}” on ${this.page.url()}. It met: ${met.join(' | ')}`);
  }

  /** Goes to a field and types, in place of what stood there. */
  async fill(name: string | RegExp, text: string): Promise<void> {
    await this.tabTo(name);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.insertText(text);
  }

  /** Goes to a link or a button and presses it; waits for the page that follows. */
  async press(name: string | RegExp): Promise<void> {
    await this.tabTo(name);
    await Promise.all([
      this.page.waitForEvent('framenavigated', (frame) => frame === this.page.mainFrame()),
      this.page.keyboard.press('Enter'),
    ]);
    await this.page.waitForLoadState('load');
  }

  /** Opens what folds out, or presses what does not lead to another page. */
  async open(name: string | RegExp): Promise<void> {
    await this.tabTo(name);
    await this.page.keyboard.press('Space');
  }

  /** Marks an answer: goes through radio buttons with the arrow keys, as they are one stop, and through boxes with Tab. */
  async mark(name: string | RegExp): Promise<void> {
    const met: string[] = [];
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      await this.page.keyboard.press('Tab');
      const focused = await this.focused();
      if (focused.role !== 'radio' && focused.role !== 'checkbox') continue;
      for (let current = focused; !met.includes(current.name); current = await this.focused()) {
        if (current.hidden) throw new Error(`Focus on “${current.name}” ${current.hidden}: ${this.page.url()}`);
        met.push(current.name);
        if (fits(current.name, name)) return this.page.keyboard.press('Space');
        if (focused.role === 'checkbox') break;
        await this.page.keyboard.press('ArrowDown');
      }
    }
    throw new Error(`No choice “${name}” on ${this.page.url()}. There were: ${met.join(' | ')}`);
  }

  async focused(): Promise<Focused> {
    return this.page.evaluate(look);
  }
}

const fits = (text: string, name: string | RegExp) => (typeof name === 'string' ? text === name : name.test(text));

/** Runs in the page: what has the focus, by the name that a screen reader would say, and whether it can be seen. */
function look(): Focused {
  const tidy = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return { name: '', role: '', hidden: '' };
  const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
  const labelled = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
  const name =
    tidy(element.getAttribute('aria-label')) ||
    tidy(labelled.map((one) => one?.textContent ?? '').join(' ')) ||
    tidy(labels.map((one) => one.textContent).join(' ')) ||
    tidy(element.textContent) ||
    tidy(element.getAttribute('title'));
  const role = element.getAttribute('role') ?? (element as HTMLInputElement).type ?? element.localName;

  const seen = (style: CSSStyleDeclaration) => {
    const clear = (color: string) => color === 'transparent' || /rgba\(.*, 0\)$/.test(color);
    const outline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
    return (outline && !clear(style.outlineColor)) || style.boxShadow !== 'none';
  };
  const around = [element, ...labels, element.parentElement].filter((one) => one !== null);
  const shows = around.some((one) => [null, '::before', '::after'].some((part) => seen(getComputedStyle(one, part))));
  if (!shows) return { name, role, hidden: 'has no outline or shadow' };

  const target = [element, ...labels].map((one) => one.getBoundingClientRect()).find((box) => box.width > 1);
  if (!target) return { name, role, hidden: 'has no size' };
  const inWindow = target.bottom > 0 && target.top < innerHeight && target.right > 0 && target.left < innerWidth;
  return { name, role, hidden: inWindow ? '' : 'is outside the window' };
}
