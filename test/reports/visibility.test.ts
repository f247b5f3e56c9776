import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { VALIDATING } from '../../src/features/reports/pages/skills.queries';
import { forgetFramework } from '../../src/features/skills/skills.model';
import { db } from '../../src/lib/db';
import { as } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope, reload } from '../support/factories';
import { aQuizLesson } from '../support/factories-quizzes';
import {
  aNetwork,
  anAgreedCourse,
  anEnrolment,
  anObservation,
  aTeamOf,
  levels,
  monthsAgo,
  withFramework,
} from '../support/factories-reports';
import { aTalk } from '../support/factories-talks';

/** Who may see what about a named person: the marks of each item, whose finding on a page tells that it was shown. */
const MARKS = {
  'completion of agreed training': ['Sovittu merkkikurssi', '7.3.2025'],
  'required competence, validated, with its date': ['11.3.2025'],
  'goals and plan agreed in the development talk': ['MERKKITAVOITE', 'MERKKISOPIMUS'],
  'plan agreed with the supervisor, and the one proposed to them': ['MERKKISOVITTU', 'MERKKIEHDOTUS', 'MERKKIASKEL'],
  'plan being drafted': ['MERKKILUONNOS', 'MERKKIHAAVE'],
  'level outside the target profile': ['13.3.2025', 'Tekijänoikeuksien merkki'],
  'self-assessment answers': ['MERKKIITSE', '17.3.2025'],
  'quiz answers and attempts': ['MERKKIVISA', '18.3.2025'],
  'peer and experience-expert notes': ['MERKKIVERTAINEN', 'MERKKIEXPERTTI', '19.3.2025', '20.3.2025'],
  'log-ins and time online': ['21.3.2025', '22.3.2025', '23.3.2025'],
  'role of experience expert': ['kokemusasiantuntija', 'asiantuntijan roolissa'],
  'group results of five or more': ['Voiko tähän tietoon luottaa?'],
} as const;
type Item = keyof typeof MARKS;

/** The table of domain rule 4.5. Rows on diaries come with the features that keep them: see the last test. */
const TABLE: Record<Item, Record<'person' | 'supervisor' | 'administrator' | 'network', boolean | undefined>> = {
  'completion of agreed training': { person: true, supervisor: true, administrator: true, network: false },
  'required competence, validated, with its date': {
    person: true,
    supervisor: true,
    administrator: false,
    network: false,
  },
  'goals and plan agreed in the development talk': {
    person: true,
    supervisor: true,
    administrator: false,
    network: false,
  },
  'plan agreed with the supervisor, and the one proposed to them': {
    person: true,
    supervisor: true,
    administrator: false,
    network: false,
  },
  'plan being drafted': { person: true, supervisor: false, administrator: false, network: false },
  'level outside the target profile': { person: true, supervisor: false, administrator: false, network: false },
  'self-assessment answers': { person: true, supervisor: false, administrator: false, network: false },
  'quiz answers and attempts': { person: true, supervisor: false, administrator: false, network: false },
  'peer and experience-expert notes': { person: true, supervisor: false, administrator: false, network: false },
  'log-ins and time online': { person: undefined, supervisor: false, administrator: false, network: false },
  'role of experience expert': { person: undefined, supervisor: false, administrator: false, network: false },
  'group results of five or more': { person: undefined, supervisor: true, administrator: true, network: true },
};

const at = (day: string) => new Date(`${day}T10:00:00Z`);

