import { createHash } from 'node:crypto';
import { LANGUAGES, type Language, type Translate } from '../../lib/i18n';
import { escapeHtml } from '../../lib/text';
import { BLOCK_KINDS, type Words } from '../blocks/block';
import { stateOf } from '../blocks/follow';
import { toPage } from '../blocks/page/page';
import { type PublishedBlock, published } from '../blocks/published';
import { kindOf } from '../blocks/registry';
import { FILE_KINDS } from '../files/files.model';
import { MOST_MEGABYTES } from '../files/files.service';
import { selectTasksToChoose } from '../h5p/contents.model';
import type { Actor } from '../organisations/organisations.model';
import { coverageOf } from './coverage';
import { difference } from './difference';
import type { DraftContent } from './drafts.document';
import type { Draft } from './drafts.model';
import { missingOf } from './page.missing';
import { selectOtherEditors } from './presence.model';
import { publishedBlocks } from './published-blocks';
import { checkedLanguages, faultsIn, findingsOf } from './quality/findings';
import { type ShownFinding, shownFindings } from './quality/shown';

const WORDS = [
  ...['add', 'up', 'down', 'remove', 'removed', 'moved', 'drag', 'undo', 'redo', 'bold', 'italic', 'link', 'list'],
  ...['numbers', 'paragraph', 'linkAddress', 'linkWrong', 'saving', 'saved', 'offline', 'kept', 'restored', 'others'],
  ...['conflict', 'mine', 'theirs', 'keepMine', 'takeTheirs', 'keepBoth', 'pulled', 'original', 'close'],
  ...['stillFits', 'source', 'undoRemove', 'signedOut', 'refused', 'keys', 'title', 'nothing', 'begin'],
  ...['addHere', 'added', 'pieceTools', 'changeFile', 'captions', 'captionsFailed', 'seeFile', 'library', 'search'],
  ...['librarySearch', 'libraryFound', 'libraryNone', 'libraryFailed', 'cannotRecord', 'sending', 'waiting'],
  ...[
    'closed',
    'look',
    'differs',
    'sendFailed',
    'goOnSending',
    'linkWrongHere',
    'questionComes',
    'questionFailed',
    'questionLate',
    'again',
    'h5pHow',
    'h5pTask',
    'h5pNone',
    'h5pNow',
    'h5pMake',
    'noPictures',
  ],
  ...['image', 'audio', 'video', 'file'].flatMap((kind) => [`device_${kind}`, `library_${kind}`, `wrong_${kind}`]),
  ...['record_audio', 'record_video', 'nothingMissing', 'stillMissing'],
] as const;

/** What the editor knows of the draft: with the page, and after each saving. */
export async function pageData(actor: Actor, draft: Draft, language: Language, t: Translate) {
  const { content } = draft;
  const findings = await findingsOf(draft, [...new Set([...checkedLanguages(content), language])]);
  const ofLanguage = findings.filter((finding) => finding.language === language);
  return {
    draft: draft.id,
    version: draft.version,
    language,
    original: content.original,
    title: content.title[language] ?? '',
    doc: toPage(content.blocks, language),
    about: aboutBlocks(content, language),
    checks: checksIn(shownFindings(content, ofLanguage, t), t),
    others: await selectOtherEditors(draft, actor.id),
    missing: missingOf(draft, faultsIn(draft, findings), language, t),
  };
}

