import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyOutput } from '../../src/media/verify-output.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { readNumbers } from '../support/frames.js'
import { compile, useStudio } from '../support/render.js'

const studio = useStudio()

async function makeHalf(name: string, ...container: readonly string[]): Promise<string> {
  const source = [...lavfi(numberedVideo({ rate: '25', seconds: 4 })), ...lavfi(beeps(4))]
  const whole = await studio.make(`whole-${name}`, ...source, ...H264, ...AAC, ...container)
  const bytes = await readFile(whole)
  const half = join(studio.dir(), 'files', name)
  await writeFile(half, bytes.subarray(0, bytes.length / 2))
  return half
}

describe('an MP4 of which the second half is missing', () => {
  let video = ''
  beforeAll(async () => {
    video = await makeHalf('half.mp4', '-movflags', '+faststart')
  })

  test('is found out by the scan', async () => {
    expect((await studio.probe(video)).durationSec).toBeCloseTo(4, 1)
    await expect(studio.survey({ video })).rejects.toMatchObject({
      code: 'source-damaged',
      message: expect.stringMatching(/^The video breaks off after [12]\.\d\d s of 4\.00 s\.$/) as string,
    })
  })

  test('renders short without an error of ffmpeg, which the check of the result finds out', async () => {
    const sources = {
      video: { key: 'files/half.mp4', facts: await studio.probe(video) },
      assets: new Map(),
      videos: new Map(),
    }
    const [pass] = compile({ operations: [], output: null }, sources).passes
    if (!pass) throw new Error('the plan has no pass')
    const rendered = await studio.survey({ video: await studio.runPass(pass, 'short.mp4') })
    expect(() => verifyOutput(rendered.video.facts, pass.encode.expected)).toThrow(
      expect.objectContaining({
        code: 'source-damaged',
        message: expect.stringMatching(
          /^The source could be decoded for [12]\.\d\d s of 4\.00 s only\.$/,
        ) as string,
      }),
    )
  })
})

test('what is left of a broken-off Matroska file is edited', async () => {
  const file = await studio.render([], { video: await makeHalf('half.mkv') })
  const numbers = await readNumbers(file.path)
  expect(numbers.length).toBeGreaterThan(20)
  expect(numbers.length).toBeLessThan(100)
  expect(numbers.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, index) => index))
})

test('an MP4 without its index is no media', async () => {
  await expect(studio.probe(await makeHalf('no-index.mp4'))).rejects.toMatchObject({
    code: 'unsupported-media',
  })
})
