import { describe, expect, test } from 'vitest'
import type { Edit, Operation } from '../../../src/edit/operation.js'
import { NO_EXTRAS } from '../../../src/edit/output/extras.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import { compilePicture } from '../../../src/plan/preview/compile-picture.js'
import { decodeRgb, firstGray, readNumber } from '../../support/frames.js'
import { AAC, ffprobe, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { turnArgs } from '../../support/pictures/turned.js'
import { useStudio } from '../../support/render.js'
import { expectFrames, makePicture, picturePass } from './preview-frames.js'

const studio = useStudio()
const edited = (...operations: Operation[]): Edit => ({ operations, output: null })
const output = (fields: OutputRequest): Edit => ({ operations: [], output: { ...NO_EXTRAS, ...fields } })

const numbered = (name: string, ...args: readonly string[]) =>
  studio.make(name, ...lavfi(numberedVideo({ rate: '25', seconds: 8 })), ...args, ...H264)

/** The number of the frame that a picture shows. */
async function shown(video: string, edit: Edit, at: number): Promise<number | null> {
  const path = await makePicture(studio, { edit, files: { video } }, { at })
  return readNumber(await firstGray(path))
}

describe('the frame of a moment', () => {
  test('is the one that is shown then, from its start to the start of the next', async () => {
    const video = await numbered('moments.mp4')
    const numbers = []
    for (const at of [0, 0.039, 0.04, 4.999, 5, 7.97]) numbers.push(await shown(video, edited(), at))
    expect(numbers).toEqual([0, 0, 1, 124, 125, 199])
  })

  test('counts on the timeline of the result, for each way of cutting', async () => {
    const video = await numbered('cut.mp4')
    const trim = (mode: 'exact' | 'keyframe'): Operation => ({
      type: 'trim',
      start_time: 2.6,
      end_time: 6,
      mode,
    })
    expect(await shown(video, edited(trim('exact')), 1)).toBe(90)
    // Key frames are 30 frames apart.
    expect(await shown(video, edited(trim('keyframe')), 1)).toBe(85)
    const twice: Operation = { type: 'speed', factor: 2 }
    expect(await shown(video, edited(trim('exact'), twice), 1)).toBe(115)
  })

  test('is right in files that can be read from their start alone, or have odd times', async () => {
    const stream = await numbered('stream.ts', '-f', 'mpegts')
    expect(await shown(stream, edited(), 5)).toBe(125)
    const varied = await studio.make(
      'varied.mkv',
      ...lavfi(`${numberedVideo({ rate: '25', seconds: 8 })},select='not(mod(n,3))+lt(n,50)'`),
      ...[...H264, '-fps_mode', 'vfr'],
    )
    const [film] = await studio.renderEdit(edited(), { video: varied })
    expect(film?.pass.encodes[0].expected.picture).not.toBeNull()
    await expectFrames(studio, { edit: edited(), files: { video: varied } })
  })

  test('of which there is none is told with the length', async () => {
    const video = await numbered('short.mp4', ...lavfi('sine=d=8'), ...AAC)
    const sources = await studio.survey({ video })
    const compile = (at: number, edit = edited()) =>
      compilePicture(edit, sources, { at, width: null, format: 'jpeg' })
    expect(compile(7.99).kind).toBe('picture')
    expect(compile(8)).toEqual({ kind: 'outside', durationSec: 8 })
    expect(compile(3, edited({ type: 'trim', start_time: 1, end_time: 3, mode: null }))).toEqual({
      kind: 'outside',
      durationSec: 2,
    })
    expect(compile(0, output({ container: 'mp3' }))).toEqual({ kind: 'no-picture' })
    expect(compile(0, edited({ type: 'crop', width: 900, height: 10, x: 0, y: 0 }))).toMatchObject({
      kind: 'unrenderable',
      issues: [{ pointer: expect.stringMatching('^/operations/0') as string }],
    })
  })
})

describe('the picture of a rendition', () => {
  const material = () =>
    studio.make('card.mp4', ...lavfi('testsrc2=s=640x360:r=30:d=4'), ...lavfi('sine=d=4'), ...H264, ...AAC)

  test.each<[string, Edit]>([
    ['at another frame rate', output({ renditions: [{ name: 'slow', frame_rate: 12 }] })],
    ['in a box', output({ renditions: [{ name: 'box', width: 400, height: 400, fit: 'blur' }] })],
    [
      'that is the largest',
      output({
        renditions: [
          { name: 'a', height: 120 },
          { name: 'b', height: 300 },
        ],
      }),
    ],
    [
      'of an animation, before its palette',
      output({ container: 'webp', renditions: [{ name: 'a', frame_rate: 15 }] }),
    ],
  ])('%s is that of its frames', async (_, edit) => {
    const files = { video: await material() }
    if (edit.output?.container !== 'webp') return expectFrames(studio, { edit, files })
    const pass = await picturePass(studio, { edit, files }, { at: 1 })
    expect(pass.encodes[0].expected.picture).toMatchObject({ width: 640, frameRate: { num: 15, den: 1 } })
    return undefined
  })

  test.each(['jpeg', 'webp'] as const)(
    'has the width that is asked for, as %s, and no more',
    async (format) => {
      const files = { video: await material() }
      const sizeOf = async (width: number) => {
        const path = await makePicture(studio, { edit: edited(), files }, { at: 1, width, format })
        return ffprobe('-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0', path)
      }
      const codec = { jpeg: 'mjpeg', webp: 'webp' }[format]
      expect(await sizeOf(320)).toBe(`${codec},320,180\n`)
      expect(await sizeOf(5000)).toBe(`${codec},640,360\n`)
      await expectFrames(studio, { edit: edited(), files }, { format })
    },
  )

  test('is upright, with square pixels', async () => {
    const flat = await studio.make('flat.mp4', ...lavfi('testsrc2=s=640x360:r=25:d=1,setsar=4/3'), ...H264)
    const video = await studio.make('turned.mp4', ...(await turnArgs(flat, 90)))
    const path = await makePicture(studio, { edit: edited(), files: { video } }, {})
    expect(
      await ffprobe('-show_entries', 'stream=width,height,sample_aspect_ratio', '-of', 'csv=p=0', path),
    ).toMatch(/^(360,854|480,640|360,852),/)
    await expectFrames(studio, { edit: edited(), files: { video } })
  })
})

test('the picture of a film in high dynamic range is one of standard range, also where the rendition keeps it', async () => {
  const params = 'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc'
  const tags = ['-colorspace', 'bt2020nc', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084']
  const video = await studio.make(
    ...(['hdr.mp4', ...lavfi('testsrc2=s=320x180:r=25:d=1,format=yuv420p10le'), '-c:v', 'libx265'] as const),
    ...['-x265-params', params, ...tags],
  )
  const files = { video }
  await expectFrames(studio, { edit: edited(), files })
  const kept = output({ renditions: [{ name: 'hdr', video_codec: 'h265', bit_depth: 10 }] })
  const [standard] = await decodeRgb(await makePicture(studio, { edit: edited(), files }, { at: 0.5 }))
  const [mapped] = await decodeRgb(await makePicture(studio, { edit: kept, files }, { at: 0.5 }))
  if (!standard || !mapped) throw new Error('there are no pictures')
  const differences = standard.data.map((value, index) => Math.abs(value - (mapped.data[index] ?? NaN)))
  expect(differences.reduce((sum, one) => sum + one, 0) / differences.length).toBeLessThan(3)
})
