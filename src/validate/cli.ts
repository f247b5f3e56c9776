import { parseArgs } from 'node:util';
import { validateSkills } from './report';

/** npm run validate:skills -- [--seed TEXT] [--learners N]: exits with 1 when the model says more than it knows. */
const { values } = parseArgs({ options: { seed: { type: 'string' }, learners: { type: 'string' } } });
const learners = Number(values.learners ?? 3000);
if (!Number.isInteger(learners) || learners < 100) {
  console.error('--learners: a whole number from 100 up');
  process.exit(2);
}
const { lines, faults } = validateSkills(values.seed ?? 'oppiva', learners);
console.log(lines.join('\n'));
process.exit(faults.length > 0 ? 1 : 0);
