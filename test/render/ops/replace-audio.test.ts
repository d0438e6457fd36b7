import { beforeAll, describe, expect, test } from 'vitest'
import type { Ducking, ReplaceAudioOperation } from '../../../src/edit/operations/replace-audio.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { type EditFiles, useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, levelOf, soundSec } from '../../support/sound.js'

/** What a single channel, heard at its own level on both sides, has when `decodeSound` mixes the two down. */
const BOTH_SIDES = Math.SQRT2

const studio = useStudio()
let files: EditFiles
let silent: EditFiles

beforeAll(async () => {
  const picture = lavfi(numberedVideo({ rate: '25', seconds: 4 }))
  const sound = lavfi(beeps(3))
  const assets = {
    'music.wav': await studio.make('music.wav', ...sound),
    'music.m4a': await studio.make('music.m4a', ...sound, ...AAC),
    'music.ogg': await studio.make('music.ogg', ...sound, '-c:a', 'libopus'),
    'clip.mp4': await studio.make('clip.mp4', ...picture, ...sound, ...H264, ...AAC),
  }
  files = { video: await studio.make('source.mp4', ...picture, ...lavfi(beeps(4)), ...H264, ...AAC), assets }
  silent = { video: await studio.make('silent.mp4', ...picture, ...H264), assets }
}, 60_000)

const MUSIC: ReplaceAudioOperation = {
  ...{ type: 'replace_audio', audio: 'music.wav', mode: 'replace' },
  ...{ start_time: 0, offset: 0, loop: false, fade_in: 0, fade_out: 0, volume_db: 0, ducking: null },
}

async function sound(op: Partial<ReplaceAudioOperation>, of: EditFiles = files): Promise<Float32Array> {
  return decodeSound((await studio.render([{ ...MUSIC, ...op }], of)).path)
}

/** Beeps as [at, second of their source], to the hundredth of a second. */
async function beepsOf(op: Partial<ReplaceAudioOperation>, of?: EditFiles): Promise<number[][]> {
  return findBeeps(await sound(op, of)).map((beep) => [Math.round(beep.atSec * 100) / 100, beep.sourceSec])
}

describe('replaced sound', () => {
  test.each(['music.wav', 'music.m4a', 'music.ogg', 'clip.mp4'])(
    'of %s begins at its start time',
    async (audio) => {
      expect(await beepsOf({ audio, start_time: 0.5, offset: 1 })).toEqual([
        [0.5, 1],
        [1.5, 2],
      ])
    },
  )

  test('lasts as long as the picture, and gives sound to a silent video', async () => {
    expect(soundSec(await sound({}))).toBeCloseTo(4, 1)
    expect(await beepsOf({ mode: 'mix', start_time: 1.5 }, silent)).toEqual([
      [1.5, 0],
      [2.5, 1],
      [3.5, 2],
    ])
  })

  test('is mixed with the existing sound at full volume', async () => {
    expect(await beepsOf({ mode: 'mix', start_time: 0.5 })).toEqual([
      [0.5, 0],
      [1, 1],
      [1.5, 1],
      [2, 2],
      [2.5, 2],
      [3, 3],
    ])
  })

  test('has its volume and its fades', async () => {
    expect(await beepsOf({ volume_db: -20 })).toEqual([])
    const faded = await sound({ start_time: 0.5, fade_in: 1.5, fade_out: 1.5 })
    const peakAt = (sec: number) =>
      faded.subarray(sec * 48_000, (sec + 0.05) * 48_000).reduce((peak, value) => Math.max(peak, value), 0)
    expect(peakAt(0.5)).toBeLessThan(0.05)
    expect(peakAt(1.5)).toBeCloseTo(BOTH_SIDES * 0.8 * (1 / 1.5), 1)
    expect(peakAt(2.5)).toBeCloseTo(BOTH_SIDES * 0.8 * (1 / 1.5), 1)
  })
})

