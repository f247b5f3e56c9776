import type { DraftContent } from '../features/authoring/drafts.document';
import type { Variants } from '../features/blocks/block';

const finnish = (text: string, easy?: string): Variants => ({
  fi: { text, follows: 1 },
  ...(easy && { 'fi-x-selko': { text: easy, follows: 1 } }),
});

/** Lessons that are only being written, so nobody but writers reads them. */
export const NEW_LESSONS = {
  borrowed: {
    original: 'fi',
    title: { fi: 'Kun laite on lainassa', 'fi-x-selko': 'Käytät lainattua laitetta' },
    minutes: 6,
    level: 2,
    competences: ['4.1', '4.2'],
    blocks: [
      {
        id: 'part1',
        kind: 'text',
        version: 1,
        texts: finnish(
          'Kirjastossa, asukastuvalla tai ystävän luona laite ei ole sinun. Avaa selain yksityiseen ikkunaan: silloin sivut ja tunnukset eivät jää talteen.',
          'Joskus käytät toisen laitetta.\nAvaa yksityinen ikkuna.\nSilloin tietosi eivät jää laitteelle.',
        ),
      },
      {
        id: 'part2',
        kind: 'text',
        version: 1,
        texts: finnish(
          'Kirjaudu ulos jokaisesta palvelusta ennen kuin nouset tuolilta. Jos selain kysyy, tallennetaanko salasana, vastaa ei.',
          'Kirjaudu ulos, kun lopetat.\nÄlä tallenna salasanaa.',
        ),
      },
      {
        id: 'practice',
        kind: 'try',
        version: 1,
        texts: finnish(
          'Avaa yksityinen ikkuna ja sulje se. Mikä muuttui ikkunan yläreunassa?',
          'Avaa yksityinen ikkuna.\nMiltä se näyttää?',
        ),
      },
    ],
    questions: [],
  },
  afraid: {
    original: 'fi',
    title: { fi: 'Kun viesti pelottaa' },
    minutes: 5,
    level: 1,
    competences: ['4.2', '4.3'],
    blocks: [
      {
        id: 'part1',
        kind: 'text',
        version: 3,
        texts: finnish(
          'Huijari haluaa, että säikähdät. Säikähtänyt ihminen toimii nopeasti. Siksi tärkein taito on laskea puhelin pöydälle ja hengittää.',
        ),
      },
      {
        id: 'part2',
        kind: 'text',
        version: 1,
        texts: finnish(
          'Minulle kävi niin, että vastasin. En ollut tyhmä. Soitin pankkiin, ja siellä tiedettiin heti, mitä tehdään.',
        ),
      },
    ],
    questions: [],
  },
  quiz: {
    original: 'fi',
    title: { fi: 'Muistatko vielä? Huijausviestit' },
    minutes: 4,
    level: 2,
    competences: ['4.2'],
    blocks: [],
    questions: [
      {
        id: 'first',
        type: 'single',
        competence: '4.2',
        level: 2,
        texts: {
          fi: {
            prompt: 'Saat viestin: ”Pakettisi odottaa, maksa 1,99 €.” Et ole tilannut mitään. Mitä teet?',
            feedback: 'Turvallisinta on jättää linkki avaamatta ja poistaa viesti.',
          },
        },
        options: [
          { key: 'a', correct: true, texts: { fi: { text: 'Poistan viestin.', feedback: '' } } },
          {
            key: 'b',
            correct: false,
            texts: {
              fi: {
                text: 'Maksan, koska summa on pieni.',
                feedback: 'Moni ajattelee näin. Pienellä summalla kalastellaan kortin tietoja.',
              },
            },
          },
          {
            key: 'c',
            correct: false,
            texts: {
              fi: { text: 'Vastaan ja kysyn lisää.', feedback: 'Vastaus kertoo huijarille, että numero on käytössä.' },
            },
          },
        ],
      },
      {
        id: 'order',
        type: 'ordering',
        competence: '4.2',
        level: 2,
        texts: {
          fi: {
            prompt: 'Annoit pankkitunnuksesi väärälle sivulle. Missä järjestyksessä toimit?',
            feedback: 'Soita ensin pankkiin. Kaikki muu ehtii sen jälkeen.',
          },
        },
        options: [],
        content: {
          steps: [
            { key: 'a', text: { fi: 'Soitan heti pankin sulkupalveluun.' } },
            { key: 'b', text: { fi: 'Vaihdan salasanan, jos se on sama muualla.' } },
            { key: 'c', text: { fi: 'Teen rikosilmoituksen poliisille.' } },
          ],
        },
      },
    ],
  },
} satisfies Record<string, DraftContent>;
