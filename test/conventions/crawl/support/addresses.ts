import type { Knex } from 'knex';
import { signContentToken } from '../../../../src/features/h5p/h5p.token';
import { type DeclaredRoute, declaredRoutes } from '../../../../src/lib/routes';
import { secret } from '../../../../src/lib/secret';
import '../../../../src/routes';

type Values = Record<string, string>;

/** The token is made from what stands here; see `examplesOf`. */
const H5P_CONTENT = `select id || '/' || version as token, files -> 0 ->> 'path' as path from h5p_contents
  where organisation_id = :o order by created_at, id limit 1`;

/**
 * Which rows stand for the parameters of addresses, by the beginning of the path; the longest that fits counts.
 * Each query gets an organisation as :o and gives columns named as the parameters. First one row that people of the
 * organisation may open. A route that nothing here fits fails the tests that walk the product.
 */
const EXAMPLES: Record<string, string> = {
  '/surveys/:survey': `select s.id as survey, (select id from survey_questions q where q.survey_id = s.id order by position limit 1) as question,
    (select id from survey_offers x where x.survey_id = s.id order by topic limit 1) as offer
    from surveys s where s.organisation_id = :o order by exists (select from survey_offers x where x.survey_id = s.id) desc, s.created_at limit 1`,
  '/interviews/:round': `select r.id as round, (select id from interviews i where i.round_id = r.id order by i.id limit 1) as interview,
    (select p.id from interview_passages p join interviews i on i.id = p.interview_id where i.round_id = r.id order by i.id limit 1) as passage
    from interview_rounds r where r.organisation_id = :o order by r.created_at limit 1`,
  '/interviews/findings/:finding':
    "select id as finding from cards where organisation_id = :o and kind = 'finding' order by visibility = 'public' desc, title limit 1",
  '/interviews/contacts/:contact':
    'select id as contact from interview_contacts where organisation_id = :o order by name limit 1',
  '/processes/:process': `select p.id as process, (select id from process_texts x where x.process_id = p.id order by position limit 1) as text,
    (select id from process_topics x where x.process_id = p.id order by created_at limit 1) as topic,
    (select id from process_sessions x where x.process_id = p.id order by held_on limit 1) as meeting,
    (select id from process_comments x where x.process_id = p.id order by posted_at limit 1) as comment,
    (select id from process_key_results x where x.process_id = p.id order by owner limit 1) as result,
    (select id from process_actions x where x.process_id = p.id order by body limit 1) as action,
    (select id from process_targets x where x.process_id = p.id order by position limit 1) as target,
    (select id from process_parties x where x.process_id = p.id order by party limit 1) as party,
    case when p.has_levels then 'frame' else 'understand' end as phase, 'people' as step
    from processes p where p.organisation_id = :o order by p.created_at limit 1`,
  '/events/:event': `select e.id as event, (select id from event_parts p where p.event_id = e.id and kind = 'talk' order by position limit 1) as part
    from events e where e.organisation_id = :o
    order by not exists (select from event_parts p where p.event_id = e.id and kind = 'talk'), e.starts_at, e.id limit 1`,
  '/events/:event/materials/:part': `select event_id as event, id as part from event_parts where organisation_id = :o and kind = 'material'
    order by file_name is null, title, id limit 1`,
  '/events/cancel/:token': `select organisation_id || '.' || id || '.no' as token from event_signups where organisation_id = :o order by queued_at, id limit 1`,
  '/events/feeds/:token': `select organisation_id || '.' || person_id || '.no' as token from event_feeds where organisation_id = :o order by person_id limit 1`,
  '/processes/new/:template': "select 'roadmap' as template",
  '/situation/published/:picture':
    'select id as picture from situation_pictures where organisation_id = :o order by visibility desc, id limit 1',
  '/visits/requests/:request':
    "select id as request from support_requests where organisation_id = :o and state = 'matched' order by requested_on, theme, id limit 1",
  '/visits/contacts/:contact': `select c.id as contact from support_contacts c join people p on p.id = c.supporter_id where organisation_id = :o
    order by p.username <> 'expert', held_on, c.id limit 1`,
  '/visits/shifts/:shift':
    'select id as shift from support_shifts where organisation_id = :o and starts_at > now() order by starts_at, id limit 1',
  '/visits/peers/:person': `select m.person_id as person from memberships m join people p on p.id = m.person_id
    where m.organisation_id = :o and m.relation in ('peer', 'volunteer') and m.ended_on is null order by p.username <> 'expert', p.username limit 1`,
  '/visits/follow-ups/:followUp':
    'select id as "followUp" from support_follow_ups where organisation_id = :o order by ended_on nulls first, code limit 1',
  '/visits/:visit':
    "select id as visit from support_visits where organisation_id = :o and state = 'agreed' order by starts_at, id limit 1",
  '/places/:place':
    'select id as place from support_places where organisation_id = :o order by visibility desc, name limit 1',
  '/places/import/:import': 'select id as import from place_imports where organisation_id = :o order by id limit 1',
  '/find-support/:place':
    'select id as place from support_places where organisation_id = :o order by visibility desc, name limit 1',
  '/publications/:id': `select p.id, p.id as publication, '1' as number, 'p1' as part,
      coalesce((select c.id from publication_comments c where c.publication_id = p.id order by c.made_at limit 1), p.id) as comment,
      p.id as picture from publications p where p.organisation_id = :o order by p.kind, p.id limit 2`,
  '/publications/newsletter/:organisation': 'select slug as organisation from organisations where id = :o',
  '/publications/newsletter/confirm/:token': "select 'nothing' as token",
  '/publications/newsletter/unsubscribe/:token': "select 'nothing' as token",
  '/publications/newsletter/:id/go/:part': `select id, 'p1' as part from publications where organisation_id = :o order by kind, id limit 1`,
  '/accessibility-feedback/received/:report': `select id as report from accessibility_reports where organisation_id = :o limit 1`,
  '/files/:id/captions/:track': `select file_id as id, language || '.vtt' as track from captions where organisation_id = :o
    order by language limit 1`,
  '/write/media/uploads/:upload': `select id as upload, '0' as number from file_uploads where organisation_id = :o limit 1`,
  '/write/media/:file/captions': `select file_id as file, language || '.vtt' as track from captions where organisation_id = :o limit 1`,
  '/write/media/:file': `select id as file from files where organisation_id = :o and kind = 'image' order by created_at, id limit 1`,
  '/files/:id': `select id, sizes -> 0 ->> 'name' as copy from files where organisation_id = :o and kind = 'image' order by id limit 1`,
  '/learn/:course':
    'select slug as course from courses where organisation_id = :o order by (published_at is null), slug limit 2',
  '/learn/:course/:lesson': lesson('true'),
  '/learn/:course/:lesson/think/:block': `select c.slug as course, l.slug as lesson, b->>'id' as block
    from lessons l join courses c on c.id = l.course_id join lesson_texts t on t.lesson_id = l.id
    cross join jsonb_array_elements(t.blocks) b where l.organisation_id = :o and b->>'kind' = 'question' limit 1`,
  '/learn/:course/:lesson/overview': lesson("l.kind = 'quiz'"),
  '/learn/:course/:lesson/questions': lesson("l.kind = 'quiz'"),
  '/learn/:course/:lesson/questions/:number': lesson("l.kind = 'quiz'", ", '1' as number"),
  '/learn/:course/:lesson/result': lesson("l.kind = 'quiz'"),
  '/learn/:course/:lesson/attempts': lesson("l.kind = 'quiz'"),
  '/learn/:course/:lesson/hand-in': lesson("l.kind = 'quiz'"),
  '/write/words/:word': 'select id as word from own_words where organisation_id = :o order by id limit 1',
  '/notes/:note': `select n.id as note from notes n join people p on p.id = n.person_id
    where n.organisation_id = :o order by (p.username <> 'learner'), n.id limit 1`,
  '/learn/:course/:lesson/discussion/:message': `select c.slug as course, l.slug as lesson, m.id as message
    from lesson_messages m join people p on p.id = m.person_id join lessons l on l.id = m.lesson_id join courses c on c.id = l.course_id
    where m.organisation_id = :o order by (p.username <> 'learner'), m.written_at limit 1`,
  '/discussions/told/:message': `select message_id as message from message_flags where organisation_id = :o order by told_at limit 1`,
  '/help/asked/:request': `select h.id as request from help_requests h join people p on p.id = h.person_id
    where h.organisation_id = :o order by (p.username <> 'learner'), h.to_person_id nulls last, h.asked_at limit 1`,
  '/paths/manage/:path': `select p.slug as path, a.id as assignment from learning_paths p
    left join path_assignments a on a.path_id = p.id where p.organisation_id = :o order by (a.id is null), p.slug, a.id limit 1`,
  '/paths/manage/:path/rules/:rule': `select p.slug as path, r.id as rule from learning_paths p
    join path_rules r on r.path_id = p.id where p.organisation_id = :o order by p.slug, r.id limit 1`,
  '/paths/manage/:path/steps/:step': `select p.slug as path, s.id as step, coalesce((select k.id from path_conditions k
    where k.step_id = s.id order by k.id limit 1), s.id) as condition from learning_paths p join path_steps s on s.path_id = p.id
    where p.organisation_id = :o order by p.slug, s.kind, s.id limit 1`,
  '/paths/:path/placement/:step': `select p.slug as path, s.id as step from learning_paths p join path_steps s on s.path_id = p.id
    where p.organisation_id = :o and s.kind = 'placement' order by p.slug, s.id limit 1`,
  '/paths/:path/steps/:step/recognition': `select p.slug as path, s.id as step from learning_paths p join path_steps s on s.path_id = p.id
    where p.organisation_id = :o and s.kind = 'course' order by p.slug, s.position limit 1`,
  '/recognitions/:recognition': `select r.id as recognition from path_recognitions r where r.organisation_id = :o
    order by r.kind <> 'earlier', r.asked_at limit 1`,
  '/paths/:path/steps/:step': `select p.slug as path, s.id as step from learning_paths p join path_steps s on s.path_id = p.id
    where p.organisation_id = :o order by p.slug, s.kind, s.id limit 1`,
  '/help/:request': `select h.id as request from help_requests h join people p on p.id = h.person_id
    where h.organisation_id = :o order by (p.username <> 'learner'), h.asked_at limit 1`,
  '/notifications/mail/:token': "select 'nothing' as token",
  '/notifications/:notification': `select n.id as notification from notifications n join people p on p.id = n.person_id
    where n.organisation_id = :o order by (p.username <> 'learner'), n.id limit 1`,
  '/plans/:plan': `select v.id as plan, coalesce((select l.id from plan_lines l where l.plan_id = v.id order by l.position limit 1), v.id)
    as line from plan_versions v join people p on p.id = v.person_id where v.organisation_id = :o
    order by (p.username <> 'learner'), v.number desc limit 1`,
  '/talks/:talk': `select t.id as talk, g.id as goal from talks t join people p on p.id = t.person_id
    left join talk_goals g on g.talk_id = t.id
    where t.organisation_id = :o order by (p.username <> 'learner'), t.held_at desc nulls first, t.id, g.id limit 2`,
  '/paths/:path': 'select slug as path, slug from learning_paths where organisation_id = :o order by slug limit 1',
  '/paths/:slug': 'select slug as path, slug from learning_paths where organisation_id = :o order by slug limit 1',
  '/training/:course':
    'select slug as course from courses where organisation_id = :o and published_at is not null order by slug limit 1',
  '/reports/courses/:course':
    'select slug as course from courses where organisation_id = :o and published_at is not null order by slug limit 1',
  '/reports/own/:report': `select r.id as report, s.person_id as person from own_reports r
    join own_report_readers s on s.report_id = r.id where r.organisation_id = :o order by r.name, s.person_id limit 1`,
  '/reports/own/mail/:token': "select 'nothing' as token",
  '/skills/:code': "select '4.2' as code",
  '/skills/frameworks/:key/:version': 'select key, version from frameworks where is_default',
  '/skills/frameworks/import/:draft': `select d.id as draft from framework_drafts d join people p on p.id = d.person_id
    where d.organisation_id = :o order by (p.username <> 'admin'), d.id limit 1`,
  '/skills/frameworks/use/:framework': 'select id as framework from frameworks where organisation_id = :o limit 1',
  '/skills/frameworks/:key/:version/:code': "select key, version, '4.2' as code from frameworks where is_default",
  '/skills/observe/:person': team("tm.person_id as person, '4.2' as code"),
  '/skills/badges/:badge': 'select id as badge from badges where organisation_id = :o limit 1',
  '/skills/badges/check/:badge': 'select id as badge from badges where organisation_id = :o limit 1',
  '/skills/badges/issuers/:issuer': 'select id as issuer from badge_issuers where organisation_id = :o limit 1',
  '/skills/tasks/:submission': submission('task'),
  '/skills/tasks/to-judge/:submission': submission('task'),
  '/skills/earlier/:submission': submission('earlier'),
  '/skills/self-assessment/:code': "select '4.2' as code",
  '/skills/looking-back/:code': "select '4.2' as code",
  '/skills/results/:observation': `select o.id as observation from observations o join people p on p.id = o.person_id
    where o.organisation_id = :o and o.source = 'demonstration' order by (p.username <> 'learner'), o.id limit 1`,
  '/skills/answers/:observation': `select r.observation_id as observation from observation_responses r
    join people p on p.id = r.person_id
    where r.organisation_id = :o order by (p.username <> 'learner'), r.observation_id limit 1`,
  '/skills/practice/:session': `select s.id as session, a.question_id as question from practice_sessions s
    join practice_answers a on a.session_id = s.id where s.organisation_id = :o limit 1`,
  '/skills/views/:invitation': `select v.id as invitation, coalesce(w.id, v.id) as view from view_invitations v
    join people p on p.id = v.person_id left join invited_views w on w.invitation_id = v.id
    where v.organisation_id = :o order by (p.username <> 'learner'), w.id nulls last limit 1`,
  '/skills/views/asked/:invitation': `select v.id as invitation from view_invitations v join people p on p.id = v.rater_id
    where v.organisation_id = :o order by (v.answered_at is not null), (p.username <> 'professional'), p.username, p.id, v.id limit 1`,
  '/hours': `select e.id as entry from work_entries e join people p on p.id = e.person_id where e.organisation_id = :o
    order by (p.username <> 'learner'), e.checked_at nulls first, e.id limit 1`,
  '/hours/certificate': workRequest(),
  '/hours/check/certificate': workRequest(),
  '/organisation/badges': `select a.id as achievement, (select c.id from issued_credentials c where c.organisation_id = :o
    and c.state = 'accepted' order by c.id limit 1) as credential from achievements a where a.organisation_id = :o order by a.id limit 1`,
  '/skills/schemes/:scheme': "select 'tieke-safety' as scheme union all select 'dvv-supporter'",
  '/check/:code': `select coalesce((select code from issued_credentials where organisation_id = :o and is_public limit 1),
    'NOSUCHC0DENOSUCH') as code`,
  '/orgs/:slug': "select slug, '1' as number from organisations where id = :o",
  '/achievements/:achievement':
    'select id as achievement from achievements where organisation_id = :o order by id limit 1',
  '/credentials/:credential': `select c.id as credential from issued_credentials c join people p on p.id = c.person_id
    where c.organisation_id = :o order by (p.username <> 'learner'), (c.kind <> 'badge'), (c.state <> 'accepted'), c.id limit 2`,
  '/view/:code': "select 'NOSUCHC0DENOSUCHC0DENOSUCH' as code",
  '/organisation/targets/:profile':
    'select id as profile from target_profiles where organisation_id = :o order by name limit 1',
  '/reports/files/:file': 'select id as file from report_files where organisation_id = :o order by created_at limit 1',
  '/team/:team': team(),
  '/team/:team/gaps/:code': team("'4.2' as code"),
  '/team/:team/people/:person': team('tm.person_id::text as person'),
  '/team/:team/cycle': team(
    `y.year::text as year, 'check' as step, (select id from team_experiments e where e.cycle_id = y.id order by id limit 1) as experiment`,
    'join team_cycles y on y.team_id = tm.team_id',
  ),
  '/team/:team/help/:request': team(
    '(select id from help_requests h where h.person_id = tm.person_id limit 1) as request',
  ),
  '/write/drafts/:id': 'select id from lesson_drafts where organisation_id = :o order by state desc, id limit 2',
  '/write/drafts/:id/comments/:comment': `select draft_id as id, id as comment from draft_comments
    where organisation_id = :o and reply_to is null order by said_at desc, id limit 1`,
  '/write/drafts/:id/versions/:version': `select draft_id as id, version from draft_versions where organisation_id = :o
    order by (select state || kind || (content->>'title') from lesson_drafts d where d.id = draft_id), version desc, draft_id limit 1`,
  '/write/drafts/:id/testing/:test': `select draft_id as id, id as test from field_tests where organisation_id = :o
    order by closed_at is null desc, id limit 1`,
  '/testing/:test': `select t.test_id as test, coalesce((select k.id from field_test_marks k where k.test_id = t.test_id
      order by k.person_id = t.person_id desc, k.id limit 1), t.test_id) as mark
    from field_testers t join people p on p.id = t.person_id
    where t.organisation_id = :o order by (p.username <> 'learner'), t.invited_at desc, t.test_id limit 1`,
  '/write/credits/:lesson':
    'select lesson_id as lesson from credit_wishes where organisation_id = :o order by lesson_id limit 1',
  '/write/drafts/:id/questions/:question/form': `select d.id, q->>'id' as question from lesson_drafts d,
    jsonb_array_elements(d.content->'questions') q where d.organisation_id = :o
    order by d.state <> 'writing', d.id, q->>'id' limit 2`,
  '/write/drafts/:id/questions/:question': `select d.id, q->>'id' as question from lesson_drafts d,
    jsonb_array_elements(d.content->'questions') q where d.organisation_id = :o order by d.id, q->>'id' limit 2`,
  '/write/questions/:lesson': `select l.id as lesson from lessons l where l.organisation_id = :o and l.kind = 'quiz'
    and l.published_at is not null order by (select count(*) from quiz_attempts a where a.quiz_id = l.quiz_id) desc, l.id limit 1`,
  '/write/bank/questions/:question':
    'select id as question from bank_questions where organisation_id = :o order by created_at, id limit 1',
  '/write/bank/imports/:import':
    'select id as import from question_imports where organisation_id = :o order by created_at, id limit 1',
  '/write/bank/drafts/:draft': `select id as draft, coalesce(content->'draws'->0->>'id', 'arpa') as draw from lesson_drafts
    where organisation_id = :o and kind = 'quiz' order by (content->'draws' is null), id limit 1`,
  '/write/bank/quizzes/:lesson': `select l.id as lesson from lessons l where l.organisation_id = :o and l.kind = 'quiz'
    and l.published_at is not null order by (select count(*) from quiz_attempts a where a.quiz_id = l.quiz_id) desc, l.id limit 1`,
  '/write/start/:from/:id': `select 'own' as "from", id from lesson_templates where organisation_id = :o order by title, id limit 1`,
  '/write/templates/:template':
    'select id as template from lesson_templates where organisation_id = :o order by title, id limit 1',
  '/write/cards/:card':
    'select id as card from practice_cards where organisation_id = :o order by is_shown desc, title, id limit 1',
  '/cards/:card': `select id as card from cards where organisation_id = :o order by kind, title, id limit 1`,
  '/spaces/:space': space(''),
  '/spaces/:space/members/:member': space(
    `, (select m.id from space_members m where m.space_id = s.id order by m.shown_name, m.id limit 1) as member`,
  ),
  '/spaces/:space/tasks/:row': space(
    `, (select w.id from space_tasks w where w.space_id = s.id order by w.title, w.id limit 1) as row`,
  ),
  '/spaces/:space/topics/:row': space(
    `, (select w.id from space_topics w where w.space_id = s.id order by w.title, w.id limit 1) as row`,
  ),
  '/spaces/:space/interests/:row': space(
    `, (select w.id from space_interests w where w.space_id = s.id order by w.body, w.id limit 1) as row`,
  ),
  '/spaces/:space/:what/:row': space(
    `, 'tasks' as what, (select w.id from space_tasks w where w.space_id = s.id order by w.title, w.id limit 1) as row`,
  ),
  '/open/:organisation/:course': open(),
  '/open/:organisation/:course/:lesson': open(),
  '/open/:organisation/:course/files/:id': open(),
  '/write/courses/:course': `select id as course from courses c where organisation_id = :o
    order by (select count(*) from lesson_drafts d where d.course_id = c.id) desc, slug limit 1`,
  '/write/courses/:course/readers/:lesson': `select c.id as course, l.id as lesson from courses c join lessons l on l.course_id = c.id
      and l.published_at is not null where c.organisation_id = :o
    order by (select count(*) from lesson_drafts d where d.lesson_id = l.id) desc, c.slug, l.position, l.id limit 1`,
  '/write/course-files/:import':
    'select id as import from course_imports where organisation_id = :o order by created_at, id limit 1',
  '/organisation/teams/:team': 'select id as team from teams where organisation_id = :o order by name limit 1',
  '/organisation/teams/:team/people/:person': team('tm.person_id as person'),
  '/organisation/people/:person':
    'select person_id as person from memberships where organisation_id = :o order by started_on, id desc limit 1',
  '/organisation/invitations/:invitation': 'select id as invitation from invitations where organisation_id = :o',
  '/organisation/networks/:network': 'select id as network from networks where organisation_id = :o',
  '/organisation/networks/:network/coordinators/:person':
    'select network_id as network, person_id as person from network_coordinators where organisation_id = :o',
  '/account/ways/:way': `select w.id as way from sign_in_ways w join people p on p.id = w.person_id
    join memberships m on m.person_id = p.id where m.organisation_id = :o order by (p.username <> 'learner'), w.id limit 1`,
  '/sign-in-help/devices/:device':
    "select id as device from shared_devices where organisation_id = :o order by name = 'Tabletti', name limit 1",
  '/sign-in/practice/:step': "select 'picture' as step",
  '/account/ways/sessions/:session': "select 'nothing' as session",
  // Somebody of the supervisor's team who does not crawl: what is done to their ways ends nobody's session. No deputy: a
  // supervisor gives no card to one who sees others' information (test/accounts/ladder.test.ts).
  '/sign-in-help/people/:person': `select m.person_id as person, w.id as way from memberships m join sign_in_ways w on w.person_id = m.person_id
    join people p on p.id = m.person_id where m.organisation_id = :o
    order by (p.username = any('{learner,expert,professional,supervisor,coordinator,admin}')), (m.roles <> '{learner}'),
    exists (select from team_supervisors d where d.person_id = m.person_id), not exists (select from team_members tm
      join team_supervisors ts on ts.team_id = tm.team_id and not ts.is_deputy join people s on s.id = ts.person_id
      where tm.person_id = m.person_id and tm.left_on is null and s.username = 'supervisor'), w.kind, p.id limit 1`,
  '/account/invitations/:invitation': 'select gen_random_uuid() as invitation',
  '/h5p/contents/:id': 'select id from h5p_contents where organisation_id = :o order by created_at, id limit 1',
  '/write/h5p/contents/:content': `select id as content from h5p_contents where organisation_id = :o and not being_made
    order by created_at, id limit 1`,
  '/write/h5p/:form': `select id as form, files -> 0 ->> 'path' as path from h5p_forms
    where organisation_id = :o and finished_at is null order by created_at, id limit 1`,
  '/h5p/play/:token': H5P_CONTENT,
  '/h5p/c/:token': H5P_CONTENT,
  '/h5p/lib/:generation/:folder/*path':
    "select '1' as generation, folder, files -> 0 ->> 'path' as path from h5p_libraries order by folder limit 1",
  '/h5p/libraries/:folder': 'select folder from h5p_libraries order by folder limit 1',
  '/h5p/libraries/:folder/moves/:id': `select m.id, (select folder from h5p_libraries l order by l.folder <> m.to_library, folder limit 1) as folder from h5p_content_moves m
    where m.organisation_id = :o order by m.build limit 1`,
  '/h5p/libraries/uploads/:id': 'select id from h5p_uploads where organisation_id = :o limit 1',
};

