// What a screen reader gets of a PDF: node test/support/read-pdf.mjs < file.pdf writes it as JSON. A process of its own, because
// the reader is an ES module that Jest does not load.
import { buffer } from 'node:stream/consumers';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const document = await getDocument({ data: new Uint8Array(await buffer(process.stdin)), verbosity: 0 }).promise;
const { info } = await document.getMetadata();
const marked = await document.getMarkInfo();
const pages = [];
for (let number = 1; number <= document.numPages; number += 1) {
  const page = await document.getPage(number);
  const { items, lang } = await page.getTextContent({ includeMarkedContent: true });
  pages.push({ lang, ...readable(items, await page.getStructTree()) });
}
process.stdout.write(JSON.stringify({ title: info.Title, language: info.Language, marked: marked?.Marked, pages }));

/** The tree of the page with the text of each part, and the text that is in no part. */
function readable(items, tree) {
  const texts = new Map();
  const open = [];
  let loose = '';
  for (const item of items) {
    if (item.type?.startsWith('beginMarkedContent')) open.push(item.tag === 'Artifact' ? 'artifact' : item.id);
    else if (item.type === 'endMarkedContent') open.pop();
    else if (item.str !== undefined) {
      const id = open.findLast((one) => one);
      const text = item.str + (item.hasEOL ? ' ' : '');
      if (id === undefined) loose += text;
      else texts.set(id, (texts.get(id) ?? '') + text);
    }
  }
  const part = ({ role, children = [], alt, lang }) => ({
    role,
    alt,
    lang,
    text: children.filter(({ type }) => type === 'content').map(({ id }) => texts.get(id) ?? '').join('').replace(/\s+/g, ' ').trim(),
    children: children.filter((child) => child.role).map(part),
  });
  return { loose: loose.trim(), tree: tree ? part(tree) : undefined };
}
