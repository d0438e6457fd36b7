import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runMediaProcess } from '../../../src/media/process/spawn-media.js'
import { ffmpeg, FFPROBE, lavfi } from '../../support/lavfi.js'

/** What the scripts below need, as compiled. */
const IMPORTS = Object.entries({
  'process/spawn-media.js': 'runMediaProcess',
  'process/confine.js': 'findConfinement',
  'probe/probe.js': 'probeFile',
})
  .map(([file, name]) => {
    const url = pathToFileURL(resolve('dist/src/media', file)).href
    return `import { ${name} } from ${JSON.stringify(url)}`
  })
  .join('\n')

/** Opens files until the system refuses one more; `release` closes them again. */
const TAKE_ALL_FILES = `
  import { openSync, closeSync } from 'node:fs'
  const taken = []
  const takeAll = () => {
    try {
      for (;;) taken.push(openSync('/dev/null'))
    } catch (error) {
      if (error.code !== 'EMFILE') throw error
    }
  }
  const release = () => taken.splice(0).forEach((file) => closeSync(file))
  const codeOf = (work) => work.then(() => 'fine', (error) => error.code)`

/** Runs a script in a Node process that may have 60 files open. @returns what it prints, parsed */
async function withFewFiles(script: string): Promise<unknown> {
  const source = `${IMPORTS}\n${TAKE_ALL_FILES}\n${script}`
  const few = 'ulimit -n 60 && exec "$@"'
  const args = ['-c', few, 'sh', process.execPath, '--input-type=module', '-e', source]
  const { stdout } = await promisify(execFile)('/bin/sh', args, { timeout: 20_000 })
  return JSON.parse(stdout)
}

describe('a process that runs out of file descriptors', () => {
  test('fails the runs that need more, ends none of the others, and survives', async () => {
    const outcome = await withFewFiles(`
      await findConfinement()
      const controller = new AbortController()
      const start = () => codeOf(runMediaProcess({
        command: '/bin/sleep', args: ['1000'], cwd: '/', signal: controller.signal, onStdout: () => {},
      }))
      const runs = Array.from({ length: 60 }, start)
      const refused = await Promise.race(runs)
      controller.abort(Object.assign(new Error('stopped'), { code: 'stopped' }))
      const codes = await Promise.all(runs)
      const after = await codeOf(runMediaProcess({ command: '/bin/true', args: [], cwd: '/', onStdout: () => {} }))
      console.log(JSON.stringify({ refused, all: [...new Set(codes)].sort(), after }))`)
    expect(outcome).toEqual({
      refused: 'out-of-resources',
      all: ['out-of-resources', 'stopped'],
      after: 'fine',
    })
  })

  test('finds the same confinement as otherwise', async () => {
    const outcome = await withFewFiles(`
      takeAll()
      const meanwhile = await codeOf(findConfinement())
      release()
      console.log(JSON.stringify({ meanwhile, later: await findConfinement() }))`)
    const later: unknown = await withFewFiles('console.log(JSON.stringify(await findConfinement()))')
    expect(outcome).toEqual({ meanwhile: 'out-of-resources', later })
  })

  test('does not refuse a photo because of that', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'cutroom-few-files-'))
    onTestFinished(() => rm(dir, { recursive: true }))
    const path = join(dir, 'photo.jpg')
    await ffmpeg(...lavfi('testsrc2=s=64x64:d=0.04'), '-frames:v', '1', path)
    const outcome = await withFewFiles(`
      const probe = () => codeOf(probeFile(${JSON.stringify(FFPROBE)}, ${JSON.stringify(path)}))
      await findConfinement()
      takeAll()
      const meanwhile = await probe()
      release()
      console.log(JSON.stringify({ meanwhile, later: await probe() }))`)
    expect(outcome).toEqual({ meanwhile: 'out-of-resources', later: 'fine' })
  })
})

describe('a process that cannot be started', () => {
  const start = (command: string, ...args: string[]) =>
    runMediaProcess({ command, args, cwd: '/', onStdout: () => undefined })

  test('because its arguments are too long is not tried again', async () => {
    await expect(start('/bin/true', 'x'.repeat(1024 * 1024))).rejects.toMatchObject({
      code: 'ffmpeg-rejected',
    })
  })

  test.each([
    ['unshare: fork failed: Resource temporarily unavailable', 'out-of-resources'],
    ['unshare: unshare failed: No space left on device', 'out-of-resources'],
    ['setpriv: failed to execute ffmpeg: No such file or directory', 'ffmpeg-crashed'],
  ])('because of "%s" has its own error code', async (words, code) => {
    const failed = start('/bin/sh', '-c', 'echo "$0" >&2; exit 1', words)
    await expect(failed).rejects.toMatchObject({ code })
  })
})
