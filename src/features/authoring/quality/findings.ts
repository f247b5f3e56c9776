import type { Language } from '../../../lib/i18n';
import { hardWords, spokenOf } from '../../glossary/hard-words';
import { check, type ReadQuestion, stemOf } from '../../quality/check';
import { type Finding, isMust, keyOf } from '../../quality/finding';
import { type Fault, findFaults } from '../drafts.check';
import { type DraftContent, type DraftQuestion, writtenLanguages } from '../drafts.document';
import type { Draft } from '../drafts.model';
import { selectFileFacts, selectOwnForms } from './quality.queries';

type Checkable = Pick<Draft, 'organisation_id' | 'content'>;

/** What there is to mend in a draft in these languages, in the order of the text. */
export async function findingsOf(
  { organisation_id, content }: Checkable,
  languages: readonly Language[],
): Promise<Finding[]> {
  const files = await selectFileFacts(
    organisation_id,
    content.blocks.flatMap(({ file_id }) => file_id ?? []),
  );
  const own = await selectOwnForms(organisation_id);
  const { blocks, original } = content;
  return languages.flatMap((language) => {
    const spoken = spokenOf(language);
    const forms = [
      ...hardWords(language).flatMap((word) => word.forms),
      ...own.filter((one) => one.language === spoken).flatMap(({ words }) => words),
    ];
    const explained = [...new Set(forms.flatMap((form) => form.split(/\s+/)).map(stemOf))];
    const questions = content.questions.map((question) => readQuestion(question, language));
    return check({ blocks, original, questions, files, explained }, language);
  });
}

/** The texts of a question by the names of their fields in the form. */
function readQuestion({ id, texts, options, content }: DraftQuestion, language: Language): ReadQuestion {
  const said = texts[language];
  return {
    id,
    texts: [
      { part: `${language}_prompt`, text: said?.prompt ?? '' },
      { part: `${language}_feedback`, text: said?.feedback ?? '' },
      ...(content ? [] : options).flatMap(({ key, texts: own }) => [
        { part: `${key}_${language}_text`, text: own[language]?.text ?? '' },
        { part: `${key}_${language}_feedback`, text: own[language]?.feedback ?? '' },
      ]),
    ],
  };
}

/** The field of the plain form where a finding is mended. */
export function fieldOf({ block, question, part, language }: Finding): string {
  if (question) return `q_${question}_${part}`;
  return part === 'text' ? `b_${block}_${language}` : `b_${block}_${language}_${part}`;
}

export const reasonFor = ({ exceptions }: Pick<DraftContent, 'exceptions'>, finding: Finding): string | undefined =>
  exceptions?.find((one) => one.finding === keyOf(finding))?.reason;

/** The languages that are checked before others are asked to sign. */
export function checkedLanguages(content: DraftContent): Language[] {
  const written = writtenLanguages(content);
  return written.length > 0 ? written : [content.original];
}

/** What stands between this draft and those who sign: what is missing, and barriers for which no reason was given. */
export const faultsOf = async (draft: Pick<Draft, 'organisation_id' | 'content' | 'kind'>): Promise<Fault[]> =>
  faultsIn(draft, await findingsOf(draft, checkedLanguages(draft.content)));

/** The same, of findings that are known. Those in a language that is not written yet do not count. */
export function faultsIn({ content, kind }: Pick<Draft, 'content' | 'kind'>, findings: readonly Finding[]): Fault[] {
  const languages = checkedLanguages(content);
  const barriers = findings.filter(
    (finding) => isMust(finding.rule) && languages.includes(finding.language) && !reasonFor(content, finding),
  );
  return [
    ...findFaults(content, kind),
    ...barriers.map((finding) => ({ field: fieldOf(finding), key: faultKey(finding) })),
  ];
}

const faultKey = ({ rule }: Finding) => (rule === 'altMissing' ? 'authoring.fault.alt' : `quality.short.${rule}`);
