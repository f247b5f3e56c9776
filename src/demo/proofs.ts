import type { Criterion } from '../features/evidence/rubric.model';
import { dayOf } from '../lib/calendar';
import type { Rows } from './bulk';
import { type Calendar, later } from './calendar';
import { Chance } from './chance';
import type { Member } from './people';
import type { DemoObservation } from './skills';

/** An invented giver of badges; nobody holds its secret key. */
const GIVER = {
  name: 'Rannikon digitukiverkosto',
  address: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
};

/** By what a task of guiding a client is looked at. */
const SUPPORT_RUBRIC: Criterion[] = [
  {
    key: 'own',
    name: { fi: 'Asiakas tekee itse', sv: 'Klienten gör själv', en: 'The client does it themself' },
    levels: [
      {
        fi: 'Teit osan asiakkaan puolesta.',
        sv: 'Du gjorde en del åt klienten.',
        en: 'You did a part for the client.',
      },
      {
        fi: 'Asiakas teki, sinä näytit vieressä.',
        sv: 'Klienten gjorde, du visade bredvid.',
        en: 'The client did it, you showed beside.',
      },
      {
        fi: 'Asiakas teki itse, sinä kysyit ja odotit.',
        sv: 'Klienten gjorde själv, du frågade och väntade.',
        en: 'The client did it, you asked and waited.',
      },
    ],
  },
  {
    key: 'safe',
    name: { fi: 'Turvallisuus', sv: 'Säkerhet', en: 'Safety' },
    levels: [
      {
        fi: 'Mietit koodia asiakkaan kanssa.',
        sv: 'Du tänkte ut koden med klienten.',
        en: 'You thought of the code with the client.',
      },
      { fi: 'Et katsonut koodia.', sv: 'Du tittade inte på koden.', en: 'You did not look at the code.' },
      {
        fi: 'Kerroit myös, miksi koodi on vain asiakkaan.',
        sv: 'Du berättade också varför koden bara är klientens.',
        en: 'You also told why the code is the client’s only.',
      },
    ],
  },
];

interface Both {
  learner: Member;
  professional: { id: string };
}

/** What the learner brought and told: a verified badge, a task that waits to be looked at, earlier learning recognised. */
export function ainosProofs(rows: Rows, calendar: Calendar, both: Both): DemoObservation[] {
  const chance = new Chance('proofs');
  return [
    aBadge(rows, calendar, chance, both),
    earlierLearning(rows, calendar, chance, both),
    waitingTask(rows, calendar, chance, both),
  ].filter((one) => one !== undefined);
}

function aBadge(rows: Rows, calendar: Calendar, chance: Chance, { learner }: Both): DemoObservation {
  const { id: person_id, organisationId: organisation_id } = learner;
  const [issuer_id, id] = [chance.uuid(), chance.uuid()];
  const [issued_at, taken_at] = [
    later(calendar.daysAgo(140), { minutes: 600 }),
    later(calendar.daysAgo(60), { minutes: 700 }),
  ];
  const name = 'Tiedon hallinnan perusteet';
  rows.add('badge_issuers', {
    id: issuer_id,
    organisation_id,
    ...GIVER,
    keys: '[]',
    ready: null,
    added_by: null,
    added_at: later(calendar.daysAgo(200), { minutes: 600 }),
    removed_at: null,
  });
  rows.add('badge_mappings', {
    organisation_id,
    issuer_id,
    badge: name.toLowerCase(),
    competence_code: '1.3',
    level: 3,
    mapped_by: null,
    mapped_at: later(calendar.daysAgo(200), { minutes: 610 }),
  });
  rows.add('badges', {
    id,
    organisation_id,
    person_id,
    state: 'taken',
    badge_key: chance.uuid(),
    format: 'ob3',
    achievement_id: '',
    name,
    issuer_id,
    issuer_name: GIVER.name,
    issued_at,
    expires_at: null,
    checks: { signature: 'eddsa-rdfc-2022', status: 'none', recipient: 'email', checked_at: taken_at.toISOString() },
    alignments: '[]',
    judge_id: null,
    brought_at: taken_at,
    taken_at,
  });
  return observation('badge', '1.3', 3, {
    at: issued_at,
    by: person_id,
    origin: ['badge', id],
    note: `${name} – ${GIVER.name}`,
  });
}