/** One of that kind, with a file beside it. */
function submission(kind: string): string {
  return `select s.id as submission, f.id as file from submissions s
    join submission_files f on f.submission_id = s.id where s.organisation_id = :o and s.kind = '${kind}' limit 1`;
}

function workRequest(): string {
  return `select r.id as request from work_requests r join people p on p.id = r.person_id where r.organisation_id = :o
    order by (p.username <> 'learner'), r.id limit 1`;
}

function space(more: string): string {
  return `select s.id as space${more} from spaces s where s.organisation_id = :o
    order by s.kind in ('process', 'level'), s.name, s.id limit 1`;
}

/** A public course where the organisation has one, a lesson of it that anybody reads, and a file. */
function open(): string {
  return `select o.slug as organisation, c.slug as course, l.slug as lesson, coalesce(f.file_id, l.id) as id, 'full.webp' as copy,
      'fi.vtt' as track
    from courses c join organisations o on o.id = c.organisation_id join lessons l on l.course_id = c.id
    left join lesson_files f on f.lesson_id = l.id where c.organisation_id = :o
    order by c.is_public desc, (l.kind <> 'text' or l.audience <> '{}' or l.published_at is null), c.slug, l.slug desc, f.file_id limit 1`;
}

/** One of each kind, the text first. */
function lesson(condition: string, more = ''): string {
  return `select * from (select distinct on (l.kind) l.kind, c.slug as course, l.slug as lesson${more}
    from lessons l join courses c on c.id = l.course_id where l.organisation_id = :o and ${condition}
    order by l.kind, (l.published_at is null), c.slug, l.position) one order by kind <> 'text', kind`;
}

