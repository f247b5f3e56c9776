/** What a text may hold that tells too much of a person, and where it begins. */
export interface SensitiveHit {
  kind: 'identity-number' | 'bank-code' | 'phone' | 'email' | 'health-word';
  /** Place of its first letter. */
  at: number;
  text: string;
}

/** Check characters of a Finnish personal identity code (Digital and Population Data Services Agency): remainder of nine digits by 31. */
const CHECKS = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const IDENTITY = /(?<![\w])(\d{6})([-+A-FU-Y])(\d{3})([0-9A-FHJ-NPR-Y])(?!\w)/gi;
const IBAN = /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?(?!\w)/g;
const CARD = /(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)/g;
const SAID_CODE =
  /(?:tunnusluku|pin|salasana|verkkopankkitunnus|lösenord|password|kod(?:en)?)\s*(?:on|är|is|:|=)\s*\S*\d\S*/giu;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;
const PHONE = /(?<![\w-])(?:\+358|0)[ -]?\d(?:[ -]?\d){5,10}(?!\w)/g;
/** Beginnings of words, so that inflected ones are found too. */
const HEALTH =
  /(?<!\p{L})(?:masennu|skitsofren|psykoo|diagnoo|lääkity|lääkkei|syöpä|diabete|dementi|muistisair|päihdeongel|alkoholisti|mielenterveysongel|depression|schizofren|diagnos|medicin|cancer|demens|missbruk|schizophren|psychosis|medication|dementia|addict)\p{L}*/giu;

/** Everything in `text` that should not be written of a person, in its order. A well-formed identity code counts by its check character only. */
export function sensitiveHits(text: string): SensitiveHit[] {
  const found = (
    kind: SensitiveHit['kind'],
    pattern: RegExp,
    holds: (match: RegExpMatchArray) => boolean = () => true,
  ) => [...text.matchAll(pattern)].filter(holds).map((match) => ({ kind, at: match.index, text: match[0] }));
  const identities = found('identity-number', IDENTITY, isIdentity);
  const codes = [
    ...found('bank-code', IBAN, isIban),
    ...found('bank-code', CARD, isCard),
    ...found('bank-code', SAID_CODE),
  ];
  const taken = [...identities, ...codes];
  const rest = [...found('email', EMAIL), ...found('phone', PHONE), ...found('health-word', HEALTH)].filter(
    ({ at }) => !taken.some((other) => at >= other.at && at < other.at + other.text.length),
  );
  return [...taken, ...rest].sort((a, b) => a.at - b.at);
}

/** Whether the text holds what must never be kept: an identity code, or a code of a bank or a card. */
export const isForbidden = (text: string): boolean =>
  sensitiveHits(text).some(({ kind }) => kind === 'identity-number' || kind === 'bank-code');

function isIdentity([, day = '', , number = '', check = '']: RegExpMatchArray): boolean {
  const [d, m] = [Number(day.slice(0, 2)), Number(day.slice(2, 4))];
  return d >= 1 && d <= 31 && m >= 1 && m <= 12 && CHECKS[Number(day + number) % 31] === check.toUpperCase();
}

/** ISO 13616: the remainder by 97 is 1. */
function isIban([text]: RegExpMatchArray): boolean {
  const plain = text.replaceAll(' ', '');
  const digits = (plain.slice(4) + plain.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** Luhn's formula (ISO/IEC 7812). */
function isCard([text]: RegExpMatchArray): boolean {
  const digits = [...text.replaceAll(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const twice = digit * 2;
    return total + (index % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}
