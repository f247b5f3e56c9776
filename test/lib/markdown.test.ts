import { renderMarkdown } from '../../src/lib/markdown';

const text = (html: string) => html.replace(/ id="spot-\d+"/g, '');

it('begins headings at h2 and keeps their order', () => {
  expect(text(renderMarkdown('# One\n\n## Two\n\n# Three'))).toBe('<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>');
  expect(text(renderMarkdown('### Only'))).toBe('<h2>Only</h2>');
});

it('gives the blocks ids in order of reading, so that a reader can come back', () => {
  expect(renderMarkdown('A\n\n- b\n- c\n\nD')).toBe(
    '<p id="spot-1">A</p>\n<ul>\n<li id="spot-2">b</li>\n<li id="spot-3">c</li>\n</ul>\n<p id="spot-4">D</p>',
  );
});

it('keeps each sentence of easy Finnish on its own line', () => {
  expect(text(renderMarkdown('Yksi.\nKaksi.', { keepBreaks: true }))).toBe('<p>Yksi.<br />\nKaksi.</p>');
  expect(text(renderMarkdown('Yksi.\nKaksi.'))).toBe('<p>Yksi.\nKaksi.</p>');
});

it('lets no markup of the writer through', () => {
  expect(renderMarkdown('<script>alert(1)</script> <b onclick="x()">b</b>')).not.toMatch(/<script|<b /);
  expect(renderMarkdown('[a](javascript:alert(1)) [b](data:text/html,x) [c](//evil.example)')).not.toMatch(
    /href="(javascript|data|\/\/)/,
  );
  expect(renderMarkdown('![a](x" onerror="alert(1))')).not.toContain('<img');
});

it('marks links to other sites and leaves our own alone', () => {
  expect(renderMarkdown('[Kela](https://www.kela.fi)')).toContain(
    '<a href="https://www.kela.fi" rel="external noopener noreferrer" class="external">Kela</a>',
  );
  expect(renderMarkdown('[apua](/help)')).toContain('<a href="/help">apua</a>');
});

it('shows pictures of our own files only', () => {
  expect(renderMarkdown('![Kissa](/files/6f1c/kissa.webp)')).toContain(
    '<img src="/files/6f1c/kissa.webp" alt="Kissa" loading="lazy" />',
  );
  for (const address of [
    'https://tracker.example/p.png',
    '//tracker.example/p.png',
    '/learn/x',
    '/files/../sign-out',
  ]) {
    expect(renderMarkdown(`![x](${address})`)).not.toContain('<img');
  }
});
