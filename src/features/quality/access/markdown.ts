import { htmlLang, type Language } from '../../../lib/i18n';
import type { Hit } from '../finding';

/** Words of a link that say nothing of where it leads, alone or with others of the list. */
const EMPTY: Record<string, RegExp> = {
  fi: /^(?:(?:klikkaa|paina|napsauta|napauta|avaa|katso|lue|siirry|mene|löydät)\s+)?(?:tästä|tätä|tähän|täältä|täällä|tässä|tänne|tämä|linkki|linkistä|tästä linkistä|tästä lisää|lisää|lisää tästä|lisätietoa|lisätietoja|klikkaa|avaa|katso|lue)$/iu,
  sv: /^(?:(?:klicka|tryck|läs|se|gå|öppna)\s+)?(?:här|hit|länk|länken|den här länken|mer|mera|läs mer|mer här|mer information|klicka|öppna)$/iu,
  en: /^(?:(?:click|press|tap|read|see|go|learn|find out)\s+)?(?:here|this|this link|link|more|more here|more information|click|open|read)$/iu,
};

const LINK = /(?<!!)\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g;
const BARE = /(?<![\](<"=])<?\bhttps?:\/\/[^\s>)]+|\bwww\.[^\s>)]+/gi;

/** Links whose words do not say where they lead: "tästä", "klikkaa", or the address itself. */
export function linksOf(markdown: string, language: Language): Hit[] {
  const empty = EMPTY[htmlLang(language)] ?? EMPTY.fi;
  const hits: Hit[] = [];
  for (const [, words = '', address = ''] of markdown.matchAll(LINK)) {
    const said = words.replace(/[*_`]/g, '').trim();
    const bare = said.replace(/[.…:!>»\s]+$/, '');
    if (empty?.test(bare) || bare === '') hits.push({ rule: 'linkWords', quote: said || address });
    else if (isAddress(said)) hits.push({ rule: 'linkAddress', quote: said });
  }
  const others = markdown.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '');
  for (const [found] of others.matchAll(BARE)) hits.push({ rule: 'linkAddress', quote: found.replace(/^</, '') });
  return hits;
}

/** A short address (kela.fi) can be read aloud; one with a path cannot. */
const isAddress = (words: string) => /^(?:https?:\/\/|www\.)\S+$/i.test(words) || /^\S+\.\S+\/\S+$/.test(words);

/** Tables whose first row does not say what is in each column. The corner may be empty. */
export function tablesOf(markdown: string): Hit[] {
  const rows = markdown.split('\n');
  return rows.flatMap((row, index): Hit[] => {
    if (!/^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/.test(row) || !row.includes('|')) return [];
    const cells = cellsOf(rows[index - 1] ?? '');
    if (cells.length < 2 || cells.slice(1).every(Boolean)) return [];
    return [{ rule: 'tableHeaders', quote: cells.find(Boolean) ?? cellsOf(rows[index + 1] ?? '').find(Boolean) ?? '' }];
  });
}

const cellsOf = (row: string) =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** Headings of a Markdown text, by their size. */
export function headingsIn(markdown: string): { level: number; text: string }[] {
  return [...markdown.replace(/```[\s\S]*?(?:```|$)/g, '').matchAll(/^ {0,3}(#{1,6})\s+(.+?)\s*#*$/gm)].map(
    ([, signs = '', text = '']) => ({ level: signs.length, text }),
  );
}
