/** Neighbours in an order, counted as one. */
export interface Pool<T> {
  items: T[];
  n: number;
}

/**
 * Counts of people along an order (lessons of a course), with small ones counted together with what follows until no part has
 * some people but fewer than `k`. What is left over at the end joins the last part. Parts without anyone stand alone.
 * Everything in one part when all are fewer than `k`. Never shows how a part splits among its items.
 */
export function pooledInOrder<T>(counts: readonly { item: T; n: number }[], k: number): Pool<T>[] {
  const pools: Pool<T>[] = [];
  let open: Pool<T> | undefined;
  for (const { item, n } of counts) {
    if (!open && n === 0) {
      pools.push({ items: [item], n });
      continue;
    }
    open = { items: [...(open?.items ?? []), item], n: (open?.n ?? 0) + n };
    if (open.n < k) continue;
    pools.push(open);
    open = undefined;
  }
  if (!open) return pools;
  const at = pools.findLastIndex(({ n }) => n >= k);
  const last = pools.splice(Math.max(at, 0));
  const items = [...last.flatMap((pool) => pool.items), ...open.items];
  return [...pools, { items, n: last.reduce((sum, { n }) => sum + n, 0) + open.n }];
}
