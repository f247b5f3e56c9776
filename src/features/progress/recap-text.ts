/** The heading that a place of a lesson stands under, and the one that follows. Undefined where there is none. */
export function textOf(html: string, spot: string): { here: string | undefined; after: string | undefined } {
  if (!spot) return { here: undefined, after: undefined };
  const at = html.indexOf(`id="${spot}"`);
  const headings = [...html.matchAll(/<h[23][^>]*>([\s\S]*?)<\/h[23]>/g)].map((found) => ({
    // The place may be the heading itself.
    at: found.index,
    text: plain(found[1] ?? ''),
  }));
  const here = headings.findLast((heading) => heading.at < at);
  return {
    here: at < 0 ? undefined : here?.text,
    after: at < 0 ? undefined : headings.find((heading) => heading.at > at)?.text,
  };
}

const SIGNS: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const plain = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (sign) => SIGNS[sign] ?? sign)
    .trim();