/** A team of eight, of whom Aino has something of every item. */
async function arrange() {
  await withFramework();
  // Competence 3.4 is no part of the profile, and has a name of its own.
  await asOwner(async () => {
    await db().table('framework_targets').where({ competence_code: '3.4' }).delete();
    await db().raw(
      `update framework_texts set text = 'Tekijänoikeuksien merkki' where field in ('name', 'plain_name') and node_id in
       (select id from framework_nodes where kind = 'competence' and code = '3.4')`,
    );
  });
  forgetFramework();
  const names = ['Aino Koski'];
  const arranged = await aTeamOf({ people: 8, names, target_profile: 'professional', language: 'fi' });
  const { organisation, team, members } = arranged;
  const aino = members[0] as Actor;
  await levels(
    members.slice(1),
    '1.2',
    members.slice(1).map((_, index) => [2, 3 + (index % 2)] as const),
  );

  const course = await anAgreedCourse(organisation, { team }, { title: 'Sovittu merkkikurssi' });
  await anEnrolment(aino, course, 4, at('2025-03-07'));
  await anObservation(aino, { competence_code: '4.2', level: 4, at: at('2025-03-11') });
  await anObservation(aino, { competence_code: '3.4', level: 5, at: at('2025-03-13') });
  await anObservation(aino, { source: 'self', level: 7, at: at('2025-03-17'), note: 'MERKKIITSE' });
  await anObservation(aino, { source: 'quiz', level: 6, at: at('2025-03-18'), note: 'MERKKIVISA' });
  await anObservation(aino, { source: 'peer', level: 1, at: at('2025-03-19'), note: 'MERKKIVERTAINEN' });
  await anObservation(aino, { source: 'experience_expert', level: 1, at: at('2025-03-20'), note: 'MERKKIEXPERTTI' });
  await keepAnswers(aino);
  const talk = await aTalk(aino, arranged.supervisor, { agreement: 'MERKKISOPIMUS', held_at: at('2025-03-24') });
  const goal = { id: randomUUID(), organisation_id: organisation.id, talk_id: talk, words: 'MERKKITAVOITE' };
  await asOwner(() => db().table('talk_goals').insert(goal));
  const plans = await keepPlans(aino, members[1] as Actor, arranged.supervisor);
  await asOwner(async () => {
    await db()
      .table('enrolments')
      .where({ person_id: aino.id })
      .update({ started_at: at('2025-03-22'), last_seen_at: at('2025-03-23') });
    await db()
      .table('audit_events')
      .insert({
        organisation_id: organisation.id,
        actor_id: aino.id,
        action: 'account.signed-in',
        subject_type: 'person',
        subject_id: aino.id,
        details: '{}' as never,
        created_at: at('2025-03-21'),
      });
    await db()('memberships')
      .where({ person_id: aino.id })
      .update({ roles: ['learner', 'expert'] });
  });
  return { ...arranged, aino: await reload(aino), course, talk, plans };
}

/** Aino's plan agreed with the supervisor and her next draft; and of a colleague one that is proposed. Returns their ids. */
async function keepPlans(aino: Actor, colleague: Actor, supervisor: Actor): Promise<string[]> {
  const [organisation_id, signed] = [aino.organisation_id, { person_signed_at: at('2025-03-25') }];
  const agreed = { state: 'agreed', supervisor_id: supervisor.id, ...signed, supervisor_signed_at: at('2025-03-26') };
  const plans = [
    { id: randomUUID(), person_id: aino.id, number: 1, words: 'MERKKISOVITTU', ...agreed },
    {
      id: randomUUID(),
      person_id: aino.id,
      number: 2,
      words: 'MERKKILUONNOS',
      state: 'draft',
      supervisor_id: supervisor.id,
    },
    {
      id: randomUUID(),
      person_id: colleague.id,
      number: 1,
      words: 'MERKKIEHDOTUS',
      state: 'proposed',
      supervisor_id: supervisor.id,
      ...signed,
    },
  ];
  await asOwner(async () => {
    for (const plan of plans)
      await db()
        .table('plan_versions')
        .insert({ organisation_id, ...plan });
    for (const [index, words] of ['MERKKIASKEL', 'MERKKIHAAVE'].entries())
      await db()
        .table('plan_lines')
        .insert({ id: randomUUID(), organisation_id, plan_id: plans[index]?.id, position: 1, kind: 'own', words });
  });
  return plans.map(({ id }) => id);
}

/** Raw answers, behind row policies that show them to the person only. */
async function keepAnswers(person: Actor) {
  const ours = { organisation_id: person.organisation_id, person_id: person.id };
  await asOwner(async () => {
    const quiz = await aQuizLesson({ id: person.organisation_id });
    const [attempt, assessment] = [randomUUID(), randomUUID()];
    const times = { started_at: at('2025-03-18'), submitted_at: at('2025-03-18') };
    await db()
      .table('quiz_attempts')
      .insert({ id: attempt, ...ours, quiz_id: quiz.quiz, number: 1, language: 'fi', ...times });
    await db()
      .table('quiz_answers')
      .insert({
        id: randomUUID(),
        ...ours,
        attempt_id: attempt,
        question_id: quiz.questions[0],
        chosen: ['MERKKIVISA'],
        points: 0,
      });
    await db()
      .table('self_assessments')
      .insert({ id: assessment, ...ours, started_at: at('2025-03-17'), submitted_at: at('2025-03-17') });
    await db()
      .table('self_assessment_answers')
      .insert({ self_assessment_id: assessment, ...ours, item_code: 'MERKKIITSE', competence_code: '4.2', value: 1 });
  });
}

