import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Edit } from '../../src/edit/operation.js'
import type { TrimMode } from '../../src/edit/operations/trim.js'
import { fieldFile } from '../support/field-file.js'
import { decodeGray, type Picture, readNumbers } from '../support/frames.js'
import { H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { compile, useStudio } from '../support/render.js'
import { copyPlan, renderPlan } from '../support/spread.js'

const studio = useStudio()

function trim(start: number, end: number, mode: TrimMode): Edit {
  return { operations: [{ type: 'trim', start_time: start, end_time: end, mode }], output: null }
}

/** Differences between pictures and those of the source, as a player shows them; the mean of each. */
function differences(made: readonly Picture[], shown: readonly Picture[]): number[] {
  return made.map(({ data }, frame) => {
    const other = shown[frame]?.data ?? new Uint8Array()
    return data.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? NaN)), 0) / data.length
  })
}

describe('a mirror in the display matrix', () => {
  test.each(['smart', 'keyframe'] as const)('is in all of a %s trim', async (mode) => {
    const video = await fieldFile(studio, 'matrix-mirrored-smart-trim.mp4')
    const shown = await decodeGray(video)
    const plan = await copyPlan(trim(0.5, 3.5, mode), { video })
    const [path = ''] = (await renderPlan(studio, plan)).values()
    const made = await decodeGray(path)
    expect(made.length).toBeGreaterThan(60)
    expect(Math.max(...differences(made, shown.slice(shown.length === made.length ? 0 : 15)))).toBeLessThan(3)
  })
})

test('an empty edit before media that is cut is no damage', async () => {
  const video = await fieldFile(studio, 'edit-list-false-damage.mp4')
  const sources = await studio.survey({ video })
  const { warnings } = compile({ operations: [], output: null }, sources)
  expect(warnings.map(({ code }) => code)).not.toContain('source-damaged')
  const { warnings: found } = await studio.render([], { video })
  expect(found).toEqual([])
})

test('cropping in H.264 is in a smart trim', async () => {
  const source = lavfi(numberedVideo({ rate: '25', seconds: 5, width: 320, height: 180 }))
  const coded = [...H264, '-bsf:v', 'h264_metadata=crop_bottom=20:crop_right=20']
  const video = await studio.make('sps-crop.mp4', ...source, ...coded)
  const plan = await copyPlan(trim(0.48, 4.6, 'smart'), { video })
  expect(plan.assemblies.some(({ copies }) => copies)).toBe(true)
  const [path = ''] = (await renderPlan(studio, plan)).values()
  const [made, shown] = [await decodeGray(path), await decodeGray(video)]
  expect(new Set(made.map(({ width, height }) => `${width}x${height}`))).toEqual(new Set(['300x172']))
  expect(made).toHaveLength(103)
  expect(Math.max(...differences(made, shown.slice(12)))).toBeLessThan(3)
})

test('cropping by Matroska: no frame is stretched, and none is copied without it', async () => {
  const source = lavfi(`${numberedVideo({ rate: '25', seconds: 4, width: 320, height: 180 })},setsar=2/1`)
  const written = await studio.make('display.mkv', ...source, '-c:v', 'libvpx', '-b:v', '2M', '-g', '25')
  const bytes = await readFile(written)
  // The elements of the display size become those of cropping at the bottom.
  const at = bytes.indexOf(Buffer.from([0x54, 0xb0]))
  bytes.set([0x54, 0xaa], at)
  bytes[at + 3] = 20
  const other = bytes.indexOf(Buffer.from([0x54, 0xba]))
  bytes.set([0x54, 0xaa], other)
  bytes[other + 3] = 20
  const video = join(studio.dir(), 'files', 'cropped.mkv')
  await writeFile(video, bytes)
  const { facts, path } = await studio.render([], { video })
  const size = facts.video && [facts.video.width, facts.video.height]
  expect([
    [320, 180],
    [320, 160],
  ]).toContainEqual(size)
  expect(await readNumbers(path)).toEqual(Array.from({ length: 100 }, (_, index) => index))
})
