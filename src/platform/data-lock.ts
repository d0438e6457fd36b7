import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { hasErrorCode } from '../errors.js'
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.js'

const FILE = 'platform.lock'
/** Of several processes that find a stale lock, one removes it while the others look again. */
const ATTEMPTS = 50
const PAUSE_MS = 20

/**
 * Locks the data folder until the returned function is called: two platforms on one folder would start two servers on
 * one cluster. The lock of a process that is gone is replaced.
 * @throws Error that names the process that holds the lock
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `DATA_DIR: the folder ${dataDir} cannot be created (${reason}). Set DATA_DIR to another folder.`,
      { cause: error },
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
    await removeStale(file, { held, content })
    await delay(PAUSE_MS)
  }
  throw new Error(
    `The lock file ${file} cannot be replaced. If no Cutroom is running on ${dataDir}, delete the file.`,
  )
}

/** Writes the lock under another name and links it, so that no process reads a lock without its owner. */
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

interface Stale {
  /** What the stale lock says. */
  readonly held: string
  /** What a lock of this process says. */
  readonly content: string
}

/**
 * Removes a stale lock, unless another process is about to. Only whoever has the second lock may remove the first:
 * otherwise a process that has read the stale one could remove that of a process that has replaced it meanwhile.
 */
async function removeStale(file: string, { held, content }: Stale): Promise<void> {
  const removing = `${file}.removing`
  if (!(await tryLock(removing, content))) {
    const remover = parseIdentity(await readFile(removing, 'utf8').catch(() => ''))
    if (remover && !(await isRunning(remover))) await rm(removing, { force: true })
    return
  }
  try {
    if ((await readFile(file, 'utf8').catch(() => null)) === held) await rm(file, { force: true })
  } finally {
    await rm(removing, { force: true })
  }
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
    `Cutroom is already running on ${dataDir} (process ${pid}). Stop it first, or set DATA_DIR to another folder.`,
  )
}
