import { randomUUID } from 'node:crypto';
import { linkObjects, rememberObject, selectChain } from '../../src/features/loop/loop.service';
import { insertSpaceOrganisation, isSpaceMember, selectMySpaces } from '../../src/features/spaces/spaces.model';
import { createSpace } from '../../src/features/spaces/spaces.service';
import { atomically, db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';

/** A network of two organisations, and a third one that is not in it. */
async function aNetwork() {
  const keeper = await aPerson({ name: 'Verkon Vetäjä' });
  const partner = await aPerson();
  const stranger = await aPerson();
  const id = randomUUID();
  await inScope(keeper, () => createSpace(keeper, { id, kind: 'network', name: 'Verkosto', joining: 'open' }));
  await inScope(partner, () =>
    db().table('space_organisations').insert({ space_id: id, organisation_id: partner.organisation_id }),
  );
  return { keeper, partner, stranger, id };
}

const seen = (who: Awaited<ReturnType<typeof aPerson>>) =>
  inScope(who, () => db().table('loop_objects').orderBy('title').pluck('title'));

it('shows objects to their keeper, to the organisations of the space, to members or to everybody, as each says', async () => {
  const { keeper, partner, stranger, id } = await aNetwork();
  await inScope(keeper, async () => {
    for (const visibility of ['members', 'organisation', 'network', 'public'] as const)
      await rememberObject({
        ...{ kind: 'challenge', id: randomUUID(), organisation_id: keeper.organisation_id, space_id: id },
        ...{ title: visibility, href: '/x', visibility },
      });
  });
  expect(await seen(keeper)).toEqual(['Verkosto', 'members', 'network', 'organisation', 'public']);
  expect(await seen(partner)).toEqual(['Verkosto', 'network', 'public']);
  expect(await seen(stranger)).toEqual(['public']);
  await inScope(partner, () =>
    db()
      .table('space_members')
      .insert({
        ...{ space_id: id, person_id: partner.id, organisation_id: partner.organisation_id },
        ...{ host_organisation_id: keeper.organisation_id, shown_name: partner.name },
      }),
  );
  expect(await seen(partner)).toEqual(['Verkosto', 'members', 'network', 'public']);
  expect(await inScope(partner, () => isSpaceMember(partner, id))).toBe(true);
});

it('lets nobody write into what another organisation keeps', async () => {
  const { keeper, partner, id } = await aNetwork();
  const row = { kind: 'idea' as const, id: randomUUID(), title: 'Vieras', href: '/x', space_id: id };
  await expect(
    inScope(partner, () => rememberObject({ ...row, organisation_id: keeper.organisation_id })),
  ).rejects.toThrow(/row-level security/);
});

it('is no way to change a space of others', async () => {
  const { partner, id } = await aNetwork();
  await inScope(partner, () => db().table('spaces').where({ id }).update({ name: 'Kaapattu' }));
  expect(await asOwner(() => db().table('spaces').where({ id }).pluck('name'))).toEqual(['Verkosto']);
});

it('lets no organisation and nobody into a space that asks first', async () => {
  const { keeper, stranger } = await aNetwork();
  const id = randomUUID();
  await inScope(keeper, () => createSpace(keeper, { id, kind: 'group', name: 'Suljettu', joining: 'request' }));
  const asked = { space_id: id, organisation_id: stranger.organisation_id };
  const join = (state: 'asked' | 'member') =>
    inScope(stranger, () => atomically(() => insertSpaceOrganisation({ ...asked, state })));
  await expect(join('member')).rejects.toThrow(/let oneself/);
  await join('asked');
  const comeIn = () =>
    inScope(stranger, () =>
      atomically(() =>
        db()
          .table('space_organisations')
          .where(asked)
          .update({ state: 'member' })
          .then((n) => n),
      ),
    );
  await expect(comeIn()).rejects.toThrow(/let oneself/);
  await inScope(keeper, () => db().table('space_organisations').where(asked).update({ state: 'invited' }));
  expect(await comeIn()).toBe(1);
});

it('gives the spaces that one may put something in', async () => {
  const { keeper, partner, stranger } = await aNetwork();
  const names = (who: typeof keeper) => inScope(who, async () => (await selectMySpaces(who)).map(({ name }) => name));
  expect(await names(keeper)).toEqual(['Verkosto']);
  expect(await names(partner)).toEqual(['Verkosto']);
  expect(await names(stranger)).toEqual([]);
});

it('links what one sees, shows the chain from both ends, and never what the reader may not see', async () => {
  const { keeper, partner, stranger, id } = await aNetwork();
  const [open, hidden] = [randomUUID(), randomUUID()];
  const made = { organisation_id: keeper.organisation_id, space_id: id, href: '/x' };
  await inScope(keeper, async () => {
    await rememberObject({ ...made, kind: 'challenge', id: open, title: 'Haaste', visibility: 'network' });
    await rememberObject({ ...made, kind: 'lesson', id: hidden, title: 'Luonnos', visibility: 'organisation' });
    await linkObjects(keeper, { kind: 'challenge', id: open }, { kind: 'lesson', id: hidden }, 'answers');
    expect((await selectChain('lesson', hidden)).before).toMatchObject([
      { title: 'Haaste', how: 'answers', icon: 'flag' },
    ]);
  });
  expect(await inScope(partner, () => selectChain('challenge', open))).toMatchObject({ before: [], after: [] });

  const own = randomUUID();
  await inScope(partner, () =>
    rememberObject({
      kind: 'practice',
      id: own,
      organisation_id: partner.organisation_id,
      title: 'Oma käytäntö',
      href: '/y',
    }),
  );
  expect(
    (await as(partner).post('/loop/links', { object: `challenge:${open}`, other: `practice:${own}`, how: 'came-of' }))
      .status,
  ).toBe(303);
  expect((await inScope(partner, () => selectChain('challenge', open))).after).toMatchObject([
    { title: 'Oma käytäntö', is_ours: true },
  ]);
  expect(
    (await as(stranger).post('/loop/links', { object: `challenge:${open}`, other: `practice:${own}`, how: 'came-of' }))
      .status,
  ).toBe(404);
  expect((await as(stranger).get(`/loop/links?of=challenge:${open}`)).status).toBe(404);
  expect(page(await as(partner).get(`/loop/links?of=challenge:${open}`)).text()).toContain('Oma käytäntö');
  const ends = { from: `challenge:${open}`, to: `practice:${own}` };
  expect((await as(keeper).post('/loop/links/remove', ends)).status).toBe(404);
  expect((await as(partner).post('/loop/links/remove', ends)).status).toBe(303);
  expect((await inScope(partner, () => selectChain('challenge', open))).after).toEqual([]);
});
