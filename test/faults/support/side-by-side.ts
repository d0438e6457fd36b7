/** Works through the items in order, `atOnce` of them at the same time. */
export async function sideBySide<Item>(
  atOnce: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values()
  // All share one iterator: each takes the next item when it is free.
  const takeAll = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, takeAll))
}
