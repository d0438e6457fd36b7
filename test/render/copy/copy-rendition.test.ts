import { beforeAll, describe, expect, test } from 'vitest'
import type { Edit, Operation } from '../../../src/edit/operation.js'
import type { TrimMode } from '../../../src/edit/operations/trim.js'
import { readParameters } from '../../../src/media/groups/read-parameters.js'
import type { Plan } from '../../../src/plan/model/plan.js'
import { frameTimes, readNumbers } from '../../support/frames.js'
import { AAC, beeps, ffmpeg, FFPROBE, ffprobe, lavfi, numberedVideo } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../../support/sound.js'
import { copyPlan, renderPlan } from '../../support/spread.js'

const studio = useStudio()
const SECONDS = 6
/** Key frames exactly or almost one second apart. */
const GOP = ['-g', '25', '-sc_threshold', '0'] as const
const FAST = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-bf', '2', ...GOP] as const

/** Another timebase than that of our outputs. */
const COARSE = ['-video_track_timescale', '90000'] as const

interface Clip {
  readonly path: string
  readonly rate: number
}

async function makeClip(name: string, rate: string, ...coding: readonly string[]): Promise<Clip> {
  const sources = [
    ...lavfi(numberedVideo({ rate, seconds: SECONDS, width: 64, height: 64 })),
    ...lavfi(beeps(SECONDS)),
  ]
  const [num = 0, den = 1] = rate.split('/').map(Number)
  return { path: await studio.make(name, ...sources, ...FAST, ...AAC, ...coding), rate: num / den }
}

const plain: { clip: Clip } = { clip: { path: '', rate: 25 } }

beforeAll(async () => {
  plain.clip = await makeClip('source.mp4', '25')
})

function trim(start: number, end: number, mode: TrimMode | null = 'smart'): Edit {
  return { operations: [{ type: 'trim', start_time: start, end_time: end, mode }], output: null }
}

/** Hashes of all decoded frames. */
async function hashesOf(path: string): Promise<string[]> {
  const args = ['-i', path, '-map', '0:v:0', '-fps_mode', 'passthrough', '-f', 'framemd5', 'pipe:1']
  const lines = (await ffmpeg(...args)).toString('utf8').split('\n')
  return lines.filter((line) => /^\d/.test(line)).map((line) => line.split(',').at(-1)?.trim() ?? '')
}

/** Copied frames must be the frames of the source. */
async function expectSame(
  path: string,
  { path: source, rate }: Clip,
  first: number,
  plan: Plan,
): Promise<void> {
  const [made, original] = [await hashesOf(path), await hashesOf(source)]
  for (const { seekSec, frames } of plan.assemblies[0]?.copies?.pictures ?? []) {
    const start = Math.ceil(Math.max(0, seekSec) * rate)
    expect(made.slice(start - first, start - first + frames)).toEqual(original.slice(start, start + frames))
  }
}

