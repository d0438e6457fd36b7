import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isAlive } from './child-process.js'

const FAST_SHUTDOWN_MS = 10_000

/**
 * Cleans up after a killed parent or a crash, which may leave a server running on the cluster, or only its pid file.
 * The server is stopped: the caller holds the lock of the data folder, so no other platform uses it. A pid file whose
 * pid now belongs to another program is deleted, because PostgreSQL would refuse to start.
 */
export async function stopLeftover(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid')
  const pid = await readPid(pidFile)
  if (pid === null || !isAlive(pid)) return
  if (!(await isPostgresOf(pid, cluster))) return rm(pidFile, { force: true })
  process.kill(pid, 'SIGINT')
  if (await isGone(pid, FAST_SHUTDOWN_MS)) return
  process.kill(pid, 'SIGKILL')
  if (await isGone(pid, FAST_SHUTDOWN_MS)) return
  throw new Error(
    `A PostgreSQL server (process ${pid}) is still running on ${cluster} and could not be stopped. Stop it first.`,
  )
}

async function readPid(pidFile: string): Promise<number | null> {
  const text = await readFile(pidFile, 'utf8').catch(() => '')
  const pid = Number.parseInt(text.split('\n', 1)[0] ?? '', 10)
  return pid > 0 ? pid : null
}

async function isPostgresOf(pid: number, cluster: string): Promise<boolean> {
  const command = await commandLine(pid)
  return /postgres/.test(command) && command.includes(cluster)
}

async function commandLine(pid: number): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)])
    return stdout
  } catch {
    // Minimal images have no ps.
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
  }
}

async function isGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    if (!isAlive(pid)) return true
    await delay(20)
  }
  return false
}
