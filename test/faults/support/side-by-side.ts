/** Works through the items in order, on as many at once as it is told. */
export async function sideBySide<Item>(
  atOnce: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values()
  // One iterator for all: each takes what is next when it is free.
  const takeAll = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, takeAll))
}
