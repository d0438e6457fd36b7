import { beforeAll, describe, expect, test } from 'vitest'
import type { VideoOverlay } from '../../../src/edit/operations/overlay.js'
import { AAC, beeps, H264, lavfi } from '../../support/lavfi.js'
import { videoOverlay } from '../../support/overlays.js'
import { type EditFiles, useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../../support/sound.js'

const studio = useStudio()
const RATE = 48_000
/** Factor by which two equal channels are louder once they are decoded as one. */
const BOTH = Math.SQRT2

let files: EditFiles
let silent: EditFiles

beforeAll(async () => {
  const picture = (seconds: number) => lavfi(`color=gray:s=64x36:r=25:d=${seconds}`)
  const clip = [...picture(1.32), ...lavfi(beeps(2)), '-t', '1.32', ...H264]
  const assets = {
    'clip.mp4': await studio.make('clip.mp4', ...clip, ...AAC),
    'clip.mkv': await studio.make('clip.mkv', ...clip, '-c:a', 'flac'),
    // A tone of constant strength, to the sample.
    'tone.mkv': await studio.make(
      ...['tone.mkv', ...picture(2), ...lavfi("aevalsrc='0.5*sin(2*PI*1000*t)':s=48000:d=2"), ...H264],
      ...['-c:a', 'pcm_s16le'],
    ),
  }
  const hum = lavfi("aevalsrc='0.1*sin(2*PI*200*t)':s=48000:d=4")
  files = { video: await studio.make('hum.mkv', ...picture(4), ...hum, ...H264, '-c:a', 'pcm_s16le'), assets }
  silent = { video: await studio.make('silent.mp4', ...picture(4), ...H264), assets }
}, 60_000)

async function sound(fields: Partial<VideoOverlay>, of: EditFiles = files): Promise<Float32Array> {
  return decodeSound((await studio.render([videoOverlay(fields)], of)).path)
}

/** Beeps as [at, second of their source], to the hundredth of a second. */
async function beepsOf(fields: Partial<VideoOverlay>, of?: EditFiles): Promise<number[][]> {
  return findBeeps(await sound(fields, of)).map((beep) => [
    Math.round(beep.atSec * 100) / 100,
    beep.sourceSec,
  ])
}

function peak(samples: Float32Array, fromSec: number, toSec: number): number {
  return samples
    .subarray(fromSec * RATE, toSec * RATE)
    .reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

describe('the sound of a clip', () => {
  test('is not heard unless it is asked for', async () => {
    const samples = await sound({ start_time: 0.5 })
    expect(findBeeps(samples)).toEqual([])
    expect(peak(samples, 0.5, 1)).toBeCloseTo(0.1 * BOTH, 1)
  })

  test.each(['clip.mp4', 'clip.mkv'])('begins with its picture (%s), and ends with it', async (content) => {
    expect(await beepsOf({ content, start_time: 0.48, audio: 'mix' })).toEqual([
      [0.48, 0],
      [1.48, 1],
    ])
    expect(await beepsOf({ content, start_time: 0.48, end_time: 1.4, audio: 'mix' })).toEqual([[0.48, 0]])
  })

  test('begins again whenever the picture does', async () => {
    const looped = await sound({ start_time: 0.4, end_time: 3.6, at_end: 'loop', audio: 'mix' }, silent)
    expect(findBeeps(looped).map(({ atSec }) => Math.round(atSec * 100) / 100)).toEqual([
      ...[0.4, 1.4, 1.72, 2.72, 3.04],
    ])
    expect(soundSec(looped)).toBeCloseTo(4, 1)
    expect(peak(looped, 3.6, 4)).toBeLessThan(0.01)
  })

  test('is mixed with that of the material, which stays audible', async () => {
    const samples = await sound({ start_time: 1, end_time: 1.6, at_end: 'hold', audio: 'mix' })
    expect(peak(samples, 0.2, 0.9)).toBeCloseTo(0.1 * BOTH, 1)
    expect(peak(samples, 1.2, 1.5)).toBeCloseTo(0.1 * BOTH, 1)
  })

  test('replaces that of the material for as long as the clip is visible, to the millisecond', async () => {
    const held = await sound({ start_time: 0.4, end_time: 3, at_end: 'hold', audio: 'replace' })
    expect(peak(held, 0.1, 0.35)).toBeCloseTo(0.1 * BOTH, 1)
    expect(peak(held, 0.5, 1.35)).toBeLessThan(0.01)
    // The clip has ended; its last frame stays, and the material stays silent.
    expect(peak(held, 1.7, 2.95)).toBeLessThan(0.01)
    expect(peak(held, 3.05, 4)).toBeCloseTo(0.1 * BOTH, 1)
    const hidden = await sound({ start_time: 0.4, end_time: 3, audio: 'replace' })
    expect(peak(hidden, 0.5, 1.35)).toBeLessThan(0.01)
    expect(peak(hidden, 1.76, 2.95)).toBeCloseTo(0.1 * BOTH, 1)
    expect([soundSec(held), soundSec(hidden)].map((sec) => Math.round(sec * 20) / 20)).toEqual([4, 4])
  })

  test.each(['mix', 'replace'] as const)(
    'begins and ends with its frames, to the millisecond (%s)',
    async (audio) => {
      const samples = await sound({ content: 'tone.mkv', start_time: 1, end_time: 2.52, audio })
      // Twice the level of the hum, half that of the tone.
      const loud = Array.from(samples.keys()).filter((index) => Math.abs(samples[index] ?? 0) > 0.25 * BOTH)
      expect(Math.abs((loud.at(0) ?? NaN) / RATE - 1)).toBeLessThan(0.001)
      expect(Math.abs((loud.at(-1) ?? NaN) / RATE - 2.52)).toBeLessThan(0.001)
    },
  )

  test('follows its volume, and fades with the picture', async () => {
    const fields = {
      content: 'tone.mkv',
      start_time: 1,
      end_time: 3,
      audio: 'mix',
      volume_db: -6.0206,
    } as const
    const samples = await sound({ ...fields, fade_in: 1, fade_out: 0.8 }, silent)
    expect(peak(samples, 0, 0.98)).toBeLessThan(0.01)
    expect(peak(samples, 1.45, 1.5)).toBeCloseTo(0.125 * BOTH, 1)
    expect(peak(samples, 2.05, 2.15)).toBeCloseTo(0.25 * BOTH, 1)
    expect(peak(samples, 2.6, 2.65)).toBeCloseTo(0.125 * BOTH, 1)
    expect(peak(samples, 3.02, 4)).toBeLessThan(0.01)
  })
})
