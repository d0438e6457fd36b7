import { beforeAll, describe, expect, test } from 'vitest'
import type { ConcatOperation } from '../../../src/edit/operations/concat.js'
import {
  decodeGray,
  decodeRgb,
  frameTimes,
  grayAt,
  readNumber,
  readNumbers,
  rgbAt,
} from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../../support/sound.js'

const studio = useStudio()
const AAC_FRAME_SEC = 1024 / 48_000
const clips: Record<string, string> = {}

beforeAll(async () => {
  const video = (rate: string, seconds: number, more = {}) => lavfi(numberedVideo({ rate, seconds, ...more }))
  const sound = lavfi(beeps(2.4))
  clips['main'] = await studio.make('main.mp4', ...video('25', 2.4), ...sound, ...H264, ...AAC)
  clips['silent'] = await studio.make('silent.mp4', ...video('25', 2), ...H264)
  clips['fast'] = await studio.make('fast.mp4', ...video('50', 2), ...sound, ...H264, ...AAC)
  clips['ntsc'] = await studio.make('ntsc.mkv', ...video('30000/1001', 2.002), ...sound, ...H264, ...AAC)
  clips['slow'] = await studio.make('slow.mp4', ...video('5', 2), ...sound, ...H264, ...AAC)
  clips['mono'] = await studio.make(
    ...['mono.mp4', ...video('25', 2), ...sound, ...H264, ...AAC, '-ar', '22050', '-ac', '1'],
  )
})

