import { htmlLang, type Language } from '../../../lib/i18n';
import type { Hit } from '../finding';
import type { Prose, Sentence } from '../prose';

/** Finnish passive forms. Nouns with an ending of place or of whose they are look alike, so only sure ones are told. */
const FI_FORM =
  /^(?:\p{L}{2,}[eouyöaä]t(?:aan|ään)|\p{L}*(?:te|ne|re|ske|^o|^tu|^ku?u|^pu)ll(?:aan|ään)|(?:men|pan)n(?:aan|ään)|(?:teh|näh)d(?:aan|ään)|(?:saa|jää|vie|juo|syö|lyö|myy|käy|tuo|luo|voi|\p{L}+[oö]i)d(?:aan|ään)|\p{L}{3,}[tdskvrlnjp]ettiin)$/u;
const FI_NOT = /^(?:vastaan|sotaan|kotaan|rataan|sataan|pataan|internettiin|omiltaan|\p{L}*(?:sota|kunta|rata))$/u;
const FI_DONE =
  /(?:^|\s)(?:on|oli|olisi|ei ole|ei ollut)\s+(?!tuttu|hattu)\p{L}*(?:ttu|tty|[slhnr]tu|[slhnr]ty|saatu|luotu|viety|juotu|syöty|myyty|tuotu|käyty)(?=[\s,.!?]|$)/iu;

const EN =
  /(?:^|\s)(?:is|are|was|were|been|being|be)\s+(?:not\s+|never\s+|always\s+|often\s+|\p{L}+ly\s+)?(?!needed|interested|tired|worried|scared|related|limited|supposed|used to|based|married|pleased|closed|connected|allowed|advised|called|named|old|red|bed|need|indeed|aged|located|prepared|crowded)(\p{L}{3,}ed|sent|made|done|given|taken|written|shown|kept|told|found|held|paid|sold|stolen|hidden|chosen|used|built|brought|put)(?=[\s,.!?]|$)/iu;
const SV =
  /(?:^|\s)(?:(?:ska|skall|kan|måste|bör|får)\s+(?:inte\s+|alltid\s+|aldrig\s+)?(?!lyckas|hoppas|andas|minnas|finnas|umgås|trivas|låtsas|mötas|träffas|synas|kännas|vistas|höras|behövas|ses)\p{L}{2,}as|(?:blir|blev|blivit)\s+(?!rädd|glad|van)\p{L}{3,}(?:ad|ade|at|ats)|(?:används|görs|skickas|sparas|visas|öppnas|kontrolleras|lagras|publiceras|behandlas|hanteras))(?=[\s,.!?]|$)/iu;

function isPassive({ text, words }: Sentence, language: Language): boolean {
  const tongue = htmlLang(language);
  if (tongue === 'en') return EN.test(text);
  if (tongue === 'sv') return SV.test(text);
  return words.some((word) => isFinnishPassive(word.toLowerCase())) || FI_DONE.test(text);
}

const isFinnishPassive = (word: string) => word.length > 5 && FI_FORM.test(word) && !FI_NOT.test(word);

/** Easy Finnish says who does it, always; other texts may leave it out now and then. */
const BEARS = (language: Language, all: number) => (language === 'fi-x-selko' ? 0 : Math.max(2, all / 3));

/** Sentences that do not say who does it, when there are more of them than the language variant bears. */
export function passives({ sentences }: Prose, language: Language): Hit[] {
  const found = sentences.filter((sentence) => isPassive(sentence, language));
  if (found.length <= BEARS(language, sentences.length)) return [];
  return found.map(({ text }) => ({ rule: 'passive', quote: passageOf(text, language) }));
}

/** The passive words themselves, or the beginning where they are many. */
function passageOf(text: string, language: Language): string {
  const tongue = htmlLang(language);
  if (tongue === 'en') return EN.exec(text)?.[0].trim() ?? text;
  if (tongue === 'sv') return SV.exec(text)?.[0].trim() ?? text;
  const word = text.match(/[\p{L}-]+/gu)?.find((one) => isFinnishPassive(one.toLowerCase()));
  return word ?? FI_DONE.exec(text)?.[0].trim() ?? text;
}

/** Sentences packed into one word: "kirjauduttuasi", "avatessasi", "avataksesi", "lähettämäsi". */
const PACKED =
  /^(?:\p{L}{2,}(?:[aiouyäö]|[^aeiouyäö]t)ess[aä](?:si|nsa|nsä|mme|nne)|\p{L}{3,}t(?:ua|yä)(?:si|an|än|nsa|nsä|mme|nne)|\p{L}{3,}(?:ta|tä|la|lä|da|dä|ia|iä|ea|eä|ua|yä|oa|ella|ellä)kse(?:si|en|nsa|nsä|mme|nne))$/u;
const PACKED_NOT = /(?:vuode|käde|uude|vede|itse|hyväkse|kanssa|ohe)/u;

/** Words of easy Finnish that hide a clause. */
export function participles({ sentences }: Prose, language: Language): Hit[] {
  if (language !== 'fi-x-selko') return [];
  const words = sentences.flatMap((sentence) => sentence.words);
  const found = words.filter((word) => PACKED.test(word.toLowerCase()) && !PACKED_NOT.test(word.toLowerCase()));
  return [...new Set(found)].map((word) => ({ rule: 'participle', quote: word, values: { word } }));
}

const SHARE = /\d+(?:[.,]\d+)?\s?%|\d+,\d+/u;
/** Long numbers without spaces; those of telephones, codes and years are read digit by digit. */
const UNBROKEN = /(?<![\d+.,-])[1-9]\d{4,}(?![\d-])/u;
const MOST_NUMBERS = 3;

/** Numbers that are hard to take in: long ones without spaces; in easy Finnish shares, decimals and many in one sentence. */
export function numbers({ sentences }: Prose, language: Language): Hit[] {
  return sentences.flatMap(({ text }): Hit[] => {
    const without = text
      .replace(/\b116\s?\d{3}\b/g, '')
      .replace(
        /\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?|\b(?:klo|kello)\s\d{1,2}(?:[.:]\d{2})?|\+?\d{2,4}(?:\s\d{2,4}){1,4}|\b0\d+/giu,
        '',
      );
    const isEasy = language === 'fi-x-selko';
    const found =
      UNBROKEN.exec(without)?.[0] ??
      (isEasy ? SHARE.exec(without)?.[0] : undefined) ??
      (isEasy && (without.match(/\d+/g) ?? []).length > MOST_NUMBERS ? /\d+/.exec(without)?.[0] : undefined);
    return found ? [{ rule: 'numbers', quote: found, values: { number: found } }] : [];
  });
}
