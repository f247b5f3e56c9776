import type { Written } from '../written';
import { keyAt, optionsOf, question, said, trueFalseOptions } from './building';
import { plainText } from './html';
import { unread } from './item';
import { type Answer, type Asked, answersOf, generalFeedback, htmlIn, plainIn, promptOf } from './moodle-asked';
import { choiceOf, numberQuestion, shortQuestion } from './shared-types';
import { childOf, childrenOf, numberOf, wordsIn } from './xml-node';

/** One of a few or several, as `<single>` says. */
export function readChoice(asked: Asked): Written {
  const { node, notes, reading } = asked;
  const one = asked.kind !== 'multichoiceset' && !/^(0|false)$/.test(wordsIn(node, 'single'));
  const prompt = promptOf(asked);
  const answers = answersOf(asked);
  const { correct, type } = choiceOf(answers, one, notes);
  const options = optionsOf(
    reading,
    answers.map((answer, at) => ({ text: answer.text, feedback: answer.feedback, correct: correct[at] ?? false })),
  );
  return question(reading, { type, options }, prompt, generalFeedback(asked));
}

export function readTrueFalse(asked: Asked): Written {
  const answers = answersOf(asked);
  const side = (name: RegExp) => answers.find(({ text }) => name.test(text));
  const [yes, no] = [side(/^true$/i), side(/^false$/i)];
  const right = answers.find(({ fraction }) => fraction > 0);
  if (!yes || !no || !right) throw unread('noRight');
  const options = trueFalseOptions(asked.reading, right === yes, [yes.feedback, no.feedback]);
  return question(asked.reading, { type: 'truefalse', options }, promptOf(asked), generalFeedback(asked));
}

export function readShort(asked: Asked): Written {
  const { notes, reading } = asked;
  if (/^(1|true)$/.test(wordsIn(asked.node, 'usecase'))) notes.add('letterCase');
  const model = plainIn(asked.node, 'oppivamodel', notes);
  return shortQuestion(reading, notes, { answers: answersOf(asked), model }, promptOf(asked), generalFeedback(asked));
}

export function readNumber(asked: Asked): Written {
  const { node, notes, reading } = asked;
  const answers = answersOf(asked).map((answer: Answer) => ({
    ...answer,
    tolerance: Math.abs(numberOf(wordsIn(answer.node, 'tolerance')) ?? 0),
  }));
  const units = childrenOf(node, 'units')
    .flatMap((list) => childrenOf(list, 'unit'))
    .map((unit) => ({
      name: wordsIn(unit, 'unit_name').replace(/\s+/g, ' '),
      multiplier: numberOf(wordsIn(unit, 'multiplier')) ?? 1,
    }))
    .filter(({ name }) => name !== '');
  for (const { name, multiplier } of units) if (multiplier !== 1) notes.add('unitTimes', { unit: name });
  const unit = units.filter(({ multiplier }) => multiplier === 1).map(({ name }) => name);
  // 0: the unit is marked, 1: it is a part of the points, 3: it is not asked.
  const asks = units.length > 0 && ['1', '2'].includes(wordsIn(node, 'unitgradingtype'));
  const rest = { unit: unit.length > 0 ? said(reading, unit.join('\n')) : {}, unit_asked: asks && unit.length > 0 };
  return numberQuestion(reading, notes, answers, rest, promptOf(asked), generalFeedback(asked));
}

const MOST_STEPS = 10;

/** Things in order: their answers stand in the right one, which `fraction` numbers. */
export function readOrder(asked: Asked): Written {
  const { reading } = asked;
  const answers = answersOf(asked);
  const steps = answers.toSorted((a, b) => a.fraction - b.fraction).map(({ text }) => text.replace(/\s*\n\s*/g, ' '));
  if (steps.length < 2) throw unread('fewSteps');
  if (steps.length > MOST_STEPS) throw unread('manySteps', { most: MOST_STEPS });
  if (answers.some(({ feedback }) => feedback !== ''))
    asked.notes.add('answerFeedback', {
      words: answers
        .map(({ feedback }) => feedback)
        .filter(Boolean)
        .join(' / ')
        .slice(0, 120),
    });
  const content = { steps: steps.map((text, at) => ({ key: keyAt(at), text: said(reading, text) })) };
  return question(reading, { type: 'ordering', options: [], content }, promptOf(asked), generalFeedback(asked));
}

/** An essay is for a person to read. With a model answer its writer can compare the two; without one it is not read. */
export function readEssay(asked: Asked): Written {
  const { node, notes, reading } = asked;
  const model = plainText(htmlIn(node, 'graderinfo', { byName: new Map(), shown: [] }), notes).slice(0, 2000);
  if (model === '') throw unread('essay');
  if (!asked.tags.some((tag) => tag.startsWith('level:'))) notes.add('essay');
  if (plainIn(node, 'responsetemplate', notes) !== '') notes.add('essayTemplate');
  if (numberOf(wordsIn(node, 'attachments')) || childOf(node, 'attachmentsrequired')?.text.trim() === '1')
    notes.add('essayFiles');
  const judged_by = asked.tags.includes('judged:nobody') ? 'nobody' : 'self';
  const content = { judged_by, accepted: {}, model: said(reading, model), almost: reading.almost ?? false };
  return question(reading, { type: 'shorttext', options: [], content }, promptOf(asked), generalFeedback(asked));
}
