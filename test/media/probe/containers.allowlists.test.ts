import { execFile } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { describeAsset } from '../../../src/jobs/assets/asset-kind.js'
import { runReadTask } from '../../../src/jobs/assets/read-task.js'
import { createProber } from '../../../src/media/create-prober.js'
import { measureSource } from '../../../src/media/packets/measure-source.js'
import { FORMAT_WHITELIST } from '../../../src/media/probe/containers.js'
import type * as Confine from '../../../src/media/process/confine.js'
import { runMediaProcess } from '../../../src/media/process/spawn-media.js'
import { compilePoster } from '../../../src/plan/derive/upload-poster.js'
import { GOOD_FILE, type Prey, scripts, writeGoodFile } from '../../hostile/files.js'
import { gab2Avi } from '../../hostile/gab2-avi.js'
import { layBait, openTrap, type Trap } from '../../hostile/watch.js'
import { FFMPEG, FFPROBE } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { compile, useStudio } from '../../support/render.js'

const NETWORKED = vi.hoisted(() => ({ noNetwork: false, processesUnbounded: 'a test with the network' }))

// Processes keep the network here, so that only the allowlists keep a file from being followed.
vi.mock('../../../src/media/process/confine.js', async (importOriginal) => {
  const original = await importOriginal<typeof Confine>()
  return {
    ...original,
    findConfinement: async () => ({ ...(await original.findConfinement()), ...NETWORKED }),
  }
})

const studio = useStudio()
let trap: Trap
let prey: Prey
let bait: Awaited<ReturnType<typeof layBait>>

beforeAll(async () => {
  trap = await openTrap()
  prey = { url: trap.url, secretPath: join(studio.dir(), 'secret.txt') }
  bait = await layBait(prey.secretPath, 'nobody may read this')
  await writeGoodFile(studio.dir())
})
afterAll(() => trap.close())

const ENDINGS = ['mp4', 'm3u8', 'png', 'mp3'] as const

/** Every file of the corpus that refers to others, and an AVI whose subtitles do. */
function hostile(): [what: string, contents: string | Buffer][] {
  const playlist = `#EXTM3U\n#EXTINF:1,\n${prey.url}a.ts\n#EXT-X-ENDLIST\n`
  return [
    ...scripts(prey).map(([what, text]): [string, string] => [what, text]),
    ['subtitles that are a playlist', gab2Avi(playlist)],
  ]
}

async function untouched(): Promise<void> {
  expect(trap.count()).toBe(0)
  expect(await bait.wasRead()).toBe(false)
}

describe('with a network, the allowlists alone', () => {
  test('keep a probe, a scan and the reading of an asset from following any file', async () => {
    const prober = createProber({ ffmpegPath: FFMPEG, ffprobePath: FFPROBE, fontConfigPath: '/nonexistent' })
    const good = await studio.probe(join(studio.dir(), GOOD_FILE))
    await mkdir(join(studio.dir(), 'uploads'))
    for (const [index, [, contents]] of hostile().entries()) {
      for (const ending of ENDINGS) {
        const path = join(studio.dir(), 'uploads', `${index}.${ending}`)
        await writeFile(path, contents)
        await prober.probe(path).catch(() => null)
        await describeAsset({ prober, read: runReadTask }, `${index}.${ending}`, path).catch(() => null)
        await measureSource(studio.tools(), path, good, AbortSignal.timeout(20_000)).catch(() => null)
      }
    }
    await untouched()
  }, 300_000)

  test('keep ffmpeg from following a file that takes the place of a good one', async () => {
    const video = await studio.make('swapped.mp4', '-i', join(studio.dir(), GOOD_FILE), '-c', 'copy')
    const sources = await studio.survey({ video })
    const { facts } = sources.video
    const [pass] = compile({ operations: [], output: null }, sources).passes
    const poster = facts.video && compilePoster(sources.video, facts.video)
    if (!pass || !poster) throw new Error('the plan lacks a pass')
    for (const [, contents] of hostile()) {
      await writeFile(video, contents)
      await expect(studio.runPass(pass, 'never.mp4')).rejects.toMatchObject({ name: 'AppError' })
      await expect(studio.runPass(poster, 'never.jpg')).rejects.toMatchObject({ name: 'AppError' })
    }
    await untouched()
  }, 300_000)

  test('keep text that looks like syntax from opening anything', async () => {
    const address = prey.url.replaceAll(':', '\\:')
    const texts = [`';movie=${address}a.mp4[x];[x]`, `<img src="${prey.url}a.png">`]
    const video = join(studio.dir(), 'files', 'good.mp4')
    await copyFile(join(studio.dir(), GOOD_FILE), video)
    await studio.render(
      texts.map((content) => textOverlay({ content })),
      { video },
    )
    await untouched()
  })
})

describe('the trap catches', () => {
  async function requestsOf(...args: readonly string[]): Promise<number> {
    const own = await openTrap()
    const list = join(studio.dir(), 'list.m3u8')
    await writeFile(list, `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${own.url}a.ts\n#EXT-X-ENDLIST\n`)
    const command = ['-v', 'error', '-nostdin', ...args, '-i', list, '-f', 'null', '-']
    // It fails, because the trap serves nothing.
    await promisify(execFile)(FFMPEG, command, { timeout: 20_000 }).catch(() => null)
    own.close()
    return own.count()
  }
  const ALL_PROTOCOLS = ['-protocol_whitelist', 'file,http,tcp,crypto,data']

  test('an ffmpeg without allowlists and confinement', async () => {
    expect(await requestsOf(...ALL_PROTOCOLS)).toBeGreaterThan(0)
  })

  test('no ffmpeg that has the list of formats, or the list of protocols', async () => {
    expect(await requestsOf(...ALL_PROTOCOLS, '-format_whitelist', FORMAT_WHITELIST)).toBe(0)
    expect(await requestsOf('-protocol_whitelist', 'file')).toBe(0)
  })

  test('the product’s own runner, as it is in these tests', async () => {
    const own = await openTrap()
    await runMediaProcess({
      command: FFMPEG,
      args: ['-nostdin', '-i', own.url, '-f', 'null', '-'],
      cwd: '/',
      signal: AbortSignal.timeout(20_000),
      onStdout: () => undefined,
    })
    own.close()
    expect(own.count()).toBeGreaterThan(0)
  })
})