async function idsOf(path: string): Promise<readonly number[] | undefined> {
  return (await readParameters(FFPROBE, path, 0, AbortSignal.timeout(20_000)))?.takenIds
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

async function renderOne(plan: Plan): Promise<string> {
  const [path = ''] = [...(await renderPlan(studio, plan)).values()]
  return path
}

function copiedFrames(plan: Plan): number {
  const pictures = plan.assemblies.flatMap(({ copies }) => copies?.pictures ?? [])
  return pictures.reduce((sum, { frames }) => sum + frames, 0)
}

/** Checks frames, times and sound of a film that begins with frame `first` of the source. */
async function expectFilm(path: string, { rate }: Clip, first: number, end: number): Promise<void> {
  expect(await readNumbers(path)).toEqual(range(first, end))
  const times = await frameTimes(path)
  times.forEach((sec, frame) => expect(sec).toBeCloseTo(frame / rate, 5))
  const sound = await decodeSound(path)
  expect(Math.abs(soundSec(sound) - (end - first) / rate)).toBeLessThan(0.03)
  const heard = findBeeps(sound)
  expect(heard.length).toBeGreaterThan(0)
  for (const { atSec, sourceSec } of heard) {
    expect(Math.abs(sourceSec - atSec - first / rate)).toBeLessThan(0.002)
  }
  expect(
    await ffprobe('-v', 'warning', '-count_frames', '-show_entries', 'stream=nb_read_frames', path),
  ).not.toBe('')
}

describe('a smart trim has exactly its frames and sound, and copied frames are those of the source', () => {
  test.each<[string, string, readonly string[]]>([
    ['plain.mp4', '25', []],
    ['ntsc.mp4', '30000/1001', ['-c:a', 'libmp3lame']],
    ['film.mkv', '24000/1001', []],
    ['baseline.mp4', '25', ['-profile:v', 'baseline', '-bf', '0']],
    ['main-pyramid.mov', '24', ['-profile:v', 'main', '-preset', 'veryfast', '-bf', '3', ...COARSE]],
  ])('for %s at %s frames a second', async (name, rate, coding) => {
    const clip = await makeClip(name, rate, ...coding)
    const plan = await copyPlan(trim(0.5, 5.3), { video: clip.path })
    expect(plan.warnings).toEqual([])
    expect(plan.assemblies[0]?.copies?.sound).not.toBeNull()
    expect(copiedFrames(plan)).toBeGreaterThanOrEqual(75)
    const path = await renderOne(plan)
    const [first = 0, end = 0] = [0.5, 5.3].map((sec) => Math.round(sec * clip.rate))
    await expectFilm(path, clip, first, end)
    await expectSame(path, clip, first, plan)
  })

  test('for several parts, whose sound is joined to the sample', async () => {
    const { clip } = plain
    const segments = [
      { start_time: 0, end_time: 2.2 },
      { start_time: 2.48, end_time: 6 },
    ]
    const edit: Edit = { operations: [{ type: 'trim', segments, mode: 'smart' }], output: null }
    const plan = await copyPlan(edit, { video: clip.path })
    expect(copiedFrames(plan)).toBe(125)
    expect(plan.passes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['trim', 'encodeAudio']))
    const path = await renderOne(plan)
    expect(await readNumbers(path)).toEqual([...range(0, 55), ...range(62, 150)])
    const heard = findBeeps(await decodeSound(path)).map(({ atSec, sourceSec }) => sourceSec - atSec)
    expect(heard.every((lag) => Math.abs(lag) < 0.002 || Math.abs(lag - 0.28) < 0.002)).toBe(true)
  })

  test('for a source that starts late by an edit list, and for its result once more', async () => {
    const { clip } = plain
    const path = await studio.make('edit-list.mp4', '-ss', '0.52', '-i', clip.path, '-c', 'copy')
    const [shown = 0] = (await readNumbers(path)).map(Number)
    const once = await renderOne(await copyPlan(trim(1, 5), { video: path }))
    await expectFilm(once, clip, shown + 25, shown + 125)
    const again = await studio.make('again.mp4', '-i', once, '-c', 'copy')
    const plan = await copyPlan(trim(0.2, 3.8), { video: again })
    expect(copiedFrames(plan)).toBeGreaterThanOrEqual(50)
    const twice = await renderOne(plan)
    await expectFilm(twice, clip, shown + 30, shown + 120)
    // The ids of the source and of each trim.
    expect(await idsOf(twice)).toEqual([0, 30, 31])
  })
})

