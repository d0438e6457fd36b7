/**
 * Divides items into shares of about equal cost: each item, from the costliest on, goes to the share that costs
 * least so far. No share is empty, and each keeps the order of the items. The first share costs most.
 */
export function shareOut<Item>(
  items: readonly Item[],
  costOf: (item: Item) => number,
  shareCount: number,
): Item[][] {
  const shares = Array.from({ length: Math.min(shareCount, items.length) }, () => ({
    cost: 0,
    indices: new Set<number>(),
  }))
  const costs = items.map(costOf)
  const costliestFirst = [...costs.keys()].sort((a, b) => (costs[b] ?? 0) - (costs[a] ?? 0))
  for (const index of costliestFirst) {
    const least = shares.reduce((a, b) => (b.cost < a.cost ? b : a))
    least.cost += costs[index] ?? 0
    least.indices.add(index)
  }
  return shares
    .sort((a, b) => b.cost - a.cost)
    .map(({ indices }) => items.filter((_, index) => indices.has(index)))
}
