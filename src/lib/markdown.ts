import MarkdownIt from 'markdown-it';
import sanitize from 'sanitize-html';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

const parsers = { flowing: new MarkdownIt({ html: false }), broken: new MarkdownIt({ html: false, breaks: true }) };
for (const parser of Object.values(parsers)) parser.linkify.set({ fuzzyLink: false });

/** Blocks that a reader can come back to; each gets an id, in order of reading. */
const SPOTS = new Set(['paragraph_open', 'heading_open', 'list_item_open']);

interface Manner {
  /** Keeps each line on a line of its own, as easy Finnish is written. */
  keepBreaks?: boolean;
  /** The number of the first spot, where this is a piece of a longer text. */
  firstSpot?: number;
  /** The largest heading (1-6) of the longer text. */
  largest?: number;
}

/**
 * Safe HTML of a lesson's text. Headings begin at h2, links to other sites say so by their class, pictures come only from
 * our own /files. Paragraphs, headings and list items get the ids spot-1, spot-2 …
 */
export function renderMarkdown(text: string, { keepBreaks = false, firstSpot = 1, largest }: Manner = {}): string {
  const parser = keepBreaks ? parsers.broken : parsers.flowing;
  const tokens = parser.parse(text.replaceAll('\r\n', '\n'), {});
  lowerHeadings(tokens, largest ?? largestHeading(tokens));
  numberSpots(tokens, firstSpot);
  return sanitize(parser.renderer.render(tokens, parser.options, {}), ALLOWED).trim();
}

/** The largest heading of a text: 1 for `#`, 6 for `######`; Infinity without any. */
export const largestHeadingOf = (text: string): number => largestHeading(parsers.flowing.parse(text, {}));

const headingsOf = (tokens: Token[]) =>
  tokens.filter((token) => token.type === 'heading_open' || token.type === 'heading_close');

const largestHeading = (tokens: Token[]) => Math.min(...headingsOf(tokens).map((token) => Number(token.tag[1])));

/** The largest heading of the text becomes h2, whatever the writer began with: the page has an h1 of its own. */
function lowerHeadings(tokens: Token[], largest: number): void {
  for (const token of headingsOf(tokens)) token.tag = `h${Math.min(6, Number(token.tag[1]) - largest + 2)}`;
}

function numberSpots(tokens: Token[], first: number): void {
  let number = first - 1;
  for (const token of tokens) {
    if (!SPOTS.has(token.type) || token.hidden) continue;
    number += 1;
    token.attrSet('id', `spot-${number}`);
  }
}

const BLOCKS = ['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'hr', 'pre', 'code', 'table'];
const PARTS = ['thead', 'tbody', 'tr', 'th', 'td', 'strong', 'em', 's', 'br', 'a', 'img'];
const SPOT = /^spot-\d+$/;

/** The parser lets no HTML through; this is the second lock on the same door. */
const ALLOWED: sanitize.IOptions = {
  allowedTags: [...BLOCKS, ...PARTS],
  allowedAttributes: { a: ['href', 'rel', 'class'], img: ['src', 'alt', 'loading'], ol: ['start'], '*': ['id'] },
  allowedSchemes: ['https', 'http', 'mailto', 'tel'],
  allowProtocolRelative: false,
  transformTags: {
    a: (tagName, { href = '' }) => {
      const outside = { rel: 'external noopener noreferrer', class: 'external' };
      return { tagName, attribs: { href, ...(/^https?:/i.test(href) && outside) } };
    },
    img: (tagName, { src = '', alt = '' }) => ({ tagName, attribs: { src, alt, loading: 'lazy' } }),
    '*': (tagName, attribs) => ({ tagName, attribs: SPOT.test(attribs.id ?? '') ? attribs : without(attribs, 'id') }),
  },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !/^\/files\/[\w-]+(?:[./][\w-]+)*$/.test(attribs.src ?? ''),
};

function without(attributes: sanitize.Attributes, name: string): sanitize.Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== name));
}
