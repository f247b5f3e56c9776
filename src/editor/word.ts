const DROPPED =
  'script, style, meta, link, title, xml, iframe, object, embed, svg, math, img, picture, video, audio, form, input, button, template';
const KEPT = new Set([
  'P',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'UL',
  'OL',
  'LI',
  'BLOCKQUOTE',
  'STRONG',
  'B',
  'EM',
  'I',
  'S',
  'CODE',
  'PRE',
  'BR',
  'HR',
  'A',
]);

/**
 * What was copied from Word, a web page or a mail, as clean elements: paragraphs, headings, lists, links, bold and italics. Lists that
 * Word fakes with paragraphs become lists; a row of a table becomes a paragraph. The document given is inert: nothing in it runs.
 */
export function cleaned(html: string): HTMLElement {
  const source = new DOMParser().parseFromString(html, 'text/html');
  const { body } = source;
  for (const gone of body.querySelectorAll(DROPPED)) gone.remove();
  for (const gone of [...body.querySelectorAll('*')].filter(({ tagName }) => tagName.includes(':')))
    gone.replaceWith(...gone.childNodes);
  removeComments(body, source);
  makeLists(body, source);
  makeHeadings(body, source);
  makeRows(body, source);
  for (const one of [...body.querySelectorAll('*')].reverse()) plain(one, source);
  for (const empty of body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li')) {
    if (!empty.textContent?.replace(/\u00a0/g, ' ').trim()) empty.remove();
  }
  return body;
}

function removeComments(body: HTMLElement, source: Document): void {
  const walker = source.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: Comment[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Comment);
  for (const comment of found) comment.remove();
}

const LISTED = /mso-list:\s*l\d+\s+level(\d+)/i;
const NUMBER = /^\s*(?:\d+|[a-z]|[ivx]+)[.)]/i;

/** Paragraphs of Word's lists, one after another, become a list with lists inside it. */
function makeLists(body: HTMLElement, source: Document): void {
  let lists: HTMLElement[] = [];
  let last: Element | undefined;
  for (const paragraph of [...body.querySelectorAll('p, h1, h2, h3')]) {
    const level = Number(LISTED.exec(paragraph.getAttribute('style') ?? '')?.[1] ?? 0);
    if (!level) continue;
    const sign = [...paragraph.querySelectorAll('span')].find((span) =>
      /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''),
    );
    const isNumber = NUMBER.test(sign?.textContent ?? '');
    sign?.remove();
    if (last && paragraph.previousElementSibling !== last) lists = [];
    while (lists.length > level) lists.pop();
    while (lists.length < level) {
      const list = source.createElement(isNumber ? 'ol' : 'ul');
      const parent = lists.at(-1);
      if (parent) (parent.lastElementChild ?? parent.appendChild(source.createElement('li'))).append(list);
      else paragraph.before(list);
      lists.push(list);
    }
    const item = source.createElement('li');
    const inside = source.createElement('p');
    inside.append(...paragraph.childNodes);
    item.append(inside);
    lists.at(-1)?.append(item);
    last = lists[0];
    paragraph.remove();
  }
}

function makeHeadings(body: HTMLElement, source: Document): void {
  for (const paragraph of body.querySelectorAll('p.MsoTitle, p.MsoHeading1, p[style*="mso-outline-level"]')) {
    const heading = source.createElement('h2');
    heading.append(...paragraph.childNodes);
    paragraph.replaceWith(heading);
  }
}

function makeRows(body: HTMLElement, source: Document): void {
  for (const row of body.querySelectorAll('tr')) {
    const line = source.createElement('p');
    line.textContent = [...row.querySelectorAll('td, th')]
      .map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim())
      .filter(Boolean)
      .join(' – ');
    row.replaceWith(line);
  }
}

function plain(one: Element, source: Document): void {
  const style = one.getAttribute('style') ?? '';
  const href = one.getAttribute('href') ?? '';
  const isNotBold = one.tagName === 'B' && /font-weight:\s*(normal|400)/i.test(style);
  const isLinkless = one.tagName === 'A' && !/^(https?:\/\/|mailto:|tel:)/i.test(href);
  for (const { name } of [...one.attributes]) one.removeAttribute(name);
  if (one.tagName === 'A' && !isLinkless) one.setAttribute('href', href);
  const isBlock = ['DIV', 'SECTION', 'ARTICLE', 'FIGURE', 'FIGCAPTION', 'DD', 'DT'].includes(one.tagName);
  if (isBlock && !one.querySelector('p, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, div')) {
    const paragraph = source.createElement('p');
    paragraph.append(...one.childNodes);
    one.replaceWith(paragraph);
  } else if (!KEPT.has(one.tagName) || isNotBold || isLinkless) {
    const bold = /font-weight:\s*(bold|[6-9]00)/i.test(style) && one.tagName === 'SPAN';
    const wrap = bold ? source.createElement('strong') : undefined;
    if (wrap) wrap.append(...one.childNodes);
    one.replaceWith(...(wrap ? [wrap] : one.childNodes));
  }
}
