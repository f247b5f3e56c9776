import type { Language, MessageKey } from '../../lib/i18n';
import { contentFaultsOf } from '../quizzes/question-types/check';
import { isContentType } from '../quizzes/question-types/registry';
import { type DraftContent, type DraftQuestion, writtenLanguages } from './drafts.document';

/** Something to mend before others are asked to sign. `field` is the id of the place in the editor. */
export interface Fault {
  field: string;
  key: MessageKey;
}

/** What stands between this draft and its readers; empty when it can be submitted. */
export function findFaults(content: DraftContent, kind: string): Fault[] {
  const original = content.original;
  const faults: Fault[] = [];
  if (!content.title[original]?.trim()) faults.push({ field: `title_${original}`, key: 'authoring.fault.title' });
  if (kind === 'text' && !content.blocks.some((block) => block.kind === 'text' && block.texts[original]?.text.trim())) {
    faults.push({ field: `title_${original}`, key: 'authoring.fault.noText' });
  }
  if (kind === 'quiz' && content.questions.length === 0 && !content.draws?.some(({ pile }) => pile.length > 0)) {
    faults.push({ field: `title_${original}`, key: 'authoring.fault.noQuestion' });
  }
  if (kind === 'h5p' && !content.h5p_content_id) faults.push({ field: 'package', key: 'authoring.fault.noPackage' });
  return [
    ...faults,
    ...blockFaults(content),
    ...guidanceFaults(content),
    ...content.questions.flatMap((q) => questionFaults(content, q)),
    ...rubricFaults(content),
  ];
}

/** What a template says to its writer begins with this sign; none of it may reach a reader. */
export const GUIDANCE = '✎';

const isGuidance = (text: string | undefined) => text?.split('\n').some((line) => /^[\s>*-]*✎/.test(line)) ?? false;

function guidanceFaults(content: DraftContent): Fault[] {
  const key = 'authoring.fault.guidance';
  const languages = writtenLanguages(content);
  const blocks = content.blocks.flatMap(({ id, texts }) =>
    languages
      .filter((language) => [texts[language]?.text, ...Object.values(texts[language]?.parts ?? {})].some(isGuidance))
      .map((language) => ({ field: `b_${id}_${language}`, key })),
  );
  const questions = content.questions.flatMap(({ id, texts, options }) =>
    languages
      .filter((language) =>
        [texts[language]?.prompt, texts[language]?.feedback, ...options.map((one) => one.texts[language]?.text)].some(
          isGuidance,
        ),
      )
      .map((language) => ({ field: `q_${id}_${language}_prompt`, key })),
  );
  return [...blocks, ...questions];
}

function blockFaults(content: DraftContent): Fault[] {
  const place = (id: string): Fault => ({ field: `f_${id}`, key: 'authoring.fault.noFile' });
  const shows = content.blocks.filter(({ kind }) => ['image', 'video', 'audio', 'file'].includes(kind));
  return shows.filter(({ file_id, link }) => !file_id && !link).map(({ id }) => place(id));
}

/** Words for the levels of something that has no name would be lost, and so would those of another language. */
function rubricFaults({ rubric = [], original }: DraftContent): Fault[] {
  return rubric.flatMap(({ key, name, levels }) => {
    const written = (Object.keys(Object.assign({}, ...levels)) as Language[]).filter((language) =>
      levels.some((level) => level[language]?.trim()),
    );
    const needed = new Set(written.length > 0 ? [original, ...written] : []);
    return [...needed]
      .filter((language) => !name[language]?.trim())
      .map((language) => ({ field: `r_${key}_name_${language}`, key: 'authoring.fault.rubricName' }));
  });
}

function questionFaults(content: DraftContent, question: DraftQuestion): Fault[] {
  const field = (rest: string) => `q_${question.id}_${rest}`;
  const faults: Fault[] = [];
  for (const language of writtenLanguages(content)) {
    if (!question.texts[language]?.prompt.trim()) {
      faults.push({ field: field(`${language}_prompt`), key: 'authoring.fault.prompt' });
    }
    if (question.content) continue;
    const empty = filledOptions(question, content.original).find((option) => !option.texts[language]?.text.trim());
    if (empty) faults.push({ field: field(`${empty.key}_${language}_text`), key: 'authoring.fault.option' });
  }
  if (question.content && isContentType(question.type)) {
    const languages = writtenLanguages(content);
    const found = contentFaultsOf(
      question.type,
      question.content,
      languages.length > 0 ? languages : [content.original],
    );
    return [...faults, ...found.map(({ path, key }) => ({ field: field(path), key }))];
  }
  const options = filledOptions(question, content.original);
  if (options.length < 2) {
    faults.push({
      field: field(`${question.options[0]?.key}_${content.original}_text`),
      key: 'authoring.fault.twoOptions',
    });
  }
  const right = options.filter((option) => option.correct).length;
  if (right === 0 || (question.type !== 'multi' && right !== 1)) {
    const key = question.type === 'multi' ? 'authoring.fault.someRight' : 'authoring.fault.oneRight';
    faults.push({ field: field('correct'), key });
  }
  return faults;
}

/** The options that the author has written; empty rows of the form are not options. */
export function filledOptions(question: DraftQuestion, original: Language) {
  return question.options.filter((option) => option.texts[original]?.text.trim());
}
