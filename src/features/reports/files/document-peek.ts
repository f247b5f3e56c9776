/** The first rows now, and all of them, those included, when they are read. What is not read to its end is closed. */
export async function peeked<T>(
  rows: Iterable<T> | AsyncIterable<T>,
  most: number,
): Promise<{ first: T[]; all: AsyncGenerator<T> }> {
  const iterator = iterated(rows);
  const first: T[] = [];
  while (first.length < most) {
    const next = await iterator.next();
    if (next.done) break;
    first.push(next.value);
  }
  return { first, all: joined(first, iterator) };
}

async function* iterated<T>(rows: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  yield* rows;
}

async function* joined<T>(first: readonly T[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
