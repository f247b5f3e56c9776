import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { Knex } from 'knex';
import { importCourses } from '../../../../src/features/courses/courses.service';
import { createCourse, publishLesson } from '../../../../src/features/courses/publication.service';
import { storePicture } from '../../../../src/features/files/files.service';
import { showForm } from '../../../../src/features/h5p/forms/form-content.service';
import { findForm } from '../../../../src/features/h5p/forms/forms.model';
import { startCopy } from '../../../../src/features/h5p/forms/forms.service';
import { installPackage } from '../../../../src/features/h5p/installation.service';
import { type Actor, findActor } from '../../../../src/features/organisations/organisations.model';
import { withScope } from '../../../../src/lib/scope';
import { onDisk, toyPackage } from '../../../support/h5p-fixture';

/** The organisation whose people crawl, and one that shares nothing with them but a network. */
export const OURS = 'polkutupa';
export const THEIRS = 'kaislatuuli';

export const idOf = async (owner: Knex, slug: string): Promise<string> =>
  (await owner.table('organisations').where({ slug }).first()).id;

/** Rows of the kinds that the demo does not tell of; each statement with the organisation (:o) and a member (:p). */
const MORE = [
  `with series as (insert into event_series (id, organisation_id, title) values (gen_random_uuid(), :o, 'Syksyn tapaamiset') returning id)
    update events set series_id = series.id from series where organisation_id = :o and kind = 'dialogue'`,
  `insert into h5p_states (organisation_id, person_id, content_id, content_version, state)
    select :o, :p, id, 1, 'kesken' from h5p_contents where organisation_id = :o`,
  `with heard as (insert into files (organisation_id, sha256, mime, bytes, width, height, kind, name, ending, folder, author)
      values (:o, 'voice', 'audio/webm', 10, 0, 0, 'audio', 'Nauhoitus', 'weba', 'media/none', 'Puhuja') returning id)
    insert into captions (file_id, organisation_id, language, cues)
    select id, :o, 'fi', '[{"start":0,"end":900,"text":"Mitä sanotaan"}]' from heard`,
  `with begun as (insert into file_uploads (id, organisation_id, person_id, name, bytes)
      values (gen_random_uuid(), :o, :p, 'matkalla.mp4', 20) returning id)
    insert into file_upload_parts (upload_id, organisation_id, number, bytes) select id, :o, 0, 10 from begun`,
  `insert into xapi_statements (id, organisation_id, person_id, content_id, key, verb, statement)
    select gen_random_uuid(), :o, :p, id, 'a key', 'completed', '{}' from h5p_contents where organisation_id = :o`,
  `insert into audit_events (organisation_id, actor_id, action, subject_type, subject_id)
    values (:o, :p, 'account.signed-in', 'person', 'somebody')`,
  `insert into invitations (organisation_id, username, roles, relation) values (:o, 'kutsuttu', '{learner}', 'employee')`,
  `insert into h5p_uploads (organisation_id, uploaded_by) values (:o, :p)`,
  `insert into h5p_content_moves (organisation_id, content_id, from_library, to_library, dependencies, content_json, build)
    select :o, id, main_library, main_library, dependencies, content_json, 1 from h5p_contents
    where organisation_id = :o order by created_at, id limit 1`,
  `insert into observation_responses (observation_id, organisation_id, person_id, competence_code, contested_at, reason)
    select id, :o, person_id, competence_code, now(), 'Syy' from observations
    where organisation_id = :o and source = 'demonstration' order by id limit 1`,
  `insert into path_step_marks (organisation_id, person_id, step_id, how)
    select :o, :p, id, 'self' from path_steps where organisation_id = :o and kind = 'outside' limit 1`,
  `insert into path_placements (organisation_id, person_id, step_id, competence_code, level, right_answers, answers)
    select :o, :p, id, '4.2', 2, 4, 7 from path_steps where organisation_id = :o and kind = 'placement' limit 1`,
  `insert into path_recognitions (id, organisation_id, person_id, step_id, kind, state)
    select gen_random_uuid(), :o, :p, id, 'placement', 'counted' from path_steps
    where organisation_id = :o and kind = 'course' limit 1`,
  `insert into skill_shares (organisation_id, person_id, competence_code, what) values (:o, :p, '', 'notes')`,
  `with asked as (insert into view_invitations (id, organisation_id, person_id, rater_id, shown_name, competence_codes, expires_at)
    select gen_random_uuid(), :o, :p, m.person_id, 'Kysyjä', '{4.2}', now() + interval '5 days' from memberships m
    where m.organisation_id = :o and m.person_id <> :p order by m.person_id limit 2 returning *)
    insert into invited_views (organisation_id, invitation_id, person_id, rater_id, rater_name, source, competence_code, level, observed_at)
    select organisation_id, id, person_id, rater_id, 'Kertoja', 'peer', '4.2', 2, now() from asked limit 1`,
  `with asked as (select q.id, row_number() over (order by q.id) as number from questions q
      join quizzes z on z.id = q.quiz_id where z.organisation_id = :o),
    practised as (insert into practice_sessions (organisation_id, person_id, competence_code, question_id)
      select :o, m.person_id, '4.2', (select id from asked where number = 1) from memberships m
      join people p on p.id = m.person_id where m.organisation_id = :o order by (p.username <> 'learner'), p.id limit 1 returning *)
    insert into practice_answers (session_id, question_id, organisation_id, person_id, chosen, dont_know, points, difficulty)
    select s.id, a.id, :o, s.person_id, '{}', true, 0, -2 from practised s, asked a where a.number = 2`,
  `insert into question_difficulties (question_id, difficulty, answers)
    select a.question_id, -2, 1 from practice_answers a where a.organisation_id = :o limit 1`,
  `insert into issuer_keys (organisation_id, number, public_multibase, sealed)
    values (:o, 1, 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', 'nothing')`,
  `insert into status_lists (organisation_id, number, document, signed_at) values (:o, 1, '{"list":"signed"}', now())`,
  `insert into revoked_bits (organisation_id, list, index) values (:o, 1, 7)`,
  `insert into achievements (id, organisation_id, texts, template, competences) values (gen_random_uuid(), :o,
    '{"fi":{"name":"Merkki","criteria":"Ehto","words":"Kuva"}}', 'sprout', '[{"code":"4.2","level":3}]')`,
  `with who as (select m.person_id from memberships m join people p on p.id = m.person_id where m.organisation_id = :o
      order by (p.username <> 'learner'), p.id limit 1),
    content as (select '{"titles":{"fi":"Merkki"},"issuer":"Järjestö","skills":[],"finished_on":"2026-05-01","template":"sprout"}'::jsonb as content)
    insert into issued_credentials (organisation_id, person_id, kind, key, state, content, achievement_id, shown_name, code, is_public,
      issued_at, document, status_list, status_index)
    select :o::uuid, person_id, 'badge', 'taken', 'accepted', content, (select id from achievements where organisation_id = :o limit 1), 'Nimi',
      upper(left(md5(:o::text), 16)), true, now(), '{"name":"Merkki","id":"urn:x"}', 1, 9 from who, content
    union all select :o::uuid, person_id, 'course', 'offered', 'offered', content, null, '', null, false, null, null, null, null from who, content`,
  `insert into work_entries (id, organisation_id, person_id, done_on, minutes, kind, topic)
    select gen_random_uuid(), :o, m.person_id, '2026-05-01', 60, 'visit', 'Aihe' from memberships m join people p on p.id = m.person_id
    where m.organisation_id = :o order by (p.username <> 'learner'), p.id limit 1`,
  `insert into work_entries (id, organisation_id, person_id, done_on, minutes, kind, topic)
    select gen_random_uuid(), :o, m.person_id, '2026-04-01', 30, 'visit', 'Toinen aihe' from memberships m join people p on p.id = m.person_id
    where m.organisation_id = :o order by (p.username <> 'expert'), p.id desc limit 1`,
  `insert into work_requests (id, organisation_id, person_id, from_on, to_on)
    select gen_random_uuid(), :o, m.person_id, '2026-01-01', '2026-05-01' from memberships m join people p on p.id = m.person_id
    where m.organisation_id = :o order by (p.username <> 'learner'), p.id limit 1`,
  `insert into received_forms (organisation_id, person_id, key, action, outcome, body, given_at)
    values (:o, :p, gen_random_uuid(), '/learn', 'kept', 'Vastaus', now())`,
  `insert into typed_texts (organisation_id, person_id, form, page, fields)
    values (:o, :p, '/notes', '/notes', '{"body":{"v":"Kesken","b":""}}')`,
  `insert into question_versions (question_id, version, content)
    select q.id, 1, '{}' from questions q join quizzes z on z.id = q.quiz_id where z.organisation_id = :o order by q.id limit 1
    on conflict do nothing`,
  `insert into question_tallies (question_id, version, organisation_id, people, points, compared, compared_points, others,
      points_squared, others_squared, product, labels, counted_until)
    select q.id, q.version, :o, 6, 4, 6, 4, 3, 4, 2, 2, '{"a":5}', now() from questions q join quizzes z on z.id = q.quiz_id
    where z.organisation_id = :o order by q.id limit 1 on conflict do nothing`,
  `insert into lesson_voices (id, organisation_id, lesson_id, useful, words, given_on)
    select gen_random_uuid(), :o, id, 2, 'Hyvä', current_date from lessons where organisation_id = :o order by id limit 1`,
  `insert into notification_settings (organisation_id, person_id) values (:o, :p) on conflict do nothing`,
  `insert into notification_mails (organisation_id, person_id) values (:o, :p)`,
  `insert into notes (id, organisation_id, person_id, about, body)
    select gen_random_uuid(), :o, m.person_id, 'Oppitunti', 'Muistiinpano' from memberships m join people p on p.id = m.person_id
    where m.organisation_id = :o order by (p.username <> 'learner'), p.id limit 1`,
  `insert into bookmarks (organisation_id, person_id, course_id)
    select :o, :p, id from courses where organisation_id = :o order by slug limit 1 on conflict do nothing`,
  `insert into kept_reports (organisation_id, month_end, name, rows) values (:o, '2020-01-31', 'training', '[]')`,
  `insert into sign_in_ways (person_id, kind) select :p, 'card' on conflict do nothing`,
  `insert into sign_in_challenges (kind, bound, person_id, expires_at) values ('mail', 'x', :p, now() + interval '9 minutes')`,
  `insert into sign_in_rules (organisation_id) values (:o) on conflict do nothing`,
  `insert into shared_devices (organisation_id, name, token_hash, team_id, until)
    select :o, 'Tabletti', :o::text, id, current_date + 30 from teams where organisation_id = :o order by name limit 1`,
  `insert into looks (organisation_id, person_id, viewer_id, what, day)
    select :o, m.person_id, :p, 'team', current_date from memberships m where m.organisation_id = :o and m.person_id <> :p`,
  `insert into erasures (organisation_id, person_id, reason, due_at) values (:o, :p, 'asked', now() + interval '9 days')`,
  `insert into retention (organisation_id, kind, months) values (:o, 'answers', 36)`,
  `insert into report_files (organisation_id, person_id, address, state, rows_done, rows_expected, expires_at)
    select :o, m.person_id, '/reports/training.csv', 'making', 40000, 100000, now() + interval '5 days' from memberships m
    join people p on p.id = m.person_id where m.organisation_id = :o order by (p.username <> 'supervisor'), p.id limit 1`,
  `insert into submission_files (id, submission_id, organisation_id, name, mime, bytes)
    select gen_random_uuid(), id, :o, 'todistus.pdf', 'application/pdf', 4 from submissions where organisation_id = :o`,
  `insert into own_report_mails (organisation_id, report_id, person_id, period)
    select organisation_id, id, owner_id, '2026-01-01' from own_reports where organisation_id = :o limit 1`,
  `with made as (insert into frameworks (organisation_id, key, version, title, content_hash)
      values (:o, 'own-taidot', '1', 'Omat taidot', 'x') returning id),
    nodes as (insert into framework_nodes (framework_id, kind, code, parent_code, position)
      select id, kind, code, parent, n from made, (values ('area', 'K', null, 1), ('competence', 'K.1', 'K', 2)) v(kind, code, parent, n)
      returning id, code),
    texts as (insert into framework_texts (node_id, language, field, text) select id, 'fi', 'name', 'Taito ' || code from nodes),
    targets as (insert into framework_targets (framework_id, profile, competence_code, level) select id, 'oma', 'K.1', 2 from made)
    insert into framework_mappings (organisation_id, from_framework, to_framework, from_code, to_code, relation)
    select :o, (select id from frameworks where is_default), id, '5.4', 'K.1', 'equal' from made`,
  `insert into reading_tallies (lesson_id, organisation_id, people, finished, stops, counted_until)
    select l.id, :o, 12, 6, '{"start": 6}', now() from lessons l where l.organisation_id = :o and l.published_at is not null
    order by l.id limit 3 on conflict do nothing`,
  `insert into course_imports (id, organisation_id, file_name, bytes, preview)
    values (gen_random_uuid(), :o, 'kurssi.zip', 10, '{"from": "Toinen", "title": "Tuotu kurssi", "texts": {}, "modules": 1, "lessons":
      [{"title": "Tunti", "kind": "text", "original": "fi", "languages": ["fi"], "blocks": 1, "questions": 0, "isThere": false}],
      "media": [], "h5p": [], "unread": [], "left_out": [], "words": [], "there": null}')`,
  `insert into draft_places (draft_id, organisation_id, module_id, position, exchange_id, brought)
    select d.id, :o, m.id, 99, d.id::text, d.version from lesson_drafts d join modules m on m.course_id = d.course_id
    where d.organisation_id = :o and d.lesson_id is null order by d.id, m.position limit 1`,
  `insert into kept_reports (organisation_id, month_end, name, rows) values (:o, '2024-01-31', 'heat-map', '[]')`,
  `with word as (insert into own_words (id, organisation_id) values (gen_random_uuid(), :o) returning *)
    insert into own_word_texts (word_id, organisation_id, language, words, about)
    select id, organisation_id, 'fi', '{oma}', 'Selitys' from word`,
  `insert into organisation_words (organisation_id) values (:o) on conflict do nothing`,
  `insert into framework_drafts (organisation_id, person_id, file_name, form, framework, lines, counts, expires_at)
    select :o, m.person_id, 'taidot.csv', 'csv', '{"title": "Omat", "key": "own-omat", "version": "1", "nodes": []}', '[]',
      '{"lines": {"wrong": 0, "changed": 0, "skipped": 0, "read": 1}, "areas": 0, "skills": 0, "canDo": 0}',
      now() + interval '2 days' from memberships m join people p on p.id = m.person_id
    where m.organisation_id = :o order by (p.username <> 'admin'), not 'administrator' = any(m.roles), p.id limit 1`,
  `with own as (insert into target_profiles (organisation_id, name) values (:o, 'Toinen oma profiili') returning id, organisation_id),
    version as (insert into target_profile_versions (organisation_id, profile_id) select organisation_id, id from own
      returning organisation_id, profile_id, from_day)
    insert into target_levels (organisation_id, profile_id, from_day, competence_code, minimum, aim)
    select organisation_id, profile_id, from_day, '4.2', 3, 5 from version`,
  `with path as (insert into personal_paths (id, organisation_id, person_id)
      select gen_random_uuid(), :o, m.person_id from memberships m join people p on p.id = m.person_id
      where m.organisation_id = :o order by (p.username <> 'learner'), p.id limit 1 returning id, organisation_id, person_id)
    insert into personal_path_steps (path_id, organisation_id, person_id, position, competence_code, kind, reason)
    select id, organisation_id, person_id, 1, '4.2', 'self_assessment', 'ask' from path`,
];

