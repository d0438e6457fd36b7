import { expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { lavfi } from '../../support/lavfi.js'
import { compile, useStudio } from '../../support/render.js'
import { decodeChannels } from '../../support/sound.js'

const studio = useStudio()
const SAMPLE_RATE = 48_000
const RAMP = 240

async function makeTone(): Promise<string> {
  const sound = lavfi("aevalsrc='0.5*sin(2*PI*100*t)|0.25*sin(2*PI*300*t)':s=48000:d=3")
  return studio.make('tone.mkv', ...lavfi('color=s=64x64:r=25:d=3'), ...sound, '-c:a', 'flac')
}

/** The left side of an edit's sound, coded without loss. */
async function heard(video: string, ...operations: readonly Operation[]): Promise<Float32Array> {
  const output = { container: 'mkv' as const, renditions: [{ name: 'a', audio_codec: 'flac' as const }] }
  const [file] = await studio.renderEdit({ operations, output }, { video })
  return (await decodeChannels(file?.path ?? '', 2))[0] ?? new Float32Array()
}

/** Where two sounds differ by more than the last bit: the first and the last sample. */
function difference(a: Float32Array, b: Float32Array): readonly [number, number] {
  const differ = (value: number, index: number) => Math.abs(value - (b[index] ?? NaN)) > 0.0001
  return [a.findIndex(differ), a.findLastIndex(differ)]
}

function steepest(sound: Float32Array): number {
  return sound.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (sound[index - 1] ?? value))),
    0,
  )
}

test.each([
  ['in the middle', 1.2345, 2.1, 59_256, 100_800],
  ['from the start', 0, 1, 0, 48_000],
  ['to the end', 2.5, null, 120_000, 144_000],
  ['shorter than two ramps', 1, 1.005, 48_000, 48_240],
])('sound is muted %s, to the sample and without a click', async (_, start_time, end_time, start, end) => {
  const video = await makeTone()
  const whole = await heard(video)
  const sound = await heard(video, { type: 'mute', start_time, end_time })
  expect(sound).toHaveLength(3 * SAMPLE_RATE)
  const [first, last] = difference(whole, sound)
  expect(first).toBeGreaterThanOrEqual(start)
  expect(first).toBeLessThan(start + 20)
  expect(last).toBeLessThan(end)
  expect(last).toBeGreaterThan(end - 20)
  const silent = sound.subarray(start + RAMP, end - RAMP)
  expect(silent.every((value) => value === 0)).toBe(true)
  expect(steepest(sound)).toBeLessThan(1.5 * steepest(whole))
})

test('the volume changes for a stretch, to the sample and without a click', async () => {
  const video = await makeTone()
  const whole = await heard(video)
  const sound = await heard(video, { type: 'volume', gain_db: -12, start_time: 1, end_time: 2 })
  const [first, last] = difference(whole, sound)
  expect(first).toBeGreaterThanOrEqual(48_000)
  expect(last).toBeLessThan(96_000)
  const [inside, was] = [sound, whole].map((one) => one.subarray(48_000 + RAMP, 96_000 - RAMP))
  const ratios = [...(inside ?? [])].flatMap((value, index) =>
    Math.abs(was?.[index] ?? 0) > 0.1 ? [value / (was?.[index] ?? 1)] : [],
  )
  expect(Math.max(...ratios.map((ratio) => Math.abs(ratio - 10 ** (-12 / 20))))).toBeLessThan(0.001)
  expect(steepest(sound)).toBeLessThan(1.5 * steepest(whole))
})

test('a stretch after the end changes nothing, and is told', async () => {
  const video = await makeTone()
  const late: Operation[] = [
    { type: 'mute', start_time: 3 },
    { type: 'volume', gain_db: -6, start_time: 5, end_time: 6 },
  ]
  expect(difference(await heard(video), await heard(video, ...late))).toEqual([-1, -1])
  const { warnings } = compile({ operations: late, output: null }, await studio.survey({ video }))
  expect(warnings.map(({ code }) => code)).toEqual(['no-effect', 'no-effect'])
  expect(warnings[0]?.message).toContain(
    '/operations/0 changes nothing: it begins at 3 s, and the sound ends at 3.000 s',
  )
})
