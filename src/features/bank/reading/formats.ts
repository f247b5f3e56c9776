import MarkdownIt from 'markdown-it';
import { escapeHtml } from '../escape';

const markdown = new MarkdownIt({ html: true });

/** A text of any of Moodle's formats as HTML, which `html.ts` reads. */
export function asHtml(text: string, format: string): string {
  switch (format) {
    case 'markdown':
      return markdown.render(text);
    case 'plain_text':
    case 'plain':
      return lines(escapeHtml(text));
    case 'moodle_auto_format':
    case 'moodle':
      // Lines are lines, unless somebody wrote HTML blocks in it.
      return /<(p|div|br|ul|ol|table|h\d|pre)\b/i.test(text) ? text : lines(text);
    default:
      return text;
  }
}

const lines = (html: string) =>
  html
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((part) => `<p>${part.trim().replace(/\n/g, '<br>')}</p>`)
    .join('');
