import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { createSpace } from '../../src/features/spaces/spaces.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';

const words = async (who: Actor, address: string) => page(await as(who).get(address)).text();

/** A network that anybody may join, kept by an administrator, and somebody of another organisation. */
async function aNetwork(joining: 'open' | 'request' = 'open', visibility: 'public' | 'network' = 'public') {
  const [{ admin: keeper }, partner, stranger] = [
    await anAdministrator(),
    await aPerson({ name: 'Partneri Pia' }),
    await aPerson(),
  ];
  const id = randomUUID();
  await inScope(keeper, () =>
    createSpace(keeper, { id, kind: 'network', name: 'Avoin verkosto', joining, visibility }),
  );
  return { keeper, partner, stranger, id, at: `/spaces/${id}` };
}
type Network = Awaited<ReturnType<typeof aNetwork>>;
const join = ({ partner, at }: Network) => as(partner).post(`${at}/join`, {});
const rows = (table: string, where: object) => asOwner(() => db().table(table).where(where));

it('digiverkosto-13: an open network takes anybody in at one press, with their organisation', async () => {
  const network = await aNetwork();
  expect(await words(network.partner, '/spaces')).toContain('Avoin verkosto');
  expect((await join(network)).headers.location).toContain('saved=member');
  expect(await words(network.partner, network.at)).toContain('Partneri Pia');
  expect(await rows('space_organisations', { space_id: network.id, state: 'member' })).toHaveLength(2);
  expect((await join(network)).status).toBe(303);
  expect(await rows('space_members', { space_id: network.id })).toHaveLength(2);
});

it('uudi-03: membership has roles; who asks waits until those who keep the network say yes, and is told', async () => {
  const network = await aNetwork('request');
  expect((await join(network)).headers.location).toContain('saved=asked');
  const [member] = await rows('space_members', { space_id: network.id, state: 'asked' });
  const admit = (who: Actor) => as(who).post(`${network.at}/members/${member.id}`, { role: 'core' });
  expect((await admit(network.partner)).status).toBe(403);
  expect((await admit(network.stranger)).status).toBe(403);
  expect((await admit(network.keeper)).status).toBe(303);
  expect(await rows('space_members', { id: member.id })).toMatchObject([{ state: 'member', role: 'core' }]);
  expect(await rows('notifications', { person_id: network.partner.id })).toMatchObject([{ kind: 'spaces.admitted' }]);
});

it('digime-04: what is for the organisations of a space is not there for others', async () => {
  const network = await aNetwork('open', 'network');
  expect((await as(network.stranger).get(network.at)).status).toBe(404);
  expect((await as(network.stranger).post(`${network.at}/join`, {})).status).toBe(404);
  expect((await as(network.keeper).get(network.at)).status).toBe(200);
});

it('uudi-07: a working group has members, tasks with a day and a doer, and results', async () => {
  const network = await aNetwork();
  await join(network);
  const task = { id: randomUUID(), kind: 'task', title: 'Kootaan esteet', who: 'Pia', due_on: '2030-05-01' };
  expect((await as(network.partner).post(`${network.at}/tasks`, task)).status).toBe(303);
  await as(network.partner).post(`${network.at}/tasks`, task);
  expect(await rows('space_tasks', { space_id: network.id })).toHaveLength(1);
  expect((await as(network.stranger).post(`${network.at}/tasks`, { ...task, id: randomUUID() })).status).toBe(403);
  await as(network.partner).post(`${network.at}/tasks/${task.id}/done`, { result: 'Kahdeksan estettä' });
  expect(await words(network.keeper, network.at)).toContain('Kahdeksan estettä');
  const failed = await as(network.partner).post(`${network.at}/tasks`, {
    ...task,
    id: randomUUID(),
    title: '',
    due_on: 'huomenna',
  });
  expect(failed.status).toBe(422);
  expect(page(failed)('.govuk-error-message')).toHaveLength(2);
});

it('digiverkosto-02: a shared aim says whom it should move, who does what, and what came of it', async () => {
  const network = await aNetwork();
  const aim = {
    id: randomUUID(),
    kind: 'aim',
    title: 'Tunnukset ilman sovellusta',
    target: 'Kolme pankkia',
    who: 'Kaikki',
  };
  await as(network.keeper).post(`${network.at}/tasks`, aim);
  await as(network.keeper).post(`${network.at}/tasks/${aim.id}/done`, { result: 'Kaksi pankkia vastasi' });
  expect(await words(network.stranger, network.at)).not.toContain('Kaksi pankkia vastasi');
  expect(await words(network.keeper, network.at)).toContain('Kaksi pankkia vastasi');
});

it('digiverkosto-01: organisations talk of a topic, and a summary stays', async () => {
  const network = await aNetwork();
  await join(network);
  const topic = { id: randomUUID(), title: 'Esteettömyys', link: 'https://example.org/x' };
  expect((await as(network.keeper).post(`${network.at}/topics`, topic)).status).toBe(303);
  const said = { id: randomUUID(), body: '<b>Ruudunlukija</b> ei löydä painiketta' };
  expect((await as(network.partner).post(`${network.at}/topics/${topic.id}/messages`, said)).status).toBe(303);
  expect(
    (await as(network.partner).post(`${network.at}/topics/${topic.id}/summary`, { summary: 'Vieras yhteenveto' }))
      .status,
  ).toBe(404);
  await as(network.keeper).post(`${network.at}/topics/${topic.id}/summary`, { summary: 'Pyydetään korjaus' });
  const html = (await as(network.partner).get(network.at)).text;
  expect(html).toContain('&lt;b&gt;Ruudunlukija');
  expect(html).toContain('Pyydetään korjaus');
  expect(
    (await as(network.keeper).post(`${network.at}/topics`, { ...topic, id: randomUUID(), link: 'javascript:alert(1)' }))
      .status,
  ).toBe(422);
});

