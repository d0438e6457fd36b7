import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { describeAsset } from '../../src/jobs/assets/asset-kind.js'
import { runReadTask } from '../../src/jobs/assets/read-task.js'
import { createProber } from '../../src/media/create-prober.js'
import { fieldFile } from '../support/field-file.js'
import { readNumbers } from '../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { imageOverlay, textOverlay, videoOverlay } from '../support/overlays.js'
import { compile, useStudio } from '../support/render.js'

const studio = useStudio()
const SECONDS = 3

const trim = (start_time: number, end_time: number | null): Operation => {
  return { type: 'trim', start_time, end_time, mode: null }
}

describe.each([
  ['film.mp4', '25', [...H264, ...AAC]],
  ['film.webm', '30000/1001', ['-c:v', 'libvpx', '-b:v', '2M', '-deadline', 'realtime', '-c:a', 'libopus']],
] as const)('a trim of %s', (name, rate, coding) => {
  let video = ''
  let frames = 0
  beforeAll(async () => {
    const picture = numberedVideo({ rate, seconds: SECONDS })
    video = await studio.make(name, ...lavfi(picture), ...lavfi(beeps(SECONDS)), ...coding)
    frames = (await studio.survey({ video })).video.facts.video?.frameCount ?? 0
  })

  test('with an open end is one to the end, to the frame', async () => {
    const [num = 0, den = 1] = rate.split('/').map(Number)
    const first = Math.ceil((1.5 * num) / den)
    const tail = await studio.render([trim(1.5, null)], { video })
    expect(await readNumbers(tail.path)).toEqual(
      Array.from({ length: frames - first }, (_, index) => first + index),
    )
    const head = await studio.render([trim(0, 1.5)], { video })
    expect(await readNumbers(head.path)).toEqual(Array.from({ length: first }, (_, index) => index))
  })
})

test.each<[string, Operation]>([
  ['an image on the right', imageOverlay({ content: 'image', position_x: 320 })],
  ['an image above', imageOverlay({ content: 'image', position_y: -40 })],
  ['a video below', videoOverlay({ content: 'clip', position_y: 180 })],
  ['a text on the left', textOverlay({ position_x: -900, content: 'short' })],
])('%s, wholly outside the picture, is told', async (_, op) => {
  const video = await studio.make('plain.mp4', ...lavfi(numberedVideo({ rate: '25', seconds: 1 })), ...H264)
  const image = await studio.make('image.png', ...lavfi('color=red:s=40x40'), '-frames:v', '1')
  const sources = await studio.survey({ video, assets: { image, clip: video } })
  const { warnings } = compile({ operations: [op], output: null }, sources)
  expect(warnings.map(({ code }) => code)).toEqual(['no-effect', 'no-audio'])
})

describe('a file of subtitles', () => {
  const prober = createProber({ ffmpegPath: '', ffprobePath: '', fontConfigPath: '' })
  const describeFile = (name: string, path: string) =>
    describeAsset({ prober, read: runReadTask }, name, path)

  test.each(['noms.srt', 'frac6.vtt', 'arrow.srt', 'neg.srt', 'html.srt', 'crcrlf.srt', 'pos.vtt'])(
    '%s is taken',
    async (name) => {
      expect((await describeFile(name, await fieldFile(studio, name))).kind).toBe('subtitle')
    },
  )

  test.each([
    ['empty.srt', '1\nno time at all\nx\n'],
    ['none.vtt', 'WEBVTT\n\n00:00 -> never\nx\n'],
  ])('%s is refused, since nothing is left of it', async (name, text) => {
    const path = join(studio.dir(), 'files', name)
    await writeFile(path, text)
    await expect(describeFile(name, path)).rejects.toMatchObject({ code: 'unsupported-media' })
  })
})
