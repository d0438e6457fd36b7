import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { classifyExit } from '../../../src/media/process/classify-exit.js'
import type { MediaLimits } from '../../../src/media/process/confine.js'
import {
  confine,
  describeConfinement,
  findConfinement,
  READING,
  whyUnbounded,
} from '../../../src/media/process/confine.js'
import { type MediaExit, runMediaProcess } from '../../../src/media/process/spawn-media.js'
import { FFMPEG, lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const here = await findConfinement()
const GENEROUS: MediaLimits = { cpuSec: 60, memoryBytes: 2 ** 32, fileBytes: 1e9 }
const ENDLESS = lavfi('testsrc2=s=320x180:r=25:d=36000')

async function run(
  args: readonly string[],
  limits?: Partial<MediaLimits>,
  command = FFMPEG,
): Promise<MediaExit & { readonly stdout: string }> {
  let stdout = ''
  const exit = await runMediaProcess({
    command,
    args: command === FFMPEG ? ['-nostdin', '-y', '-v', 'error', ...args] : args,
    cwd: studio.dir(),
    signal: AbortSignal.timeout(20_000),
    ...(limits ? { limits: { ...GENEROUS, ...limits } } : {}),
    onStdout: (chunk) => {
      stdout += chunk.toString()
    },
  })
  return { ...exit, stdout }
}

/** A server that must not be reached: it counts the requests. */
async function trap(): Promise<{ url: string; requests: () => number; server: Server }> {
  let requests = 0
  const server = createServer((_, res) => {
    requests += 1
    res.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, requests: () => requests, server }
}

test.each([
  ['noNetwork', 'unshare', ['--user', '--map-current-user', '--net', 'true']],
  ['limits', 'prlimit', ['--core=0', 'true']],
  ['diesWithWorker', 'setpriv', ['--pdeathsig', 'KILL', 'true']],
] as const)('%s is used where %s works', async (hold, command, args) => {
  const works = await promisify(execFile)(command, args).then(
    () => true,
    () => false,
  )
  expect(here[hold]).toBe(works)
})

test('a command that cannot be started does not count as a fault of the file', async () => {
  await expect(run([], {}, '/nonexistent/ffmpeg')).rejects.toMatchObject({ code: 'ffmpeg-crashed' })
})

describe.runIf(here.noNetwork)('without a network', () => {
  test('ffmpeg reaches no server, not even on this machine', async () => {
    const { url, requests, server } = await trap()
    const exit = await run(['-i', url, '-f', 'null', '-'], {})
    server.close()
    expect(exit.code).not.toBe(0)
    expect(exit.stderrTail).toContain('Network is unreachable')
    expect(requests()).toBe(0)
  })

  test('ffmpeg reaches no server through a filter either', async () => {
    const { url, requests, server } = await trap()
    const movie = `movie='${url.replaceAll(':', '\\:')}'`
    const exit = await run([...lavfi(movie), '-f', 'null', '-'], {})
    server.close()
    expect(exit.code).not.toBe(0)
    expect(requests()).toBe(0)
  })
})

describe.runIf(here.limits)('with limits', () => {
  test('a file that grows beyond its limit ends ffmpeg, as a full disk does', async () => {
    const exit = await run([...ENDLESS, '-c:v', 'rawvideo', '-f', 'rawvideo', 'big'], { fileBytes: 1e6 })
    expect(exit.signal).toBe('SIGXFSZ')
    expect((await stat(join(studio.dir(), 'big'))).size).toBeLessThanOrEqual(1e6)
    expect(classifyExit(exit)).toMatchObject({ code: 'disk-full' })
  })

  test('ffmpeg ends when its processor time is used up', async () => {
    const exit = await run(['-loglevel', 'level+info', '-nostats', ...ENDLESS, '-f', 'null', '-'], {
      cpuSec: 1,
    })
    expect(exit.code).not.toBe(0)
    expect(classifyExit(exit)).toMatchObject({ code: 'ffmpeg-stalled' })
  })

  test('memory beyond the limit is refused', async () => {
    const take = 'try { Buffer.alloc(1.5e9, 1); console.log("taken") } catch { console.log("refused") }'
    const outcome = async (memoryBytes: number) =>
      (await run(['-e', take], { memoryBytes }, process.execPath)).stdout.trim()
    expect(await outcome(1e9)).toBe('refused')
    expect(await outcome(4e9)).toBe('taken')
  })

  test('a process that only reads cannot write', async () => {
    const exit = await run([...lavfi('testsrc2=s=64x64:d=0.1'), '-f', 'rawvideo', 'secret'])
    expect(exit.signal).toBe('SIGXFSZ')
    expect((await stat(join(studio.dir(), 'secret'))).size).toBe(0)
  })

  test('files beyond the limit cannot be opened', async () => {
    const script =
      'const { openSync } = require("node:fs"); let n = 0; ' +
      'try { for (;;) { openSync("/dev/null"); n += 1 } } catch (error) { console.log(n < 512, error.code) }'
    expect((await run(['-e', script], {}, process.execPath)).stdout.trim()).toBe('true EMFILE')
  })

  test('no process leaves a core dump', async () => {
    const { stdout } = await run(['-c', 'ulimit -c; ulimit -Sf'], { fileBytes: 1024 * 1024 }, '/bin/bash')
    expect(stdout.split('\n').slice(0, 2)).toEqual(['0', '1024'])
    expect((await readdir(studio.dir())).filter((name) => name.startsWith('core'))).toEqual([])
  })
})

test('a namespace has room for all threads of an encoder', async () => {
  const source = lavfi('testsrc2=s=320x180:r=25:d=0.4')
  const exit = await run([...source, '-c:v', 'libx264', '-threads', '64', 'threads.mp4'], {})
  expect(exit).toMatchObject({ code: 0, stderrTail: '' })
})

describe('confinement', () => {
  const all = { noNetwork: true, limits: true, diesWithWorker: true, processesUnbounded: null }
  const none = {
    noNetwork: false,
    limits: false,
    diesWithWorker: false,
    processesUnbounded: 'prlimit is not there',
  }

  test('uses what works, with the namespace first', () => {
    const words = confine(all, READING)
    expect(words.filter((word) => ['unshare', 'prlimit', 'setpriv'].includes(word))).toEqual([
      'unshare',
      'prlimit',
      'setpriv',
    ])
    expect(words).toContain('--nproc=1024')
    expect(confine(none, READING)).toEqual([])
  })

  test.each([
    ['Linux 5.14 and later', { noNetwork: true, limits: true }, '5.14.0-70.el9', null],
    ['a later major', { noNetwork: true, limits: true }, '6.1.0', null],
    ['older kernels', { noNetwork: true, limits: true }, '5.4.0-42-generic', /before Linux 5\.14/],
    ['no namespace', { noNetwork: false, limits: true }, '6.1.0', /without a namespace/],
    ['no prlimit', { noNetwork: true, limits: false }, '6.1.0', /prlimit/],
  ])('limits the number of processes or says why not: %s', (_, confinement, kernel, reason) => {
    const processesUnbounded = whyUnbounded(confinement, kernel)
    if (reason === null) expect(processesUnbounded).toBeNull()
    else expect(processesUnbounded).toMatch(reason)
    const isBounded = confine({ ...all, ...confinement, processesUnbounded }, READING).includes(
      '--nproc=1024',
    )
    expect(isBounded).toBe(reason === null)
  })

  test('tells operators what is missing', () => {
    expect(describeConfinement(none)).toMatch(/WITH the network.*WITHOUT limits.*OUTLIVES/)
    expect(describeConfinement(all)).toBe('without a network, limited, dies with its worker')
    expect(describeConfinement({ ...all, processesUnbounded: 'old' })).toBe(
      'without a network, limited except for the number of processes (old), dies with its worker',
    )
  })
})
