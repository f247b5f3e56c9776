import { Editor } from '@tiptap/core';
import { type Choice, showConflicts } from './conflicts';
import { type JsonNode, newId, type PageData, type Start } from './data';
import { PageKeys, pieceAt } from './keys';
import { type Conflict, merge } from './merge';
import { PARTS } from './nodes';
import { Paste } from './paste';
import { Piece } from './piece';
import { onDevice, send } from './save';
import { makeToolbar } from './toolbar';

const SOON = 1000;
const HEARTBEAT = 30_000;

const { data: first, words, kinds } = JSON.parse(document.querySelector('#page-start')?.textContent ?? '{}') as Start;
const place = document.querySelector('#page') as HTMLElement;
const part = (name: string) => document.querySelector(`[data-page="${name}"]`) as HTMLElement;
const title = part('title') as HTMLInputElement;
const here = `/write/drafts/${first.draft}`;

let data: PageData = first;
/** The document as the server last had it, in the editor's own words. */
let base: JsonNode;
let read: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let isSending = false;
let open: Conflict[] = [];

place.replaceChildren();
const editor = new Editor({
  element: place,
  injectCSS: false,
  extensions: [
    ...PARTS,
    Piece.configure({
      words,
      about: () => data.about,
      onRead: (id: string) => {
        read.push(id);
        changed();
      },
      upload,
    }),
    PageKeys.configure({ kinds, moved: () => say(words.moved ?? '') }),
    Paste.configure({ kinds }),
  ],
  content: first.doc,
  editorProps: {
    attributes: {
      class: 'prose page-text',
      'aria-label': words.title ?? '',
      'aria-multiline': 'true',
      role: 'textbox',
      lang: first.language.slice(0, 2),
      spellcheck: 'true',
    },
  },
  onUpdate: () => changed(),
});
base = editor.getJSON() as JsonNode;
title.value = first.title;
title.addEventListener('input', changed);
makeToolbar(part('toolbar'), { editor, words, kinds, say });
showOthers(first.others);
document.documentElement.classList.add('has-page');
window.addEventListener(
  'pagehide',
  () =>
    isChanged() &&
    navigator.sendBeacon?.(`${here}/page`, new Blob([JSON.stringify(body())], { type: 'application/json' })),
);
window.addEventListener('online', changed);
place.addEventListener('keydown', (event) => {
  if (event.altKey && event.key === 'F10') part('toolbar').querySelector<HTMLElement>('[tabindex="0"]')?.focus();
});
setInterval(heartbeat, HEARTBEAT);
void giveBack();

const doc = () => editor.getJSON() as JsonNode;
const isChanged = () =>
  read.length > 0 || title.value.trim() !== data.title || JSON.stringify(doc()) !== JSON.stringify(base);
const body = () => ({ version: data.version, language: data.language, title: title.value.trim(), doc: doc(), read });

function say(text: string): void {
  part('said').textContent = text;
}
function status(text: string): void {
  part('status').textContent = text;
}

function changed(): void {
  status(words.saving ?? '');
  clearTimeout(timer);
  timer = setTimeout(save, SOON);
  void onDevice.put(data, base, doc(), title.value);
}

async function save(): Promise<void> {
  clearTimeout(timer);
  if (isSending || open.length > 0) return;
  if (!isChanged()) return status(words.saved ?? '');
  isSending = true;
  const sent = body();
  const sentDoc = JSON.stringify(sent.doc);
  const answer = await send(`${here}/page`, sent);
  isSending = false;
  if (answer.kind === 'offline') {
    status(words.offline ?? '');
    timer = setTimeout(save, SOON * 10);
    return;
  }
  if (answer.kind === 'signedOut') return status(words.signedOut ?? '');
  if (answer.kind === 'refused') return status(`${words.refused ?? ''} ${answer.message}`);
  if (answer.kind === 'late') return takeIn(answer.data);
  data = answer.data;
  read = [];
  base = JSON.parse(sentDoc);
  showOthers(data.others);
  takeQuestions();
  part('version').setAttribute('value', String(data.version));
  if (isChanged()) return changed();
  void onDevice.remove(data);
  status(`${words.saved ?? ''} ${new Date().toLocaleTimeString('fi', { hour: '2-digit', minute: '2-digit' })}`);
}

