import type { Chance } from '../demo/chance';
import { type Evidence, HIGHEST_LEVEL } from '../features/skills/estimate';
import { chanceRight, difficultyOfLevel, LEVEL_AT_ZERO_LOGITS } from '../features/skills/item-response';
import { quizEvidenceLevel } from '../features/skills/mastery';

/**
 * How the simulated people and sources err. Assumptions, all in one place and printed by the command: nobody has measured
 * them on our users yet. Levels; `sd` is a standard deviation.
 */
export const ASSUMED = {
  /** True levels: most begin low, few are experts. */
  ability: { mean: 3.5, sd: 1.6 },
  /** Own views: most overrate somewhat, each in their own way and the same way each time (domain research, 4.1). */
  self: { biasMean: 0.4, biasSd: 0.7, sd: 0.6 },
  /** Who watches a person at work errs by less than a level, and watchers differ. */
  demonstration: { sd: 0.7 },
  supervisor: { sd: 0.9 },
  peer: { sd: 1 },
  /** Right by luck when one does not know; "I don't know" is always there and costs nothing. */
  guess: 0.1,
  /** How far a question's true difficulty lies from the level its author gave it. */
  question: { sd: 0.5 },
} as const;

/** A person whose true level the simulation knows and the product does not. */
export class Learner {
  private readonly selfBias: number;

  constructor(
    private readonly chance: Chance,
    readonly level: number,
  ) {
    this.selfBias = chance.normal(ASSUMED.self.biasMean, ASSUMED.self.biasSd);
  }

  static drawn(chance: Chance): Learner {
    return new Learner(chance, clamped(chance.normal(ASSUMED.ability.mean, ASSUMED.ability.sd)));
  }

  /** The same person after a true change, with the same habits. */
  changedBy(levels: number): Learner {
    const later = Object.create(Learner.prototype) as Learner;
    return Object.assign(later, this, { level: clamped(this.level + levels) });
  }

  /** Answers a question of a true difficulty, in logits. */
  answers(difficulty: number): boolean {
    return this.chance.happens(chanceRight(this.level - LEVEL_AT_ZERO_LOGITS, difficulty, ASSUMED.guess));
  }

  /** Own view on the scale that the form has: below 1, 1, 3 or 5. */
  ownView(at: Date): Evidence {
    const felt = this.level + this.selfBias + this.chance.normal(0, ASSUMED.self.sd);
    const level = felt < 0.5 ? 0 : felt < 2 ? 1 : felt < 4 ? 3 : 5;
    return { source: 'self', level, at };
  }

  /** What somebody saw, as a whole level. */
  seenBy(source: 'demonstration' | 'supervisor' | 'peer', at: Date): Evidence {
    return { source, level: Math.round(clamped(this.level + this.chance.normal(0, ASSUMED[source].sd))), at };
  }

  /** A quiz of so many questions aimed at one level; undefined when it stays feedback only. */
  quiz(target: number, questions: number, at: Date): Evidence | undefined {
    let right = 0;
    for (let asked = 0; asked < questions; asked += 1)
      right += Number(this.answers(difficultyOfLevel(target) + this.chance.normal(0, ASSUMED.question.sd)));
    const level = quizEvidenceLevel({ right, wrong: questions - right, unknown: 0 }, target);
    return level === null ? undefined : { source: 'quiz', level, at, atLeast: true };
  }
}

export const clamped = (level: number) => Math.min(HIGHEST_LEVEL, Math.max(0, level));
