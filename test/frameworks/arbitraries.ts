import fc from 'fast-check';
import type { FrameworkNode } from '../../src/features/skills/framework';

/** Any text as a cell would hold it: trimmed, without what no text file holds. */
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) =>
    text
      .replace(/\p{Cc}/gu, ' ')
      .replace(/\uFEFF/g, '')
      .trim(),
  )
  .filter((text) => text !== '');
const status = 'unreviewed' as const;
const named = (field: string) =>
  fc
    .record({ fi: words, sv: fc.option(words, { nil: undefined }), 'fi-x-selko': fc.option(words, { nil: undefined }) })
    .map((of) =>
      Object.entries(of).flatMap(([language, text]) =>
        text ? [{ language: language as 'fi', field, text, status }] : [],
      ),
    );

/** Areas with skills with can-do lines, as an own framework has them. */
export const trees: fc.Arbitrary<FrameworkNode[]> = fc
  .array(
    fc.record({
      name: named('name'),
      skills: fc.array(
        fc.record({
          name: named('name'),
          about: fc.option(named('about'), { nil: [] }),
          starter: fc.boolean(),
          lines: fc.array(fc.record({ name: named('text'), level: fc.integer({ min: 1, max: 8 }) }), { maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((areas) =>
    areas.flatMap(({ name, skills }, a): FrameworkNode[] => [
      { kind: 'area', code: `A${a}`, parent_code: null, data: {}, texts: name },
      ...skills.flatMap((skill, s): FrameworkNode[] => [
        {
          ...{
            kind: 'competence',
            code: `A${a}.${s}`,
            parent_code: `A${a}`,
            data: skill.starter ? { starter: true } : {},
          },
          texts: [...skill.name, ...skill.about],
        },
        ...skill.lines.map(
          (line, l): FrameworkNode => ({
            ...{ kind: 'can_do', code: `A${a}.${s}-${l}`, parent_code: `A${a}.${s}`, texts: line.name },
            data: {
              band: ['basic', 'intermediate', 'advanced', 'highly_advanced'][Math.ceil(line.level / 2) - 1],
              level: line.level,
              kind: 'skill',
            },
          }),
        ),
      ]),
    ]),
  );

/** The same whatever the order of texts. */
export const plain = (nodes: readonly FrameworkNode[]) =>
  nodes.map((node) => ({ ...node, texts: node.texts.map((text) => JSON.stringify(text)).sort() }));
