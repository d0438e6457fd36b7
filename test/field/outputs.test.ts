import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { SOUND_CONTAINERS } from '../../src/edit/output/formats.js'
import type { OutputRequest } from '../../src/edit/output/output.js'
import { fieldFile } from '../support/field-file.js'
import { decodeGray, decodeRgb, frameTimes, readNumber, rgbAt } from '../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { renderOutput } from '../support/outputs/derived.js'
import { compilePlan, sized } from '../support/plan-facts.js'
import { compile, useStudio } from '../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../support/sound.js'

const studio = useStudio()
const SIZE_360P = { width: 640, height: 360 }

describe('sound alone of a video', () => {
  let longer = ''
  let shorter = ''
  beforeAll(async () => {
    longer = await fieldFile(studio, 'audio-longer.mp4')
    const picture = lavfi(numberedVideo({ rate: '25', seconds: 5 }))
    shorter = await studio.make('shorter.mkv', ...picture, ...lavfi(beeps(3)), ...H264, ...AAC)
  })

  test.each(SOUND_CONTAINERS)(
    'is as long as the sound, which outlasts the picture, in %s',
    async (container) => {
      const { plan, paths } = await renderOutput(studio, { container }, { video: longer })
      expect(plan.warnings).toEqual([])
      const seconds = soundSec(await decodeSound(paths.get('audio') ?? ''))
      expect(Math.abs(seconds - 6)).toBeLessThan(0.06)
    },
  )

  test('is as long as the sound, which ends before the picture', async () => {
    const { paths } = await renderOutput(studio, { container: 'wav' }, { video: shorter })
    expect(soundSec(await decodeSound(paths.get('audio') ?? ''))).toBeCloseTo(3, 1)
  })

  test('may be trimmed where there is sound without a picture', async () => {
    const edit = {
      operations: [{ type: 'trim', start_time: 4, end_time: 5.5, mode: null }] satisfies Operation[],
      output: { container: 'wav' as const },
    }
    const [file] = await studio.renderEdit(edit, { video: longer })
    expect(soundSec(await decodeSound(file?.path ?? ''))).toBeCloseTo(1.5, 2)
  })

  test('keeps the time of the video where a trim reaches beyond the sound', async () => {
    const edit = {
      operations: [{ type: 'trim', start_time: 0.5, end_time: 4.5, mode: null }] satisfies Operation[],
      output: { container: 'wav' as const },
    }
    const [file] = await studio.renderEdit(edit, { video: shorter })
    const samples = await decodeSound(file?.path ?? '')
    expect(soundSec(samples)).toBeCloseTo(4, 2)
    expect(findBeeps(samples).map(({ sourceSec }) => sourceSec)).toEqual([1, 2])
  })

  test('has no warning of the picture', async () => {
    const video = await fieldFile(studio, 'hdr-hlg-grey-steps.mp4')
    const sources = await studio.survey({ video })
    const heard = {
      ...sources.video.facts,
      audio: (await studio.survey({ video: longer })).video.facts.audio,
    }
    const facts = { ...sources, video: { ...sources.video, facts: heard } }
    const codes = (container: 'mp3' | 'mp4') =>
      compile({ operations: [], output: { container } }, facts).warnings.map(({ code }) => code)
    expect(codes('mp3')).toEqual([])
    expect(codes('mp4')).toContain('hdr-tone-mapped')
  })
})

describe('coded sound', () => {
  /** Samples by which a sound is later than another one, by where the two are most alike. */
  function delayOf(late: Float32Array, sound: Float32Array): number {
    const [from, to, most] = [24_000, 26_000, 1500]
    const window = sound.subarray(from, to)
    const likeness = Array.from({ length: 2 * most }, (_, index) =>
      window.reduce((sum, value, at) => sum + value * (late[from + at + index - most] ?? 0), 0),
    )
    return likeness.indexOf(Math.max(...likeness)) - most
  }

  test.each(SOUND_CONTAINERS)('of noise is not a sample late in %s', async (container) => {
    const noise = lavfi('anoisesrc=r=48000:a=0.5:c=pink:d=1:seed=7')
    const video = await studio.make('noise.wav', ...noise, '-ac', '2')
    const { paths } = await renderOutput(studio, { container }, { video })
    const [made, source] = await Promise.all([paths.get('audio') ?? '', video].map(decodeSound))
    expect(made && source && delayOf(made, source)).toBe(0)
  })
})