function earlierLearning(
  rows: Rows,
  calendar: Calendar,
  chance: Chance,
  { learner, professional }: Both,
): DemoObservation {
  const [id, ended] = [chance.uuid(), later(calendar.daysAgo(700), { minutes: 600 })];
  const told = {
    story: 'Tein yhdistyksen esitteitä ja jäsenkirjeitä kaksi vuotta. Opin tekemään tekstejä ja kuvia tietokoneella.',
    place: 'Asukasyhdistys, vapaaehtoistyö',
  };
  const feedback = 'Näytit kolme esitettä. Tekstit ja kuvat ovat itse tehtyjä. Hyvää työtä!';
  const [sent, judged, taken] = [25, 20, 19].map((days) => later(calendar.daysAgo(days), { minutes: 650 }));
  submission(rows, learner, {
    id,
    kind: 'earlier',
    state: 'taken',
    ...told,
    day: ended,
    judge_id: professional.id,
    feedback,
    sent_at: sent as Date,
    changed_at: taken as Date,
  });
  skill(rows, learner, id, '3.1', ['3.1-o-1', '3.1-o-3'], 4);
  event(rows, chance, learner, id, { kind: 'sent', actor_id: learner.id, at: sent as Date });
  event(rows, chance, learner, id, { kind: 'judged', actor_id: professional.id, at: judged as Date, words: feedback });
  event(rows, chance, learner, id, { kind: 'taken', actor_id: learner.id, at: taken as Date });
  return observation('earlier', '3.1', 4, {
    at: ended,
    by: professional.id,
    origin: ['submission', id],
    note: feedback,
  });
}

function waitingTask(rows: Rows, calendar: Calendar, chance: Chance, { learner, professional }: Both): undefined {
  const [id, sent] = [chance.uuid(), later(calendar.daysAgo(2), { minutes: 800 })];
  const told = {
    story:
      'Autoin asiakasta ottamaan käyttöön puhelimen näytön lukituksen. Asiakas valitsi koodin itse. En nähnyt koodia.\nKysyin työkaverilta, mistä asetus löytyy. Sitten osasin itse.',
    place: '',
  };
  submission(rows, learner, {
    id,
    kind: 'task',
    state: 'sent',
    rubric: JSON.stringify(SUPPORT_RUBRIC),
    ...told,
    day: later(calendar.daysAgo(4), { minutes: 600 }),
    judge_id: professional.id,
    feedback: '',
    sent_at: sent,
    changed_at: sent,
  });
  skill(rows, learner, id, '4.1', [], null);
  event(rows, chance, learner, id, { kind: 'sent', actor_id: learner.id, at: sent });
  return undefined;
}

interface Told {
  id: string;
  kind: string;
  state: string;
  story: string;
  place: string;
  day: Date;
  judge_id: string;
  feedback: string;
  sent_at: Date;
  changed_at: Date;
  rubric?: string;
}

function submission(rows: Rows, { id: person_id, organisationId }: Member, { day, ...told }: Told): void {
  const done_on = dayOf(day);
  rows.add('submissions', {
    ...told,
    organisation_id: organisationId,
    person_id,
    done_on,
    done_on_typed: done_on,
    link: '',
    lesson_id: null,
    rubric: told.rubric ?? null,
    made_at: told.sent_at,
  });
}

function skill(
  rows: Rows,
  { organisationId: organisation_id }: Member,
  submission_id: string,
  competence_code: string,
  seen: string[],
  level: number | null,
): void {
  rows.add('submission_skills', { submission_id, organisation_id, competence_code, claimed: seen, seen, level });
}

interface Happened {
  kind: string;
  actor_id: string;
  at: Date;
  words?: string;
}

function event(
  rows: Rows,
  chance: Chance,
  { organisationId }: Member,
  submission_id: string,
  { kind, actor_id, at, words = '' }: Happened,
): void {
  rows.add('submission_events', {
    id: chance.uuid(),
    submission_id,
    organisation_id: organisationId,
    actor_id,
    kind,
    words,
    happened_at: at,
  });
}

interface Known {
  at: Date;
  by: string;
  origin: [type: string, id: string];
  note: string;
}

function observation(
  source: DemoObservation['source'],
  competence_code: string,
  level: number,
  { at, by, origin, note }: Known,
): DemoObservation {
  const [origin_type, origin_id] = origin;
  return {
    competence_code,
    source,
    level,
    help_level: null,
    share_right: null,
    observed_at: at,
    recorded_by: by,
    origin_type,
    origin_id,
    note,
  };
}
