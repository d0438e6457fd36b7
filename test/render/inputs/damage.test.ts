import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { NO_EXTRAS } from '../../../src/edit/output/extras.js'
import { compileEdit } from '../../../src/plan/compile.js'
import { first, noise } from '../../corpus/bytes.js'
import { decodeGray, frameTimes, readNumber, readNumbers } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { videoOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps } from '../../support/sound.js'

const studio = useStudio()
const SOURCE = [
  ...lavfi(numberedVideo({ rate: '25', seconds: 4, width: 160, height: 90 })),
  ...lavfi(beeps(4)),
]
/** Frames of equal size: a share of the bytes is that share of the time. */
const INTRA = [...H264, '-g', '1', '-x264-params', 'qp=20', ...AAC, '-movflags', '+faststart']

async function makeDamaged(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const whole = await studio.make(`whole-${name}`, ...SOURCE, ...INTRA)
  const path = join(studio.dir(), 'files', name)
  await writeFile(path, change(await readFile(whole)))
  return path
}

const files = { whole: '', short: '', shortMkv: '', holed: '' }
beforeAll(async () => {
  files.whole = await studio.make('whole.mp4', ...SOURCE, ...INTRA)
  files.short = await makeDamaged('short.mp4', first(0.7))
  files.shortMkv = await makeDamaged('short.mkv', first(0.7))
  files.holed = await makeDamaged('holed.mp4', noise(0.4, 0.5))
})

function trim(start: number, end: number): Operation {
  return { type: 'trim', start_time: start, end_time: end, mode: 'exact' }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

describe.each(['short', 'shortMkv'] as const)('a file that breaks off (%s)', (kind) => {
  test('has the duration of what is there, and the facts state the duration that it should have', async () => {
    const { video } = await studio.survey({ video: files[kind] })
    const { durationSec, damage } = video.facts.video ?? {}
    expect(durationSec).toBeGreaterThan(2.4)
    expect(durationSec).toBeLessThan(3.1)
    expect(video.facts.durationSec).toBeLessThan(3.1)
    expect(damage).toMatchObject({ kind: 'breaks-off', foundSec: durationSec })
    expect(damage?.statedSec).toBeCloseTo(4, 1)
  })

  test('is edited up to its end, after a seek, too', async () => {
    const sources = await studio.survey({ video: files[kind] })
    const frames = sources.video.facts.video?.frameCount ?? NaN
    const whole = await studio.render([], { video: files[kind] })
    expect((await readNumbers(whole.path)).slice(0, -1)).toEqual(range(0, frames - 1))
    const end = await studio.render([trim(1.8, 2.4)], { video: files[kind] })
    expect(await readNumbers(end.path)).toEqual(range(45, 60))
    expect(findBeeps(await decodeSound(end.path))[0]).toMatchObject({ sourceSec: 2 })
  })

  test('has nothing to cut after that', async () => {
    const sources = await studio.survey({ video: files[kind] })
    const edit = { operations: [trim(1, 3.9)], output: null }
    expect(compileEdit(edit, sources, { outputPrefix: 'processed/test/' })).toMatchObject({
      ok: false,
      issues: [
        {
          pointer: '/operations/0/end_time',
          message: expect.stringMatching(
            /material ends at [23]\.\d+ s\. The file is damaged: The picture ends early, after [23]\.\d+ s of [34]\.\d+ s\./,
          ) as string,
        },
      ],
    })
  })
})

test('less than half of a file is refused', async () => {
  const video = await makeDamaged('half.mp4', first(0.4))
  await expect(studio.survey({ video })).rejects.toMatchObject({
    code: 'source-damaged',
    message: expect.stringMatching(/^Less than half of the file is there: 1\.\d\d s of 4\.00 s\.$/) as string,
  })
})

describe('a file with noise in the middle', () => {
  test('gives every rendition whole, with the same warning', async () => {
    const edit = { operations: [], output: { ...NO_EXTRAS, qualities: ['360p', '240p'] as const } }
    const renditions = await studio.renderEdit(edit, { video: files.holed })
    const [message] = renditions.map(({ warnings }) => warnings[0]?.message)
    expect(message).toMatch(/ is damaged: \d+ of 100 frames could not be decoded without errors\.$/)
    for (const { path, warnings } of renditions) {
      expect(warnings[0]).toEqual({ code: 'source-damaged', message })
      expect(await frameTimes(path)).toHaveLength(100)
      // What lies before and after the hole keeps its place, and so does the sound.
      expect(findBeeps(await decodeSound(path)).map(({ sourceSec }) => sourceSec)).toEqual([1, 2, 3])
    }
  })

  test('gives no warning when only an undamaged part is rendered', async () => {
    const { warnings, path } = await studio.render([trim(2.4, 3.4)], { video: files.holed })
    expect(warnings).toEqual([])
    expect(await readNumbers(path)).toEqual(range(60, 85))
  })

  test('causes a warning when it is an overlay, or joined to another video', async () => {
    const overlay = videoOverlay({ position_y: 40 })
    const laid = await studio.render([overlay], { video: files.whole, assets: { 'clip.mp4': files.holed } })
    expect(laid.warnings).toMatchObject([{ code: 'source-damaged' }])
    const pictures = await decodeGray(laid.path)
    expect(pictures.map((picture) => readNumber(picture))).toEqual(range(0, 100))

    const id = '0197c4d2-0000-7000-8000-000000000001'
    const joined = await studio.render(
      [
        {
          ...{ type: 'concat', position: 'after', transition: 'none', transition_duration: 1, fit: 'pad' },
          ...{ color: 'black', videos: [{ video_id: id, start_time: 0, end_time: null }] },
        },
      ],
      { video: files.whole, videos: { [id]: files.holed } },
    )
    expect(joined.warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^files\/holed.mp4 is damaged: \d+ of 100 frames/),
      expect.stringMatching(/^files\/holed.mp4 is damaged: \d+ of \d+ packets of sound/),
    ])
    expect(joined.facts.video?.frameCount).toBe(200)
  })
})

test('a file that is mostly noise is refused when it is decoded', async () => {
  const video = await makeDamaged('ruined.mp4', noise(0.3, 0.95))
  await expect(studio.render([], { video })).rejects.toMatchObject({ code: 'source-damaged' })
})

test('a picture with B-frames whose size changes midway has the size that most of it has, frame by frame', async () => {
  const part = (name: string, size: string, { at, seconds }: { at: number; seconds: number }) =>
    studio.make(
      ...[name, ...lavfi(`testsrc2=s=${size}:r=25:d=${seconds}`), ...lavfi(`sine=d=${seconds}`), ...H264],
      ...[...AAC, '-output_ts_offset', String(at)],
    )
  const parts = [
    await part('first.ts', '160x90', { at: 0, seconds: 2 }),
    await part('then.ts', '320x240', { at: 2, seconds: 1 }),
  ]
  const video = join(studio.dir(), 'files', 'changing.ts')
  await writeFile(video, Buffer.concat(await Promise.all(parts.map((path) => readFile(path)))))
  const { facts, path, warnings } = await studio.render([], { video })
  expect(facts.video).toMatchObject({ width: 160, height: 90 })
  expect(Math.abs((await frameTimes(path)).length - 75)).toBeLessThan(4)
  expect((await studio.survey({ video })).video.facts.video?.otherSizes).toEqual([
    { width: 320, height: 240 },
  ])
  expect(warnings.map(({ code }) => code)).not.toContain('size-changes')
})
