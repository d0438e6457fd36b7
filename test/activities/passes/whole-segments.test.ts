import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { requireWholeSegments } from '../../../activities/passes/whole-segments.js'
import { hasWholeBoxes } from '../../../src/media/mp4/whole-boxes.js'
import { AAC, beeps, ffmpeg, H264, lavfi, numberedVideo } from '../../support/lavfi.js'

let dir = ''
let folder = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-segments-'))
  const made = join(dir, 'made')
  await mkdir(made)
  const inputs = [...lavfi(numberedVideo({ rate: '25', seconds: 2 })), ...lavfi(beeps(2))]
  const sets = ['-adaptation_sets', 'id=0,streams=v id=1,streams=a']
  const names = [
    '-init_seg_name',
    'init-$RepresentationID$.mp4',
    '-media_seg_name',
    'segment-$RepresentationID$-$Number$.m4s',
  ]
  const dash = [
    '-f',
    'dash',
    '-seg_duration',
    '1',
    '-use_template',
    '1',
    '-use_timeline',
    '1',
    '-hls_playlist',
    '1',
  ]
  await ffmpeg(...inputs, ...H264, ...AAC, ...dash, ...sets, ...names, join(made, 'manifest.mpd'))
})
beforeEach(async () => {
  folder = join(dir, 'folder')
  await rm(folder, { recursive: true, force: true })
  await cp(join(dir, 'made'), folder, { recursive: true })
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const shorten = async (name: string) => {
  const path = join(folder, name)
  await truncate(path, (await readFile(path)).length - 1)
}

test('complete segments are accepted', async () => {
  await requireWholeSegments(folder)
})

test.each<[string, () => Promise<void>]>([
  ['lacks a byte', () => shorten('segment-0-1.m4s')],
  ['is empty', () => truncate(join(folder, 'segment-1-1.m4s'))],
  ['is missing', () => rm(join(folder, 'segment-0-1.m4s'))],
  ['has no head', () => rm(join(folder, 'init-1.mp4'))],
])('a segment that %s is refused', async (_, harm) => {
  await harm()
  await expect(requireWholeSegments(folder)).rejects.toMatchObject({ code: 'output-invalid' })
})

test.each(['manifest.mpd', 'media_0.m3u8'])('a cut-off %s is refused', async (name) => {
  await truncate(join(folder, name), 100)
  await expect(requireWholeSegments(folder)).rejects.toMatchObject({ code: 'output-invalid' })
})

test('boxes may state their size in 64 bits', async () => {
  const box = Buffer.alloc(24)
  box.writeUInt32BE(1, 0)
  box.write('mdat', 4)
  box.writeBigUInt64BE(24n, 8)
  const path = join(dir, 'long')
  await writeFile(path, box)
  expect(await hasWholeBoxes(path)).toBe(true)
  await writeFile(path, box.subarray(0, 20))
  expect(await hasWholeBoxes(path)).toBe(false)
})
