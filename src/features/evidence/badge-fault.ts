/** Why a badge was not taken: a message key under badges.fault, and what is filled in it. One line says what and where. */
export class BadgeFault extends Error {
  constructor(
    readonly key: string,
    readonly params: Record<string, string> = {},
  ) {
    super(`badge: ${key}`);
  }
}

/** Throws the fault unless it holds. */
export function must(holds: boolean, key: string, params: Record<string, string> = {}): asserts holds {
  if (!holds) throw new BadgeFault(key, params);
}
