import { parseArgs } from 'node:util';
import { PROMISES, validateSkills } from './report';

/**
 * npm run validate:skills -- [--seed TEXT] [--learners N] [--covered SHARE] [--false-grew SHARE]: ends with 1 when the model
 * says more than it knows, measured by the shares that the product promises or by those given.
 */
const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { seed: text, learners: text, covered: text, 'false-grew': text } });
const number = (given: string | undefined, usual: number) => (given === undefined ? usual : Number(given));

const learners = number(values.learners, 3000);
const promises = {
  mostFalseGrew: number(values['false-grew'], PROMISES.mostFalseGrew),
  leastCovered: number(values.covered, PROMISES.leastCovered),
};
if (
  !(Number.isInteger(learners) && learners >= 100) ||
  Object.values(promises).some((share) => !(share >= 0 && share <= 1))
) {
  console.error('--learners: a whole number from 100 up; --covered, --false-grew: shares from 0 to 1');
  process.exit(2);
}
const { lines, faults } = validateSkills(values.seed ?? 'oppiva', learners, promises);
console.log(lines.join('\n'));
process.exit(faults.length > 0 ? 1 : 0);
