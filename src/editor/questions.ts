import type { PageData, Words } from './data';
import { element } from './dom';
import { type Fields, fillFields, type Held, readFields } from './question-fields';

export interface Sent {
  fields: Fields;
  press?: string;
}

interface Shown {
  form: HTMLFormElement;
  /** The question as the server had it when the form was made. */
  mark: string | undefined;
}

/**
 * The questions of the page, each in a form where it stands: the server makes the form, so that every type of question is
 * written as on the page of forms. What is typed goes along when the page is saved.
 */
export class Questions {
  readonly #shown = new Map<string, Shown>();
  readonly #typed = new Set<string>();
  readonly #wanted = new Map<string, string | undefined>();
  /** What this device kept and whose form has not come yet. */
  readonly #waiting = new Map<string, Held>();
  #press: string | undefined;

  constructor(
    readonly around: {
      words: Words;
      data: () => PageData;
      changed: () => void;
      save: () => void;
      say: (text: string) => void;
    },
  ) {}

  /** The place of a question in its block. It fills itself. */
  place(id: string | undefined): HTMLElement {
    const { words } = this.around;
    if (!id) return element('p', { class: 'soft', 'data-first': '', tabindex: '-1' }, words.questionComes ?? '');
    const known = this.#shown.get(id);
    if (known) return known.form;
    const form = element('form', { class: 'page-question', novalidate: '' }) as HTMLFormElement;
    this.#shown.set(id, { form, mark: undefined });
    form.append(element('p', { class: 'soft', 'data-first': '', tabindex: '-1' }, words.questionComes ?? ''));
    form.addEventListener('input', () => this.#type(id));
    form.addEventListener('change', () => this.#type(id));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      event.stopPropagation();
      const press = (event as SubmitEvent).submitter?.getAttribute('value') ?? '';
      this.#press = press.startsWith('type-question:') ? `${press}:${typeOf(form, id)}` : press;
      this.#type(id);
      this.around.save();
    });
    void this.#load(id);
    return form;
  }

  /** The focus goes into this question, or to a field of it, as soon as its form is there. */
  focusSoon(id: string, field?: string): void {
    this.#wanted.set(id, field);
  }

  /** A new block got its question from the server: the focus that waits in the block goes on into its form. */
  given(block: string, question: string): void {
    const place = document.querySelector(`[data-id="${CSS.escape(block)}"] .piece__needs`);
    if (place?.contains(document.activeElement)) this.focusSoon(question);
  }

  isTyped(): boolean {
    return this.#typed.size > 0;
  }

