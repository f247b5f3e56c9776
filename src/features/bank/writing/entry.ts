import type { Language } from '../../../lib/i18n';
import { renderMarkdown } from '../../../lib/markdown';
import { promptParts } from '../../quizzes/prompt';
import { escapeHtml } from '../escape';
import { asLearned, type Written } from '../written';

/** A picture of a question as a file carries it. */
export interface CarriedPicture {
  name: string;
  /** In base64. */
  data: string;
}

/** A question on its way into a file, in one language. */
export interface Entry {
  question: Written;
  language: Language;
  /** Pictures by their ids. */
  pictures: ReadonlyMap<string, CarriedPicture>;
}

/** A file of questions, and those that its format has no place for. */
export interface WrittenFile {
  text: string;
  count: number;
  left: { name: string; type: string; why: string }[];
}

/** What a question says in the language of its file. */
export const spokenOf = ({ question, language }: Entry) => asLearned('', question, language);

/** A plain text as HTML: an empty line is a new paragraph, a line end a line end. */
export function paragraphs(text: string): string {
  const parts = text.split(/\n[ \t]*\n/).map((part) => part.trim());
  return parts
    .filter(Boolean)
    .map((part) => `<p>${escapeHtml(part).replace(/\s*\n\s*/g, '<br>')}</p>`)
    .join('');
}

/** What is asked, as HTML that any system shows alike. `addressOf` says where a picture is found in the file. */
export function promptHtml(prompt: string, addressOf: (id: string) => string | undefined): string {
  const { head, context } = promptParts(prompt);
  const before = renderMarkdown(context)
    .replace(/ id="spot-\d+"| loading="lazy"/g, '')
    .replace(/\n/g, ' ')
    .replace(/<img src="\/files\/([\w-]+)"([^>]*)>/g, (_, id: string, rest: string) => {
      const address = addressOf(id);
      return address ? `<img src="${escapeHtml(address)}"${rest}>` : '';
    });
  return before + paragraphs(head);
}

/** Labels that only our own files have: what other systems have no place for. */
export function tagsOf(question: Written): string[] {
  const { almost, judged_by } = (question.content ?? {}) as { almost?: boolean; judged_by?: string };
  return [
    ...(question.competence ? [`competence:${question.competence}`] : []),
    `level:${question.level}`,
    ...(almost ? ['almost:yes'] : []),
    ...(judged_by === 'nobody' ? ['judged:nobody'] : []),
  ];
}

export const fractions = (rights: number): [right: string, wrong: string] => {
  const share = (Math.floor((100 / rights) * 1e5) / 1e5).toString();
  return [share, `-${share}`];
};
