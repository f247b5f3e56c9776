import { randomUUID } from 'node:crypto';
import { pulseItems } from '../features/surveys/pulse';
import { db } from '../lib/db';

interface Story {
  keeper: string;
  kind: string;
  title: string;
  intro: string;
  question: string;
  options: string[];
  answers: number[];
  isClosed: boolean;
  round: string;
  groups: string[];
  finding: string;
  summary: string;
  /** Whether others see what was asked and found. */
  isShared: boolean;
}

/** What two keepers asked and heard. */
const STORIES: readonly Story[] = [
  {
    ...{ keeper: 'polkutupa', kind: 'service', title: 'Mikä digissä on vaikeaa?', isClosed: true, isShared: true },
    intro: 'Kysymme palvelun käyttäjiltä, mihin oppituntiin tartumme seuraavaksi.',
    question: 'Mihin kaipaat eniten apua?',
    options: ['Tunnistautumiseen', 'Terveyspalveluihin', 'Laitteen käyttöön'],
    answers: [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2],
    ...{
      round: 'Työpajojen haastattelut',
      groups: ['Nuoret', 'Ikääntyneet'],
      finding: 'Ohjeet puuttuvat juuri tunnistautumisesta',
    },
    summary: 'Moni pysähtyy tunnistautumiseen. Toivotaan lyhyttä ohjetta ja rauhallista paikkaa kokeilla.',
  },
  {
    ...{
      keeper: 'hillajoki',
      kind: 'presenters',
      title: 'Kevään verkostotapaamisen kysely',
      isClosed: false,
      isShared: true,
    },
    intro: 'Mitä haluat kuulla kevään tapaamisessa? Voit tarjoutua esittelemään.',
    question: 'Mikä aihe kiinnostaa eniten?',
    options: ['Kotiin vietävä tuki', 'Esteettömyys', 'Vaikuttaminen'],
    answers: [0, 0, 1, 2, 0, 1],
    ...{
      round: 'Kunnan palvelujen haastattelut',
      groups: ['Perheet', 'Ikääntyneet'],
      finding: 'Kirjasto on mieluisin paikka osallistua',
    },
    summary: 'Useimmat tulisivat mieluiten kirjastoon, arkisin päivällä.',
  },
  {
    ...{ keeper: 'kaislatuuli', kind: 'own', title: 'Oman väen digikysely', isClosed: false, isShared: false },
    intro: 'Mitä haluat oppia seuraavaksi?',
    question: 'Mikä sujuu jo?',
    options: ['Viestit', 'Videopuhelut', 'Pilvipalvelut'],
    answers: [0, 1, 1, 2, 0, 1],
    round: 'Kaislatuulen haastattelut',
    groups: ['Työntekijät', 'Vapaaehtoiset'],
    finding: 'Videopuhelut sujuvat, kun paikka on rauhallinen',
    summary: 'Rauhallinen paikka auttaa enemmän kuin uusi laite.',
  },
];

/** What was asked, what was heard, and what was found. */
export async function addSurveys(): Promise<void> {
  for (const story of STORIES) {
    const keeper = await db().table('organisations').where({ slug: story.keeper }).first('id');
    if (!keeper) continue;
    await addStory(keeper.id, story);
    await addNamed(keeper.id);
  }
  const keeper = await db().table('organisations').where({ slug: 'polkutupa' }).first('id');
  if (keeper) for (const [month, daysAgo] of [40, 8].entries()) await addPulse(keeper.id, month, daysAgo);
}

/** A survey in which names are told, and were told to be. */
async function addNamed(organisation_id: string): Promise<void> {
  const [survey, question] = [randomUUID(), randomUUID()];
  const title = 'Kuka tulee syksyn koulutukseen?';
  const own = { organisation_id, visibility: 'organisation' };
  await db()
    .table('surveys')
    .insert({ ...own, id: survey, kind: 'own', is_anonymous: false, title, opened_on: db().raw('current_date - 4') });
  await db()
    .table('survey_questions')
    .insert({
      ...{ id: question, organisation_id, survey_id: survey, position: 0, kind: 'choice' },
      ...{ label: 'Mikä päivä sopii?', options: ['Tiistai', 'Torstai'] },
    });
  await db().raw(
    `insert into survey_named_responses (id, organisation_id, host_organisation_id, survey_id, person_id, shown_name, channel, answers)
     select gen_random_uuid(), :o, :o, :survey, p.id, p.name, 'web', jsonb_build_object(:question::text, n % 2)
     from (select p.id, p.name, row_number() over (order by p.username not in ('learner', 'expert'), m.started_on, m.id) as n
       from memberships m join people p on p.id = m.person_id where m.organisation_id = :o and m.ended_on is null limit 6) p`,
    { o: organisation_id, survey, question },
  );
  await db()
    .table('loop_objects')
    .insert({ ...own, kind: 'survey', id: survey, title, href: `/surveys/${survey}` });
}

