import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FfmpegProgress } from '../../../src/media/process/progress.js'
import { runFfmpeg } from '../../../src/media/process/run-ffmpeg.js'
import { runMediaProcess } from '../../../src/media/process/spawn-media.js'
import { isAlive } from '../../../src/platform/child-process.js'
import { FFMPEG, lavfi } from '../../support/lavfi.js'
import { processesIn, waitFor } from '../../support/processes.js'
import { useStudio } from '../../support/render.js'
import { until } from '../../support/until.js'

const studio = useStudio()

/** Twenty minutes in real time, so that a run does not end by itself. */
const ENDLESS = ['-re', ...lavfi('testsrc2=s=64x64:r=25:d=1200'), '-f', 'null', '-']
const HOUR_US = 3600e6

let runs = 0

interface Run {
  readonly dir: string
  readonly reports: FfmpegProgress[]
  readonly controller: AbortController
  readonly result: Promise<unknown>
}

async function start(
  argv: readonly string[],
  options: { stallTimeoutSec?: number; expectedUs?: number; maxFileBytes?: number } = {},
): Promise<Run> {
  runs += 1
  const dir = join(studio.dir(), `run-${runs}`)
  await mkdir(dir)
  const reports: FfmpegProgress[] = []
  const controller = new AbortController()
  const tools = { ...studio.tools(), stallTimeoutSec: options.stallTimeoutSec ?? 30 }
  const result = runFfmpeg(tools, {
    argv,
    cwd: dir,
    signal: controller.signal,
    onProgress: (progress) => reports.push(progress),
    expectedUs: options.expectedUs ?? HOUR_US,
    maxFileBytes: options.maxFileBytes ?? 1e9,
  }).catch((error: unknown) => error)
  onTestFinished(async () => {
    controller.abort()
    await result
  })
  return { dir, reports, controller, result }
}

async function pidOf({ dir, reports }: Run): Promise<number> {
  await until('ffmpeg reports', () => reports.length > 0)
  const [pid] = await processesIn(dir)
  if (pid === undefined) throw new Error('ffmpeg is not running')
  return pid
}

describe('a run', () => {
  test('reports a position that rises to the end', async () => {
    const source = lavfi('testsrc2=s=640x360:r=25:d=3')
    const run = await start([...source, '-c:v', 'libx264', '-preset', 'slow', 'out.mp4'], { expectedUs: 3e6 })
    expect(await run.result).toMatchObject({ complaints: 0 })
    const positions = run.reports.map(({ outTimeUs }) => outTimeUs)
    expect(positions).toEqual([...positions].sort((a, b) => a - b))
    expect(positions.at(-1)).toBeGreaterThan(2.8e6)
    expect(run.reports.at(-1)?.frames).toBe(75)
  })

  test.each<[string, string[]]>([
    ['an unknown filter', [...lavfi('testsrc2=d=0.1'), '-vf', 'frobnicate', '-f', 'null', '-']],
    ['an unknown encoder', [...lavfi('testsrc2=d=0.1'), '-c:v', 'libx999', '-f', 'null', '-']],
    ['an unknown option', ['-frobnicate', '1', ...lavfi('testsrc2=d=0.1'), '-f', 'null', '-']],
    ['an impossible size', [...lavfi('testsrc2=d=0.1'), '-vf', 'crop=9999:9999', '-f', 'null', '-']],
  ])('with %s is rejected', async (_, argv) => {
    expect(await (await start(argv)).result).toMatchObject({ name: 'AppError', code: 'ffmpeg-rejected' })
  })

  test('on a source that is not a media file reports it as damaged', async () => {
    const argv = ['-i', resolve('package.json'), '-f', 'null', '-']
    expect(await (await start(argv)).result).toMatchObject({ code: 'source-damaged' })
  })

  test('has no stdin, few variables and only our fonts', async () => {
    let text = ''
    const exit = await runMediaProcess({
      command: '/usr/bin/env',
      args: [],
      cwd: '/',
      env: { FONTCONFIG_FILE: 'x' },
      onStdout: (chunk) => {
        text += chunk.toString()
      },
    })
    expect(exit.code).toBe(0)
    const names = text
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0])
    const wanted = [
      ...['AV_LOG_FORCE_NOCOLOR', 'FONTCONFIG_FILE', 'GCONV_PATH', 'HOME', 'LANG', 'PATH', 'SVT_LOG'],
    ]
    expect(names.sort()).toEqual(wanted)
  })
})