type Arranged = Awaited<ReturnType<typeof arrange>>;
const KINDS = ['/one-page', '/growth', '/coverage', '/heat-map', '/completions'];
const REPORTS = ['', ...KINDS, ...KINDS.map((path) => `${path}.csv`)];
const WHOLE = ['one-page', 'growth', 'coverage', 'heat-map', 'training', 'courses', 'dialogue'].flatMap((path) => [
  `/reports/${path}`,
  `/reports/${path}.csv`,
]);

/** Everything that somebody is given at the addresses where people, teams and figures are shown. */
async function seenBy(actor: Actor, { team, aino, course, talk, plans }: Arranged): Promise<string> {
  const addresses = [
    '/',
    '/team',
    ...REPORTS.map((path) => `/team/${team.id}${path}`),
    `/team/${team.id}/people/${aino.id}`,
    `/team/${team.id}/people/${aino.id}.csv`,
    '/reports',
    ...WHOLE,
    `/reports/courses/${course.id}`,
    '/network',
    '/network.csv',
    '/talks',
    `/talks/${talk}`,
    '/plans',
    ...plans.map((plan) => `/plans/${plan}`),
    '/notifications',
    ...(actor.id === aino.id
      ? ['/training', '/training.csv', '/skills', '/skills/4.2', '/skills/3.4', `/learn/${course.id}`]
      : []),
    ...(actor.roles.includes('administrator') ? ['/organisation', `/organisation/teams/${team.id}`] : []),
  ];
  const browser = as(actor);
  const shown: string[] = [];
  for (const address of addresses) {
    const response = await browser.get(address);
    expect([address, response.status < 500]).toEqual([address, true]);
    if (response.status === 200) shown.push(response.text);
  }
  return shown.join('\n');
}

async function viewers(arranged: Arranged) {
  const { organisation, supervisor, aino } = arranged;
  const network = await aNetwork([organisation, await anOrganisation()]);
  return {
    person: aino,
    supervisor,
    administrator: await aPerson({ organisation, roles: ['learner', 'administrator'], language: 'fi' }),
    network: await network.coordinator({ language: 'fi' }),
  };
}

it.each(['person', 'supervisor', 'administrator', 'network'] as const)(
  'shows the %s exactly what the table says',
  async (who) => {
    const arranged = await arrange();
    const viewer = (await viewers(arranged))[who];

    const text = await seenBy(viewer, arranged);

    for (const item of Object.keys(MARKS) as Item[]) {
      const expected = TABLE[item][who];
      const found = MARKS[item].filter((mark) => text.includes(mark));
      if (expected === false) expect([item, found]).toEqual([item, []]);
      else if (expected === true) expect([item, found.length > 0]).toEqual([item, true]);
    }
  },
);

it('shows the supervisor of another team, and of another organisation, that there is no such team', async () => {
  const arranged = await arrange();
  const { organisation, team, aino } = arranged;
  const sameHouse = await aTeamOf({ people: 1, organisation });
  const elsewhere = await aTeamOf({ people: 1 });
  for (const { supervisor } of [sameHouse, elsewhere])
    for (const path of [...REPORTS, `/people/${aino.id}`]) {
      const response = await as(supervisor).get(`/team/${team.id}${path}`);
      expect([path, response.status]).toEqual([path, 404]);
    }
  // Nor does the own team open the page of somebody who is not in it.
  expect((await as(sameHouse.supervisor).get(`/team/${sameHouse.team.id}/people/${aino.id}`)).status).toBe(404);
});

it('leaves the named page as it is whatever the person says or answers', async () => {
  const { supervisor, team, aino } = await arrange();
  const named = async () => {
    const response = await as(supervisor).get(`/team/${team.id}/people/${aino.id}`);
    return response.text.slice(response.text.indexOf('<main'), response.text.indexOf('</main'));
  };
  const before = await named();
  for (const source of ['self', 'quiz', 'peer', 'experience_expert'] as const) {
    expect(VALIDATING).not.toContain(source);
    await anObservation(aino, { source, level: 8, at: monthsAgo(0) });
  }
  expect(await named()).toBe(before);
});

