import * as cheerio from 'cheerio';
import {
  type Anchor,
  anchorOf,
  findPassage,
  sentencesOf,
  stretchesOf,
} from '../../src/features/authoring/comments/anchor';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { asOwner } from '../support/factories';
import { aDraftOf, aPair, newId, rewrite, toldTo } from '../support/factories-together';

const piece = (text: string, id = 'part1') => ({ id, kind: 'text', number: 1, text });
const anchor = (text: string, quote: string): Anchor => {
  const start = text.indexOf(quote);
  return anchorOf(piece(text), start, start + quote.length);
};
const found = (texts: string[], at: Anchor) => {
  const pieces = texts.map((text, index) => piece(text, `part${index + 1}`));
  const passage = findPassage(pieces, at);
  if (passage.state === 'gone') return 'gone';
  const text = pieces.find(({ id }) => id === passage.piece_id)?.text ?? '';
  return `${passage.state}: ${text.slice(passage.start, passage.end)}`;
};

describe('a passage', () => {
  const text = 'Avaa viesti rauhassa. Älä paina linkkiä. Soita pankkiin heti. Älä paina linkkiä.';

  it.each([
    [
      'words before it',
      ['Uusi alku. Avaa viesti rauhassa. Älä paina linkkiä. Soita pankkiin heti.'],
      'there: Soita pankkiin heti.',
    ],
    ['other spaces', ['Avaa viesti rauhassa.\nSoita\n  pankkiin heti.'], 'there: Soita\n  pankkiin heti.'],
    ['another place', ['Avaa viesti rauhassa.', 'Soita pankkiin heti. Kiitos.'], 'moved: Soita pankkiin heti.'],
    [
      'a word in it',
      ['Avaa viesti rauhassa. Älä paina linkkiä. Soita omaan pankkiin. Älä paina linkkiä.'],
      'changed: Soita omaan pankkiin.',
    ],
    ['nothing left of it', ['Aivan muuta.'], 'gone'],
    ['its whole piece taken away', [], 'gone'],
  ])('is found again after %s', (_, texts, expected) => {
    expect(found(texts, anchor(text, 'Soita pankkiin heti.'))).toBe(expected);
  });

  it('that stands twice is told apart by what is around it', () => {
    const start = text.lastIndexOf('Älä paina');
    const second = anchorOf(piece(text), start, start + 'Älä paina linkkiä.'.length);
    expect(findPassage([piece(`Alku. ${text}`)], second)).toMatchObject({ start: start + 6 });
  });

  it('of signs that mean something to patterns is taken as it is', () => {
    const odd = 'Mitä (a+)+$ [x] maksaa? Se on 1.50 €.';
    expect(found([`Ennen. ${odd}`], anchor(odd, '(a+)+$ [x] maksaa?'))).toBe('there: (a+)+$ [x] maksaa?');
    expect(found([odd.replace('1.50', '1x50')], anchor(odd, '1.50 €'))).not.toContain('there');
  });

  it('is looked for in a long text without delay', () => {
    const long = 'sana toinen '.repeat(4000);
    const began = performance.now();
    for (let time = 0; time < 30; time += 1) found([long], anchor('kolmas neljäs viides', 'neljäs viides'));
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('can be any sentence, and marks may overlap', () => {
    const words = (ranges: [number, number][]) => ranges.map(([start, end]) => text.slice(start, end));
    expect(words(sentencesOf(text, 'fi'))).toEqual([
      'Avaa viesti rauhassa.',
      'Älä paina linkkiä.',
      'Soita pankkiin heti.',
      'Älä paina linkkiä.',
    ]);
    const stretches = stretchesOf('abcdef', [
      { number: 1, start: 1, end: 4 },
      { number: 2, start: 3, end: 5 },
    ]);
    expect(stretches.map(({ text: part, on, ends }) => [part, on, ends])).toEqual([
      ['a', [], []],
      ['bc', [1], []],
      ['d', [1, 2], [1]],
      ['e', [2], [2]],
      ['f', [], []],
    ]);
  });
});

describe('comments', () => {
  const address = (draft: { id: string }) => `/write/drafts/${draft.id}/comments`;
  const say = (actor: Actor, draft: { id: string }, body: object) =>
    as(actor).post(address(draft), {
      id: newId(),
      piece: 'part1',
      language: 'fi',
      body: 'Voisiko tämän sanoa lyhyemmin?',
      ...body,
    });
  const look = async (actor: Actor, draft: { id: string }, query = '') =>
    page(await as(actor).get(address(draft) + query));
  const TEXT = 'Avaa viesti rauhassa. Soita pankkiin heti. Kerro asiasta toiselle.';

  async function aCommented() {
    const pair = await aPair();
    const draft = await aDraftOf(pair.expert, [TEXT, 'Toinen osa.']);
    const id = newId();
    const form = await look(pair.professional, draft, '?piece=part1');
    const passage = form('#say input[name=passage]').eq(2).attr('value');
    const said = await say(pair.professional, draft, { id, passage });
    return { ...pair, draft, id, said };
  }

  it('stand at the sentence that was chosen by a plain form, and the writer hears of it once', async () => {
    const { expert, professional, draft, id, said } = await aCommented();
    expect([said.status, said.headers.location]).toEqual([303, expect.stringContaining(`#${id}`)]);
    await say(professional, draft, { id, passage: '' });
    const $ = await look(expert, draft);
    expect($('mark').text()).toBe('Soita pankkiin heti.');
    expect($('.draft-thread')).toHaveLength(1);
    expect(await toldTo(expert)).toEqual(['draft.commented']);
  });

  it('follow their passage as it is edited, and stay when it is gone', async () => {
    const { expert, draft } = await aCommented();
    await rewrite(expert, draft, TEXT.replace('Soita pankkiin heti.', 'Soita omaan pankkiin heti.'));
    const changed = await look(expert, draft);
    expect(changed('.draft-thread q').text()).toBe('Soita omaan pankkiin heti.');
    await rewrite(expert, draft, 'Aivan muuta tekstiä.');
    const gone = await look(expert, draft);
    expect(gone('[aria-labelledby=gone] blockquote').text()).toBe('Soita pankkiin heti.');
    await rewrite(expert, draft, TEXT);
    expect((await look(expert, draft))('mark').text()).toBe('Soita pankkiin heti.');
  });

  it('are answered, settled and taken up again; those in the thread hear', async () => {
    const { expert, professional, draft, id } = await aCommented();
    const answer = newId();
    for (const _ of [1, 2]) await as(expert).post(`${address(draft)}/${id}/replies`, { id: answer, body: 'Kyllä.' });
    expect((await look(expert, draft))('.thread__answers li')).toHaveLength(1);
    expect(await toldTo(professional)).toEqual(['draft.answered']);
    for (const _ of [1, 2]) await as(expert).post(`${address(draft)}/${id}/state`, { resolved: 'yes' });
    expect((await look(expert, draft))('.draft-thread')).toHaveLength(0);
    expect((await look(expert, draft, '?settled=yes'))('.is-settled').text()).toContain('Pekka Mäkinen');
    await as(professional).post(`${address(draft)}/${id}/state`, { resolved: 'no' });
    expect((await look(expert, draft))('.draft-thread:not(.is-settled)')).toHaveLength(1);
  });

  it('are taken away by their speaker alone, and not when somebody has answered', async () => {
    const { expert, professional, draft, id } = await aCommented();
    const removal = `${address(draft)}/${id}/removal`;
    expect((await as(expert).post(removal)).status).toBe(403);
    await as(expert).post(`${address(draft)}/${id}/replies`, { id: newId(), body: 'Kyllä.' });
    expect((await as(professional).post(removal)).headers.location).toContain('done=answered');
    await asOwner(() => db().table('draft_comments').whereNotNull('reply_to').delete());
    for (const _ of [1, 2]) expect((await as(professional).post(removal)).headers.location).toContain('withdrawn');
    expect(await asOwner(() => db().table('draft_comments').pluck('id'))).toEqual([]);
  });

  it.each([
    [{ body: '' }, '#body-error'],
    [{ body: 'a'.repeat(2001) }, '#body-error'],
    [{ body: ['a', 'b'] }, '#body-error'],
    [{ words: 'Tätä ei ole tekstissä' }, '#words-error'],
    [{ words: 'a'.repeat(601) }, '#words-error'],
    [{ passage: '99999|Tätä ei ole' }, '#words-error'],
    [{ passage: 'sotkua' }, '#words-error'],
  ])('say what is wrong with %j and keep what was typed', async (body, error) => {
    const { expert } = await aPair();
    const draft = await aDraftOf(expert, [TEXT]);
    const response = await say(expert, draft, body);
    expect([response.status, page(response)(error).length]).toEqual([422, 1]);
    if (error !== '#body-error') expect(page(response)('#body').val()).toContain('lyhyemmin');
  });

  it('of a part that is not there are not lost', async () => {
    const { expert } = await aPair();
    const draft = await aDraftOf(expert, [TEXT]);
    expect((await say(expert, draft, { piece: 'nothing' })).status).toBe(422);
    expect((await say(expert, draft, { words: 'soita  pankkiin' })).status).toBe(422);
    expect((await say(expert, draft, { words: 'Soita\n pankkiin' })).status).toBe(303);
    expect((await say(expert, draft, { words: '<script>alert(1)</script>' })).status).toBe(422);
    await say(expert, draft, { body: '<img src=x onerror=alert(1)>' });
    const $ = cheerio.load((await as(expert).get(address(draft))).text);
    expect($('.draft-thread img')).toHaveLength(0);
  });

  it('are of their own draft and organisation', async () => {
    const { expert, learner, stranger, draft, id } = await aCommented();
    const other = await aDraftOf(expert, ['Muu teksti.']);
    expect((await as(expert).post(`${address(other)}/${id}/state`, { resolved: 'yes' })).status).toBe(404);
    expect((await as(expert).post(`${address(draft)}/nonsense/state`, { resolved: 'yes' })).status).toBe(404);
    for (const [actor, status] of [
      [learner, 403],
      [stranger, 404],
    ] as const) {
      expect((await as(actor).get(address(draft))).status).toBe(status);
      expect((await say(actor, draft, {})).status).toBe(status);
      for (const path of ['replies', 'state', 'removal'])
        expect((await as(actor).post(`${address(draft)}/${id}/${path}`, { body: 'x', resolved: 'yes' })).status).toBe(
          status,
        );
    }
  });
});