describe('a trim at key frames copies everything from the one before its start to the one after its end', () => {
  test('with picture and sound, and says where it was cut', async () => {
    const { clip } = plain
    const plan = await copyPlan(trim(1.3, 3.9, 'keyframe'), { video: clip.path })
    expect(plan.passes).toEqual([])
    expect(plan.assemblies.map(({ kind }) => kind)).toEqual(['trim'])
    expect(plan.warnings).toEqual([
      { code: 'trim-at-key-frames', message: 'The trim was cut at key frames: it keeps 1.000 s to 4.000 s.' },
    ])
    const path = await renderOne(plan)
    await expectFilm(path, clip, 25, 100)
    await expectSame(path, clip, 25, plan)
  })

  test('also for 10 bits of H.265 with six channels', async () => {
    const params = 'keyint=25:min-keyint=25:scenecut=0:open-gop=0:bframes=2:log-level=error'
    const sound = ['-af', 'pan=5.1|FL=c0|FR=c0|FC=c0|LFE=c0|BL=c0|BR=c0']
    const clip = await makeClip(
      ...(['hevc.mp4', '25', '-c:v', 'libx265', '-x265-params', params, '-pix_fmt', 'yuv420p10le'] as const),
      ...['-tag:v', 'hvc1', ...sound],
    )
    const plan = await copyPlan(trim(1.3, 3.9, 'keyframe'), { video: clip.path })
    expect(plan.warnings.map(({ code }) => code)).toEqual(['trim-at-key-frames'])
    const path = await renderOne(plan)
    await expectSame(path, clip, 25, plan)
    const streams = await ffprobe(
      '-show_entries',
      'stream=codec_tag_string,pix_fmt,channels',
      '-of',
      'csv=p=0',
      path,
    )
    expect(streams.split('\n').filter(Boolean)).toEqual(['hvc1,yuv420p10le', 'mp4a,6'])
  })
})

describe('only the groups around what lasts for a while are encoded again', () => {
  test.each<[string, Operation]>([
    ['a text', textOverlay({ content: 'X', font_size: 20, position_y: 44, start_time: 2.2, end_time: 2.6 })],
    [
      'a blur',
      { type: 'blur', x: 0, y: 44, width: 20, height: 20, radius: 3, start_time: 2.2, end_time: 2.6 },
    ],
  ])('%s', async (_, operation) => {
    const { clip } = plain
    const plan = await copyPlan({ operations: [operation], output: null }, { video: clip.path })
    expect(plan.assemblies[0]?.copies?.pictures.map(({ frames }) => frames)).toEqual([50, 75])
    expect(plan.assemblies[0]?.copies?.sound).not.toBeNull()
    const path = await renderOne(plan)
    await expectFilm(path, clip, 0, 150)
    await expectSame(path, clip, 0, plan)
  })
})

describe('a rendition that equals the source', () => {
  test('is copied, and its sound is encoded again where necessary', async () => {
    const { clip } = plain
    const renditions = [
      { name: 'same', height: 64 },
      { name: 'louder', height: 64, audio_bit_rate: 192_000 },
      { name: 'smaller', height: 32 },
    ]
    const plan = await copyPlan({ operations: [], output: { renditions } }, { video: clip.path })
    expect(plan.assemblies.map(({ outputNames, hasSound }) => [outputNames[0], hasSound])).toEqual([
      ['same', false],
      ['louder', true],
    ])
    const files = await renderPlan(studio, plan)
    for (const name of ['same', 'louder']) {
      const path = files.get(name) ?? ''
      await expectFilm(path, clip, 0, 150)
      expect(await hashesOf(path)).toEqual(await hashesOf(clip.path))
    }
    expect(await readNumbers(files.get('smaller') ?? '')).toHaveLength(150)
  })

  test.each(['mov', 'mkv'] as const)('is copied to %s', async (container) => {
    const { clip } = plain
    const output = { container, renditions: [{ name: 'same', audio_codec: 'aac' as const }] }
    const plan = await copyPlan({ operations: [], output }, { video: clip.path })
    expect(plan.passes).toEqual([])
    const path = await renderOne(plan)
    expect(await hashesOf(path)).toEqual(await hashesOf(clip.path))
    const times = await frameTimes(path)
    times.forEach((sec, frame) => expect(Math.abs(sec - (times[0] ?? NaN) - frame / 25)).toBeLessThan(0.0011))
    const lags = findBeeps(await decodeSound(path)).map(({ atSec, sourceSec }) => Math.abs(sourceSec - atSec))
    expect(Math.max(...lags)).toBeLessThan(0.03)
  })
})
