import { addContacts } from '../../src/bench/contacts';
import { loadDemo } from '../../src/demo/load';
import { openAsOwner } from '../../src/lib/migrate';
import { databaseUrl, recreateDatabase, TEMPLATE } from '../support/database';

const NAME = `oppiva_bench_contacts_${process.env.JEST_WORKER_ID ?? 1}`;

it('the bench keeps the month figures that its contacts and requests have, once however often it fills', async () => {
  jest.spyOn(console, 'log').mockReturnValue();
  await recreateDatabase(NAME, TEMPLATE);
  await loadDemo(databaseUrl(NAME));
  const owner = openAsOwner(databaseUrl(NAME));
  try {
    for (let time = 0; time < 2; time += 1) await addContacts(databaseUrl(NAME), 3000);
    const [counted] = (
      await owner.raw(`select (select count(*) from support_contacts where referred_to = 'bench')::int as added,
        (select count(*) from support_contacts)::int as contacts, (select sum(contacts) from support_month_figures)::int as kept,
        (select count(*) from support_requests)::int as requests, (select sum(requests_opened) from support_month_figures)::int as opened,
        (select count(*) from support_contacts where blocked is not null)::int as stops,
        (select sum(b.value::int) from support_month_figures, jsonb_each_text(blocked) b)::int as stopped`)
    ).rows;
    expect(counted.added).toBe(3000);
    expect(counted).toMatchObject({ kept: counted.contacts, opened: counted.requests, stopped: counted.stops });
  } finally {
    await owner.destroy();
  }
}, 60_000);
