import type { PageData, Words } from './data';
import type { LibraryFile } from './dialog';
import { element } from './dom';
import { MEDIA, mediaNeeds } from './media';
import type { Questions } from './questions';

interface Around {
  words: Words;
  data: () => PageData;
  questions: Questions;
  set: (more: Record<string, unknown>) => void;
  /** The block's file, and words for the text that is empty. */
  choose: (file: LibraryFile) => void;
}

let number = 0;

/** The fields of a block that are no text: a heading's size, a picture's file, a question. */
export function needsOf(kind: string, needs: Record<string, unknown>, around: Around): HTMLElement[] {
  const { words, set, choose, questions, data } = around;
  if (kind === 'heading')
    return [
      chosen(words.level ?? '', words.levels, String(needs.level ?? 2), (value) => set({ level: Number(value) })),
    ];
  if (kind === 'callout')
    return [chosen(words.tone ?? '', words.tones, String(needs.tone ?? 'remember'), (value) => set({ tone: value }))];
  if (kind === 'question')
    return [questions.place(typeof needs.question_id === 'string' ? needs.question_id : undefined)];
  if (kind === 'h5p') return taskFields(needs.h5p_content_id, words, set);
  return MEDIA[kind] === undefined ? [] : mediaNeeds(kind, needs, { words, set, choose, language: data().language });
}

/** Which task is shown here, and the way to make another. */
function taskFields(id: unknown, words: Words, set: Around['set']): HTMLElement[] {
  const now = typeof id === 'string' ? id : '';
  const first = now === '' ? { '': words.h5pNone ?? '' } : now in words.tasks ? {} : { [now]: words.h5pNow ?? '' };
  const make = element('p', { class: 'soft' }, `${words.h5pHow ?? ''} `);
  make.append(element('a', { href: '/write/h5p' }, words.h5pMake ?? ''));
  return [
    chosen(words.h5pTask ?? '', { ...first, ...words.tasks }, now, (value) =>
      set({ h5p_content_id: value === '' ? undefined : value }),
    ),
    make,
  ];
}

function chosen(
  label: string,
  options: Record<string, string>,
  value: string,
  change: (value: string) => void,
): HTMLElement {
  number += 1;
  const select = element('select', { class: 'govuk-select', id: `need-${number}` }) as HTMLSelectElement;
  for (const [key, text] of Object.entries(options)) select.append(element('option', { value: key }, text));
  select.value = value;
  select.addEventListener('change', () => change(select.value));
  return element('p', { class: 'piece__need' }, element('label', { for: select.id }, label), select);
}
