import { db } from '../lib/db';

const ALWAYS = (days: number[], from: string, to: string) => days.map((day) => ({ day, from, to }));

const PLACES = [
  {
    ...{
      keeper: 'polkutupa',
      name: 'Polkutuvan digitupa',
      address: 'Esimerkkikatu 4',
      directions: 'Käynti pihalta, ovikello alhaalla.',
    },
    ...{
      area_code: '091',
      lat: 60.187,
      lon: 24.951,
      phone: '040 000 0002',
      supporters: 'Vertaistukijat Mikko ja Sanna',
    },
    ...{
      week: ALWAYS([1, 2, 3, 4], '12:00', '16:00'),
      languages: ['fi', 'sv'],
      access: ['wheelchair', 'no-booking'],
      forms: ['near'],
    },
    ...{ services: ['devices', 'e-services', 'bank-and-identification'], visibility: 'public', monthsAgo: 2 },
  },
  {
    ...{
      keeper: 'polkutupa',
      name: 'Tuki omaan kotiin',
      address: '',
      directions: 'Sovitaan aika yhdessä.',
      area_code: '091',
      lat: null,
      lon: null,
    },
    ...{
      phone: '040 000 0001',
      supporters: 'Kotituen ryhmä',
      week: [],
      languages: ['fi', 'easy'],
      access: ['two-supporters'],
    },
    ...{ forms: ['home', 'remote'], services: [], visibility: 'public', monthsAgo: 14 },
  },
  {
    ...{
      keeper: 'hillajoki',
      name: 'Kirjaston digineuvonta',
      address: 'Esimerkkitori 1, 2. kerros',
      directions: '',
      area_code: '049',
    },
    ...{
      lat: 60.205,
      lon: 24.655,
      phone: '040 000 0003',
      supporters: '',
      week: ALWAYS([2], '10:00', '13:00'),
      languages: ['fi', 'en'],
    },
    ...{
      access: ['lift', 'toilet'],
      forms: ['near'],
      services: ['devices', 'information'],
      visibility: 'public',
      monthsAgo: 5,
    },
  },
  {
    ...{
      keeper: 'kaislatuuli',
      name: 'Kaislatuulen digikahvila',
      address: 'Esimerkkiranta 7',
      directions: '',
      area_code: '092',
    },
    ...{
      lat: 60.293,
      lon: 25.04,
      phone: '040 000 0004',
      supporters: 'Nuorten tilan ohjaajat',
      week: ALWAYS([3, 5], '13:00', '15:30'),
    },
    ...{
      languages: ['fi'],
      access: ['wheelchair', 'quiet'],
      forms: ['near'],
      services: ['devices', 'safety'],
      visibility: 'organisation',
      monthsAgo: 1,
    },
  },
];

/** Places where the demo's networks give support, and a file of one that was brought in. */
export async function addSupportPlaces(): Promise<void> {
  for (const { keeper, week, monthsAgo, ...place } of PLACES) {
    const values = { ...place, keeper, hours: JSON.stringify({ week, exceptions: [] }), monthsAgo };
    await db().raw(INSERT, values as never);
  }
  await db().raw(`insert into loop_objects (kind, id, organisation_id, visibility, title, href, language, status, area, dated_on)
    select 'place', id, organisation_id, visibility, name, '/places/' || id, 'fi', '', area_code, current_date from support_places`);
  await db().raw(`insert into place_imports (id, organisation_id, content) select md5('place import ' || slug)::uuid, id,
    E'name;municipality;phone;mon\\nAsukastalon diginurkka ' || name || E';Espoo;040 000 0005;9-12\\n;Espoo;;' from organisations`);
}

const INSERT = `insert into support_places (id, organisation_id, name, address, directions, area_code, lat, lon, phone, supporters, hours,
    languages, access, forms, services, visibility, confirmed_on)
  select md5('place ' || :name)::uuid, o.id, :name, :address, :directions, :area_code, :lat, :lon, :phone, :supporters, :hours::jsonb,
    :languages, :access, :forms, :services, :visibility, current_date - make_interval(months => :monthsAgo)
  from organisations o where o.slug = :keeper`;