describe('a waveform', () => {
  const waveform = { width: 200, height: 100, color: '#ff0000' }

  /** Rows with ink in each column of the picture. */
  async function inkOf(video: string): Promise<number[]> {
    const { paths } = await renderOutput(studio, { waveform }, { video })
    const [picture] = await decodeRgb(paths.get('waveform') ?? '')
    expect(picture).toMatchObject({ width: 200, height: 100 })
    return Array.from({ length: 200 }, (_, x) =>
      Array.from({ length: 100 }, (__, y) => (picture ? rgbAt(picture, x, y)[0] : 0)).filter(
        (red) => red > 100,
      ),
    ).map((rows) => rows.length)
  }

  const film = lavfi('color=s=64x64:r=25:d=1')

  test('of two opposite channels shows their level', async () => {
    const ink = await inkOf(await fieldFile(studio, 'anti.mp4'))
    expect(Math.min(...ink.slice(10, 190))).toBeGreaterThan(20)
  })

  test('of one loud and one soft channel shows the loud one', async () => {
    const tones = lavfi("aevalsrc='0.8*sin(880*PI*t)|0.1*sin(880*PI*t)':s=48000:d=1")
    const [one, both] = await Promise.all([
      studio.make('one-side.mkv', ...film, ...tones, ...H264, '-c:a', 'pcm_s16le').then(inkOf),
      studio
        .make(
          'both-sides.mkv',
          ...film,
          ...tones,
          ...H264,
          '-c:a',
          'pcm_s16le',
          '-af',
          'pan=stereo|c0=c0|c1=c0',
        )
        .then(inkOf),
    ])
    const mean = (rows: readonly number[]) => rows.reduce((sum, row) => sum + row, 0) / rows.length
    // The mean level of the tone takes half of the height; that of the soft channel, or of the sum, much less.
    expect(mean(both)).toBeGreaterThan(45)
    expect(Math.abs(mean(one) - mean(both))).toBeLessThan(3)
  })

  test('of silence is a flat line', async () => {
    const silence = lavfi('anullsrc=r=48000:cl=stereo:d=1')
    const ink = await inkOf(await studio.make('silence.mp4', ...film, ...silence, ...H264, ...AAC))
    expect(new Set(ink)).toEqual(new Set([1]))
  })
})

describe('a GIF', () => {
  test.each([
    [60, 50],
    [30, 25],
    [24, 20],
  ])('asked for at %i frames per second has %i, and says so', async (asked, made) => {
    const video = await studio.make(`${asked}.mp4`, ...lavfi(`testsrc2=s=64x64:r=${asked}:d=1`), ...H264)
    const output: OutputRequest = { container: 'gif', renditions: [{ name: 'loop', frame_rate: asked }] }
    const { plan, paths } = await renderOutput(studio, output, { video })
    expect(plan.warnings.filter(({ code }) => code === 'frame-rate-rounded')).toEqual([
      {
        code: 'frame-rate-rounded',
        message: `loop has ${made} frames per second and not ${asked}: frames of gif last whole hundredths of a second, two at least.`,
      },
    ])
    const times = await frameTimes(paths.get('loop') ?? '')
    expect(times.map((sec) => Math.round(sec * 100))).toEqual(
      Array.from({ length: made }, (_, index) => (index * 100) / made),
    )
  })

  test.each([50, 33.33, 25, 12.5, 10])('at %d frames per second is as asked', (asked) => {
    const output: OutputRequest = { container: 'gif', renditions: [{ name: 'loop', frame_rate: asked }] }
    const { warnings } = compilePlan({ operations: [], output }, sized(64, 64))
    expect(warnings.map(({ code }) => code)).not.toContain('frame-rate-rounded')
  })
})

describe('an output without renditions', () => {
  test.each<[string, OutputRequest]>([
    ['mov', { container: 'mov' }],
    ['mp4', { poster: true }],
    ['mp4', {}],
  ])('is one %s at the size of the picture', async (extension, output) => {
    const video = await studio.make(
      '360p.mp4',
      ...lavfi(numberedVideo({ ...SIZE_360P, rate: '25', seconds: 0.4 })),
      ...H264,
    )
    const { plan, paths } = await renderOutput(studio, output, { video })
    const films = plan.outputs.filter(({ name }) => name !== 'poster')
    expect(films.map(({ name, container }) => `${name}.${container}`)).toEqual([`edited.${extension}`])
    const pictures = await decodeGray(paths.get('edited') ?? '')
    expect(pictures.map((picture) => readNumber(picture))).toEqual(
      Array.from({ length: 10 }, (_, index) => index),
    )
    expect(pictures[0]).toMatchObject(SIZE_360P)
  })
})

describe('a frame rate that is asked for', () => {
  test.each([
    [60, 420],
    [25, 175],
    [15, 105],
  ])('of %i is that of a recording of a varying rate, too', async (asked, frames) => {
    const video = await fieldFile(studio, 'vfr-burst-then-still.mp4')
    const output: OutputRequest = { renditions: [{ name: 'paced', frame_rate: asked }] }
    const { paths } = await renderOutput(studio, output, { video })
    const times = await frameTimes(paths.get('paced') ?? '')
    expect(times).toHaveLength(frames)
    expect(times.every((sec, frame) => Math.abs(sec - frame / asked) < 0.001)).toBe(true)
  })
})
