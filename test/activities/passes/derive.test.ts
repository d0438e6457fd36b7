import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { executeDerivedPass, largestFile } from '../../../activities/passes/derive.js'
import { createRenderPass } from '../../../activities/passes/run-pass.js'
import { createPlan } from '../../../activities/plan.js'
import type { Output } from '../../../src/jobs/model.js'
import { measureSource } from '../../../src/media/packets/measure-source.js'
import { probeFile } from '../../../src/media/probe/probe.js'
import { derivePoster } from '../../../src/plan/derive/poster.js'
import { useDatabase } from '../../db/fixtures.js'
import { createWorld } from '../../jobs/world.js'
import { decodeGray, decodeRgb, readNumber, readNumbers } from '../../support/frames.js'
import { AAC, beeps, FFMPEG, ffmpeg, FFPROBE, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { measureRendered } from '../../support/outputs/measure-rendered.js'
import { newJob, newVideo } from '../../support/records.js'
import { decodeSound, findBeeps } from '../../support/sound.js'
import { activityDeps, attempt } from '../world.js'

const SECONDS = 10
const RATE = 24

const database = useDatabase()
let dir = ''
let outputs: Output[] = []
const paths = new Map<string, string>()

/** Renders a numbered clip that is black for its first half in two qualities, with everything derived from them. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-derived-'))
  const clip = join(dir, 'clip.mp4')
  const numbers = numberedVideo({ rate: String(RATE), seconds: SECONDS, width: 640, height: 360 })
  const inputs = [...lavfi(numbers), ...lavfi(beeps(SECONDS))]
  await ffmpeg(...inputs, ...H264, ...AAC, clip)
  const world = createWorld(dir, database.repositories())
  const { deps } = world
  const tools = { ffmpegPath: FFMPEG, ffprobePath: FFPROBE }
  const probed = await probeFile(FFPROBE, clip)
  const facts = await measureSource(tools, clip, probed, AbortSignal.timeout(20_000))
  const video = newVideo({ facts })
  await deps.storage.putFile(video.filePath, clip, 'replace')
  const upload = newJob(video.id, { type: 'upload', edit: null })
  await deps.repositories.jobs.createUpload(video, upload, null)
  const job = newJob(video.id, {
    edit: {
      operations: [],
      output: {
        qualities: ['360p', '240p'],
        packaging: 'hls+dash',
        poster: true,
        thumbnails: { count: 5, width: 160 },
        sprite: { interval: 2, width: 80 },
        waveform: { width: 400, height: 100, color: '#ff0000' },
      },
    },
  })
  await deps.repositories.jobs.create(job, null)
  const active = activityDeps(world, FFMPEG)
  await attempt().run(createPlan(active), { jobId: job.id })
  const plan = await deps.repositories.jobs.loadPlan(job.id)
  for (const { name } of [...(plan?.passes ?? []), ...(plan?.derived ?? [])]) {
    await attempt().run(createRenderPass(active), { jobId: job.id, passName: name })
  }
  outputs = await deps.repositories.outputs.list(job.id)
  for (const { name, filePath } of outputs) paths.set(name, join(world.mediaDir, filePath))
}, 60_000)
afterAll(() => rm(dir, { recursive: true, force: true }))

const pathOf = (name: string) => paths.get(name) ?? ''

test('the outputs begin with the films, the largest film first', () => {
  expect(outputs.map(({ name }) => name)).toEqual([
    ...['360p', '240p', 'poster', 'waveform'],
    ...['dash', 'hls', 'sprite', 'thumbnails'],
  ])
})

describe('pictures', () => {
  test('the poster is the sharpest frame, not a black or a blurred one', async () => {
    const pieces = [
      'color=black:s=320x180:r=25:d=3',
      'testsrc2=s=320x180:r=25:d=1',
      'testsrc2=s=320x180:r=25:d=3',
    ]
    const [black, sharp, blurred] = pieces
    const graph = `${black}[a];${sharp}[b];${blurred},gblur=sigma=8[c];[a][b][c]concat=n=3`
    const clip = join(dir, 'sharp.mp4')
    await ffmpeg(...lavfi(graph), ...H264, clip)
    const world = createWorld(join(dir, 'poster'), database.repositories())
    const { deps } = world
    await deps.storage.putFile('processed/job/a.mp4', clip, 'replace')
    const facts = await measureRendered(await world.fetch('processed/job/a.mp4'), 'mp4')
    const video = facts.video
    if (!video) throw new Error('the clip has no picture')
    const file = {
      ...video,
      ...({ kind: 'film', codec: 'h264', container: 'mp4', format: facts.format, audioCodec: null } as const),
      name: 'a',
      key: 'processed/job/a.mp4',
      frameCount: 175,
      hasAudio: false,
      keyFrameIntervalSec: 2,
      pictureKind: 'bt709, 8 bits',
      coding: null,
    }
    const pass = derivePoster(file)
    const active = activityDeps({ deps }, FFMPEG)
    const execution = {
      jobId: 'job',
      pass,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    }
    const chosen = await executeDerivedPass(active, execution, async (folder) => {
      const [picture] = await decodeGray(await largestFile(folder))
      return picture
    })
    const neighbours = Array.from({ length: 319 }, (_, x) =>
      Math.abs((chosen?.data[90 * 320 + x] ?? 0) - (chosen?.data[90 * 320 + x + 1] ?? 0)),
    )
    expect(Math.max(...neighbours)).toBeGreaterThan(60)
  })

  test('the poster is a frame of the film', async () => {
    const [picture] = await decodeGray(pathOf('poster'))
    expect(picture).toMatchObject({ width: 640, height: 360 })
    expect(picture && readNumber(picture)).not.toBeNull()
  })

  test('thumbnails are taken from the middles of equal parts', async () => {
    const folder = dirname(pathOf('thumbnails'))
    const list: unknown = JSON.parse(await readFile(pathOf('thumbnails'), 'utf8'))
    const times = [1, 3, 5, 7, 9]
    expect(list).toEqual({
      thumbnails: times.map((time, index) => ({
        time,
        file: `thumbnail-00${index + 1}.jpg`,
        width: 160,
        height: 90,
      })),
    })
    for (const [index, time] of times.entries()) {
      const [picture] = await decodeGray(join(folder, `thumbnail-00${index + 1}.jpg`))
      expect(picture && readNumber(picture, { height: 10 })).toBe(time * RATE)
    }
  })

  test('each cue of the sprite points at the tile of its time', async () => {
    const text = await readFile(pathOf('sprite'), 'utf8')
    const cues = [...text.matchAll(/(\S+) --> (\S+)\nsprite-001\.jpg#xywh=(\d+),(\d+),80,46/g)]
    expect(cues.map(([, start, end]) => [start, end])).toEqual(
      [0, 2, 4, 6, 8].map((second) => [
        `00:00:0${second}.000`,
        `00:00:${String(second + 2).padStart(2, '0')}.000`,
      ]),
    )
    const [sheet] = await decodeGray(join(dirname(pathOf('sprite')), 'sprite-001.jpg'))
    cues.forEach(([, , , x, y], index) => {
      const place = { x: Number(x), y: Number(y), width: 80, height: 5 }
      expect(sheet && readNumber(sheet, place)).toBe((index * 2 + 1) * RATE)
    })
  })

  test('the waveform shows the tones in its colour and at their times', async () => {
    const [picture] = await decodeRgb(pathOf('waveform'))
    expect(picture).toMatchObject({ width: 400, height: 100 })
    const ink = (second: number) =>
      Array.from({ length: 100 }, (_, y) => picture?.data[(y * 400 + second * 40) * 3] ?? 0).filter(
        (red) => red > 100,
      ).length
    expect(ink(3)).toBeGreaterThan(20)
    expect(ink(3.5)).toBeLessThan(5)
  })
})

/** The bit rate of each segment of a playlist. */
async function segmentRates(playlist: string): Promise<number[]> {
  const text = await readFile(playlist, 'utf8')
  const segments = [...text.matchAll(/#EXTINF:([\d.]+),\n(\S+)/g)]
  return Promise.all(
    segments.map(async ([, sec, name = '']) => {
      const { size } = await stat(join(dirname(playlist), name))
      return (size * 8) / Number(sec)
    }),
  )
}

describe('segments', () => {
  test('one set of files serves both protocols, complete and in sync', async () => {
    for (const manifest of ['hls', 'dash']) {
      const path = pathOf(manifest)
      expect(await readNumbers(path)).toEqual(Array.from({ length: SECONDS * RATE }, (_, index) => index))
      expect(findBeeps(await decodeSound(path)).map(({ sourceSec }) => sourceSec)).toEqual(
        Array.from({ length: SECONDS - 1 }, (_, index) => index + 1),
      )
    }
    expect(dirname(pathOf('hls'))).toBe(dirname(pathOf('dash')))
  })

  test('the master playlist states size, rate, codecs and true bit rates', async () => {
    const text = await readFile(pathOf('hls'), 'utf8')
    const variants = [...text.matchAll(/#EXT-X-STREAM-INF:(\S+)\n(\S+)/g)]
    expect(variants.map(([, line]) => /RESOLUTION=([^,]+)/.exec(line ?? '')?.[1])).toEqual([
      '640x360',
      '426x240',
    ])
    for (const [, line = '', name = ''] of variants) {
      expect(line).toMatch(/FRAME-RATE=24(,|$)/)
      expect(line).toMatch(/CODECS="avc1\.64[0-9a-f]{4},mp4a\.40\.2"/)
      const rates = await segmentRates(join(dirname(pathOf('hls')), name))
      const sound = await segmentRates(join(dirname(pathOf('hls')), 'media_2.m3u8'))
      const [peak, average] = ['BANDWIDTH', 'AVERAGE-BANDWIDTH'].map((key) =>
        Number(new RegExp(`(?:^|,)${key}=(\\d+)`).exec(line)?.[1]),
      )
      expect(peak).toBe(Math.ceil(Math.max(...rates) + Math.max(...sound)))
      expect(average).toBeLessThan(peak ?? NaN)
      expect(average).toBeGreaterThan(Math.min(...rates))
    }
  })

  test('all renditions are cut at the same moments', async () => {
    const folder = dirname(pathOf('hls'))
    const cuts = await Promise.all(
      [0, 1].map(async (id) =>
        [...(await readFile(join(folder, `media_${id}.m3u8`), 'utf8')).matchAll(/#EXTINF:([\d.]+)/g)].map(
          ([, length]) => Number(length),
        ),
      ),
    )
    expect(cuts[0]).toEqual([4, 4, 2])
    expect(cuts[1]).toEqual(cuts[0])
  })
})
