import { expect, test } from 'vitest'
import type { Edit } from '../../src/edit/operation.js'
import type { ConcatOperation } from '../../src/edit/operations/concat.js'
import type { ReplaceAudioOperation } from '../../src/edit/operations/replace-audio.js'
import { fieldFile } from '../support/field-file.js'
import { lavfi } from '../support/lavfi.js'
import { meterFile } from '../support/loudness.js'
import { compile, type EditFiles, useStudio } from '../support/render.js'
import { decodeChannels, levelOf } from '../support/sound.js'

const studio = useStudio()

const PICTURE = lavfi('color=s=64x64:r=25:d=3')

/** A sound of one pitch, or of several that are added. */
function tone(peak: number, ...pitches: readonly number[]): string[] {
  const waves = pitches.map((hz) => `${peak / pitches.length}*sin(2*PI*${hz}*t)`)
  return lavfi(`aevalsrc='${waves.join('+')}':s=48000:d=3`)
}

function added(fields: Partial<ReplaceAudioOperation>): ReplaceAudioOperation {
  return {
    ...{ type: 'replace_audio', audio: 'sound', mode: 'mix', ducking: null, start_time: 0 },
    ...{ offset: 0, loop: false, fade_in: 0, fade_out: 0, volume_db: 0, ...fields },
  }
}

/** The file of an edit whose sound is coded without loss. */
async function lossless(edit: Omit<Edit, 'output'>, files: EditFiles): Promise<string> {
  const output = { container: 'mkv' as const, renditions: [{ name: 'a', audio_codec: 'flac' as const }] }
  const [file] = await studio.renderEdit({ ...edit, output }, files)
  return file?.path ?? ''
}

async function twoLoud(): Promise<EditFiles> {
  const video = await studio.make('loud.mkv', ...PICTURE, ...tone(0.9, 997), '-c:a', 'flac')
  const sound = await studio.make('sound.wav', ...tone(0.9, 1499))
  return { video, assets: { sound } }
}

test('two loud sounds that are mixed stay below full scale', async () => {
  const files = await twoLoud()
  const operations = [added({})]
  expect((await meterFile(await lossless({ operations }, files))).truePeakDb).toBeCloseTo(-1, 0)
  const [coded] = await studio.renderEdit({ operations, output: null }, files)
  expect((await meterFile(coded?.path ?? '')).truePeakDb).toBeLessThan(0)
})

test('a gain of 20 dB does not clip', async () => {
  const video = await studio.make('speech.mkv', ...PICTURE, ...tone(0.9, 200, 997, 3001), '-c:a', 'flac')
  const [coded] = await studio.renderEdit(
    { operations: [{ type: 'volume', gain_db: 20 }], output: null },
    { video },
  )
  expect((await meterFile(coded?.path ?? '')).truePeakDb).toBeLessThan(0)
})

test('a gain that is taken back has no limiter between', async () => {
  const video = await studio.make('taken-back.mkv', ...PICTURE, ...tone(0.9, 997), '-c:a', 'flac')
  const operations = [{ type: 'volume', gain_db: 20 } as const, { type: 'volume', gain_db: -20 } as const]
  const [left = new Float32Array()] = await decodeChannels(await lossless({ operations }, { video }), 2)
  expect(levelOf(left, 997, 1, 2)).toBeCloseTo(20 * Math.log10(0.9), 0)
})

test('the limiter can be left out', async () => {
  const plan = compile(
    { operations: [added({})], output: null, audio: { limit: false } },
    await studio.survey(await twoLoud()),
  )
  expect(JSON.stringify(plan.passes)).not.toContain('alimiter')
})

test('sound that is not lifted has no limiter', async () => {
  const { video } = await twoLoud()
  const operations = [{ type: 'volume', gain_db: -3 } as const]
  expect(JSON.stringify(compile({ operations, output: null }, await studio.survey({ video })))).not.toContain(
    'alimiter',
  )
})

test('5.1 that replaces the sound does not clip, and the downmix is told', async () => {
  const files = { video: (await twoLoud()).video, assets: { sound: await fieldFile(studio, 'c51.mp4') } }
  const operations = [added({ mode: 'replace' })]
  const { warnings } = compile({ operations, output: null }, await studio.survey(files))
  expect(warnings).toContainEqual({
    code: 'channels-downmixed',
    message: expect.stringMatching(/^Asset "sound": 6 channels/) as unknown,
  })
  expect((await meterFile(await lossless({ operations }, files))).truePeakDb).toBeLessThan(0)
})

test('two noises keep their level while one fades into the other', async () => {
  const noise = (seed: number) => lavfi(`anoisesrc=d=4:c=white:r=48000:a=0.3:seed=${seed}`)
  const picture = lavfi('color=s=64x64:r=25:d=4')
  const video = await studio.make('noise-1.mkv', ...picture, ...noise(1), '-c:a', 'flac')
  const next = await studio.make('noise-2.mkv', ...picture, ...noise(2), '-c:a', 'flac')
  const id = '3f1d7f0e-6a51-4a51-9c39-0d6a0f6b7d11'
  const join: ConcatOperation = {
    ...{ type: 'concat', position: 'after', transition: 'crossfade', transition_duration: 2, fit: 'pad' },
    ...{ color: 'black', videos: [{ video_id: id, start_time: 0, end_time: null }] },
  }
  const file = await lossless({ operations: [join] }, { video, videos: { [id]: next } })
  const [left = new Float32Array()] = await decodeChannels(file, 2)
  const db = (fromSec: number, toSec: number) => {
    const part = left.subarray(fromSec * 48_000, toSec * 48_000)
    return 10 * Math.log10(part.reduce((sum, value) => sum + value * value, 0) / part.length)
  }
  const usual = db(0.5, 1.5)
  for (const sec of [2.2, 2.6, 3, 3.4, 3.8])
    expect(Math.abs(db(sec - 0.1, sec + 0.1) - usual)).toBeLessThan(1)
})

test.each([
  ['scaled', 20 * Math.log10(0.5 * 0.293)],
  ['dialogue', 20 * Math.log10(0.5 * 0.7071)],
] as const)('the centre of 5.1, mixed down %s', async (downmix, expected) => {
  const centre = '0|0|0.5*sin(2*PI*997*t)|0|0|0'
  const sound = lavfi(`aevalsrc='${centre}':c=5.1:s=48000:d=3`)
  const video = await studio.make('centre.mkv', ...PICTURE, ...sound, '-c:a', 'flac')
  const file = await lossless({ operations: [], audio: { downmix } }, { video })
  const [left = new Float32Array()] = await decodeChannels(file, 2)
  expect(Math.abs(levelOf(left, 997, 1, 2) - expected)).toBeLessThan(0.1)
})

test('a loud downmix that keeps dialogue does not clip', async () => {
  const loud = Array.from({ length: 6 }, (_, index) => `0.9*sin(2*PI*${500 + 100 * index}*t)`).join('|')
  const sound = lavfi(`aevalsrc='${loud}':c=5.1:s=48000:d=3`)
  const video = await studio.make('loud-5.1.mkv', ...PICTURE, ...sound, '-c:a', 'flac')
  const file = await lossless({ operations: [], audio: { downmix: 'dialogue' } }, { video })
  expect((await meterFile(file)).truePeakDb).toBeLessThan(-0.5)
})
