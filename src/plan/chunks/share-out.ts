/**
 * Shares items among parties so that these have about equally much: each item, from the costliest on, goes to the
 * party that has least. There are no empty parties; each keeps the items in their order. The first has most.
 */
export function shareOut<Item>(
  items: readonly Item[],
  costOf: (item: Item) => number,
  parties: number,
): Item[][] {
  const shares = Array.from({ length: Math.min(parties, items.length) }, () => ({
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
