import { db } from '../../lib/db';
import type { Visibility } from '../loop/kinds';
import type { Hours } from './hours';

export const FORMS = ['near', 'remote', 'home'] as const;
export const PLACE_LANGUAGES = ['fi', 'sv', 'en', 'easy', 'sign', 'other'] as const;
export const ACCESS = [
  'wheelchair',
  'lift',
  'toilet',
  'quiet',
  'induction-loop',
  'guide-dog',
  'no-booking',
  'two-supporters',
] as const;

export interface SupportPlace {
  id: string;
  organisation_id: string;
  space_id: string | null;
  visibility: Visibility;
  name: string;
  address: string;
  directions: string;
  area_code: string;
  lat: number | null;
  lon: number | null;
  hours: Hours;
  languages: string[];
  services: string[];
  forms: string[];
  access: string[];
  phone: string;
  remote_link: string;
  supporters: string;
  import_key: string | null;
  /** A day. */
  confirmed_on: string;
  /** From this day on the place is no more; what was done there stays. */
  closed_on: string | null;
}
export type ShownPlace = SupportPlace & { organisation_name: string; is_old: boolean; is_closed: boolean };
export type PlaceWords = Omit<SupportPlace, 'id' | 'organisation_id' | 'import_key' | 'confirmed_on' | 'closed_on'>;

/** Places that are open at least today, in SQL. */
export const STANDS = '(closed_on is null or closed_on > current_date)';

const SHOWN = `p.*, p.confirmed_on::text as confirmed_on, p.confirmed_on < current_date - interval '12 months' as is_old,
  p.closed_on::text as closed_on, coalesce(p.closed_on <= current_date, false) as is_closed,
  (select o.name from organisations o where o.id = p.organisation_id) as organisation_name`;

/** Places that the reader in scope may see, of the own organisation first. */
export async function selectRegister(organisationId: string): Promise<ShownPlace[]> {
  const { rows } = await db().raw(
    `select ${SHOWN} from support_places p where p.organisation_id = ? or p.visibility in ('network', 'members', 'public') and ${STANDS}
     order by p.organisation_id <> ?, p.confirmed_on, p.name, p.id limit 1000`,
    [organisationId, organisationId],
  );
  return rows;
}

export interface Wanted {
  /** Municipalities; null: anywhere. */
  areas: string[] | null;
  words: string;
  theme: string;
  language: string;
  form: string;
}

/** Public places, near ones first; those that help from afar help everywhere, unless somebody wants to come or be visited. */
export async function selectPublic({
  areas,
  words,
  theme,
  language,
  form,
}: Wanted): Promise<(ShownPlace & { is_near: boolean })[]> {
  const { rows } = await db().raw(
    `select ${SHOWN}, ?::text[] is null or p.area_code = any (?::text[]) as is_near
     from support_places p where p.visibility = 'public' and ${STANDS}
       and (?::text[] is null or p.area_code = any (?::text[]) or ? in ('', 'remote') and 'remote' = any (p.forms))
       and (? = '' or p.name ilike ? or p.address ilike ?)
       and (? = '' or p.services = '{}' or ? = any (p.services)) and (? = '' or ? = any (p.languages))
       and (? = '' or ? = any (p.forms))
     order by is_near desc, p.name, p.id limit 500`,
    [
      ...[areas, areas, areas, areas, form, words, `%${words}%`, `%${words}%`],
      ...[theme, theme, language, language, form, form],
    ],
  );
  return rows;
}

/** The place when the reader in scope may see it. */
export async function findPlace(id: string): Promise<ShownPlace | undefined> {
  const { rows } = await db().raw(`select ${SHOWN} from support_places p where p.id::text = ?`, [id]);
  return rows[0];
}

/** A public place, whoever asks. */
export async function findPublicPlace(id: string): Promise<ShownPlace | undefined> {
  const place = await findPlace(id);
  return place?.visibility === 'public' ? place : undefined;
}

const asRow = ({ hours, ...place }: PlaceWords) => ({ ...place, hours: JSON.stringify(hours) });