/** What the page of the editor needs. */
export async function pageFacts(actor: Actor, draft: Draft, language: Language, t: Translate) {
  const { content } = draft;
  return {
    draft,
    content,
    language,
    languages: LANGUAGES,
    coverage: coverageOf(content),
    shown: publishedBlocks(content, language).map((block) => ({
      block,
      textLang: language.slice(0, 2),
      choices: [],
    })),
    data: await pageData(actor, draft, language, t),
    words: {
      ...Object.fromEntries(WORDS.map((name) => [name, t(`blocks.editor.${name}`)])),
      ...Object.fromEntries(
        FILE_KINDS.map((kind) => [`limit_${kind}`, t('blocks.editor.limit', { megabytes: MOST_MEGABYTES[kind] })]),
      ),
      gone: t('blocks.changed.gone'),
      new: t('blocks.changed.new'),
      kinds: {
        ...Object.fromEntries(BLOCK_KINDS.map((kind) => [kind, t(`blocks.kind.${kind}`)])),
        title: t('authoring.title.label'),
      },
      checks: Object.fromEntries(CHECKS.map((name) => [name, t(`quality.${name}`)])),
      parts: Object.fromEntries(
        BLOCK_KINDS.flatMap((kind) =>
          [kindOf(kind).text ? 'text' : [], Object.keys(kindOf(kind).parts)]
            .flat()
            .map((part) => [`${kind}.${part}`, t(`blocks.${kind}.${part}`)]),
        ),
      ),
      tones: Object.fromEntries(['remember', 'careful', 'tip'].map((tone) => [tone, t(`blocks.tone.${tone}`)])),
      tasks: Object.fromEntries(
        (await selectTasksToChoose(draft.organisation_id)).map(({ id, title }) => [
          id,
          title || t('authoring.untitled'),
        ]),
      ),
      levels: Object.fromEntries([2, 3].map((level) => [level, t(`blocks.heading.level.${level}`)])),
      tone: t('blocks.callout.tone'),
      level: t('blocks.heading.level'),
      videoLink: t('blocks.video.link'),
      videoLinkHint: t('blocks.video.link.hint'),
      decorative: t('blocks.image.decorative'),
      behind: t('authoring.variant.behind'),
      missing: t('authoring.variant.missing'),
    },
    kinds: Object.fromEntries(
      BLOCK_KINDS.map((kind) => [
        kind,
        { text: kindOf(kind).text, parts: kindOf(kind).parts, needs: kindOf(kind).blank() },
      ]),
    ),
  };
}

const CHECKS = ['advice', 'excepted', 'captionsLink'] as const;

/** What was found in one language, and how much advice there is in a sentence. */
function checksIn(findings: readonly ShownFinding[], t: Translate) {
  const count = findings.filter(({ weight }) => weight === 'advice').length;
  return { findings, sum: count > 0 ? t('quality.adviceCount', { count }) : t('quality.none') };
}

/** What the editor says beside each block: its state, the original to follow and what changed in it. */
function aboutBlocks(content: DraftContent, language: Language) {
  const isFollower = language !== content.original;
  const originals = new Map(
    isFollower ? published(content.blocks, content.original).map((block) => [block.id, block]) : [],
  );
  return Object.fromEntries(
    content.blocks.map((block) => {
      const was = block.texts[language]?.was;
      const now = block.texts[content.original];
      const original = originals.get(block.id);
      return [
        block.id,
        {
          state: stateOf(block, content.original, language),
          ...(original && { original: originalHtml(original) }),
          ...(was && now && { changed: difference(inOne(was), inOne(now)) }),
          ...(block.question_id && { question: { id: block.question_id, mark: markOf(content, block.question_id) } }),
        },
      ];
    }),
  );
}

/** What changes when the question does; the order of its fields is the database's own affair. */
const markOf = ({ questions }: DraftContent, id: string) =>
  createHash('sha256')
    .update(JSON.stringify(questions.find((one) => one.id === id) ?? null, inOrder))
    .digest('base64url')
    .slice(0, 12);

const inOrder = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** Texts of one line have no HTML of their own. */
const originalHtml = ({ kind, text, html }: PublishedBlock) =>
  [kindOf(kind).text === 'line' && kind !== 'heading' && text && `<p>${escapeHtml(text)}</p>`, ...Object.values(html)]
    .filter(Boolean)
    .join('')
    .replace(/ id="spot-\d+"/g, '');

const inOne = ({ text, parts }: Words) => [text, ...Object.values(parts ?? {})].filter(Boolean).join('\n');
