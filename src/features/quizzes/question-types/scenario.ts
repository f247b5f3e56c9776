import { z } from 'zod';
import { scenarioFaults } from './scenario-faults';
import { textIn } from './sent';
import type { QuestionType, Seal, Sent } from './type';
import { Key, words } from './words';

const MOST_NODES = 30;
const MOST_CHOICES = 6;
const Points = z.number().min(0).max(1).nullable();

const Choice = z.strictObject({
  key: Key,
  text: words(500),
  /** The key of the node that comes next; empty while the author has not chosen one. */
  to: z.union([Key, z.literal('')]),
  points: Points,
});
const Node = z.strictObject({
  key: Key,
  text: words(2000),
  is_end: z.boolean(),
  /** Of an end. */
  points: Points,
  /** What is said of an end. */
  feedback: words(2000),
  choices: z.array(Choice).max(MOST_CHOICES),
});
const Content = z.strictObject({
  /** The first one is where the story begins. */
  nodes: z.array(Node).max(MOST_NODES),
});
export type ScenarioContent = z.output<typeof Content>;

/** The choices made, each as `node.choice`, and the end they led to. */
const Response = z.strictObject({
  path: z.array(z.string().regex(/^[a-z0-9]{1,12}\.[a-z0-9]{1,12}$/)).max(MOST_NODES),
  end: Key,
});
type ScenarioResponse = z.output<typeof Response>;

interface ChoiceLike {
  key: string;
  to: string;
  points: number | null;
}
interface NodeLike<C extends ChoiceLike = ChoiceLike> {
  key: string;
  is_end: boolean;
  choices: C[];
}
interface Walk<N extends NodeLike> {
  steps: { node: N; choice: N['choices'][number] }[];
  /** Where the path leads; undefined when the content has no such node any more. */
  here: N | undefined;
  isWhole: boolean;
}

/**
 * "What would you do?": a story with choices that lead to ends. The path is kept in the form and in the address, so that one
 * may go back and try another way. Points: those of the end; else the mean of the points of the choices made; else 1 for
 * coming to an end, as nothing in the story is right or wrong.
 */
