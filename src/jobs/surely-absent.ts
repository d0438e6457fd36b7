/**
 * Whether the database says that there is no such row. While it cannot be asked, the row may be there: the answer to
 * its insertion may have been lost after the commit. So a file is kept until it is known to belong to no row.
 */
export async function isSurelyAbsent(find: () => Promise<object | null>): Promise<boolean> {
  try {
    return (await find()) === null
  } catch {
    return false
  }
}
