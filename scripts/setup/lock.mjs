import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const BEAT_MS = 2_000
const STALE_MS = 30_000

/** Runs the work while no other set-up runs under the same lock file. One whose owner is dead is taken over. */
export async function withLock(file, work, onWait = () => {}) {
  await mkdir(dirname(file), { recursive: true })
  while (!(await tryLock(file))) {
    onWait()
    await delay(250)
  }
  // Shows life: after a crash, another program may get the owner's process id.
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(file, { force: true })
  }
}

async function tryLock(file) {
  // Written elsewhere and linked, so that nobody ever reads a lock without its owner.
  const own = `${file}.${process.pid}`
  await writeFile(own, String(process.pid))
  try {
    await link(own, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  } finally {
    await rm(own, { force: true })
  }
  await removeStale(file)
  return false
}

async function removeStale(file) {
  const owner = await readFile(file, 'utf8').catch(() => null)
  if (owner === null || (isAlive(Number(owner)) && !(await isSilent(file)))) return
  const aside = `${file}.${process.pid}.stale`
  await rename(file, aside).catch(() => {})
  // Between the look and the rename, another one may have cleaned up and locked: that lock goes back.
  if ((await readFile(aside, 'utf8').catch(() => owner)) !== owner) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

async function isSilent(file) {
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }))
  return Date.now() - mtimeMs > STALE_MS
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