/** A team of the demo's supervisor, whose account is asked as "supervisor"; elsewhere any that has people. */
function team(more = "'' as nothing", join = ''): string {
  return `select tm.team_id as team, ${more} from team_members tm
    join team_supervisors ts on ts.team_id = tm.team_id and not ts.is_deputy join people p on p.id = ts.person_id ${join}
    where tm.organisation_id = :o
    order by (p.username <> 'supervisor'), not exists (select from help_requests h where h.person_id = tm.person_id),
      tm.team_id, tm.person_id limit 1`;
}

const OF_NO_ORGANISATION = new Set([
  'code',
  'number',
  'token',
  'generation',
  'folder',
  'kind',
  'key',
  'version',
  'year',
  'step',
  'phase',
  'template',
  'nothing',
  'session',
  'scheme',
]);

/** Every declared route once, in the order of their paths. */
export function everyRoute(method?: 'get' | 'post'): DeclaredRoute[] {
  return declaredRoutes()
    .filter((route) => !method || route.method === method)
    .sort((a, b) => a.path.localeCompare(b.path));
}

export const parametersOf = (path: string) => [...path.matchAll(/[:*](\w+)/g)].map(([, name]) => name as string);

/** What a test found once: rows that its requests took away are asked for by the address they had. */
const KNOWN = new Map<string, Values[]>();