describe('a loop', () => {
  test.each(['music.wav', 'music.m4a'])('of a part of %s goes on until the picture ends', async (audio) => {
    expect(await beepsOf({ audio, loop: true, start_time: 0.3, offset: 1.9 })).toEqual([
      [0.4, 2],
      [1.5, 2],
      [2.6, 2],
      [3.7, 2],
    ])
  })

  test('of a long enough sound changes nothing, and the end of the last round is faded', async () => {
    expect(await beepsOf({ audio: 'clip.mp4', loop: true, offset: 1, start_time: 2 })).toEqual(
      await beepsOf({ audio: 'clip.mp4', offset: 1, start_time: 2 }),
    )
    const faded = await sound({ loop: true, offset: 2, start_time: 0.5, fade_out: 3 })
    const [loud, soft] = [0.5, 3.5].map((sec) => levelOf(faded, 1200, sec, sec + 0.05))
    expect((loud ?? NaN) - (soft ?? NaN)).toBeGreaterThan(10)
  })
})

describe('ducking', () => {
  const DUCKING: Ducking = { lower: 'material', amount_db: 12, attack: 0.05, release: 0.5 }
  /** The pitch in hertz of a steady sound, and of one that comes and goes. */
  const [BED, VOICE] = [500, 2000]
  let talk: EditFiles

  beforeAll(async () => {
    const picture = lavfi(numberedVideo({ rate: '25', seconds: 4, width: 64, height: 40 }))
    const bed = lavfi(`aevalsrc='0.3*sin(2*PI*${BED}*t)':s=48000:d=4`)
    const voice = (level: number) =>
      lavfi(`aevalsrc='if(between(t,1,2),${level}*sin(2*PI*${VOICE}*t),0)':s=48000:d=4`)
    const assets = {
      'bed.wav': await studio.make('bed.wav', ...bed),
      'loud.wav': await studio.make('loud.wav', ...voice(0.5)),
      'soft.wav': await studio.make('soft.wav', ...voice(0.1)),
    }
    talk = { video: await studio.make('bed.mp4', ...picture, ...bed, ...H264, ...AAC), assets }
  })

  test.each(['loud.wav', 'soft.wav'])(
    'of the material under %s lowers it by the set decibels, and ends with it',
    async (audio) => {
      const mixed = await sound({ audio, mode: 'mix', ducking: DUCKING }, talk)
      const bed = (sec: number) => levelOf(mixed, BED, sec, sec + 0.2)
      expect(bed(0.5) - bed(1.3)).toBeCloseTo(12, 0)
      expect(bed(0.5) - bed(1.7)).toBeCloseTo(12, 0)
      expect(bed(0.5) - bed(2.6)).toBeCloseTo(0, 0)
      // The added sound itself is unchanged.
      const level = audio === 'loud.wav' ? 0.5 : 0.1
      expect(levelOf(mixed, VOICE, 1.3, 1.5)).toBeCloseTo(20 * Math.log10(BOTH_SIDES * level), 0)
    },
  )

  test('of the added sound leaves the material unchanged', async () => {
    const talking: ReplaceAudioOperation = { ...MUSIC, audio: 'loud.wav' }
    const ducking: Ducking = { ...DUCKING, lower: 'added', amount_db: 6, release: 0.1 }
    const mixing: ReplaceAudioOperation = { ...MUSIC, audio: 'bed.wav', mode: 'mix', ducking }
    const mixed = await decodeSound((await studio.render([talking, mixing], talk)).path)
    const bed = (sec: number) => levelOf(mixed, BED, sec, sec + 0.2)
    expect(bed(0.5) - bed(1.3)).toBeCloseTo(6, 0)
    expect(bed(0.5) - bed(2.2)).toBeCloseTo(0, 0)
    expect(levelOf(mixed, VOICE, 1.3, 1.5)).toBeCloseTo(20 * Math.log10(BOTH_SIDES * 0.5), 0)
  })
})
