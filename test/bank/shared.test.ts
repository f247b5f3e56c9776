import { insertBankQuestions } from '../../src/features/bank/bank.model';
import type { Written } from '../../src/features/bank/written';
import { joinNetwork } from '../../src/features/organisations/networks.model';
import type { Role } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';

const aQuestion = (prompt: string, competence: string): Written => ({
  ...{ type: 'single', competence, level: 2, texts: { fi: { prompt, feedback: '' } } },
  options: ['a', 'b'].map((key) => ({ key, correct: key === 'a', texts: { fi: { text: key, feedback: '' } } })),
});

async function aScene() {
  const [maker, partner, stranger] = [await anOrganisation(), await anOrganisation(), await anOrganisation()];
  await asOwner(async () => {
    for (const { id } of [maker, partner]) await joinNetwork(id, `Verkosto ${maker.id}`);
  });
  const roles: Role[] = ['learner', 'author'];
  const author = await aPerson({ organisation: maker, roles });
  const theirs = await aPerson({ organisation: partner, roles });
  const other = await aPerson({ organisation: stranger, roles });
  const source = { kind: 'draft' as const };
  const ids = await inScope(author, () =>
    insertBankQuestions(maker.id, [
      { question: aQuestion('Jaettava', '4.2'), source },
      { question: aQuestion('Oma', '1.1'), source },
    ]),
  );
  return { maker, partner, stranger, author, theirs, other, ids };
}

describe('questions of the bank', () => {
  it('are seen and taken by those with whom the found ones are shared, and by nobody else', async () => {
    const { partner, author, theirs, other, ids, maker } = await aScene();
    const give = (reach: string, partners: string[] = []) =>
      as(author).post('/write/bank/shared/give?competence=4.2', { reach, partners });
    const seen = async () => {
      const titles = [];
      for (const one of [theirs, other])
        titles.push(page(await as(one).get('/write/bank/shared').expect(200))('h3').text());
      return titles;
    };
    expect(await seen()).toEqual(['', '']);
    await give('partners', [partner.id]).expect(303);
    expect(await seen()).toEqual(['Jaettava', '']);
    await give('all').expect(303);
    expect(await seen()).toEqual(['Jaettava', 'Jaettava']);
    await give('partners', [partner.id]).expect(303);

    const take = { question: ids };
    await as(other).post('/write/bank/shared/take', take).expect(303).expect('Location', '/write/bank/shared?taken=0');
    await as(theirs).post('/write/bank/shared/take', take).expect(303).expect('Location', '/write/bank/shared?taken=1');
    await as(theirs).post('/write/bank/shared/take', take).expect(303).expect('Location', '/write/bank/shared?taken=0');
    const kept = await asOwner(() => db().table('bank_questions').where({ organisation_id: partner.id }));
    expect(kept).toMatchObject([{ source: { kind: 'shared', id: ids[0], title: maker.name } }]);
    await give('own').expect(303);
    expect(await seen()).toEqual(['', '']);
    expect((await as(theirs).get('/write/bank').expect(200)).text).toContain('Jaettava');
  });

  it('are not shared with one that is no partner, nor by one who does not write, nor by another organisation', async () => {
    const { maker, stranger, author, theirs, ids } = await aScene();
    const address = '/write/bank/shared/give';
    await as(author)
      .post(address, { reach: 'partners', partners: [stranger.id] })
      .expect(422);
    await as(author).post(address, { reach: 'partners' }).expect(422);
    await as(author).post(address, { reach: 'public' }).expect(422);
    await as(author).post('/write/bank/shared/take', { question: 'x' }).expect(422);
    const reviewer = await aPerson({ organisation: maker, roles: ['learner', 'reviewer'] });
    await as(reviewer).post(address, { reach: 'all' }).expect(403);
    await as(theirs).post(address, { reach: 'all' }).expect(303);
    expect(await asOwner(() => db().table('bank_shares'))).toEqual([]);
    expect(await inScope(theirs, () => db().table('bank_shares').where({ question_id: ids[0] }).delete())).toBe(0);
  });
});
