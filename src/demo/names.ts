import type { Chance } from './chance';

const split = (text: string) => text.trim().split(/\s+/);

const FINNISH_FIRST = split(`
  Aada Aaro Ahti Aila Aleksi Anja Anneli Antti Arja Arto Eero Eeva Eila Elias Elina Emma Erkki Esa Hanna Hannele Hannu
  Harri Heidi Heikki Helmi Henna Ilkka Ilona Inka Irma Jaana Janne Jari Jenni Joni Jorma Jouni Juha Jukka Kaarina Kaija
  Kaisa Kalle Kari Katja Kerttu Kimmo Kirsi Lasse Laura Lauri Leena Leo Lotta Maija Mari Maria Marja Markku Martti Matti
  Merja Miia Mika Minna Mirja Niina Olavi Olli Oona Outi Paavo Paula Petri Pia Päivi Raija Raimo Reijo Riikka Ritva Saara
  Salla Sami Sanni Santeri Sari Satu Seppo Sirpa Suvi Taina Tapio Tarja Teemu Tiina Tuija Tuula Ulla Veikko Venla Ville`);
const FINNISH_LAST = split(`
  Aalto Ahonen Anttila Eskola Haapala Hakala Halonen Harju Heikkinen Heino Hiltunen Hirvonen Huttunen Hyvönen Hänninen
  Ikonen Jokela Jokinen Kallio Kangas Karjalainen Karppinen Keränen Kettunen Kinnunen Kivelä Kokkonen Kontio Korhonen
  Koskela Kukkonen Laakso Lahtinen Laine Lammi Lehto Leppänen Lindholm Luoma Manninen Mattila Miettinen Moilanen Mustonen
  Myllymäki Mäkelä Mäkinen Nevala Nieminen Niskanen Nurmi Ojala Oksanen Paananen Pajunen Peltola Peltonen Pitkänen Pulkkinen
  Rajala Rantanen Rautio Ruusunen Räsänen Saari Saarinen Salo Salonen Savolainen Seppälä Sillanpää Suominen Tikkanen
  Toivonen Tuominen Turunen Uusitalo Vainio Valkonen Vartiainen Vesala Väisänen Ylönen`);
const SWEDISH_FIRST = split(`
  Agneta Alva Anders Andreas Anna Axel Birgitta Bo Carina Christian Ebba Emil Erik Eva Fredrik Gun Gunilla Gustav Göran
  Hedvig Ingrid Johan Karin Kerstin Kristina Lars Linnea Magnus Malin Maj Mikael Monica Nina Oskar Patrik Peter Sofia
  Stefan Susanne Tom Ulrika Viktor Viveca Åke Åsa`);
const SWEDISH_LAST = split(`
  Ahlskog Backman Berg Björklund Björkqvist Blomqvist Eklund Enlund Finnäs Forsman Granholm Grönlund Haglund Holmberg
  Holmlund Häggblom Johansson Karlsson Kronqvist Lindfors Lindqvist Lindström Lundqvist Mattsson Nordman Norrgård Nyberg
  Nylund Nyman Sandberg Sjöblom Sjöholm Snellman Stenman Ström Sundman Söderholm Södergård Wikström Öhman Österberg`);

export function inventName(chance: Chance, swedish: boolean): string {
  const [first, last] = swedish ? [SWEDISH_FIRST, SWEDISH_LAST] : [FINNISH_FIRST, FINNISH_LAST];
  return `${chance.pick(first)} ${chance.pick(last)}`;
}

/** User names of names: plain letters, a number from the second on. */
export class UserNames {
  private readonly taken = new Map<string, number>();

  of(name: string): string {
    const plain = name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z]+/g, '.');
    const before = this.taken.get(plain) ?? 0;
    this.taken.set(plain, before + 1);
    return before ? `${plain}${before + 1}` : plain;
  }
}
