import axe, { type Result } from 'axe-core';
import type { Page } from 'playwright-core';

const OPTIONS = {
  // What is in a sandboxed frame is the content's; axe looks at the frame itself.
  iframes: false,
  resultTypes: ['violations' as const],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/** What axe finds on the page as it stands, a line for each rule and a place where it is broken. */
export async function axeFaults(page: Page): Promise<string[]> {
  const scripts = await page.evaluate(() => matchMedia('(scripting: enabled)').matches);
  return scripts ? run(page) : onCopy(page, (copy) => run(copy));
}

/** The same of colours only: for a page that axe has seen whole in another look. */
export const contrastFaults = (page: Page): Promise<string[]> => run(page, ['color-contrast']);

/** axe waits by timers, which never come without scripts: it looks at a copy of what stands on the page, in a window that has them. */
async function onCopy<T>(page: Page, look: (copy: Page) => Promise<T>): Promise<T> {
  const standing = (await page.content())
    .replace(/<script\b.*?<\/script>/gs, '')
    .replace(/<(\/?)noscript>/g, '<$1div>');
  const context = await page
    .context()
    .browser()
    ?.newContext({
      storageState: await page.context().storageState(),
      viewport: page.viewportSize(),
      serviceWorkers: 'block',
    });
  if (!context) throw new Error('The page has no browser.');
  try {
    const copy = await context.newPage();
    await copy.route(page.url().replace(/#.*/, ''), (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: standing }),
    );
    await copy.goto(page.url());
    return await look(copy);
  } finally {
    await context.close();
  }
}

async function run(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(
    async (options) => (await (window as unknown as { axe: typeof axe }).axe.run(document, options)).violations,
    { ...OPTIONS, ...(rules && { runOnly: rules }) },
  );
  return violations.map(inOneLine);
}

function inOneLine({ id, help, nodes }: Result): string {
  const [first] = nodes;
  const more = nodes.length > 1 ? ` and ${nodes.length - 1} more` : '';
  const why = first?.any[0]?.message ?? first?.all[0]?.message ?? first?.none[0]?.message ?? '';
  return `${id} (${help}): ${first?.target.join(' ')}${more}. ${why}`;
}

/** How far the page goes past the right edge of the window, in pixels, and what reaches farthest. */
export async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const widest = [...document.body.querySelectorAll('*')]
      .filter((element) => !element.closest('.govuk-visually-hidden, [hidden]'))
      .map((element) => ({ element, right: element.getBoundingClientRect().right }))
      .sort((a, b) => b.right - a.right)[0]?.element;
    const name = widest ? `${widest.localName}.${[...widest.classList].join('.')}` : '';
    return [`goes ${scrollWidth - clientWidth} px sideways at ${clientWidth} px: ${name}`];
  });
}
