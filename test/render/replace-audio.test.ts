import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplaceAudioOperation } from '../../src/edit/operations.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { useStudio, type EditFiles } from '../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../support/sound.js'

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
  ...{ start_time: 0, offset: 0, fade_in: 0, fade_out: 0, volume_db: 0 },
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
    '%s begins where it is told',
    async (audio) => {
      expect(await beepsOf({ audio, start_time: 0.5, offset: 1 })).toEqual([
        [0.5, 1],
        [1.5, 2],
      ])
    },
  )

  test('lasts as long as the picture, and gives sound to a silent one', async () => {
    expect(soundSec(await sound({}))).toBeCloseTo(4, 1)
    expect(await beepsOf({ mode: 'mix', start_time: 1.5 }, silent)).toEqual([
      [1.5, 0],
      [2.5, 1],
      [3.5, 2],
    ])
  })

  test('mixes with what is there at full volume', async () => {
    expect(await beepsOf({ mode: 'mix', start_time: 0.5 })).toEqual([
      [0.5, 0],
      [1, 1],
      [1.5, 1],
      [2, 2],
      [2.5, 2],
      [3, 3],
    ])
  })

  test('is turned down and faded', async () => {
    expect(await beepsOf({ volume_db: -20 })).toEqual([])
    const faded = await sound({ start_time: 0.5, fade_in: 1.5, fade_out: 1.5 })
    const peakAt = (sec: number) =>
      faded.subarray(sec * 48_000, (sec + 0.05) * 48_000).reduce((peak, value) => Math.max(peak, value), 0)
    expect(peakAt(0.5)).toBeLessThan(0.05)
    expect(peakAt(1.5)).toBeCloseTo(0.8 * (1 / 1.5), 1)
    expect(peakAt(2.5)).toBeCloseTo(0.8 * (1 / 1.5), 1)
  })
})