describe('what the person shares', () => {
  const OUTSIDE = MARKS['level outside the target profile'][1];
  const WORDS = ['MERKKIVERTAINEN', 'MERKKIEXPERTTI'];
  const NEVER = ['MERKKIITSE', 'MERKKIVISA', 'kokemusasiantuntija'];

  async function opened() {
    const { aino, supervisor, team, organisation } = await arrange();
    const address = `/team/${team.id}/people/${aino.id}`;
    const seen = async (by = supervisor) => (await as(by).get(address)).text;
    const share = (what: 'level' | 'notes', code: string, shared: 'yes' | 'no') =>
      as(aino).post('/skills/sharing', { code, what, shared });
    return { aino, supervisor, organisation, address, seen, share };
  }

  it.each(['3.4', ''])(
    'a level outside the profile is seen from then on, and no more once it is taken back (%j)',
    async (code) => {
      const { seen, share } = await opened();
      expect(await seen()).not.toContain(OUTSIDE);
      await share('level', code, 'yes');
      const text = await seen();
      expect(text).toContain(OUTSIDE);
      expect([...WORDS, ...NEVER].filter((mark) => text.includes(mark))).toEqual([]);
      await share('level', code, 'no');
      expect(await seen()).not.toContain(OUTSIDE);
    },
  );

  it.each(['4.2', ''])(
    'words of peers are seen without who wrote them, and no more once it is taken back (%j)',
    async (code) => {
      const { seen, share } = await opened();
      await share('notes', code, 'yes');
      const text = await seen();
      expect(WORDS.filter((mark) => text.includes(mark))).toEqual(WORDS);
      expect([OUTSIDE, ...NEVER].filter((mark) => text.includes(mark))).toEqual([]);
      await share('notes', code, 'no');
      const after = await seen();
      expect(WORDS.filter((mark) => after.includes(mark))).toEqual([]);
    },
  );

  it('of one skill is of that skill alone, and of a required skill the estimate is never shown', async () => {
    const { seen, share } = await opened();
    await share('level', '2.1', 'yes');
    await share('notes', '3.4', 'yes');
    await share('level', '4.2', 'yes');
    const text = await seen();
    expect([OUTSIDE, ...WORDS, 'id="shared"'].filter((mark) => text.includes(mark))).toEqual([]);
  });

  it('reaches the supervisor of the team and nobody else', async () => {
    const { seen, share, organisation, address } = await opened();
    await share('level', '', 'yes');
    await share('notes', '', 'yes');
    const administrator = await aPerson({ organisation, roles: ['learner', 'administrator'], language: 'fi' });
    const another = (await aTeamOf({ people: 1, organisation })).supervisor;
    for (const viewer of [administrator, another]) {
      expect([403, 404]).toContain((await as(viewer).get(address)).status);
      expect(await seen(viewer)).not.toContain(OUTSIDE);
    }
  });

  it('is what the person alone may give', async () => {
    const { aino, supervisor } = await opened();
    const give = () =>
      db().table('skill_shares').insert({
        organisation_id: aino.organisation_id,
        person_id: aino.id,
        competence_code: '',
        what: 'notes',
      });
    expect((await as(aino).post('/skills/sharing', { code: 'no such', what: 'level', shared: 'yes' })).status).toBe(
      404,
    );
    await expect(inScope(supervisor, give)).rejects.toThrow(/row-level security/);
  });

  it('does not hold what the person contests', async () => {
    const { aino, seen, share } = await opened();
    await share('notes', '', 'yes');
    const peer = await inScope(aino, () => db()('observations').where({ source: 'peer' }).first());
    await as(aino).post(`/skills/results/${peer?.id}/contest`, { reason: 'Ei pidä paikkaansa' });
    const text = await seen();
    expect([text.includes('MERKKIVERTAINEN'), text.includes('MERKKIEXPERTTI')]).toEqual([false, true]);
  });
});

it('shows nothing of a validated skill while the person contests it', async () => {
  const { aino, supervisor, team } = await arrange();
  const mark = MARKS['required competence, validated, with its date'][0];
  const seen = async () => (await as(supervisor).get(`/team/${team.id}/people/${aino.id}`)).text;
  expect(await seen()).toContain(mark);
  const shown = await inScope(aino, () =>
    db()('observations').where({ source: 'demonstration', competence_code: '4.2' }).first(),
  );
  await as(aino).post(`/skills/results/${shown?.id}/contest`, { reason: 'Ei' });
  expect(await seen()).not.toContain(mark);
  await as(aino).post(`/skills/results/${shown?.id}/settle`);
  expect(await seen()).toContain(mark);
});

it('has no diaries or pulse answers yet, and no plans but those of the table: rows join this test with them', async () => {
  const { rows } = await asOwner(() =>
    db().raw(
      "select relname from pg_class where relkind = 'r' and relname ~ '(goal|plan|diar|pulse)' and relname not in ('talk_goals', 'plan_versions', 'plan_lines') and relnamespace = 'public'::regnamespace",
    ),
  );
  expect(rows).toEqual([]);
});