it('digisti_fiksu-02: what one looks for and another offers is suggested, and both have to want it', async () => {
  const network = await aNetwork();
  await join(network);
  const [looks, offers] = [randomUUID(), randomUUID()];
  const theme = 'devices';
  await as(network.keeper).post(`${network.at}/interests`, { id: looks, side: 'looks', theme, body: 'Lainalaitteita' });
  await as(network.partner).post(`${network.at}/interests`, {
    id: offers,
    side: 'offers',
    theme,
    body: 'Kymmenen tablettia',
  });
  const accept = (who: Actor, own: string, other: string) =>
    as(who).post(`${network.at}/interests/${own}/accept`, { other });
  expect((await accept(network.partner, looks, offers)).status).toBe(403);
  expect((await accept(network.keeper, looks, offers)).status).toBe(303);
  expect(await words(network.partner, network.at)).toContain('They want to go on');
  await accept(network.partner, offers, looks);
  expect(await words(network.keeper, network.at)).toContain('Both want to go on');
});

it('digisti_fiksu-12: a network has a keeper and a plan of how it goes on, and can be given to another organisation', async () => {
  const network = await aNetwork();
  await join(network);
  const heir = network.partner.organisation_id;
  expect((await as(network.partner).post(`${network.at}/end`, { heir })).status).toBe(403);
  expect((await as(network.keeper).post(`${network.at}/end`, { heir: network.stranger.organisation_id })).status).toBe(
    404,
  );
  expect((await as(network.keeper).post(`${network.at}/end`, { heir })).headers.location).toContain('given');
  expect(await rows('spaces', { id: network.id })).toMatchObject([{ organisation_id: heir }]);
  expect(await rows('space_organisations', { space_id: network.id, role: 'owner' })).toMatchObject([
    { organisation_id: heir },
  ]);
});

it('digime-16: an ended space takes nothing more, and all that was done in it can be read', async () => {
  const network = await aNetwork();
  const task = { id: randomUUID(), kind: 'task', title: 'Jää luettavaksi' };
  await as(network.keeper).post(`${network.at}/tasks`, task);
  await as(network.keeper).post(`${network.at}/end`, { continuity_plan: 'Aineistot siirtyvät Innokylään.' });
  expect((await as(network.keeper).post(`${network.at}/tasks`, { ...task, id: randomUUID() })).status).toBe(403);
  const text = await words(network.keeper, network.at);
  expect(text).toContain('Jää luettavaksi');
  expect(text).toContain('Innokylään');
});

it('digime-15: a space keeps a directory of projects and contacts elsewhere', async () => {
  const network = await aNetwork();
  const contact = { id: randomUUID(), name: 'Alueen hanke', about: 'Koulutuksia', address: 'https://example.org' };
  expect((await as(network.keeper).post(`${network.at}/contacts`, contact)).status).toBe(303);
  expect(await words(network.keeper, network.at)).toContain('Alueen hanke');
  expect((await as(network.keeper).post(`${network.at}/contacts/${contact.id}/remove`, {})).status).toBe(303);
  expect(await words(network.keeper, network.at)).not.toContain('Alueen hanke');
});

it('uudi-18: an organisation that follows reads, and adds nothing', async () => {
  const network = await aNetwork();
  await join(network);
  await asOwner(() => db().table('space_members').where({ person_id: network.partner.id }).delete());
  await asOwner(() =>
    db()
      .table('space_organisations')
      .where({ organisation_id: network.partner.organisation_id })
      .update({ role: 'observer' }),
  );
  const task = { id: randomUUID(), kind: 'task', title: 'Ei käy' };
  expect((await as(network.partner).post(`${network.at}/tasks`, task)).status).toBe(403);
  expect((await as(network.partner).get(network.at)).status).toBe(200);
});

it('is begun by those who may, and a wrong form says what to mend', async () => {
  const [{ admin }, learner] = [await anAdministrator(), await aPerson()];
  const form = { id: randomUUID(), kind: 'group', name: 'Ryhmä', visibility: 'network', joining: 'request' };
  expect((await as(learner).get('/spaces/new')).status).toBe(403);
  expect((await as(learner).post('/spaces', form)).status).toBe(403);
  expect((await as(admin).post('/spaces', { ...form, name: ' ', ends_on: 'joskus' })).status).toBe(422);
  const { headers } = await as(admin).post('/spaces', form);
  expect(headers.location).toBe(`/spaces/${form.id}`);
  expect((await as(admin).post(`/spaces/${form.id}`, { ...form, name: 'Uusi nimi' })).status).toBe(303);
  expect(await rows('loop_objects', { id: form.id })).toMatchObject([{ title: 'Uusi nimi' }]);
  expect((await as(learner).get(`/spaces/${form.id}`)).status).toBe(404);
});