export const scenario: QuestionType<ScenarioContent, ScenarioResponse> = {
  content: Content,
  response: Response,
  blank: () => ({
    nodes: [blankNode('a', [blankChoice('a', 'b'), blankChoice('b', 'c')]), blankEnd('b'), blankEnd('c')],
  }),
  rows: {
    nodes: { most: MOST_NODES, blank: (key) => blankNode(key, [blankChoice('a', ''), blankChoice('b', '')]) },
    'nodes.choices': { most: MOST_CHOICES, blank: (key) => blankChoice(key, '') },
  },
  needs: ['text'],
  judged: () => false,
  score(content, { path, end }) {
    const { steps, here, isWhole } = walked(content.nodes, path, ({ node, choice }) => `${node.key}.${choice.key}`);
    if (!isWhole || !here || here.key !== end || !isEnd(here)) return 0;
    if (here.points !== null) return here.points;
    const given = steps.flatMap(({ choice }) => choice.points ?? []);
    return given.length === 0 ? 1 : given.reduce((sum, points) => sum + points, 0) / given.length;
  },
  tally: (_content, { path, end }) => [...path, `end:${end}`],
  labelOf({ nodes }, label) {
    const [node, choice] = label.split(/[.:]/);
    if (node === 'end') return nodes.find(({ key }) => key === choice)?.text ?? label;
    return nodes.find(({ key }) => key === node)?.choices.find(({ key }) => key === choice)?.text ?? label;
  },
  read({ nodes }, sent, seal) {
    const { steps, here, isWhole } = sentWalk(nodes, sent, seal);
    if (!isWhole || !here) return { kind: 'fault', field: 'answer', key: 'quizzes.answer.changed' };
    const token = textIn(sent, 'answer');
    if (token === '') return { kind: 'fault', field: 'answer', key: 'quizzes.scenario.missing' };
    const choice = here.choices.find(({ key }) => tokenOf(seal, here, key) === token);
    const next = choice && nodes.find(({ key }) => key === choice.to);
    if (!choice || !next) return { kind: 'fault', field: 'answer', key: 'quizzes.answer.changed' };
    const path = [...steps, { node: here, choice }];
    if (!isEnd(next)) {
      const tokens = path.map((step) => tokenOf(seal, step.node, step.choice.key));
      return { kind: 'again', fields: { path: tokens.join('.') }, place: 'here' };
    }
    return {
      kind: 'answer',
      response: { path: path.map((step) => `${step.node.key}.${step.choice.key}`), end: next.key },
    };
  },
  ask({ nodes }, { sent }, seal) {
    const { steps, here } = sentWalk(nodes, sent, seal);
    const at = here && !isEnd(here) ? here : nodes[0];
    const taken = at === here ? steps : [];
    const tokens = taken.map(({ node, choice }) => tokenOf(seal, node, choice.key));
    return {
      path: tokens.join('.'),
      back: tokens.length > 0 ? tokens.slice(0, -1).join('.') : undefined,
      steps: taken.map(({ node, choice }) => ({ text: node.text, chose: choice.text })),
      text: at?.text ?? '',
      options: shuffledChoices(seal, at).map(({ token, text }) => ({ value: token, text })),
      value: textIn(sent, 'answer'),
    };
  },
  feedback({ nodes }, response) {
    const name = ({ node, choice }: { node: NodeLike; choice: ChoiceLike }) => `${node.key}.${choice.key}`;
    const { steps, here } = walked(nodes, response?.path ?? [], name);
    const hasPoints = nodes.some((node) => node.points !== null || node.choices.some(({ points }) => points !== null));
    const best = Math.max(...nodes.filter(isEnd).map(({ points }) => points ?? 0));
    return {
      steps: steps.map(({ node, choice }) => ({ text: node.text, chose: choice.text })),
      outcome: here && isEnd(here) ? here.text : undefined,
      lines: (here && isEnd(here) && here.feedback) || undefined,
      // Without an answer the good ends are told: that is what "show the answer" asks for.
      ends: response
        ? []
        : nodes.filter((node) => isEnd(node) && (!hasPoints || (node.points ?? 0) === best)).map(({ text }) => text),
      unjudged: !hasPoints,
    };
  },
  faults: scenarioFaults,
};

/** A node without choices ends the story, whatever its author said of it. */
const isEnd = (node: NodeLike) => node.is_end || node.choices.length === 0;

const tokenOf = (seal: Seal, node: NodeLike, choice: string) => seal.token(`go:${node.key}.${choice}`);

function shuffledChoices<C extends ChoiceLike>(seal: Seal, node: NodeLike<C> | undefined) {
  return (node?.choices ?? [])
    .map((choice) => ({ ...choice, token: node ? tokenOf(seal, node, choice.key) : '' }))
    .sort((a, b) => (a.token < b.token ? -1 : 1));
}

/** Follows a path from the first node, as long as its steps are there. A path is never longer than there are nodes. */
function walked<N extends NodeLike>(
  nodes: readonly N[],
  path: readonly string[],
  nameOf: (step: { node: N; choice: N['choices'][number] }) => string,
): Walk<N> {
  const steps: Walk<N>['steps'] = [];
  let here = nodes[0];
  for (const name of path.slice(0, MOST_NODES)) {
    const node = here;
    const choice =
      node && !isEnd(node) ? node.choices.find((one) => nameOf({ node, choice: one }) === name) : undefined;
    if (!node || !choice) return { steps, here, isWhole: false };
    steps.push({ node, choice });
    here = nodes.find(({ key }) => key === choice.to);
  }
  return { steps, here, isWhole: path.length <= MOST_NODES };
}

function sentWalk<N extends NodeLike>(nodes: readonly N[], sent: Sent | undefined, seal: Seal): Walk<N> {
  const tokens = textIn(sent, 'path')
    .split('.')
    .filter((token) => token !== '');
  return walked(nodes, tokens, ({ node, choice }) => tokenOf(seal, node, choice.key));
}

const blankChoice = (key: string, to: string) => ({ key, text: {}, to, points: null });
const blankNode = (key: string, choices: ReturnType<typeof blankChoice>[]) => ({
  key,
  text: {},
  is_end: false,
  points: null,
  feedback: {},
  choices,
});
const blankEnd = (key: string) => ({ ...blankNode(key, []), is_end: true });