  /** What was typed, and the press that follows it. */
  sent(): Sent {
    const fields: Sent['fields'] = {};
    for (const id of this.#typed) {
      const form = this.#shown.get(id)?.form;
      if (!form?.isConnected) continue;
      Object.assign(fields, readFields(form), { [`q_${id}_shown`]: 'yes' });
    }
    return { fields, ...(this.#press && { press: this.#press }) };
  }

  /** What this device keeps until the server has it. */
  held(): Record<string, Held> {
    const typed = [...this.#typed].flatMap((id): [string, Held][] => {
      const { form, mark = '' } = this.#shown.get(id) ?? {};
      return form?.isConnected ? [[id, { mark, fields: readFields(form) }]] : [];
    });
    return Object.fromEntries([...this.#waiting, ...typed]);
  }

  /** Something of this device waits for its form. */
  isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** What was typed in a tab that was closed comes back, each question as soon as its form is there. */
  giveBack(held: Record<string, Held>): void {
    for (const [id, typed] of Object.entries(held)) {
      this.#waiting.set(id, typed);
      if (this.#shown.get(id)?.mark !== undefined) this.#fill(id);
    }
  }

  #fill(id: string): void {
    const [form, typed] = [this.#shown.get(id)?.form, this.#waiting.get(id)];
    if (!form || !typed) return;
    this.#waiting.delete(id);
    const made = JSON.stringify(readFields(form));
    const left = fillFields(form, typed.fields);
    if (JSON.stringify(readFields(form)) !== made || left.length > 0) {
      this.#typed.add(id);
      this.around.say(this.around.words.restored ?? '');
      if (typed.mark !== this.#markOf(id)) this.#warn(form, left);
    }
    this.around.changed();
  }

  /** The server has this. What was pressed, or changed by somebody else, is shown anew. */
  kept(sent: Sent): void {
    const now = this.sent();
    const ids = [...this.#shown.keys()];
    for (const id of ids) {
      const isSame = JSON.stringify(ofQuestion(now.fields, id)) === JSON.stringify(ofQuestion(sent.fields, id));
      if (this.#typed.has(id) && isSame) {
        this.#typed.delete(id);
        const shown = this.#shown.get(id);
        if (shown) shown.mark = this.#markOf(id);
      }
    }
    if (sent.press && sent.press === this.#press) {
      const id = sent.press.split(':')[1] ?? '';
      this.#press = undefined;
      void this.#load(id, sent.press);
    }
    this.refresh();
  }

  /** Questions that another one changed are shown as they are now, where nothing was typed here. */
  refresh(): void {
    for (const [id, { mark, form }] of this.#shown) {
      if (!form.isConnected || mark === undefined || mark === this.#markOf(id)) continue;
      if (this.#typed.has(id)) this.#warn(form);
      else void this.#load(id);
    }
  }

  #markOf(id: string): string {
    const about = Object.values(this.around.data().about).find(({ question }) => question?.id === id);
    return about?.question?.mark ?? '';
  }

  #type(id: string): void {
    this.#typed.add(id);
    this.around.changed();
  }

  /** Both changed this question: whose words stay is the writer's to choose. */
  #warn(form: HTMLFormElement, left: readonly string[] = []): void {
    if (form.querySelector('.page-question__late')) return;
    const { words } = this.around;
    const id = [...this.#shown].find(([, shown]) => shown.form === form)?.[0] ?? '';
    const theirs = element('button', { type: 'button', class: 'media-way' }, words.takeTheirs ?? '');
    theirs.addEventListener('click', () => {
      this.#typed.delete(id);
      void this.#load(id);
    });
    form.prepend(
      element('div', { class: 'page-question__late', role: 'status' }, words.questionLate ?? '', ' ', theirs),
      ...left.map((text) => element('blockquote', { class: 'quote' }, text)),
    );
  }

  async #load(id: string, press?: string): Promise<void> {
    const shown = this.#shown.get(id);
    if (!shown) return;
    const { words, data } = this.around;
    const { draft, language } = data();
    try {
      const address = `/write/drafts/${draft}/questions/${encodeURIComponent(id)}/form?language=${language}`;
      const answer = await fetch(address, { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error();
      const before = names(shown.form);
      const had = shown.form.contains(document.activeElement) ? wayTo(document.activeElement) : undefined;
      // Made and escaped by our own server.
      shown.form.innerHTML = ((await answer.json()) as { html: string }).html;
      shown.mark = this.#markOf(id);
      this.#fill(id);
      if (press) this.#focusAfter(shown.form, before, press);
      else if (had) shown.form.querySelector<HTMLElement>(had)?.focus();
      else if (this.#wanted.has(id)) {
        const field = this.#wanted.get(id);
        const wanted = field ? document.getElementById(field) : shown.form.querySelector<HTMLElement>('select');
        wanted?.focus();
      }
      this.#wanted.delete(id);
    } catch {
      const again = element('button', { type: 'button', class: 'media-way' }, words.again ?? '');
      again.addEventListener('click', () => void this.#load(id, press));
      shown.form.replaceChildren(element('p', { role: 'status' }, words.questionFailed ?? ''), again);
    }
  }

  /** After a press the focus is on the new row, or where one was. */
  #focusAfter(form: HTMLFormElement, before: ReadonlySet<string>, press = ''): void {
    const fields = [...form.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), textarea')];
    const fresh = fields.find(({ name, type }) => type !== 'radio' && type !== 'checkbox' && !before.has(name));
    const prompt = form.querySelector<HTMLElement>('textarea');
    (press.startsWith('type-') ? prompt : (fresh ?? prompt))?.focus();
  }
}

/** How the same field or button is found once the form was made anew. */
const wayTo = (one: Element | null) =>
  one?.id ? `#${CSS.escape(one.id)}` : `[value="${CSS.escape(one?.getAttribute('value') ?? '')}"]`;

const typeOf = (form: HTMLFormElement, id: string) =>
  (form.elements.namedItem(`q_${id}_type`) as HTMLSelectElement | null)?.value ?? 'single';

const names = (form: HTMLFormElement) => new Set([...new FormData(form)].map(([name]) => name));

const ofQuestion = (fields: Sent['fields'], id: string) =>
  Object.entries(fields).filter(([name]) => name.startsWith(`q_${id}_`));
