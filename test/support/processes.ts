import { readdir, readlink } from 'node:fs/promises'
import { until } from './until.js'

/** Ids of the processes that work in a folder. */
export async function processesIn(dir: string): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    ids.map(async (id) =>
      (await readlink(`/proc/${id}/cwd`).catch(() => null)) === dir ? [Number(id)] : [],
    ),
  )
  return found.flat()
}

/** Waits for what another process does: asks again until there is an answer. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  let answer: T | undefined
  await until(what, async () => {
    answer = await ask()
    return answer !== undefined
  })
  if (answer === undefined) throw new Error(`there is no answer: ${what}`)
  return answer
}
