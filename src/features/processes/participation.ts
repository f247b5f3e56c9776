/** An organisation on one level, and how many of its people. */
interface Party {
  party: string;
  kind: string;
  people: number;
}

export interface PartyCount {
  kind: string;
  organisations: number;
  /** Null when there are people, but fewer than may be told of. */
  people: number | null;
}

/**
 * How many took part, by kind of organisation, each organisation once. Organisations are always told; people only from `least`
 * on, and no total of people is made, from which a hidden one could be counted.
 */
export function participationOf(parties: readonly Party[], least: number): PartyCount[] {
  const kinds = Map.groupBy(parties, ({ kind }) => kind);
  return [...kinds].map(([kind, some]) => {
    const byParty = Map.groupBy(some, ({ party }) => party.toLowerCase());
    // The same people may be on two levels: the larger of them counts.
    const people = [...byParty.values()].reduce((sum, own) => sum + Math.max(...own.map((one) => one.people)), 0);
    return { kind, organisations: byParty.size, people: people === 0 || people >= least ? people : null };
  });
}
