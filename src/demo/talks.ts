import type { Rows } from './bulk';
import { type Calendar, dateOnly, later } from './calendar';
import { Chance } from './chance';
import type { Team } from './history';
import type { Member } from './people';

const LAST_YEAR = 340;
const THIS_YEAR = 130;

/**
 * Development talks of a team: with each third one, a talk held last year or in spring, and with its first person (Aino in her own team)
 * one that both are preparing. Teams that are made for size have none.
 */
export function addTalks(rows: Rows, calendar: Calendar, { id: teamId, members, supervisor, plan }: Team): void {
  const chance = new Chance(`talks ${teamId}`, 0xa00000 + (seedOf(teamId) % 0xfffff));
  const here = members.filter(({ leftOn }) => leftOn === null);
  const first = here.find(({ named }) => named?.account === 'learner') ?? here[0];
  const started = calendar.daysAgo(LAST_YEAR + 30);
  for (const [index, member] of here.entries())
    if ((member === first || index % 3 === 0) && member.startedOn < started)
      addHeld(
        rows,
        calendar,
        chance,
        { member, supervisor },
        member !== first && index % 2 === 1 ? THIS_YEAR : LAST_YEAR,
      );
  if (first && plan.relation !== 'client') addOpen(rows, calendar, chance, { member: first, supervisor });
}

interface Two {
  member: Member;
  supervisor: Member;
}

function addHeld(rows: Rows, calendar: Calendar, chance: Chance, { member, supervisor }: Two, ago: number): void {
  const day = calendar.daysAgo(ago - chance.whole(0, 40));
  const at = later(day, { minutes: chance.whole(480, 840) });
  const id = chance.uuid();
  rows.add('talks', {
    ...talkOf(id, { member, supervisor }, day),
    agreement:
      'Käyn vertaisen kanssa kaksi kotikäyntiä kevään aikana. Helmikuussa katsomme yhdessä, miten ne sujuivat.',
    next_on: dateOnly(later(day, { days: 365 })),
    version: 3,
    text_version: 1,
    person_confirmed_at: at,
    supervisor_confirmed_at: later(at, { minutes: 20 }),
    held_at: later(at, { minutes: 20 }),
    created_at: later(day, { days: -14 }),
  });
  rows.add(
    'talk_goals',
    goalOf(chance, member, id, '4.2', 3, 'Tunnistan huijausviestin ja osaan kertoa siitä asiakkaalle.'),
  );
  rows.add('talk_goals', goalOf(chance, member, id, null, null, 'Uskallan kysyä apua, kun en osaa.'));
}

function addOpen(rows: Rows, calendar: Calendar, chance: Chance, { member, supervisor }: Two): void {
  const id = chance.uuid();
  rows.add('talks', {
    ...talkOf(id, { member, supervisor }, calendar.daysAgo(-11)),
    shared: ['own'],
    agreement: '',
    next_on: null,
    version: 1,
    text_version: 0,
    person_confirmed_at: null,
    supervisor_confirmed_at: null,
    held_at: null,
    created_at: calendar.daysAgo(3),
  });
  rows.add(
    'talk_goals',
    goalOf(chance, member, id, '2.3', 4, 'Opastan asiakkaan videovastaanotolle hänen omalla laitteellaan.'),
  );
  const notes = {
    organisation_id: member.organisationId,
    talk_id: id,
    is_kept: false,
    updated_at: calendar.daysAgo(2),
  };
  rows.add('talk_preparations', {
    ...notes,
    person_id: member.id,
    well: 'Kotikäynnit sujuvat. Asiakkaat pyytävät minua uudelleen.',
    learn: 'Haluan oppia videovastaanoton niin, että voin neuvoa toista.',
    other: '',
    is_shown: true,
  });
  rows.add('talk_preparations', {
    ...notes,
    person_id: supervisor.id,
    well: 'Rauhallinen tapa neuvoa. Asiakkaat kiittävät.',
    learn: '',
    other: '',
    is_shown: false,
  });
  rows.add('notifications', {
    organisation_id: member.organisationId,
    person_id: member.id,
    kind: 'talk.planned',
    params: JSON.stringify({ date: dateOnly(calendar.daysAgo(-11)) }),
    href: `/talks/${id}`,
    key: `talk ${id} planned`,
    created_at: calendar.daysAgo(3),
  });
}

const talkOf = (id: string, { member, supervisor }: Two, planned: Date) => ({
  id,
  organisation_id: member.organisationId,
  person_id: member.id,
  supervisor_id: supervisor.id,
  proposed_by: supervisor.id,
  planned_on: dateOnly(planned),
  shared: [] as string[],
});

function goalOf(
  chance: Chance,
  member: Member,
  talk: string,
  code: string | null,
  level: number | null,
  words: string,
) {
  const ours = { id: chance.uuid(), organisation_id: member.organisationId, talk_id: talk };
  return { ...ours, competence_code: code, level, words };
}

const seedOf = (id: string) => Number.parseInt(id.replace(/-/g, '').slice(8, 14), 16);
