import { readdir, readlink } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

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
export async function waitFor<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await setTimeout(20)
  }
  throw new Error('it did not happen within ten seconds')
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
