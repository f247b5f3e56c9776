import { htmlLang, type Language } from '../../../lib/i18n';
import type { ToldBlock } from '../../blocks/block';
import type { FileFacts, Hit } from '../finding';

const FILE_NAME =
  /^(?:\S*\.(?:jpe?g|png|gif|webp|heic|svg|bmp|tiff?)|(?:img|dsc|dscn|pxl|image|kuva|bild|picture|photo|foto|valokuva|screenshot|screen shot|kuvakaappaus|näyttökuva|skärmavbild|skärmbild|untitled|nimetön)[\s_-]*[\d_.\s:-]*)$/iu;
const BEGINS: Record<string, RegExp> = {
  fi: /^(?:kuva(?:ssa)?(?:\s+(?:on|jossa|näkyy|esittää))?[\s:,]|valokuva[\s:,])/iu,
  sv: /^(?:bild(?:en)?(?:\s+(?:av|på|visar|som))|foto\s+av|bild:)/iu,
  en: /^(?:(?:an?\s+)?(?:image|picture|photo|photograph)\s+(?:of|showing|that)|image:|picture:)/iu,
};
const MOST_LETTERS = 160;
/** Under this ratio of its lightest and darkest tones no text in a picture can be told from its ground (WCAG 1.4.3). */
const LEAST_CONTRAST = 4.5;

/** What a picture says to one who cannot see it. */
export function pictureHits(block: ToldBlock, language: Language, file: FileFacts | undefined): Hit[] {
  if (!block.file_id || block.decorative) return [];
  const said = block.text.trim();
  const faint: Hit[] =
    typeof file?.contrast === 'number' && file.contrast < LEAST_CONTRAST ? [{ rule: 'contrast' }] : [];
  if (!said) return [{ rule: 'altMissing' }, ...faint];
  if (FILE_NAME.test(said) || (said.toLowerCase() === file?.name.trim().toLowerCase() && /[\d_.]/.test(said)))
    return [{ rule: 'altFileName', quote: said }, ...faint];
  const caption = block.parts.caption?.trim() ?? '';
  return [
    ...(said.length > MOST_LETTERS
      ? [{ rule: 'altLong', quote: said, values: { letters: said.length } } as const]
      : []),
    ...(BEGINS[htmlLang(language)]?.test(said) ? [{ rule: 'altBegins', quote: said } as const] : []),
    ...(caption && caption.toLowerCase() === said.toLowerCase()
      ? [{ rule: 'altAsCaption', quote: said } as const]
      : []),
    ...faint,
  ];
}

/** What a video or a sound says to one who does not hear it. Easy Finnish is heard as Finnish. */
export function heardHits(block: ToldBlock, language: Language, file: FileFacts | undefined): Hit[] {
  const isWritten = Boolean(block.parts.transcript?.trim());
  if (!block.file_id) return block.kind === 'video' && block.link && !isWritten ? [{ rule: 'videoElsewhere' }] : [];
  const captions = file?.captions ?? [];
  if (captions.length === 0) {
    if (block.kind === 'video') return [{ rule: 'captions' }];
    return isWritten ? [] : [{ rule: 'transcript' }];
  }
  const isOwn = captions.some((one) => htmlLang(one) === htmlLang(language));
  return isOwn || isWritten ? [] : [{ rule: 'captionsOther' }];
}
