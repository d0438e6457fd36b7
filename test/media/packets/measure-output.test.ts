import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { asAppError } from '../../../src/errors.js'
import { listBoxes, type TypedBox } from '../../../src/media/mp4/boxes.js'
import { readMovieFacts } from '../../../src/media/mp4/movie/movie-facts.js'
import { measureOutput } from '../../../src/media/packets/measure-output.js'
import { probePackets } from '../../../src/media/packets/probe-packets.js'
import { verifyOutput } from '../../../src/media/packets/verify-output.js'
import type { OutputFacts } from '../../../src/media/probe/output-facts.js'
import type { ExpectedResult } from '../../../src/plan/model/plan.js'
import { AAC, beeps, FFPROBE, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const SIZE = { width: 64, height: 64 } as const
const EXPECTED: ExpectedResult = {
  picture: { ...SIZE, frameRate: { num: 25, den: 1 }, frameCount: 50 },
  durationSec: 2,
  hasAudio: true,
}

const sources = [...lavfi(numberedVideo({ ...SIZE, rate: '25', seconds: 2 })), ...lavfi(beeps(2))]
let [front, back] = [Buffer.alloc(0), Buffer.alloc(0)]
beforeAll(async () => {
  const film = await studio.make('back.mp4', ...sources, ...H264, ...AAC)
  back = await readFile(film)
  front = await readFile(await studio.make('front.mp4', '-i', film, '-c', 'copy', '-movflags', '+faststart'))
})

const signal = () => AbortSignal.timeout(20_000)

async function pathOf(bytes: Buffer): Promise<string> {
  const path = join(studio.dir(), 'file.mp4')
  await writeFile(path, bytes)
  return path
}

/** The code with which a file is refused; null: it is what was planned. */
async function codeOf(measuring: Promise<OutputFacts>, expected = EXPECTED): Promise<string | null> {
  try {
    verifyOutput(await measuring, expected)
    return null
  } catch (error) {
    return asAppError(error).code
  }
}

async function codes(bytes: Buffer): Promise<Record<'own' | 'ffprobes', string | null>> {
  const path = await pathOf(bytes)
  return {
    own: await codeOf(measureOutput(FFPROBE, path, 'mp4', signal())),
    ffprobes: await codeOf(probePackets(FFPROBE, path, signal())),
  }
}

function boxOf(bytes: Buffer, type: string): TypedBox {
  const box = listBoxes(bytes, { start: 0, end: bytes.length }).find((one) => one.type === type)
  if (!box) throw new Error(`no ${type}`)
  return box
}

/** Ends the samples early, in a file whose boxes are whole. */
function withoutSamples(bytes: Buffer, missing: number): Buffer {
  const { start, end } = boxOf(bytes, 'mdat')
  const shorter = Buffer.concat([bytes.subarray(0, end - missing), bytes.subarray(end)])
  shorter.writeUInt32BE(end - start - missing, start)
  return shorter
}

test('a whole file passes', async () => {
  for (const bytes of [front, back]) {
    expect(await readMovieFacts(await pathOf(bytes))).not.toBeNull()
    expect(await codes(bytes)).toEqual({ own: null, ffprobes: null })
  }
})

describe('a file that is not whole is refused like by ffprobe', () => {
  test.each([
    ['half of it, the index in front', () => front.subarray(0, front.length / 2), 'source-damaged'],
    ['most of it, the index in front', () => front.subarray(0, front.length * 0.9), 'source-damaged'],
    ['its beginning', () => front.subarray(0, 600), 'unsupported-media'],
    ['nothing', () => Buffer.alloc(0), 'unsupported-media'],
    ['a part of its index, at the end', () => back.subarray(0, -2000), 'unsupported-media'],
    ['without its index', () => back.subarray(0, boxOf(back, 'moov').start), 'unsupported-media'],
    ['with fewer samples than its index says', () => withoutSamples(front, 5000), 'source-damaged'],
  ] as const)('%s', async (_, bytes, code) => {
    expect(await readMovieFacts(await pathOf(bytes()))).toBeNull()
    expect(await codes(bytes())).toEqual({ own: code, ffprobes: code })
  })

  test('with no more samples than fit between the index and the end of the samples', async () => {
    expect(await readMovieFacts(await pathOf(withoutSamples(front, 1)))).toBeNull()
    expect(await readMovieFacts(await pathOf(withoutSamples(back, 1)))).toBeNull()
  })
})

test.each([
  ['with another size', { picture: { ...EXPECTED.picture, width: 32 } }, 'output-invalid'],
  ['with fewer frames', { picture: { ...EXPECTED.picture, frameCount: 51 } }, 'source-damaged'],
  ['with more frames', { picture: { ...EXPECTED.picture, frameCount: 49 } }, 'output-invalid'],
  ['with sound that was not planned', { hasAudio: false }, 'output-invalid'],
  ['without a sound track', { soundCount: 2 }, 'output-invalid'],
  ['with a picture that was not planned', { picture: null }, 'output-invalid'],
] as const)('a file %s is refused', async (_, other, code) => {
  const expected = { ...EXPECTED, ...other } as ExpectedResult
  expect(await codeOf(measureOutput(FFPROBE, await pathOf(front), 'mp4', signal()), expected)).toBe(code)
})