function concat(ids: readonly string[], fields: Partial<ConcatOperation> = {}): ConcatOperation {
  return {
    type: 'concat',
    videos: ids.map((video_id) => ({ video_id, start_time: 0, end_time: null })),
    position: 'after',
    transition: 'none',
    transition_duration: 1,
    fit: 'pad',
    color: 'black',
    ...fields,
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

const files = (main = 'main') => ({ video: clips[main] ?? '', videos: clips })

async function seconds(path: string): Promise<number> {
  return soundSec(await decodeSound(path))
}

test('videos follow the material in their order, each with its own sound', async () => {
  const file = await studio.render([concat(['silent', 'mono'])], files())
  expect(await readNumbers(file.path)).toEqual([...range(0, 60), ...range(0, 50), ...range(0, 50)])
  const sound = await decodeSound(file.path)
  expect(Math.abs(soundSec(sound) - 6.4)).toBeLessThan(AAC_FRAME_SEC)
  const heard = findBeeps(sound)
  expect(heard.map(({ sourceSec }) => sourceSec)).toEqual([1, 2, 0, 1])
  heard.forEach(({ atSec }, index) => {
    expect(Math.abs(atSec - Number([1, 2, 4.4, 5.4][index]))).toBeLessThan(0.012)
  })
  expect((await frameTimes(file.path)).every((sec, frame) => Math.abs(sec - frame / 25) < 1e-3)).toBe(true)
})

test('an intro that is cut to a stretch comes before the material', async () => {
  const videos = [{ video_id: 'silent', start_time: 0.4, end_time: 1.2 }]
  const { path } = await studio.render([concat([], { videos, position: 'before' })], files())
  expect(await readNumbers(path)).toEqual([...range(10, 30), ...range(0, 60)])
  const [first] = findBeeps(await decodeSound(path)).filter(({ sourceSec }) => sourceSec === 1)
  expect(Math.abs(Number(first?.atSec) - 1.8)).toBeLessThan(0.012)
})

test('the material can be used again, and operations count their times on what they find', async () => {
  const trim = (start_time: number, end_time: number) =>
    ({ type: 'trim', start_time, end_time, mode: 'exact' }) as const
  const operations = [trim(0.4, 1.2), concat(['main']), trim(0.4, 1.6)]
  const { path } = await studio.render(operations, files())
  expect(await readNumbers(path)).toEqual([...range(20, 30), ...range(0, 20)])
})

test('a silent material gets silence beside a video with sound; two silent ones stay silent', async () => {
  const mixed = await studio.render([concat(['main'])], files('silent'))
  const heard = findBeeps(await decodeSound(mixed.path))
  expect(heard.map(({ sourceSec }) => sourceSec)).toEqual([0, 1, 2])
  expect(Math.abs(Number(heard[0]?.atSec) - 2)).toBeLessThan(0.012)
  const silent = await studio.render([concat(['silent'])], files('silent'))
  expect(silent.facts.audio).toEqual([])
  expect(await readNumbers(silent.path)).toEqual([...range(0, 50), ...range(0, 50)])
})

describe.each([
  ['fast', 50],
  ['ntsc', 30_000 / 1001],
  ['slow', 5],
])('a video of another rate (%s)', (clip, rate) => {
  test('keeps its speed and its length on the frame grid of the material', async () => {
    const { path } = await studio.render([concat([clip])], files())
    const numbers = await readNumbers(path)
    expect(numbers).toHaveLength(110)
    expect(numbers.slice(0, 60)).toEqual(range(0, 60))
    numbers.slice(60).forEach((number, index) => {
      expect(number).not.toBeNull()
      expect(Math.abs(Number(number) - (index / 25) * rate)).toBeLessThanOrEqual(Math.max(1, rate / 25))
    })
    expect(Math.abs((await seconds(path)) - 4.4)).toBeLessThan(AAC_FRAME_SEC)
  })
})

describe('a crossfade', () => {
  test('mixes the end of one with the start of the next evenly, and lasts exactly as long as asked', async () => {
    const [white, black] = await Promise.all(
      ['white', 'black'].map((color) =>
        studio.make(`${color}.mp4`, ...lavfi(`color=${color}:s=160x90:r=25:d=2`), ...H264),
      ),
    )
    const mix = concat(['black'], { transition: 'crossfade', transition_duration: 0.8 })
    const { path } = await studio.render([mix], { video: white ?? '', videos: { black: black ?? '' } })
    const light = (await decodeGray(path)).map((picture) => grayAt(picture, 80, 45))
    expect(light).toHaveLength(80)
    for (const frame of range(0, 30)) expect(light[frame]).toBeGreaterThan(230)
    for (const frame of range(50, 80)) expect(light[frame]).toBeLessThan(20)
    for (const frame of range(30, 50)) {
      expect(Math.abs(Number(light[frame]) - (235 - (219 * (frame - 30)) / 20))).toBeLessThan(15)
    }
  })

  test('of several videos keeps what lies between, with sound and picture in sync', async () => {
    const mix = concat(['silent', 'mono'], { transition: 'crossfade', transition_duration: 0.6 })
    const { path } = await studio.render([mix], files())
    const numbers = (await decodeGray(path)).map((picture) => readNumber(picture))
    expect(numbers).toHaveLength(130)
    expect(numbers.slice(0, 45)).toEqual(range(0, 45))
    expect(numbers.slice(61, 80)).toEqual(range(16, 35))
    expect(numbers.slice(95)).toEqual(range(15, 50))
    const sound = await decodeSound(path)
    expect(Math.abs(soundSec(sound) - 5.2)).toBeLessThan(AAC_FRAME_SEC)
    const late = findBeeps(sound).filter(({ atSec }) => atSec > 3)
    expect(late.map(({ sourceSec }) => sourceSec)).toEqual([1])
    expect(Math.abs(Number(late[0]?.atSec) - 4.2)).toBeLessThan(0.012)
  })

  test('mixes the sound, with half of each in the middle', async () => {
    const tone = async (name: string, hertz: number) =>
      studio.make(
        ...[`${name}.mkv`, ...lavfi('color=gray:s=64x64:r=25:d=2')],
        ...[...lavfi(`sine=f=${hertz}:r=48000:d=2,volume=8`), ...H264, '-c:a', 'flac'],
      )
    const [low, high] = await Promise.all([tone('low', 400), tone('high', 3000)])
    const mix = concat(['high'], { transition: 'crossfade', transition_duration: 1 })
    const { path } = await studio.render([mix], { video: low, videos: { high } })
    const sound = await decodeSound(path)
    expect(Math.abs(soundSec(sound) - 3)).toBeLessThan(AAC_FRAME_SEC)
    const levels = [0.5, 1.5, 2.5].map((sec) => [400, 3000].map((hertz) => level(sound, sec, hertz)))
    const [before, middle, after] = levels
    const [full] = before ?? []
    expect(full).toBeGreaterThan(0.5)
    expect(before?.[1]).toBeLessThan(0.02)
    for (const part of middle ?? []) expect(Math.abs(part - Number(full) / 2)).toBeLessThan(0.05)
    expect(after?.[0]).toBeLessThan(0.02)
    expect(Math.abs(Number(after?.[1]) - Number(full))).toBeLessThan(0.05)
  })

  test('may last as long as a short neighbour', async () => {
    const videos = [{ video_id: 'silent', start_time: 0, end_time: 0.4 }]
    const mix = concat([], { videos, transition: 'crossfade', transition_duration: 0.4 })
    const numbers = await readNumbers((await studio.render([mix], files())).path)
    expect(numbers).toHaveLength(60)
    expect(numbers.slice(0, 50)).toEqual(range(0, 50))
  })
})

/** Amplitude of a tone within 20 ms around a moment. */
function level(sound: Float32Array, sec: number, hertz: number): number {
  const part = sound.subarray(Math.round((sec - 0.01) * 48_000), Math.round((sec + 0.01) * 48_000))
  let [sine, cosine] = [0, 0]
  part.forEach((value, index) => {
    const angle = (2 * Math.PI * hertz * index) / 48_000
    sine += value * Math.sin(angle)
    cosine += value * Math.cos(angle)
  })
  return (2 * Math.hypot(sine, cosine)) / part.length
}

describe('a video of another shape', () => {
  const color = (name: string, size: string, rgb: string, ...more: string[]) =>
    studio.make(
      ...[`${name}.mp4`, ...lavfi(`color=${rgb}:s=${size}:r=25:d=0.4,format=rgb24,format=yuv420p`)],
      ...[...H264, ...more],
    )

  test.each([
    ['pad', [0, 0, 255]],
    ['blur', [255, 0, 0]],
    ['fill', [255, 0, 0]],
  ] as const)('is fitted by %s', async (fit, side) => {
    const main = await color(`green-${fit}`, '320x180', 'lime')
    const tall = await color(`red-${fit}`, '90x180', 'red')
    const { path, facts } = await studio.render([concat(['tall'], { fit, color: 'blue' })], {
      video: main,
      videos: { tall },
    })
    expect([facts.video?.width, facts.video?.height]).toEqual([320, 180])
    const picture = (await decodeRgb(path))[15]
    if (!picture) throw new Error('no frame')
    expectNear(rgbAt(picture, 160, 90), [255, 0, 0])
    expectNear(rgbAt(picture, 20, 90), side)
  })

  test('with another colour matrix, rotated and with wide pixels, shows the same colours upright', async () => {
    const main = await color('hd', '1280x720', '0xc07030')
    const base = await color('sd', '90x160', '0xc07030')
    const turned = await studio.make(
      ...['turned.mp4', '-i', base, '-c', 'copy', '-metadata:s:v', 'rotate=90'],
    )
    const wide = await studio.make('wide.mp4', '-i', base, '-vf', 'setsar=2', ...H264)
    const { path } = await studio.render([concat(['turned', 'wide'])], {
      video: main,
      videos: { turned, wide },
    })
    const pictures = await decodeRgb(path)
    expect(pictures).toHaveLength(30)
    const pixels = [5, 15, 25].map((frame) => pictures[frame] && rgbAt(pictures[frame], 640, 360))
    for (const pixel of pixels.slice(1)) expectNear(pixel ?? [], pixels[0] ?? [])
    const edge = pictures[15]
    // 160×90 fills 1280×720; 180×160 becomes 810 pixels wide, with bars on both sides.
    expectNear(edge ? rgbAt(edge, 20, 360) : [], pixels[0] ?? [])
    const bars = pictures[25]
    expectNear(bars ? rgbAt(bars, 200, 360) : [], [0, 0, 0])
    expectNear(bars ? rgbAt(bars, 260, 360) : [], pixels[0] ?? [])
  })
})

function expectNear(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length)
  found.forEach((value, channel) => {
    expect(Math.abs(value - Number(wanted[channel]))).toBeLessThanOrEqual(10)
  })
}
