import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { APIRequestContext } from 'playwright-core';
import { invitationToken, tokenHash } from '../../../src/features/evidence/token';
import { mailToken } from '../../../src/features/reports/own/own-mail.service';
import { idOf, OURS } from '../../conventions/crawl/support/organisations';
import type { Visitor } from '../../conventions/crawl/support/visitors';

/** A page as it stands in one state, for a visitor who may open it. `status` when it is not 200. */
export interface Look {
  address: string;
  visitor: Visitor;
  status?: number;
}

type RequestOf = (visitor: Visitor) => APIRequestContext;

/** Both kinds share their pages: the second one shows those that differ. */
const SUBMISSION_STATES = {
  task: ['draft', 'sent', 'looking', 'more', 'judged', 'not_yet', 'taken', 'left', 'withdrawn'],
  earlier: ['draft', 'sent', 'judged'],
};

/** States that the demo does not tell of, each made as it comes about or as the rows that it leaves. */
export async function makeStates(owner: Knex, requestOf: RequestOf): Promise<Look[]> {
  const who = await peopleOf(owner);
  const made = [
    submissions,
    badges,
    invitations,
    results,
    answers,
    files,
    frameworks,
    practices,
    periods,
    ownReports,
    ownData,
  ];
  const all: Look[] = [];
  for (const make of made) all.push(...(await make(owner, who, requestOf)));
  return all;
}

type Who = Record<'o' | 'learner' | 'professional' | 'supervisor' | 'team', string>;

async function peopleOf(owner: Knex): Promise<Who> {
  const { rows } = await owner.raw(
    "select username, id from people where username in ('learner', 'professional', 'supervisor')",
  );
  const people = Object.fromEntries(rows.map(({ username, id }: Record<string, string>) => [username, id]));
  const team = await owner.table('team_supervisors').where({ person_id: people.supervisor, is_deputy: false }).first();
  return { o: await idOf(owner, OURS), ...people, team: team.team_id } as Who;
}

async function submissions(owner: Knex, who: Who): Promise<Look[]> {
  const looks: Look[] = [];
  for (const [kind, states] of Object.entries(SUBMISSION_STATES))
    for (const state of states) {
      const id = randomUUID();
      const seen = ['judged', 'taken', 'left'].includes(state);
      await owner.raw(
        `with made as (insert into submissions (id, organisation_id, person_id, kind, state, story, place, link, done_on_typed, done_on, judge_id, feedback, sent_at)
            values (:id, :o, :learner, :kind, :state, 'Mitä tein ja miten.', 'Kurssi', 'https://linkki.example/erittain-pitka-osoite-jossa-ei-ole-vaeleja',
              '2026-05-31', '2026-05-31', :professional, 'Palautetta', now()) returning id),
          skill as (insert into submission_skills (submission_id, organisation_id, competence_code, claimed, seen, level)
            select id, :o, '4.2', '{4.2-o-1}', :seen, :level from made)
          insert into submission_events (submission_id, organisation_id, actor_id, kind, words)
          select id, :o, :professional, 'more', 'Kerro lisää' from made where :state = 'more'`,
        { ...who, id, kind, state, seen: seen ? ['4.2-o-1'] : [], level: seen ? 3 : null },
      );
      const place = kind === 'task' ? 'tasks' : 'earlier';
      looks.push({ address: `/skills/${place}/${id}`, visitor: 'learner' });
      if (['sent', 'looking'].includes(state))
        looks.push({ address: `/skills/tasks/to-judge/${id}`, visitor: 'professional' });
    }
  return looks;
}

async function badges(owner: Knex, who: Who): Promise<Look[]> {
  const { rows } = await owner.raw(
    `insert into badges (organisation_id, person_id, state, badge_key, format, name, issuer_id, issuer_name, issued_at, expires_at, checks, judge_id)
      select organisation_id, person_id, state, 'key ' || state, format, name || ' ' || state, issuer_id, issuer_name, issued_at,
        case state when 'ready' then now() - interval '1 day' end, checks,
        case when state in ('asked', 'refused') then :professional::uuid end
      from (select organisation_id, person_id, format, name, issuer_id, issuer_name, issued_at, checks
          from badges where person_id = :learner limit 1) one,
        unnest(array['unknown', 'asked', 'refused', 'ready']) state returning id, state`,
    { ...who },
  );
  return rows.flatMap(({ id, state }: Record<string, string>): Look[] => [
    { address: `/skills/badges/${id}`, visitor: 'learner' },
    ...(state === 'asked' ? [{ address: `/skills/badges/check/${id}`, visitor: 'professional' } as const] : []),
  ]);
}

