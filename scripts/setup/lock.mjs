import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf } from './errors.mjs'

const BEAT_MS = 2_000
const STALE_MS = 30_000
const ignore = () => undefined

/**
 * Does the work while no other set-up holds the same lock file. A lock whose owner is dead is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called again and again while another set-up has the lock
 * @returns {Promise<T>} what `work` gives
 */
export async function withLock(file, work, onWait = ignore) {
  await mkdir(dirname(file), { recursive: true })
  while (!(await tryLock(file))) {
    onWait()
    await delay(250)
  }
  // Shows life: after a crash, another program may get the owner's process id.
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(ignore), BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(file, { force: true })
  }
}

/** @param {string} file */
async function tryLock(file) {
  // Written elsewhere and then linked, so that a lock is never seen without its owner.
  const own = `${file}.${process.pid}`
  await writeFile(own, String(process.pid))
  try {
    await link(own, file)
    return true
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(own, { force: true })
  }
  await removeStale(file)
  return false
}

/** @param {string} file */
async function removeStale(file) {
  const owner = await readFile(file, 'utf8').catch(() => null)
  if (owner === null || (isAlive(Number(owner)) && !(await isSilent(file)))) return
  const aside = `${file}.${process.pid}.stale`
  await rename(file, aside).catch(ignore)
  // Between the look and the rename, another set-up may have cleaned up and locked: that lock goes back.
  if ((await readFile(aside, 'utf8').catch(() => owner)) !== owner) await link(aside, file).catch(ignore)
  await rm(aside, { force: true })
}

/** @param {string} file */
async function isSilent(file) {
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }))
  return Date.now() - mtimeMs > STALE_MS
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}