/** Remembers the addresses of the organisations as they are before anything is posted. */
export async function knowAddresses(owner: Knex, organisationIds: readonly string[]): Promise<void> {
  for (const id of organisationIds) for (const route of everyRoute()) await addressesOf(owner, route, id);
}

/** Values for the parameters of the path, from rows of the organisation. Throws when there is no example. */
export async function examplesOf(owner: Knex, path: string, organisationId: string): Promise<Values[]> {
  const wanted = parametersOf(path);
  if (wanted.length === 0) return [{}];
  const [, sql] =
    Object.entries(EXAMPLES)
      .filter(([start]) => path === start || path.startsWith(`${start}/`) || path.startsWith(`${start}.`))
      .sort(([a], [b]) => b.length - a.length)[0] ?? [];
  const rows: Values[] = sql ? (await owner.raw(sql, sql.includes(':o') ? { o: organisationId } : {})).rows : [];
  for (const row of rows) if (row.token) row.token = signContentToken(row.token, secret());
  const whole = rows.filter((row) => wanted.every((name) => row[name] !== undefined && row[name] !== null));
  const place = `${organisationId} ${path}`;
  if (whole.length === 0) {
    const before = KNOWN.get(place);
    if (before) return before;
    throw new Error(`Give an example for the parameters of ${path} in test/conventions/crawl/support/addresses.ts`);
  }
  KNOWN.set(place, whole);
  return whole;
}