/** A question in the middle of a lesson, alike in each language. */
const QUESTION_BLOCK = JSON.stringify([
  {
    ...{ id: 'think', kind: 'question', text: '', parts: {}, html: {}, languages: ['fi'], question_id: 'q' },
    question: {
      ...{
        id: 'q',
        version: 1,
        quiz_id: 'q',
        number: 1,
        type: 'truefalse',
        judged: true,
        competence_code: null,
        level: 1,
      },
      ...{ language: 'fi', languages: ['fi'], prompt: 'Onko näin', feedback: '', content: null },
      options: ['a', 'b'].map((key) => ({ key, is_correct: key === 'a', text: key, feedback: '' })),
    },
  },
]);

/** What only the other organisation needs: the demo's first organisation has it all. */
const MORE_OF_THEIRS = [
  `insert into card_uses (card_id, organisation_id, host_organisation_id) select id, :o, :o from cards where organisation_id = :o
    order by title limit 1`,
  `insert into lesson_drafts (organisation_id, course_id, kind, content, author_id, state)
    select :o, c.id, kind, content, :p, state from lesson_drafts d, courses c where c.organisation_id = :o
    order by c.slug, d.state limit 5`,
  `insert into draft_signatures (draft_id, organisation_id, kind, person_id, draft_version)
    select id, :o, 'true_to_life', :p, 1 from lesson_drafts where organisation_id = :o limit 1`,
  `insert into draft_events (draft_id, organisation_id, person_id, kind, text)
    select id, :o, :p, 'changes_asked', 'Huomio' from lesson_drafts where organisation_id = :o limit 1`,
  `insert into draft_editors (draft_id, organisation_id, person_id, language)
    select id, :o, :p, 'fi' from lesson_drafts where organisation_id = :o limit 1`,
  `insert into draft_versions (organisation_id, draft_id, version, content, person_id)
    select :o, id, version, content, :p from lesson_drafts where organisation_id = :o`,
  `insert into draft_places (draft_id, organisation_id, module_id, position, exchange_id, brought)
    select d.id, :o, m.id, 99, d.id::text, d.version from lesson_drafts d join modules m on m.course_id = d.course_id
    where d.organisation_id = :o and d.lesson_id is null order by d.id, m.position limit 1 on conflict do nothing`,
  `insert into course_people (organisation_id, course_id, person_id, role)
    select :o, id, :p, 'reader' from courses where organisation_id = :o order by slug limit 1`,
  `insert into draft_comments (id, organisation_id, draft_id, person_id, piece_id, draft_version, body)
    select gen_random_uuid(), :o, id, :p, 'title', version, 'Sana' from lesson_drafts where organisation_id = :o limit 1`,
  `with test as (insert into field_tests (id, organisation_id, draft_id, draft_version, language, started_by)
      select gen_random_uuid(), :o, id, version, 'fi', :p from lesson_drafts where organisation_id = :o limit 1 returning id),
    tester as (insert into field_testers (organisation_id, test_id, person_id, state) select :o, id, :p, 'accepted' from test returning *)
    insert into field_test_marks (id, organisation_id, test_id, person_id, piece_id, why)
    select gen_random_uuid(), :o, test_id, person_id, 'title', 'lost' from tester`,
  `insert into publication_pictures (organisation_id, publication_id, file_id, shows_people, noted_by)
    select :o, p.id, f.id, true, :p from publications p, files f where p.organisation_id = :o and f.organisation_id = :o
    order by p.kind, p.id, f.id limit 1`,
  `insert into publication_responses (organisation_id, publication_id, from_whom, answered_on, answer, followed)
    select :o, id, 'Vastaaja', current_date, 'Vastaus', 'Seuraus' from publications where organisation_id = :o order by kind, id limit 1`,
  `insert into publication_signatures (organisation_id, host_organisation_id, publication_id, number, organisation_name, person_id, shown_name, title)
    select :o, :o, id, 1, 'Allekirjoittava', :p, 'Allekirjoittaja', 'Johtaja' from publications where organisation_id = :o order by kind, id limit 1`,
  `insert into publication_drafts (organisation_id, publication_id, draft_id)
    select :o, p.id, d.id from publications p, lesson_drafts d where p.organisation_id = :o and d.organisation_id = :o
    order by p.kind, p.id, d.id limit 1`,
  `insert into newsletter_sends (id, organisation_id, publication_id, number, receivers)
    select gen_random_uuid(), :o, id, 1, 1 from publications where organisation_id = :o order by kind, id limit 1`,
  `insert into newsletter_deliveries (organisation_id, send_id, subscription_id)
    select :o, s.id, n.id from newsletter_sends s, newsletter_subscriptions n where s.organisation_id = :o and n.organisation_id = :o limit 1`,
  `insert into newsletter_links (organisation_id, publication_id, part_id, opened)
    select :o, id, 'p1', 1 from publications where organisation_id = :o order by kind, id limit 1`,
  `insert into credit_wishes (organisation_id, lesson_id, kind, person_id, shown, signed_at)
    select :o, id, 'true_to_life', :p, 'role', now() from lessons where organisation_id = :o order by id limit 1`,
  `insert into lesson_templates (id, organisation_id, kind, title, language, content)
    select gen_random_uuid(), :o, 'text', 'Pohja', 'fi', content from lesson_drafts where organisation_id = :o and kind = 'text'
    order by id limit 1`,
  `with card as (insert into practice_cards (id, organisation_id, person_id, language, title, happened, helped, is_shown)
      values (gen_random_uuid(), :o, :p, 'fi', 'Kortti', 'Tapahtui', 'Auttoi', true) returning *)
    insert into practice_card_drafts (organisation_id, card_id, draft_id)
    select :o, card.id, d.id from card, lesson_drafts d where d.organisation_id = :o order by d.id limit 1`,
  `insert into networks (organisation_id, name) values (:o, 'Toinen verkosto')`,
  `insert into network_coordinators (network_id, organisation_id, person_id)
    select id, :o, :p from networks where organisation_id = :o`,
  `insert into lesson_credits (lesson_id, kind, name, signed_at)
    select id, 'true_to_life', 'Nimi', now() from lessons where organisation_id = :o limit 1`,
  `insert into lesson_h5p_contents (lesson_id, h5p_content_id)
    select l.id, h.id from lessons l, h5p_contents h where l.organisation_id = :o and h.organisation_id = :o limit 1`,
  `insert into lesson_files (lesson_id, file_id)
    select l.id, f.id from lessons l, files f where l.organisation_id = :o and f.organisation_id = :o limit 1`,
  // Shared with nobody who crawls: what is given to a third one is theirs, too.
  `delete from course_shares where course_id in (select id from courses where organisation_id = :o)`,
  `insert into course_shares (course_id, organisation_id) select c.id, g.id from courses c, organisations g
    where c.organisation_id = :o and g.slug not in ('${OURS}', '${THEIRS}') order by c.slug, g.slug limit 1`,
  `insert into bank_shares (question_id, organisation_id) select q.id, g.id from bank_questions q, organisations g
    where q.organisation_id = :o and g.slug not in ('${OURS}', '${THEIRS}') order by g.slug limit 1`,
  `update lessons set published_at = null where slug in (select min(slug) from lessons where organisation_id = :o)
    and organisation_id = :o`,
  `insert into loop_beginnings (organisation_id, from_kind, from_id, draft_id) select :o, c.kind, c.id, d.id from cards c
    join lesson_drafts d on d.organisation_id = c.organisation_id where c.organisation_id = :o order by c.title, d.id limit 1`,
];

