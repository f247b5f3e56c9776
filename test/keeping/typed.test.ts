import request from 'supertest';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';

const rows = () => asOwner(() => db().table('typed_texts'));
const typing = { form: '/help', page: '/help', age: 0, fields: { message: { v: 'Se on rikki' } } };
const send = (actor: Actor, body: object) => request(as(actor).app).post('/typed').send(body);
const one = async (actor: Actor, form = '/help') => (await as(actor).get(`/typed/one?form=${form}`)).body;

describe('typed text', () => {
  it('is kept and given back on another device, to its writer only', async () => {
    const [writer, colleague] = [await aPerson(), await aPerson()];
    expect((await send(writer, typing)).status).toBe(204);
    expect(await one(writer)).toMatchObject({ fields: typing.fields, age: expect.any(Number) });
    expect(await one(colleague)).toEqual({});
    expect((await as(colleague).get('/typed')).text).not.toContain('Se on rikki');
  });

  it('of the same person stays in its organisation', async () => {
    const writer = await aPerson();
    await send(writer, typing);
    const other = await anOrganisation();
    expect(await one({ ...writer, organisation_id: other.id })).toEqual({});
  });

  it('typed earlier on a device that was without a network does not replace what was typed later', async () => {
    const writer = await aPerson();
    await send(writer, typing);
    await send(writer, { ...typing, age: 60_000, fields: { message: { v: 'vanha' } } });
    expect((await one(writer)).fields.message.v).toBe('Se on rikki');
    await send(writer, { ...typing, fields: { message: { v: 'uusin' } } });
    expect((await one(writer)).fields.message.v).toBe('uusin');
  });

  it('is gone when thrown away, and an older copy does not bring it back', async () => {
    const writer = await aPerson();
    await send(writer, typing);
    expect((await as(writer).post('/typed/thrown', { form: '/help' })).status).toBe(303);
    await send(writer, { ...typing, age: 1000 });
    expect((await one(writer)).fields).toBeNull();
  });

  it('is gone when its form was taken, and stays when it was not', async () => {
    const writer = await aPerson();
    await send(writer, { ...typing, form: '/account/notifications' });
    await as(writer).post('/account/notifications', { mail: 'no' });
    expect((await one(writer, '/account/notifications')).fields).toEqual(typing.fields);
    await as(writer).post('/account/notifications', { mail: 'no', typed_kept: 'yes' });
    expect((await one(writer, '/account/notifications')).fields).toBeNull();
  });

  it('is kept without a script by a button, and comes back in its fields', async () => {
    const writer = await aPerson();
    const kept = await as(writer).post('/typed/keep', {
      typed_form: '/help',
      typed_page: '/help',
      message: 'Kesken <b>',
    });
    expect([kept.status, kept.headers.location]).toEqual([303, '/typed?saved=yes']);
    const $ = page(await as(writer).get('/typed?saved=yes'));
    expect($('blockquote').text()).toBe('Kesken <b>');
    expect($('.card a').attr('href')).toBe('/help?typed=yes');
  });
});

describe('hostile input', () => {
  it.each([
    ['another site', { form: '//example.org/x' }],
    ['no address', { form: 'help' }],
    ['no fields', { fields: 'all' }],
    ['too many fields', { fields: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`f${i}`, { v: 'x' }])) }],
    ['too long a text', { fields: { message: { v: 'x'.repeat(100_001) } } }],
  ])('with %s is refused and nothing is written', async (_, part) => {
    expect((await send(await aPerson(), { ...typing, ...part })).status).toBe(422);
    expect(await rows()).toEqual([]);
  });

  it('from the future is of now, and from long ago is bounded', async () => {
    const writer = await aPerson();
    await send(writer, { ...typing, age: -1e12 });
    await send(writer, { ...typing, form: '/old', age: 1e300 });
    const [now, old] = (await rows()).map(({ typed_at }) => Date.now() - typed_at.getTime()).toSorted((a, b) => a - b);
    expect(now).toBeLessThan(10_000);
    expect(old).toBeLessThan(31 * 24 * 3600 * 1000);
  });

  it('keeps at most fifty forms of a person', async () => {
    const writer = await aPerson();
    for (let form = 0; form < 55; form += 1) await send(writer, { ...typing, form: `/form/${form}`, age: 1000 - form });
    expect(await rows()).toHaveLength(50);
  });
});
