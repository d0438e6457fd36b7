import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { isAlive } from '../../src/platform/child-process.js'
import { until } from '../support/until.js'

/** A folder that only our user may enter; it is removed after the test. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-platform-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

export async function untilGone(...pids: readonly number[]): Promise<void> {
  await until(`processes ${pids.join(', ')} are gone`, () => !pids.some(isAlive))
}

export interface Parent {
  /** The line of JSON that the code wrote to stdout, parsed. */
  readonly said: Record<string, unknown>
  readonly process: ChildProcess
}

/**
 * Runs code in a separate Node process, which tests may kill. The code imports the compiled modules
 * (`./dist/src/platform/…`) and writes one line of JSON when it is where the test wants it.
 * @param maxFiles number of files that the process may have open
 */
export async function startParent(
  code: string,
  maxFiles: number | 'unlimited' = 'unlimited',
): Promise<Parent> {
  const node = [process.execPath, '--input-type=module', '--eval', code]
  const limit = maxFiles === 'unlimited' ? '' : `ulimit -n ${maxFiles} && `
  const child = spawn('sh', ['-c', `${limit}exec "$@"`, 'sh', ...node], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { said: JSON.parse(line) as Record<string, unknown>, process: child }
}

export async function killParent({ process: child }: Parent): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}