// Processes are found by their folder in /proc.
describe.runIf(process.platform === 'linux')('a run that is ended from outside', () => {
  test('by abort kills ffmpeg, and ends only when ffmpeg is gone', async () => {
    const run = await start(ENDLESS)
    const pid = await pidOf(run)
    const reason = new Error('cancelled')
    run.controller.abort(reason)
    expect(await run.result).toBe(reason)
    expect(isAlive(pid)).toBe(false)
  })

  test('by abort also kills the processes that ffmpeg has started', async () => {
    const dir = join(studio.dir(), 'group')
    await mkdir(dir)
    const controller = new AbortController()
    const result = runMediaProcess({
      command: '/bin/sh',
      args: ['-c', 'sleep 1000 & sleep 1000 & wait'],
      cwd: dir,
      signal: controller.signal,
      onStdout: () => undefined,
    }).catch((error: unknown) => error)
    const pids = await waitFor('ffmpeg runs', async () => {
      const found = await processesIn(dir)
      return found.length === 3 ? found : undefined
    })
    controller.abort(new Error('cancelled'))
    expect(await result).toMatchObject({ message: 'cancelled' })
    await until('ffmpeg is gone', () => !pids.some(isAlive))
  })

  test('before its start starts nothing', async () => {
    const aborted = AbortSignal.abort(new Error('too late'))
    const run = { command: '/nonexistent', args: [], cwd: '/', signal: aborted, onStdout: () => undefined }
    await expect(runMediaProcess(run)).rejects.toThrow('too late')
  })

  test('by SIGKILL is a crash', async () => {
    const run = await start(ENDLESS)
    process.kill(await pidOf(run), 'SIGKILL')
    expect(await run.result).toMatchObject({ code: 'ffmpeg-crashed' })
  })

  test('by SIGXCPU, on which ffmpeg ends itself, is told as too much processor time', async () => {
    const run = await start(ENDLESS)
    process.kill(await pidOf(run), 'SIGXCPU')
    expect(await run.result).toMatchObject({
      code: 'ffmpeg-stalled',
      message: 'ffmpeg used too much processor time.',
    })
  })

  test('by the watchdog, as ffmpeg is silent, counts as a stall', async () => {
    const run = await start(ENDLESS, { stallTimeoutSec: 1 })
    const pid = await pidOf(run)
    process.kill(pid, 'SIGSTOP')
    expect(await run.result).toMatchObject({ code: 'ffmpeg-stalled' })
    expect(isAlive(pid)).toBe(false)
  })

  test('by the death of its parent process kills ffmpeg, even after SIGKILL', async () => {
    const dir = join(studio.dir(), 'orphan')
    await mkdir(dir)
    const runner = pathToFileURL(resolve('dist/src/media/process/spawn-media.js')).href
    // It is silent, because otherwise the broken pipe would end it.
    const run = { command: FFMPEG, args: ['-nostats', '-loglevel', 'quiet', ...ENDLESS], cwd: dir }
    const script = `
      import { runMediaProcess } from ${JSON.stringify(runner)}
      await runMediaProcess({ ...${JSON.stringify(run)}, onStdout: () => undefined })`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [pid = NaN] = await waitFor('ffmpeg runs', async () => {
      const found = await processesIn(dir)
      return found.length > 0 ? found : undefined
    })
    onTestFinished(() => {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL')
    })
    parent.kill('SIGKILL')
    await until('ffmpeg is gone', () => !isAlive(pid))
  })
})