/** Own invitations in each state, and what their links open for somebody without an account. */
async function invitations(owner: Knex, who: Who): Promise<Look[]> {
  const looks: Look[] = [];
  const states = { open: '5 days', expired: '-1 day', withdrawn: '5 days', answered: '5 days' };
  for (const [state, expires] of Object.entries(states)) {
    const id = randomUUID();
    const token = invitationToken(id);
    await owner.raw(
      `insert into view_invitations (id, organisation_id, person_id, shown_name, competence_codes, message, token_hash, expires_at, withdrawn_at, answered_at)
        values (:id, :o, :learner, 'Aino', '{4.2,2.1}', 'Muistatko sen puhelun', :hash, now() + :expires::interval, :withdrawn, :answered)`,
      {
        ...who,
        id,
        expires,
        hash: tokenHash(token),
        withdrawn: state === 'withdrawn' ? new Date() : null,
        answered: state === 'answered' ? new Date() : null,
      },
    );
    looks.push({ address: `/skills/views/${id}`, visitor: 'learner' });
    looks.push({ address: `/view/${token}`, visitor: 'nobody', ...(state !== 'open' && { status: 404 }) });
  }
  return looks;
}

/** One result of each source, and one in each state of what was answered to it. */
async function results(owner: Knex, who: Who): Promise<Look[]> {
  const { rows } = await owner.raw(
    `select distinct on (o.source) o.id from observations o
      where o.person_id = :learner and not exists (select from observation_responses r where r.observation_id = o.id)
      order by o.source, o.observed_at desc`,
    { ...who },
  );
  const { rows: answered } = await owner.raw(
    `with chosen as (select o.id, row_number() over (order by o.id) as n from observations o
        where o.person_id = :learner and o.source in ('supervisor', 'demonstration', 'peer', 'quiz')
          and not exists (select from observation_responses r where r.observation_id = o.id) limit 4)
      insert into observation_responses (observation_id, organisation_id, person_id, competence_code, read_at, comment, commented_at,
        contested_at, reason, explained_at, explanation, withdrawn_at, settled_at)
      select o.id, o.organisation_id, o.person_id, o.competence_code, now(), 'Kommentti', now(), now(), 'Syy', case when n > 1 then now() end,
        case when n > 1 then 'Selitys' else '' end, case when n = 3 then now() end, case when n = 4 then now() end
      from chosen join observations o on o.id = chosen.id returning observation_id as id`,
    { ...who },
  );
  return [...rows, ...answered].map(({ id }) => ({ address: `/skills/results/${id}`, visitor: 'learner' }));
}

/** What people answered, for the one whose note it is. */
async function answers(owner: Knex, who: Who): Promise<Look[]> {
  const { rows } = await owner.raw(
    `with chosen as (select o.id, row_number() over (order by o.id) as n from observations o
        where o.recorded_by = :professional and o.person_id not in (:professional, :learner)
          and not exists (select from observation_responses r where r.observation_id = o.id) limit 4)
      insert into observation_responses (observation_id, organisation_id, person_id, competence_code, read_at, comment, commented_at,
        contested_at, reason, explained_at, explanation, withdrawn_at, settled_at)
      select o.id, o.organisation_id, o.person_id, o.competence_code, now(), 'Kommentti', now(), now(), 'Syy', case when n > 1 then now() end,
        case when n > 1 then 'Selitys' else '' end, case when n = 3 then now() end, case when n = 4 then now() end
      from chosen join observations o on o.id = chosen.id returning observation_id as id`,
    { ...who },
  );
  return rows.map(({ id }: { id: string }) => ({ address: `/skills/answers/${id}`, visitor: 'professional' }));
}

async function files(owner: Knex, who: Who): Promise<Look[]> {
  const { rows } = await owner.raw(
    `insert into report_files (organisation_id, person_id, address, state, rows_done, rows_expected, name, bytes, ready_at, expires_at)
      select :o, :supervisor, '/reports/training.csv', state, 0, 100000, 'koulutus.csv', 4000000, now(), now() + interval '5 days'
      from unnest(array['waiting', 'ready', 'failed']) state returning id`,
    { ...who },
  );
  return rows.map(({ id }: { id: string }) => ({ address: `/reports/files/${id}`, visitor: 'supervisor' }));
}