/** What another saved meanwhile comes in block by block; where both changed the same, the writer chooses. */
function takeIn(theirs: PageData): void {
  const { doc: merged, conflicts } = merge(base, doc(), asOurs(theirs.doc));
  const own = title.value.trim();
  if (own === data.title) title.value = theirs.title;
  data = theirs;
  base = asOurs(theirs.doc);
  setDoc(merged);
  say(words.pulled ?? '');
  open = conflicts;
  showConflicts(part('conflicts'), conflicts, words, resolve);
  if (conflicts.length > 0) part('conflicts').focus();
  showOthers(theirs.others);
  changed();
}

/** JSON as this editor itself would write it, so that the same documents look the same. */
const asOurs = (json: JsonNode): JsonNode => editor.schema.nodeFromJSON(json).toJSON();

/** The document is changed without losing the caret, which stays in its block. */
function setDoc(next: JsonNode): void {
  const { from } = editor.state.selection;
  editor.commands.setContent(next, { emitUpdate: false });
  editor.commands.setTextSelection(Math.min(from, editor.state.doc.content.size));
}

function resolve(conflict: Conflict, choice: Choice): void {
  open = open.filter((other) => other !== conflict);
  const content = (doc().content ?? []).flatMap((node) => {
    if (node.attrs?.id !== conflict.id || choice === 'mine') return [node];
    if (choice === 'theirs') return [conflict.theirs];
    return [node, { ...conflict.theirs, attrs: { ...conflict.theirs.attrs, id: newId() } }];
  });
  setDoc({ type: 'doc', content });
  changed();
}

/** The server gave new questions' blocks their questions. */
function takeQuestions(): void {
  const ids = new Map(
    (data.doc.content ?? []).map((node) => [node.attrs?.id, node.attrs?.needs as Record<string, unknown>]),
  );
  const { tr } = editor.state;
  editor.state.doc.forEach((node, offset) => {
    const needs = ids.get(node.attrs.id);
    if (node.attrs.kind === 'question' && needs?.question_id && node.attrs.needs?.question_id !== needs.question_id)
      tr.setNodeAttribute(offset, 'needs', needs);
  });
  if (!tr.docChanged) return;
  editor.view.dispatch(tr.setMeta('addToHistory', false).setMeta('preventUpdate', true));
  base = doc();
}

async function heartbeat(): Promise<void> {
  if (document.visibilityState === 'hidden') return;
  const answer = await send(`${here}/presence`, { language: data.language });
  if (answer.kind === 'saved') showOthers(answer.data.others);
}

function showOthers(others: PageData['others']): void {
  part('others').textContent =
    others.length > 0 ? `${words.others ?? ''} ${others.map(({ name }) => name).join(', ')}` : '';
}

/** Text that was typed without a network comes back, block by block, over what the server has now. */
async function giveBack(): Promise<void> {
  const row = await onDevice.get(data);
  if (!row || JSON.stringify(row.doc) === JSON.stringify(base)) return;
  const { doc: merged, conflicts } = merge(row.base, row.doc, base);
  setDoc(merged);
  if (row.title) title.value = row.title;
  open = conflicts;
  showConflicts(part('conflicts'), conflicts, words, resolve);
  say(words.restored ?? '');
  changed();
}

async function upload(file: File): Promise<string | undefined> {
  const form = new FormData();
  form.append('picture', file);
  try {
    const response = await fetch(`${here}/pictures`, { method: 'POST', body: form });
    const said = await response.json();
    if (response.ok) return said.file_id;
    status(said.message ?? words.refused ?? '');
  } catch {
    status(words.offline ?? '');
  }
  return undefined;
}

/** For tests: where the caret is. */
(globalThis as { pageCaret?: () => number }).pageCaret = () => pieceAt(editor.state.selection).index;