/** Before the files that stand beside them. */
const EVIDENCE_OF_THEIRS = [
  `insert into submissions (id, organisation_id, person_id, kind, state, story, judge_id)
    select gen_random_uuid(), :o, :p, kind, 'sent', 'Kertomus', (select person_id from memberships
      where organisation_id = :o and person_id <> :p order by person_id limit 1) from unnest(array['task', 'earlier']) kind`,
  `insert into submission_skills (submission_id, organisation_id, competence_code)
    select id, :o, '4.2' from submissions where organisation_id = :o`,
  `insert into submission_events (submission_id, organisation_id, actor_id, kind, words)
    select id, :o, :p, 'sent', 'Sanoja' from submissions where organisation_id = :o`,
  `insert into badge_issuers (organisation_id, name, address) values (:o, 'Antaja', 'https://antaja.example')`,
  `insert into badge_mappings (organisation_id, issuer_id, badge, competence_code, level)
    select :o, id, 'merkki', '4.2', 3 from badge_issuers where organisation_id = :o`,
  `insert into badges (organisation_id, person_id, state, badge_key, format, name, issuer_name, issued_at, checks)
    values (:o, :p, 'ready', 'k', 'ob3', 'Merkki', 'Antaja', now(), '{"signature":"x","status":"none","recipient":"email","checked_at":"2026-01-01T00:00:00Z"}')`,
];

