import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Edit, Operation } from '../../src/edit/operation.js'
import type { Sources } from '../../src/plan/model/sources.js'
import { fieldFile } from '../support/field-file.js'
import { decodeGray, type Picture, readNumbers } from '../support/frames.js'
import { H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { adjust, compile, useStudio } from '../support/render.js'
import { copyPlan, renderPlan, spreadPlan } from '../support/spread.js'

const studio = useStudio()

/** A mean difference from the source that coding leaves. Pictures without their start differ by ten times as much. */
const NOISE = 2

function trim(start: number, end: number): Edit {
  return { operations: [{ type: 'trim', start_time: start, end_time: end, mode: 'exact' }], output: null }
}

/** Some of the pixels say enough. */
const STEP = 53

function differences(made: readonly Picture[], original: readonly Picture[]): number[] {
  return made.map(({ data }, frame) => {
    const other = original[frame]?.data ?? new Uint8Array()
    let sum = 0
    for (let at = 0; at < data.length; at += STEP) sum += Math.abs((data[at] ?? 0) - (other[at] ?? NaN))
    return (sum * STEP) / data.length
  })
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/** Removes what an older version, which tried no seek, has not measured. */
function untried({ video, ...others }: Sources): Sources {
  const picture = video.facts.video && { ...video.facts.video }
  if (picture) Reflect.deleteProperty(picture, 'needsStart')
  return { ...others, video: { ...video, facts: { ...video.facts, video: picture } } }
}

const SMALL: Operation = { type: 'resize', width: 320, height: 180, fit: 'stretch' }

/** The pictures of a file as the resized results should have them, decoded from the start. */
async function smallPictures(video: string): Promise<Picture[]> {
  const args = ['-i', video, '-vf', 'scale=320:180,format=yuv420p', '-an', '-c:v', 'ffv1']
  return decodeGray(await studio.make('small.mkv', ...args))
}

test(
  'a decoder that needs the first packet gets it, whole, for many slots and in a trim',
  { timeout: 120_000 },
  async () => {
    const video = await fieldFile(studio, 'h264-444-old-x264.mp4')
    const original = await smallPictures(video)
    const whole = await studio.render([SMALL], { video })
    expect([whole.facts.video?.frameCount, whole.warnings]).toEqual([280, []])
    expect(Math.max(...differences(await decodeGray(whole.path), original))).toBeLessThan(NOISE)

    const plan = await spreadPlan({ operations: [SMALL], output: null }, { video }, 4)
    const [spread = ''] = (await renderPlan(studio, plan)).values()
    const decoded = await decodeGray(spread)
    expect(decoded).toHaveLength(280)
    expect(Math.max(...differences(decoded, original))).toBeLessThan(NOISE)

    const cut = await studio.render([...trim(8, 12).operations, SMALL], { video })
    expect(cut.warnings).toEqual([])
    const kept = await decodeGray(cut.path)
    expect(kept).toHaveLength(80)
    expect(Math.max(...differences(kept, original.slice(160)))).toBeLessThan(NOISE)
  },
)

test(
  'what complains behind a seek, and was not tried before, is decoded without it',
  { timeout: 60_000 },
  async () => {
    const video = await fieldFile(studio, 'h264-444-old-x264.mp4')
    const original = await smallPictures(video)
    const edit = { operations: [...trim(8, 9).operations, SMALL], output: null }
    const [pass] = compile(edit, untried(await studio.survey({ video }))).passes
    if (!pass) throw new Error('no pass')
    expect(pass.inputs[0]?.seekSec).toBeGreaterThan(7)
    const kept = await decodeGray(await studio.runPass(adjust(pass, 'near-lossless'), 'untried.mp4'))
    expect(kept).toHaveLength(20)
    expect(Math.max(...differences(kept, original.slice(160)))).toBeLessThan(NOISE)
  },
)

test('no group of such a stream is copied: it could not be played', async () => {
  const video = await fieldFile(studio, 'h264-444-old-x264.mp4')
  const edit = { operations: [{ ...trim(8, 12).operations[0], mode: 'keyframe' }], output: null } as Edit
  const plan = await copyPlan(edit, { video })
  expect(plan.warnings.map(({ code }) => code)).toContain('trim-reencoded')
  expect(plan.assemblies.filter(({ copies }) => copies)).toEqual([])
})

const NUMBERS = lavfi(numberedVideo({ rate: '25', seconds: 10, width: 320, height: 180 }))
const OPEN = 'open-gop=1:keyint=30:min-keyint=30:scenecut=0'

test.each([
  ['hevc-open.mp4', ['-c:v', 'libx265', '-x265-params', `${OPEN}:bframes=4:log-level=none`]],
  ['hevc-open.mkv', ['-c:v', 'libx265', '-x265-params', `${OPEN}:bframes=4:log-level=none`]],
  ['avc-open.mp4', ['-c:v', 'libx264', '-x264-params', OPEN]],
  ['avc-open.mkv', ['-c:v', 'libx264', '-x264-params', OPEN]],
  ['mpeg4.mkv', ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '2', '-g', '30']],
  ['mpeg4-packed.mkv', ['-c:v', 'libxvid', '-q:v', '3', '-g', '30']],
  [
    'vp9-hidden.webm',
    ['-c:v', 'libvpx-vp9', '-b:v', '1M', '-g', '30', '-auto-alt-ref', '1', '-lag-in-frames', '16'],
  ],
])('%s has every frame behind a seek to anywhere', async (name, coding) => {
  const video = await studio.make(name, ...NUMBERS, ...coding)
  for (const start of [1.16, 1.2, 7.24]) {
    const [made] = await studio.renderEdit(trim(start, start + 0.4), { video })
    const first = Math.round(start * 25)
    expect([start, await readNumbers(made?.path ?? '')]).toEqual([start, range(first, first + 10)])
    expect(made?.warnings).toEqual([])
  }
})

const START_CODE = Buffer.from([0, 0, 0, 1])

/** Units of a raw stream of H.264, without all parameter sets but the first. */
function withParametersOnce(stream: Buffer): Buffer {
  const units = stream
    .toString('latin1')
    .split(/\0\0\0?\x01/)
    .slice(1)
  const seen = new Set<number>()
  const kept = units.filter((unit) => {
    const type = unit.charCodeAt(0) & 31
    const isNew = !seen.has(type)
    seen.add(type)
    return (type !== 7 && type !== 8) || isNew
  })
  return Buffer.concat(kept.flatMap((unit) => [START_CODE, Buffer.from(unit, 'latin1')]))
}

async function makeOnce(name: string, seconds: number, ...params: string[]): Promise<string> {
  const source = lavfi(numberedVideo({ rate: '25', seconds, width: 320, height: 180 }))
  const raw = await studio.make(`${name}.raw.h264`, ...source, ...H264, ...params)
  const path = join(studio.dir(), 'files', `${name}.h264`)
  await writeFile(path, withParametersOnce(await readFile(raw)))
  return path
}

test.each(['ts', 'mkv'])(
  'parameters that only the first packets of %s have are there for every trim',
  async (extension) => {
    const raw = await makeOnce(`once-${extension}`, 6, '-bf', '0')
    const video = await studio.make(`once.${extension}`, '-r', '25', '-i', raw, '-c', 'copy')
    const [made] = await studio.renderEdit(trim(4.4, 4.8), { video })
    expect(await readNumbers(made?.path ?? '')).toEqual(range(110, 120))
    expect(made?.warnings).toEqual([])
  },
)

test('parameters that change on the way, and are said once, are known behind a seek', async () => {
  const before = await makeOnce('before', 4, '-bf', '0', '-x264-params', 'cabac=1')
  const after = await makeOnce('after', 6, '-bf', '0', '-x264-params', 'cabac=0')
  const both = join(studio.dir(), 'files', 'both.h264')
  await writeFile(both, Buffer.concat([await readFile(before), await readFile(after)]))
  const video = await studio.make('both.mkv', '-r', '25', '-i', both, '-c', 'copy')
  const sources = await studio.survey({ video })
  expect(sources.video.facts.video?.needsStart).toBeUndefined()
  const [made] = await studio.renderEdit(trim(8, 8.4), { video })
  expect(await readNumbers(made?.path ?? '')).toEqual(range(100, 110))
  expect(made?.warnings).toEqual([])
})