export function fill(path: string, values: Values): string {
  return path.replace(/[:*](\w+)/g, (_, name) => encodeURIComponent(values[name] ?? '').replace(/%2F/g, '/'));
}

/** Addresses of the route with rows of the organisation. */
export async function addressesOf(owner: Knex, { path }: DeclaredRoute, organisationId: string): Promise<string[]> {
  return (await examplesOf(owner, path, organisationId)).map((values) => fill(path, values));
}

/**
 * Addresses that name at least one row of the other organisation: all theirs, and each parameter theirs with the rest ours.
 * `absent` is the same with a row that is nowhere; the answers must not differ.
 */
export async function foreignAddresses(owner: Knex, { path }: DeclaredRoute, ours: string, theirs: string) {
  const names = parametersOf(path.replace(/\*.*/, '')).filter((name) => !OF_NO_ORGANISATION.has(name));
  if (names.length === 0) return [];
  const [own, other] = [await examplesOf(owner, path, ours), await examplesOf(owner, path, theirs)];
  const our = own[0] ?? {};
  // The same word in both, as the name of a shared course, names no foreign row.
  const isForeign = (name: string, value: string | undefined) => !own.some((row) => row[name] === value);
  const mixtures = other.flatMap((their) => [
    { values: { ...our, ...their }, names },
    ...(names.length > 1
      ? names
          .filter((name) => isForeign(name, their[name]))
          .map((name) => ({ values: { ...our, [name]: their[name] ?? '' }, names: [name] }))
      : []),
  ]);
  return mixtures.map(({ values, names: foreign }) => ({
    address: fill(path, values),
    absent: fill(path, {
      ...values,
      ...Object.fromEntries(foreign.map((name) => [name, nowhere(values[name] ?? '')])),
    }),
  }));
}

const nowhere = (value: string) =>
  /^[0-9a-f-]{36}$/.test(value) ? '00000000-0000-4000-8000-000000000000' : 'ei-missaan';