const PICTURE = 'test/support/h5p-toy/content/images/viesti.png';

/** Gives both organisations rows of every kind. The other one's courses are its own, shared with a third one at most. */
export async function completeOrganisations(owner: Knex): Promise<void> {
  const theirs = await idOf(owner, THEIRS);
  const exchange = JSON.parse(fs.readFileSync('src/data/modules.json', 'utf8'));
  await withScope({ organisationId: theirs, personId: null }, () => importCourses(theirs, exchange));
  for (const slug of [OURS, THEIRS]) {
    const o = await idOf(owner, slug);
    await storePicture(o, PICTURE);
    await publishH5p(await administratorOf(owner, o));
    const { rows } = await owner.raw(
      'select person_id from memberships where organisation_id = :o order by person_id limit 1',
      { o },
    );
    const statements = slug === THEIRS ? [...MORE, ...MORE_OF_THEIRS] : MORE;
    if (slug === THEIRS) for (const sql of EVIDENCE_OF_THEIRS) await owner.raw(sql, { o, p: rows[0].person_id });
    for (const sql of statements) await owner.raw(sql, { o, p: rows[0].person_id });
    await owner.raw(
      `update lesson_texts set blocks = :b where lesson_id = (select l.id from lessons l join courses c on c.id = l.course_id
        where l.organisation_id = :o and l.kind = 'text' and l.published_at is not null and l.audience = '{}'
        order by c.slug, l.position limit 1)`,
      { o, b: QUESTION_BLOCK },
    );
    await owner.raw(
      `insert into lesson_answers (organisation_id, person_id, lesson_id, block_id, question, chosen)
        select :o, :p, t.lesson_id, b->>'id', b->'question', '{a}' from lesson_texts t join lessons l on l.id = t.lesson_id
          cross join jsonb_array_elements(t.blocks) b
        where l.organisation_id = :o and b->>'kind' = 'question' limit 1 on conflict do nothing`,
      { o, p: rows[0].person_id },
    );
  }
}

