import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasErrorCode } from '../errors.js'
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.js'

const FILE = 'platform.lock'
const ATTEMPTS = 5

/**
 * Makes the data folder ours until the returned function is called. Two platforms on one folder would start two
 * servers on one cluster. The lock of a process that is gone is taken over.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw new Error(
      `DATA_DIR: the folder ${dataDir} cannot be made. Is there a file of that name, or no right?`,
      {
        cause: error,
      },
    )
  })
  const file = join(dataDir, FILE)
  const content = JSON.stringify(await ownIdentity())
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await tryLock(file, content)) return () => rm(file, { force: true })
    const held = await readFile(file, 'utf8').catch(() => null)
    if (held === null) continue
    const owner = parseIdentity(held)
    if (owner && (await isRunning(owner))) throw alreadyRunning(dataDir, owner.pid)
    await removeStale(file, held)
  }
  throw new Error(`The lock ${file} cannot be taken. If no Cutroom runs on ${dataDir}, remove the file.`)
}

/** Written elsewhere and linked, so that nobody ever reads a lock without its owner. */
async function tryLock(file: string, content: string): Promise<boolean> {
  const own = `${file}.${process.pid}`
  await writeFile(own, content)
  try {
    await link(own, file)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(own, { force: true })
  }
}

/** Renamed and looked at before it goes: since we read it, another process may have put its own lock there. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${process.pid}.stale`
  await rename(file, aside).catch(() => {})
  const moved = await readFile(aside, 'utf8').catch(() => stale)
  if (moved !== stale) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

function parseIdentity(text: string): ProcessIdentity | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('birth' in value)) return null
    const { pid, birth } = value
    return typeof pid === 'number' && typeof birth === 'string' ? { pid, birth } : null
  } catch {
    return null
  }
}

function alreadyRunning(dataDir: string, pid: number): Error {
  return new Error(
    `Cutroom already runs on ${dataDir} (process ${pid}). Stop it first, or set DATA_DIR to another folder.`,
  )
}