/** A month of the learning pulse, which is over. */
async function addPulse(organisation_id: string, month: number, daysAgo: number): Promise<void> {
  const survey = randomUUID();
  const title = `Oppimisen pulssi ${month + 1}`;
  const day = (days: number) => db().raw('current_date - ?::int', [days]);
  await db()
    .table('surveys')
    .insert({
      ...{ id: survey, organisation_id, kind: 'pulse', is_anonymous: true, title, invited: 20 },
      ...{ opened_on: day(daysAgo + 10), closed_on: day(daysAgo), created_at: db().raw("now() - interval '300 days'") },
    });
  const questions = pulseItems('fi').map((item, position) => ({
    ...{ id: randomUUID(), organisation_id, survey_id: survey, position, kind: 'scale' },
    ...item,
  }));
  await db().table('survey_questions').insert(questions);
  await db()
    .table('survey_responses')
    .insert(
      Array.from({ length: 14 }, (_, person) => ({
        ...{ organisation_id, survey_id: survey, answered_on: day(daysAgo + 3), channel: 'web' },
        answers: JSON.stringify(
          Object.fromEntries(
            questions.map(({ id }, at) => [id, Math.min(3, ((person * 7 + at * 5) % 4) + month * (at % 2))]),
          ),
        ),
      })),
    );
  await db()
    .table('loop_objects')
    .insert({
      kind: 'survey',
      id: survey,
      organisation_id,
      visibility: 'organisation',
      title,
      href: `/surveys/${survey}`,
    });
}

async function addStory(organisation_id: string, story: Story): Promise<void> {
  const [survey, question, round, finding] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const day = (days: number) => db().raw('current_date + ?::int', [days]);
  const visibility = story.isShared ? 'public' : 'organisation';
  await db()
    .table('surveys')
    .insert({
      ...{ id: survey, organisation_id, kind: story.kind, is_anonymous: true, one_by_one: story.kind === 'service' },
      ...{ title: story.title, intro: story.intro, visibility, invited: 40, opened_on: day(-30) },
      closed_on: story.isClosed ? day(-5) : null,
    });
  await db()
    .table('survey_questions')
    .insert({
      ...{ id: question, organisation_id, survey_id: survey, position: 0, kind: 'choice' },
      ...{ label: story.question, options: story.options },
    });
  await db()
    .table('survey_responses')
    .insert(
      story.answers.map((answer, index) => ({
        ...{ organisation_id, survey_id: survey, answered_on: day(-20), channel: index % 3 === 0 ? 'paper' : 'web' },
        answers: JSON.stringify({ [question]: answer }),
      })),
    );
  await db()
    .table('survey_tokens')
    .insert(story.answers.map(() => ({ organisation_id, survey_id: survey, token: randomUUID() })));
  await db()
    .table('survey_offers')
    .insert({
      ...{ id: randomUUID(), organisation_id, survey_id: survey, name: 'Kaisa Koivu', party: 'Digiapu ry' },
      ...{ contact: 'kaisa@example.org', topic: 'Digikahvilan ensimmäinen vuosi' },
    });
  await db()
    .table('interview_rounds')
    .insert({
      ...{
        id: round,
        organisation_id,
        title: story.round,
        purpose: 'Kuulemme ihmisiä ennen työpajoja.',
        groups: story.groups,
      },
      questions: [
        'Millaista tietoa ja millaisia palveluja tarvitset arjessa?',
        'Mikä arjessa on hankalaa?',
        'Missä ja miten haluat osallistua?',
      ],
      delete_on: day(120),
    });
  for (let number = 0; number < 12; number += 1) {
    const interview = randomUUID();
    await db()
      .table('interviews')
      .insert({
        ...{ id: interview, organisation_id, round_id: round, pseudonym: interview.slice(0, 5), held_on: day(-12) },
        ...{
          population_group: story.groups[number % 2],
          consent_on: day(-12),
          consent_version: 1,
          withdrawal: randomUUID(),
        },
        notes: JSON.stringify(['Selkeitä ohjeita.', 'Tunnistautuminen keskeytyy.', 'Lähellä kotia.']),
      });
    await db()
      .table('interview_passages')
      .insert({
        ...{ id: randomUUID(), organisation_id, interview_id: interview, theme: 'bank-and-identification' },
        body: 'Tunnistautuminen keskeytyy.',
      });
  }
  await db().table('interview_contacts').insert({ organisation_id, name: 'Matti Meri', contact: 'matti@example.org' });
  await db()
    .table('cards')
    .insert({
      ...{ id: finding, organisation_id, visibility, title: story.finding, kind: 'finding', status: 'open' },
      ...{ theme: 'getting-support', population_group: 'older', body: JSON.stringify({ what: story.summary }) },
      created_at: db().raw("now() - interval '3 days'"),
    });
  const seen = { organisation_id, dated_on: day(-30) };
  await db()
    .table('loop_objects')
    .insert([
      { ...seen, kind: 'survey', id: survey, visibility, title: story.title, href: `/surveys/${survey}` },
      {
        ...seen,
        kind: 'interview-round',
        id: round,
        visibility: 'organisation',
        title: story.round,
        href: `/interviews/${round}`,
      },
      {
        ...seen,
        kind: 'finding',
        id: finding,
        visibility,
        title: story.finding,
        href: `/cards/${finding}`,
      },
    ]);
  for (const [kind, id] of [
    ['survey', survey],
    ['interview-round', round],
  ] as const)
    await db()
      .table('loop_links')
      .insert({
        ...{ organisation_id, from_kind: kind, from_id: id, to_kind: 'finding', to_id: finding, how: 'came-of' },
      });
}
