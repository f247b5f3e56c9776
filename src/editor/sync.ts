import type { Editor } from '@tiptap/core';
import { become } from './become';
import { type Choice, showConflicts } from './conflicts';
import { asSent, type JsonNode, newId, type PageData, pageOf, type Words, wordsOf } from './data';
import { type Conflict, idOf, merge, stillOpen, withBlocks } from './merge';
import type { Held } from './question-fields';
import type { Sent } from './questions';
import { onDevice, send } from './save';

const SOON = 1000;
const LATER = 10_000;
const HEARTBEAT = 30_000;

/** The questions: their fields go along with the page, and hear what of them was kept. */
interface Beside {
  isTyped: () => boolean;
  sent: () => Sent;
  kept: (sent: Sent) => void;
  refresh: () => void;
  given: (block: string, question: string) => void;
  held: () => Record<string, Held>;
  isWaiting: () => boolean;
  giveBack: (held: Record<string, Held>) => void;
}

interface Around {
  editor: Editor;
  words: Words;
  title: HTMLInputElement;
  part: (name: string) => HTMLElement;
  /** What is written on the page besides its document. */
  more: Beside;
  /** Called when the server has told more of the draft. */
  told: (data: PageData) => void;
}

/** Keeps the page, this device and the server in step while several write. `restored`: what the device had is back on the page. */
export function keepInStep(first: PageData, { editor, words, title, part, more, told }: Around) {
  const here = `/write/drafts/${first.draft}`;
  let data = first;
  /** The page as the server last had it: in the editor's own words, and as the server keeps it. */
  let base = pageOf(first.title, editor.getJSON() as JsonNode);
  let there = base;
  let read: string[] = [];
  let open: Conflict[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: Promise<void> | undefined;
  let isRestored = false;

  const page = () => pageOf(title.value, editor.getJSON() as JsonNode);
  /** What may be kept on the server: until the writer has chosen, the other's text stands there in what both changed. */
  const outgoing = () => withBlocks(page(), new Map(open.map(({ id, theirs }) => [id, theirs])));
  const isChanged = () => read.length > 0 || more.isTyped() || JSON.stringify(outgoing()) !== JSON.stringify(base);
  const body = () => ({ version: data.version, language: data.language, ...asSent(outgoing()), read, ...more.sent() });
  /** JSON as this editor itself would write it, so that the same documents look the same. */
  const asOurs = ({ title: words, doc }: PageData) => pageOf(words, editor.schema.nodeFromJSON(doc).toJSON());
  const say = (text: string | undefined) => {
    part('said').textContent = text ?? '';
  };
  const status = (text: string | undefined) => {
    part('status').textContent = text ?? '';
  };

  function changed(): void {
    if (!isRestored) return;
    status(words.saving);
    clearTimeout(timer);
    timer = setTimeout(save, SOON);
    keepHere();
  }

  function keepHere(): void {
    const before = new Map(open.flatMap((one) => (one.before ? [[one.id, one.before] as const] : [])));
    const was = (kept: JsonNode) => {
      const content = (kept.content ?? []).filter(
        (node) => !open.some(({ id, before: had }) => id === idOf(node) && !had),
      );
      return withBlocks({ ...kept, content }, before);
    };
    void onDevice.put(data, { base: was(base), there: was(there), page: page(), questions: more.held() });
  }

  /** The server has all of it: this device keeps only what waits for a choice, or for its form. */
  function forget(): void {
    if (open.length > 0 || more.isWaiting()) keepHere();
    else void onDevice.remove(data);
  }

  /** `always`: also when nothing was written here, to see what others wrote. */
  async function save(always = false): Promise<void> {
    clearTimeout(timer);
    // One at a time: two at once would look like two writers.
    while (sending) await sending;
    if (!always && !isChanged()) {
      if (isRestored) forget();
      return status(words.saved);
    }
    sending = sendPage().finally(() => {
      sending = undefined;
    });
    await sending;
  }

  async function sendPage(): Promise<void> {
    const sent = outgoing();
    const sentRead = read;
    const sentMore = more.sent();
    const answer = await send(`${here}/page`, body());
    if (answer.kind === 'offline') {
      status(words.offline);
      timer = setTimeout(save, LATER);
    } else if (answer.kind === 'signedOut') status(words.signedOut);
    else if (answer.kind === 'closed') status(words.closed);
    else if (answer.kind === 'refused') status(`${words.refused ?? ''} ${answer.message}`);
    else if (answer.kind === 'late') takeIn(answer.data);
    else kept(answer.data, sent, sentRead, sentMore);
  }

  function kept(answer: PageData, sent: JsonNode, sentRead: readonly string[], sentMore: Sent): void {
    data = answer;
    base = sent;
    there = asOurs(answer);
    read = read.filter((id) => !sentRead.includes(id));
    takeQuestions();
    part('version').setAttribute('value', String(data.version));
    showOthers(data.others);
    told(data);
    more.kept(sentMore);
    if (isChanged()) {
      changed();
      return;
    }
    forget();
    status(`${words.saved ?? ''} ${new Date().toLocaleTimeString('fi', { hour: '2-digit', minute: '2-digit' })}`);
  }

  /** What another saved meanwhile comes in block by block; where both changed the same, the writer chooses. */
  function takeIn(theirs: PageData): void {
    const fresh = asOurs(theirs);
    const merged = merge(base, page(), fresh, there);
    data = theirs;
    base = fresh;
    there = fresh;
    show(merged.doc);
    say(words.pulled);
    part('version').setAttribute('value', String(data.version));
    showOthers(data.others);
    told(data);
    more.refresh();
    ask(stillOpen(open, merged.conflicts, fresh));
    changed();
  }

  function show(next: JsonNode): void {
    const { title: line, doc } = asSent(next);
    if (line !== title.value.trim()) title.value = line;
    become(editor, doc);
  }

  /** The choices stand at the top of the page; the one who types goes on typing, and a line at its foot leads there. */
  function ask(conflicts: Conflict[]): void {
    open = conflicts;
    showConflicts(part('conflicts'), open, words, resolve);
    part('alert').hidden = open.length === 0;
    if (open.length > 0) say(words.conflict);
  }

  function resolve({ id, theirs, mine }: Conflict, choice: Choice): void {
    const now = page();
    const isThere = now.content?.some((node) => idOf(node) === id);
    open = open.filter((other) => other.id !== id);
    part('alert').hidden = open.length === 0;
    if (choice === 'theirs') show(withBlocks(now, new Map([[id, theirs]])));
    else if (choice === 'both' && theirs.type === 'title') title.value = `${title.value} – ${wordsOf(theirs)}`;
    else if (choice === 'both') show(beside(isThere ? now : withBlocks(now, new Map([[id, mine]])), id, theirs));
    changed();
  }

  /** The server gave new questions' blocks their questions. */
  function takeQuestions(): void {
    const needs = new Map((data.doc.content ?? []).map((node) => [idOf(node), node.attrs?.needs]));
    const isNew = ({ attrs = {} }: { attrs?: Record<string, unknown> }) => {
      const given = needs.get(String(attrs.id)) as { question_id?: string } | undefined;
      const own = attrs.needs as { question_id?: string } | undefined;
      return attrs.kind === 'question' && given?.question_id !== undefined && own?.question_id !== given.question_id;
    };
    const { tr } = editor.state;
    editor.state.doc.forEach((node, offset) => {
      if (!isNew(node)) return;
      const given = needs.get(String(node.attrs.id)) as { question_id: string };
      more.given(node.attrs.id, given.question_id);
      tr.setNodeAttribute(offset, 'needs', given);
    });
    if (!tr.docChanged) return;
    editor.view.dispatch(tr.setMeta('addToHistory', false).setMeta('preventUpdate', true));
    const content = base.content?.map((node) =>
      isNew(node) ? { ...node, attrs: { ...node.attrs, needs: needs.get(idOf(node)) } } : node,
    );
    base = { ...base, content };
  }

  function showOthers(others: PageData['others']): void {
    const names = others.map(({ name }) => name).join(', ');
    part('others').textContent = names && `${words.others ?? ''} ${names}`;
  }

  /** Tells that the page is open, and brings in what another wrote while nothing was written here. */
  async function heartbeat(): Promise<void> {
    if (document.visibilityState === 'hidden') return;
    const answer = await send(`${here}/presence`, { language: data.language });
    if (answer.kind !== 'saved') return;
    showOthers(answer.data.others);
    if (answer.data.version !== data.version && !sending) await save(true);
  }

  /** Text that was typed without a network comes back, block by block, over what the server has now. */
  async function giveBack(): Promise<void> {
    const row = await onDevice.get(data);
    isRestored = true;
    more.giveBack(row?.questions ?? {});
    if (!row?.page || JSON.stringify(row.page) === JSON.stringify(base)) return;
    const { doc, conflicts } = merge(row.base, row.page, base, row.there);
    show(doc);
    ask(conflicts);
    if (!isChanged() && conflicts.length === 0) return forget();
    say(words.restored);
    changed();
  }

  window.addEventListener('pagehide', () => {
    if (isChanged())
      navigator.sendBeacon?.(`${here}/page`, new Blob([JSON.stringify(body())], { type: 'application/json' }));
  });
  window.addEventListener('online', () => void save());
  document.addEventListener('visibilitychange', () => void heartbeat());
  setInterval(heartbeat, HEARTBEAT);
  showOthers(first.others);
  return {
    changed,
    restored: giveBack(),
    isChanged,
    /** Whether the writer has still to choose between two texts. */
    isOpen: () => open.length > 0,
    /** Sends now what has not been sent. */
    flush: () => save(),
    /** The writer has read a follower and found it fitting. */
    read: (id: string) => {
      read.push(id);
      changed();
    },
  };
}

/** A copy of the other's block after the writer's own. */
function beside(page: JsonNode, id: string, theirs: JsonNode): JsonNode {
  const copy = { ...theirs, attrs: { ...theirs.attrs, id: newId() } };
  return { ...page, content: (page.content ?? []).flatMap((node) => (idOf(node) === id ? [node, copy] : [node])) };
}
