import type { BrowserContext, Page } from 'playwright-core';
import { connectAsOwner } from '../support/database';
import { axeFaults } from './support/axe';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('practice-digitiekartta');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const QUESTION = 'Miten digitaalisen kompassin tavoitteisiin päästään julkisten palvelujen osalta?';

/** A person of that organisation of the demo comes into a level's space. Returns the user name. */
async function join(processId: string, level: string, slug: string): Promise<string> {
  const owner = connectAsOwner(site.database);
  try {
    const { rows } = await owner.raw(
      `with who as (select p.id, p.username, p.name, m.organisation_id from people p join memberships m on m.person_id = p.id
           join organisations o on o.id = m.organisation_id where o.slug = :slug and m.relation = 'employee'
           and m.ended_on is null and p.username <> 'coordinator' order by p.username <> 'expert', p.username limit 1),
         came as (insert into space_members (space_id, person_id, organisation_id, host_organisation_id, role, shown_name)
           select l.space_id, who.id, who.organisation_id, l.organisation_id, 'member', who.name from who, process_levels l
           where l.process_id = :processId and l.level = :level returning 1)
       select username from who`,
      { slug, processId, level },
    );
    return rows[0].username;
  } finally {
    await owner.destroy();
  }
}

async function open(device: BrowserContext, address: string): Promise<Page> {
  const page = await device.newPage();
  await page.goto(address);
  return page;
}

const press = (page: Page, key: string) =>
  page
    .getByRole('button', { name: words(key) })
    .first()
    .click();
const notice = (page: Page) => page.textContent('.notice');

it.each([true, false])(
  'goes from a question through Lab, Studio, Arena and Agora to an answer: JavaScript %s',
  async (javaScriptEnabled) => {
    const with_ = { javaScriptEnabled };
    const title = `Kuntien digitiekartta ${javaScriptEnabled ? 'yksi' : 'kaksi'}`;

    // The owner opens the process with its question.
    const owner = await open(await site.deviceOf('coordinator', with_), '/processes');
    await owner.getByRole('link', { name: words('processes.new') }).click();
    await owner.getByRole('link', { name: 'Tiekartta neljällä tasolla' }).click();
    await owner.fill('#title_fi', title);
    await owner.fill('#question_fi', QUESTION);
    await owner.fill('#target_year', '2030');
    await owner.getByLabel(words('processes.visibility.public'), { exact: true }).check();
    await press(owner, 'processes.start');
    expect(await notice(owner)).toContain(words('processes.saved.started'));
    const address = new URL(owner.url()).pathname;
    const id = address.split('/').at(-1) ?? '';

    // Lab prepares: the frame stays inside, a part of the draft is opened to all.
    const lab = await open(await site.deviceOf(await join(id, 'lab', 'polkutupa'), with_), `${address}/lab`);
    await lab.selectOption('#kind', 'frame');
    await lab.fill('#title_fi', 'Suomen digitaalinen kompassi');
    await lab.fill('#body_fi', 'Neljä aluetta, joihin aiheet merkitään.');
    await press(lab, 'processes.text.save');
    expect(await notice(lab)).toContain(words('processes.saved.text'));
    await lab.selectOption('#kind', 'part');
    await lab.selectOption('#level', 'agora');
    await lab.fill('#title_fi', 'Johdanto tiekarttaan');
    await lab.fill('#body_fi', 'Luonnos kuntien yhteiseksi suunnaksi.');
    await press(lab, 'processes.text.save');

    // Studio, of another organisation, decides and promises a result.
    const studio = await open(
      await site.deviceOf(await join(id, 'studio', 'hillajoki'), with_),
      `${address}/decisions`,
    );
    await studio.fill('#what', 'Tiekartta ulottuu vuoteen 2030.');
    await studio.fill('#why', 'Kompassin tavoitteet ovat samalle vuodelle.');
    await studio.fill('#decided_by', 'Ohjausryhmä');
    await press(studio, 'processes.decision.save');
    expect(await studio.textContent('.decisions')).toContain('Tiekartta ulottuu vuoteen 2030.');
    await studio.goto(`${address}/results`);
    await studio.fill('#goal_fi', 'Osaavat kunnat');
    await studio.fill('#title_fi', 'Digituen vastuuhenkilö joka kunnassa');
    await studio.fill('#owner', 'Kuntien ryhmä');
    await press(studio, 'processes.result.add');
    expect(await studio.textContent('main')).toContain('Digituen vastuuhenkilö joka kunnassa');
    expect((await studio.request.get(`${address}/lab`)).status()).toBe(404);

    // Arena, of a third one, makes the content.
    const arena = await open(await site.deviceOf(await join(id, 'arena', 'kaislatuuli'), with_), `${address}/sessions`);
    await arena.fill('#new-name_fi', 'Osaajien riittävyys');
    await press(arena, 'processes.topic.add');
    expect(await notice(arena)).toContain(words('processes.saved.topic'));
    await arena.fill('#title_fi', 'Ensimmäinen työpaja');
    await press(arena, 'processes.session.add');
    await arena.selectOption('#topic_id', { label: 'Osaajien riittävyys' });
    await arena.fill('#body', 'Pienissä kunnissa osaajia on yksi.');
    await press(arena, 'processes.contribution.add');
    expect(await arena.textContent('#contributions ~ .card')).toContain('Pienissä kunnissa');

    // Anybody reads, looks at the road, and comments.
    const visitor = await open(await site.device(with_), address);
    expect(await visitor.textContent('.question-block')).toContain(QUESTION);
    expect(await visitor.locator('.road--wide .road-topic').count()).toBe(1);
    expect(await visitor.content()).not.toContain('Suomen digitaalinen kompassi');
    await visitor.goto(`${address}/agora`);
    await press(visitor, 'processes.comment.send');
    expect(await visitor.locator('#body-error').count()).toBe(1);
    if (javaScriptEnabled) expect(await axeFaults(visitor)).toEqual([]);
    await visitor.fill('#body', 'Entä kyläkoulut?');
    await visitor.selectOption('#text_id', { label: 'Johdanto tiekarttaan' });
    await press(visitor, 'processes.comment.send');
    expect(await notice(visitor)).toContain(words('processes.saved.comment'));
    expect(await visitor.content()).not.toContain('Entä kyläkoulut?');

    // The owner answers the comment and, at the end, the question.
    await owner.goto(`${address}/comments`);
    await owner.getByLabel(words('processes.comment.reply')).fill('Hyvä huomio.');
    await owner.getByLabel(words('processes.comment.changed')).fill('Lisäsimme kyläkoulut.');
    await press(owner, 'processes.moderate.show');
    expect(await notice(owner)).toContain(words('processes.saved.moderated'));
    await owner.goto(`${address}/settings`);
    await owner.fill('#answer_fi', 'Yhdessä, kunta kerrallaan.');
    await press(owner, 'common.save');
    expect(await owner.textContent('#answer')).toContain('Yhdessä, kunta kerrallaan.');

    await visitor.goto(`${address}/agora`);
    for (const told of ['Entä kyläkoulut?', 'Hyvä huomio.', 'Lisäsimme kyläkoulut.'])
      expect(await visitor.textContent('.comments')).toContain(told);
    await visitor.goto(`${address}/picture`);
    expect(await visitor.textContent('.road-words')).toContain('Osaajien riittävyys');
    if (javaScriptEnabled) expect(await axeFaults(visitor)).toEqual([]);
    await visitor.goto(address);
    expect(await visitor.textContent('#answer')).toContain('Yhdessä, kunta kerrallaan.');
  },
);