/** Keeps a new place once; false when the form was sent twice. */
export async function insertPlace(place: PlaceWords & Pick<SupportPlace, 'id' | 'organisation_id'>): Promise<boolean> {
  const rows = await db().table('support_places').insert(asRow(place)).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export async function updatePlace({ organisation_id, id }: SupportPlace, words: PlaceWords): Promise<void> {
  await db()
    .table('support_places')
    .where({ organisation_id, id })
    .update({ ...asRow(words), confirmed_on: db().raw('current_date'), reminded_on: null, updated_at: new Date() });
}

/** What an import may mean by its lines: the places of the organisation. */
export async function selectOwnKeys(organisationId: string) {
  const { rows } = await db().raw(
    'select id, import_key, lower(name) as name, area_code from support_places where organisation_id = ?',
    [organisationId],
  );
  return rows as Pick<SupportPlace, 'id' | 'import_key' | 'name' | 'area_code'>[];
}

/** From now on the line with this key is of the place that was added by hand. */
export async function adoptPlace(organisation_id: string, id: string, import_key: string): Promise<void> {
  await db().table('support_places').where({ organisation_id, id, import_key: null }).update({ import_key });
}

/** Keeps a line of an import: a new place, or the one that the same line made before. Returns its id. */
export async function upsertImported(
  place: PlaceWords & Pick<SupportPlace, 'id' | 'organisation_id' | 'import_key'>,
): Promise<string> {
  const { id: _, organisation_id: __, import_key: ___, visibility: ____, space_id: _____, ...changed } = place;
  const [row] = await db()
    .table('support_places')
    .insert(asRow(place))
    .onConflict(['organisation_id', 'import_key'])
    .merge({
      ...changed,
      hours: JSON.stringify(place.hours),
      confirmed_on: db().raw('current_date'),
      reminded_on: null,
    } as never)
    .returning('id');
  return row.id;
}

export async function confirmPlace({ organisation_id, id }: SupportPlace): Promise<void> {
  await db()
    .table('support_places')
    .where({ organisation_id, id })
    .update({ confirmed_on: db().raw('current_date'), reminded_on: null });
}

/** Closes the place from the day on, or opens it again when there is none. Holds its row until the transaction ends. */
export async function closePlaceRow({ organisation_id, id }: SupportPlace, closed_on: string | null): Promise<void> {
  await db().table('support_places').where({ organisation_id, id }).update({ closed_on, updated_at: new Date() });
}

/** Until when the place is open; its row is held, so that nobody closes it meanwhile. Undefined when there is none. */
export async function holdPlace(organisationId: string, id: string): Promise<{ closed_on: string | null } | undefined> {
  const { rows } = await db().raw(
    'select closed_on::text as closed_on from support_places where organisation_id = ? and id = ? for update',
    [organisationId, id],
  );
  return rows[0];
}

export async function deletePlace({ organisation_id, id }: SupportPlace): Promise<void> {
  await db().table('support_places').where({ organisation_id, id }).delete();
}

export interface PlaceImport {
  id: string;
  organisation_id: string;
  content: string;
  taken_at: Date | null;
}

export async function insertImport(row: Pick<PlaceImport, 'id' | 'organisation_id' | 'content'>): Promise<void> {
  await db().table('place_imports').insert(row).onConflict('id').ignore();
}

export async function findImport(organisationId: string, id: string): Promise<PlaceImport | undefined> {
  return db().table('place_imports').where({ organisation_id: organisationId }).whereRaw('id::text = ?', [id]).first();
}

export async function markTaken({ organisation_id, id }: PlaceImport): Promise<void> {
  await db().table('place_imports').where({ organisation_id, id }).update({ taken_at: new Date() });
}

/** Adds one to the month's searches or contacts by area and theme; of who, nothing is known. */
export async function countSearch(kind: 'searches' | 'contacts', area: string, theme: string): Promise<void> {
  await db().raw(
    `insert into support_searches (month, area_code, theme, ??) values (date_trunc('month', current_date), ?, ?, 1)
     on conflict (month, area_code, theme) do update set ?? = support_searches.?? + 1`,
    [kind, area, theme, kind, kind],
  );
}