const FAULTY = [
  'tunnus;yläluokka;laji;taso;itsearvio;nimi (fi)',
  'A1;;alue;;;Kohtaaminen',
  'A1.1;A1;taito;;x;Rauhallinen ohjaaminen',
  'A1.1-1;A1.1;osaan;1;;Kysyn ensin.',
  'A1.1-9;A1.1;osaan;99;;Tasoa ei ole.',
  'A1.1;A1;taito;;x;Toinen samalla tunnuksella',
  'B2.1;B2;kummallinen;;;=SUM(A1)',
].join('\n');

/** The preview of a file with faults, and of the template, which has none. */
async function frameworks(_owner: Knex, _who: Who, requestOf: RequestOf): Promise<Look[]> {
  const admin = requestOf('admin');
  const looks: Look[] = [];
  const template = await (await admin.get('/skills/frameworks/import/template.csv')).body();
  for (const [name, buffer] of [
    ['viallinen.csv', Buffer.from(FAULTY)],
    ['malli.csv', template],
  ] as const) {
    const file = { name, mimeType: 'text/csv', buffer };
    const multipart = { title: `Taidot ${name}`, version: '1', file };
    const sent = await admin.post('/skills/frameworks/import', { multipart, maxRedirects: 0 });
    if (sent.status() !== 303) throw new Error(`${name} was not read: ${sent.status()}`);
    const address = sent.headers().location ?? '';
    looks.push({ address, visitor: 'admin' }, { address: `${address}?show=all`, visitor: 'admin' });
  }
  return looks;
}

/** What practice says after enough answers, and when one stops before the first. */
async function practices(_owner: Knex, _who: Who, requestOf: RequestOf): Promise<Look[]> {
  const professional = requestOf('professional');
  const html = await (await professional.get('/skills/practice')).text();
  const codes = [...html.matchAll(/name="code"[^>]* value="([^"]+)"/g)].map(([, code]) => code as string);
  const looks: Look[] = [];
  for (const [index, code] of codes.slice(0, 2).entries()) {
    const begun = await professional.post('/skills/practice', { form: { code }, maxRedirects: 0 });
    const address = begun.headers().location ?? '';
    for (let number = 0; index === 0 && number < 40; number += 1) {
      const question = /name="question" value="([^"]+)"/.exec(await (await professional.get(address)).text())?.[1];
      if (!question) break;
      await professional.post(address, { form: { question, answer: 'dont-know' }, maxRedirects: 0 });
      if (number === 0) looks.push({ address: `${address}/answers/${question}`, visitor: 'professional' });
    }
    await professional.post(`${address}/end`, { maxRedirects: 0 });
    looks.push({ address, visitor: 'professional' });
  }
  if (looks.length !== 3) throw new Error('practice has no skills to choose');
  return looks;
}

/** Reports of periods that tell nothing, are turned around, or cannot be. */
async function periods(_owner: Knex, { team }: Who): Promise<Look[]> {
  const queries = ['from=1.1.2026&to=2.1.2026', 'from=1.6.2026&to=1.1.2026', 'from=31.2.2026&to=kes%C3%A4'];
  return queries.flatMap((query): Look[] => [
    { address: `/team/${team}/growth?${query}`, visitor: 'supervisor', status: 422 },
    { address: `/reports/growth?${query}`, visitor: 'admin', status: 422 },
  ]);
}

async function ownReports(owner: Knex, { o }: Who): Promise<Look[]> {
  const report = await owner.table('own_reports').where({ organisation_id: o }).first();
  const mail = mailToken({ organisation_id: o, report_id: report.id, person_id: report.owner_id });
  const queries = [
    'source=skills&group=competence',
    'source=skills&group=team&group2=profile&chart=bars',
    'source=growth&group=competence&months=12',
    'source=growth&group=team&group2=profile&competence=4.2',
    'source=coverage&group=profile&chart=none',
    'source=training&group=person',
    'source=training&group=course&columns=expiring&columns=late',
    'source=help&group=topic&months=12',
  ];
  const looks = queries.map((query): Look => ({ address: `/reports/own/new?${query}`, visitor: 'supervisor' }));
  return [...looks, { address: `/reports/own/mail/${mail}`, visitor: 'nobody' }];
}

/** Erasure that has been asked for, and said so. */
async function ownData(_owner: Knex, _who: Who, requestOf: RequestOf): Promise<Look[]> {
  await requestOf('learner').post('/account/data/erasure', { form: { sure: 'yes' }, maxRedirects: 0 });
  return [{ address: '/account/data?saved=erasure', visitor: 'learner' }];
}