async function administratorOf(owner: Knex, organisationId: string): Promise<Actor> {
  const { rows } = await owner.raw(
    "select person_id from memberships where organisation_id = ? and 'administrator' = any (roles) limit 1",
    [organisationId],
  );
  const actor = await findActor(organisationId, rows[0].person_id);
  if (!actor) throw new Error('the organisation has no administrator');
  return actor;
}

/** The toy package in a published lesson of its own course. */
function publishH5p(administrator: Actor): Promise<void> {
  const { id: personId, organisation_id } = administrator;
  return withScope({ organisationId: organisation_id, personId }, async () => {
    const result = await installPackage(administrator, { path: onDisk(await toyPackage()) });
    if (!result.ok) throw new Error(JSON.stringify(result.refusals));
    const title = 'Kysy ensin';
    await publishLesson({
      organisation_id,
      course_id: await createCourse(organisation_id, 'fi', title),
      lesson_id: null,
      kind: 'h5p',
      minutes: 5,
      level: 1,
      competences: [],
      h5p_content_id: result.contentId,
      texts: [{ language: 'fi', title, body: 'Kokeile.', practice: '', follows_version: 1 }],
      questions: [],
      credits: [],
    });
    await beginForm(administrator, result.contentId);
  });
}

/** The content being changed with a form, which has been looked at once. */
async function beginForm(administrator: Actor, contentId: string): Promise<void> {
  const id = randomUUID();
  await startCopy(administrator, contentId, { id, language: 'fi', draftId: null });
  const form = await findForm(administrator.organisation_id, id);
  if (!form) throw new Error('the form was not begun');
  await showForm(form);
}
