import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Edit, Operation } from '../../../src/edit/operation.js'
import type { ConcatOperation } from '../../../src/edit/operations/concat.js'
import { NO_EXTRAS } from '../../../src/edit/output/extras.js'
import { decodeGray } from '../../support/frames.js'
import { AAC, ffprobe, H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { LOGO, randomEdits } from '../../support/random-edit.js'
import { compile, type EditFiles, survey, useStudio } from '../../support/render.js'
import { decodeSound } from '../../support/sound.js'
import { pictureHashes, renderPlan, spreadPlan } from '../../support/spread.js'
import { burned, srt } from '../../support/subtitles.js'

const studio = useStudio()
/** Long enough to be cut into chunks, although the pictures are small. */
const SECONDS = 20
const MATERIAL = { width: 320, height: 180, frames: SECONDS * 25, rate: 25, hasSound: true }

let files: EditFiles
beforeAll(async () => {
  const inputs = [
    ...lavfi(`testsrc2=s=320x180:r=25:d=${SECONDS},format=yuv420p`),
    ...lavfi(`sine=d=${SECONDS}`),
  ]
  const video = await studio.make('source.mp4', ...inputs, ...H264, ...AAC, '-bf', '2', '-g', '30')
  const logo = await studio.make(
    ...(['logo.png', ...lavfi(`testsrc2=s=${LOGO.width}x${LOGO.height}:d=1,format=rgb24`)] as const),
    ...['-frames:v', '1'],
  )
  const other = await studio.make(
    ...(['other.mp4', ...lavfi('testsrc=s=120x120:r=30:d=7,format=yuv420p')] as const),
    ...[...H264, '-g', '40'],
  )
  const lines = join(studio.dir(), 'files', 'lines.srt')
  await writeFile(lines, srt([1, 9, 'one'], [3, 14, 'two'], [8.5, 17, 'three'], [18, 19, 'four']))
  files = { video, assets: { 'logo.png': logo, 'lines.srt': lines }, videos: { other } }
})

/** Hashes of the pictures of the first output, rendered in one piece and in chunks. */
async function hashBoth(edit: Edit): Promise<{ whole: string[]; chunked: string[]; chunks: number }> {
  const [pass] = compile(edit, await survey(files)).passes
  const plan = await spreadPlan(edit, files, 4)
  const name = plan.outputs[0]?.name ?? ''
  const chunks = plan.passes
    .filter(({ kind, outputNames }) => kind === 'transcode' && outputNames.includes(name))
    .sort((a, b) => number(a.name) - number(b.name))
  const chunked: string[] = []
  for (const chunk of chunks) {
    chunked.push(...(await pictureHashes(studio, chunk, chunk.outputNames.indexOf(name))))
  }
  return { whole: pass ? await pictureHashes(studio, pass) : [], chunked, chunks: chunks.length }
}

const number = (passName: string) => Number(passName.split('-')[1])

function concat(fields: Pick<ConcatOperation, 'transition' | 'position'>): ConcatOperation {
  return {
    ...{ type: 'concat', transition_duration: 1.5, fit: 'pad', color: 'black' },
    videos: [
      { video_id: 'other', start_time: 0, end_time: null },
      { video_id: 'other', start_time: 1, end_time: 6.3 },
    ],
    ...fields,
  }
}

/** Parts out of order, one of them twice, at the head of an edit and behind operations that move times. */
const SHUFFLED: Operation = {
  type: 'trim',
  segments: [
    { start_time: 12, end_time: 19.4 },
    { start_time: 0.4, end_time: 6 },
    { start_time: 3, end_time: 9 },
    { start_time: 12, end_time: 19.4 },
  ],
  mode: 'exact',
}

describe('chunks have exactly the pictures of the whole', () => {
  test('for a zoom, which goes on where the chunk before ends', { timeout: 120_000 }, async () => {
    const [near, far] = [
      { width: 100, height: null, x: 30.4, y: 60.7 },
      { width: 300, height: null, x: null, y: null },
    ]
    const times = { start_time: 3, end_time: 15.5 }
    const zoom: Operation = { type: 'zoom', from: near, to: far, easing: 'ease-in-out', ...times }
    const crossfade = concat({ transition: 'crossfade', position: 'after' })
    const { whole, chunked, chunks } = await hashBoth({ operations: [zoom, crossfade], output: null })
    expect(chunks).toBeGreaterThan(1)
    expect(chunked).toEqual(whole)
  })

  test.each<[string, Operation[]]>([
    ['faster', [{ type: 'speed', factor: 2.5, start_time: 4.3, end_time: 13 }]],
    ['slower', [{ type: 'speed', factor: 0.3, start_time: 4.3, end_time: 7 }]],
    [
      'twice',
      [
        { type: 'speed', factor: 0.5, start_time: 15, end_time: null },
        { type: 'speed', factor: 3, start_time: 0, end_time: 11 },
      ],
    ],
  ])('for a stretch that is played %s', async (_, operations) => {
    const { whole, chunked, chunks } = await hashBoth({ operations, output: null })
    expect(chunks).toBeGreaterThan(1)
    expect(chunked).toEqual(whole)
  })

  test.each<[string, Operation[]]>([
    ['at the head', [SHUFFLED]],
    ['behind other operations', [concat({ transition: 'crossfade', position: 'before' }), SHUFFLED]],
    [
      'twice',
      [
        SHUFFLED,
        { type: 'deinterlace' },
        {
          type: 'trim',
          segments: [
            { start_time: 13, end_time: 26 },
            { start_time: 0, end_time: 14 },
          ],
          mode: 'exact',
        },
      ],
    ],
  ])('for segments in another order, %s', async (_, operations) => {
    const { whole, chunked, chunks } = await hashBoth({ operations, output: null })
    expect(chunks).toBeGreaterThan(1)
    expect(chunked).toEqual(whole)
  })

  test('for any edit that can be cut', { timeout: 120_000 }, async () => {
    let cut = 0
    await fc.assert(
      fc.asyncProperty(randomEdits(MATERIAL), async (operations) => {
        const { whole, chunked } = await hashBoth({ operations, output: null })
        if (chunked.length > 0) expect(chunked).toEqual(whole)
        cut += chunked.length > 0 ? 1 : 0
      }),
      { numRuns: 10, endOnFailure: true },
    )
    expect(cut).toBeGreaterThan(0)
  })

  const ops = (...operations: readonly Operation[]) => operations
  test.each<[string, readonly Operation[]]>([
    ['for an edit without operations', []],
    [
      'for a fade and a text with fades across joins',
      ops(
        { type: 'fade', in: 6, out: 6, target: 'both', color: 'black' },
        textOverlay({
          content: 'Guten Tag',
          start_time: 2,
          end_time: 11,
          fade_in: 3,
          fade_out: 4,
          box_color: 'red',
        }),
      ),
    ],
    [
      'for a trim that keeps parts far apart',
      ops({
        type: 'trim',
        mode: 'exact',
        segments: [
          { start_time: 0.5, end_time: 3 },
          { start_time: 4, end_time: 8.2 },
          { start_time: 8.5, end_time: 19.8 },
        ],
      }),
    ],
    [
      'for a coloured fade of a deinterlaced picture',
      ops({ type: 'deinterlace' }, { type: 'fade', in: 5, out: 5, target: 'video', color: 'blue' }),
    ],
    [
      'for a border of one colour',
      ops({ type: 'pad', width: 400, height: 240, background: 'color', color: 'green' }),
    ],
    [
      'for other videos joined after it by crossfades, and a trim of all',
      ops(concat({ transition: 'crossfade', position: 'after' }), {
        ...{ type: 'trim', mode: 'exact', start_time: 0.5, end_time: 29 },
      }),
    ],
    ['for a vignette', ops({ type: 'vignette', strength: 0.7 })],
    ['for overlapping subtitles across joins', ops(burned('lines.srt'))],
    ['for other videos joined before it', ops(concat({ transition: 'none', position: 'before' }))],
    [
      'for half the speed, then a trim',
      ops({ type: 'speed', factor: 0.5 }, { type: 'trim', mode: 'exact', start_time: 1, end_time: 20 }),
    ],
  ])('%s', async (_, operations) => {
    const { whole, chunked, chunks } = await hashBoth({ operations, output: null })
    expect(chunks).toBeGreaterThan(1)
    expect(chunked).toHaveLength(whole.length)
    expect([...whole.keys()].filter((frame) => chunked[frame] !== whole[frame])).toEqual([])
  })
})

/** Every packet of a file as a demuxer hands it out. */
async function packetsOf(path: string): Promise<string[]> {
  const entries = 'packet=codec_type,pts,dts,duration,flags'
  const text = await ffprobe('-show_entries', entries, '-of', 'csv=p=0', path)
  return text.split('\n').filter(Boolean).sort()
}

test('joined files have the frames, times and sound of files in one piece, in each quality', async () => {
  const edit: Edit = {
    operations: [{ type: 'trim', mode: 'exact', start_time: 1.3, end_time: 19.5 }],
    output: {
      ...NO_EXTRAS,
      renditions: [
        { name: 'large', height: 144, preset: 'superfast' },
        { name: 'small', height: 90, preset: 'superfast' },
      ],
    },
  }
  const plan = await spreadPlan(edit, files, 3)
  expect(plan.assemblies).toHaveLength(2)
  const joined = await renderPlan(studio, plan, { encode: 'as-planned' })
  for (const file of await studio.renderEdit(edit, files, { encode: 'as-planned' })) {
    const path = joined.get(file.name) ?? ''
    expect(await packetsOf(path)).toEqual(await packetsOf(file.path))
    const [heard, meant] = [await decodeSound(path), await decodeSound(file.path)]
    expect(Buffer.from(heard.buffer).equals(Buffer.from(meant.buffer))).toBe(true)
    expect(await decodeGray(path)).toHaveLength(455)
  }
})
