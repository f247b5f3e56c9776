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

/** What Word says about a text besides the text: comments, text taken away, what is hidden. */
const HIDDEN =
  '[data-style*="mso-element:comment-list"], .msocomanchor, [data-style*="mso-comment-reference"], del.msoDel, del[cite], [data-style*="mso-hide:all"], [data-style*="display:none"]';

/** Whether it shows pictures: those are not taken, as their files stay where they were. */
export const hasPictures = (html: string): boolean => /<(img|v:imagedata|picture|svg)\b/i.test(html);

/**
 * What was copied from Word, a web page or a mail, as clean elements: paragraphs, headings, lists, links, bold and italics. Lists that
 * Word fakes with paragraphs become lists; a row of a table becomes a paragraph. The document given is inert: nothing in it runs.
 */
export function cleaned(html: string): HTMLElement {
  const source = new DOMParser().parseFromString(inert(html), 'text/html');
  const { body } = source;
  for (const gone of body.querySelectorAll(`${DROPPED}, ${HIDDEN}`)) gone.remove();
  for (const gone of [...body.querySelectorAll('*')].filter(({ tagName }) => tagName.includes(':')))
    gone.replaceWith(...gone.childNodes);
  removeComments(body, source);
  makeLists(body, source);
  nestLists(body);
  makeHeadings(body, source);
  makeRows(body, source);
  for (const one of [...body.querySelectorAll('*')].reverse()) plain(one, source);
  oneSpace(body, source);
  for (const empty of body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li')) {
    if (!empty.textContent?.replace(/\u00a0/g, ' ').trim()) empty.remove();
  }
  return body;
}

/** Styles tell what Word means, but the page allows none, not even in a document that is only read: they are renamed. */
const inert = (html: string) =>
  html
    .replace(/<style\b[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)style(?=\s*=)/gi, '$1data-style'));

function removeComments(body: HTMLElement, source: Document): void {
  const walker = source.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: Comment[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Comment);
  for (const comment of found) comment.remove();
}

/** Word writes several spaces, and spaces of other programs, as spaces that do not break. */
function oneSpace(body: HTMLElement, source: Document): void {
  const walker = source.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (!text.parentElement?.closest('pre')) text.data = text.data.replace(/[ \n\t]*\u00a0[\u00a0 \n\t]*/g, ' ');
  }
}

/** A list that stands straight in a list, as Google Docs and LibreOffice have it, belongs to the item before it. */
function nestLists(body: HTMLElement): void {
  for (const list of body.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    const item = list.previousElementSibling;
    if (item?.tagName === 'LI') item.append(list);
    else list.replaceWith(...list.childNodes);
  }
}

const LISTED = /mso-list:\s*l\d+\s+level(\d+)/i;
const NUMBER = /^\s*(?:\d+|[a-z]|[ivx]+)[.)]/i;

/** Paragraphs of Word's lists, one after another, become a list with lists inside it. */
function makeLists(body: HTMLElement, source: Document): void {
  let lists: HTMLElement[] = [];
  let last: Element | undefined;
  for (const paragraph of [...body.querySelectorAll('p, h1, h2, h3')]) {
    const level = Number(LISTED.exec(paragraph.getAttribute('data-style') ?? '')?.[1] ?? 0);
    if (!level) continue;
    const sign = [...paragraph.querySelectorAll('span')].find((span) =>
      /mso-list:\s*ignore/i.test(span.getAttribute('data-style') ?? ''),
    );
    const isNumber = NUMBER.test(sign?.textContent ?? '');
    sign?.remove();
    if (last && paragraph.previousElementSibling !== last) lists = [];
    while (lists.length > level) lists.pop();
    // Another sign on the same level begins another list.
    if (lists.length === level && (lists.at(-1)?.tagName === 'OL') !== isNumber) lists.pop();
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

/** A lesson has its own title above: the biggest heading of a text is one of its parts. */
function makeHeadings(body: HTMLElement, source: Document): void {
  for (const paragraph of body.querySelectorAll(
    'h1, p.MsoTitle, p.MsoHeading1, p[data-style*="mso-outline-level:1"], p[data-style*="mso-outline-level:2"]',
  )) {
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
  const style = one.getAttribute('data-style') ?? '';
  const href = one.getAttribute('href') ?? '';
  const isNotBold = one.tagName === 'B' && /(^|[;\s])font-weight:\s*(normal|400)/i.test(style);
  const isLinkless = one.tagName === 'A' && !/^(https?:\/\/|mailto:|tel:)/i.test(href);
  for (const { name } of [...one.attributes]) one.removeAttribute(name);
  if (one.tagName === 'A' && !isLinkless) one.setAttribute('href', href);
  const isBlock = ['DIV', 'SECTION', 'ARTICLE', 'FIGURE', 'FIGCAPTION', 'DD', 'DT'].includes(one.tagName);
  if (isBlock && !one.querySelector('p, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, div')) {
    const paragraph = source.createElement('p');
    paragraph.append(...one.childNodes);
    one.replaceWith(paragraph);
  } else if (!KEPT.has(one.tagName) || isNotBold || isLinkless) {
    const bold = /(^|[;\s])font-weight:\s*(bold|[6-9]00)/i.test(style) && one.tagName === 'SPAN';
    const italic = /font-style:\s*italic/i.test(style) && one.tagName === 'SPAN';
    for (const tag of [...(bold ? ['strong'] : []), ...(italic ? ['em'] : [])]) {
      const wrap = source.createElement(tag);
      wrap.append(...one.childNodes);
      one.append(wrap);
    }
    one.replaceWith(...one.childNodes);
  }
}
