import { expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { ffprobe, H264, lavfi } from '../support/lavfi.js'
import { textOverlay } from '../support/overlays.js'
import { compile, survey, useStudio } from '../support/render.js'
import { decodeChannels } from '../support/sound.js'
import { renderPlan } from '../support/spread.js'
import { flashesAndTones, readSigns, type SoundForm } from './support.js'

const studio = useStudio()
const SECONDS = 8

async function source(
  name: string,
  layout: SoundForm,
  rate: number,
  ...coding: readonly string[]
): Promise<string> {
  return studio.make(name, ...flashesAndTones(layout, rate, SECONDS), ...H264, ...coding)
}

/** A hash of each packet of sound, and the form of the track. */
async function packetsOf(path: string): Promise<{ hashes: string[]; channels: number; codec: string }> {
  const args = ['-select_streams', 'a', '-show_entries', 'packet=data_hash:stream=codec_name,channels']
  const found = JSON.parse(await ffprobe(...args, '-show_data_hash', 'md5', '-of', 'json', path)) as {
    packets: { data_hash: string }[]
    streams: { codec_name: string; channels: number }[]
  }
  const [stream] = found.streams
  return {
    hashes: found.packets.map(({ data_hash }) => data_hash),
    channels: stream?.channels ?? 0,
    codec: stream?.codec_name ?? '',
  }
}

async function render(operations: readonly Operation[], video: string): Promise<string> {
  const plan = compile({ operations, output: null }, await survey({ video }), COPIES)
  return (await renderPlan(studio, plan)).get('edited') ?? ''
}

const COPIES = { kind: 'copies', partPrefix: 'parts/kept/' } as const
const FLIP: Operation = { type: 'flip', direction: 'horizontal' }
const TRIM: Operation = { type: 'trim', mode: 'exact', start_time: 2.52, end_time: 6.36 }
const SOURCES = [
  ['AAC in MP4', 'stereo.mp4', 'stereo', 48_000, ['-c:a', 'aac']],
  ['AAC of 44.1 kHz in Matroska', 'stereo.mkv', 'stereo', 44_100, ['-c:a', 'aac']],
  ['5.1 in MP4', '5.1.mp4', '5.1', 48_000, ['-c:a', 'aac']],
  ['mono in MOV', 'mono.mov', 'mono', 44_100, ['-c:a', 'aac']],
  ['MP3 in Matroska', 'mp3.mkv', 'stereo', 44_100, ['-c:a', 'libmp3lame']],
] as const

const EDITS = [
  ['a flip', [FLIP], 0, 8],
  ['a watermark for the whole length', [textOverlay({ content: 'mark' })], 0, 8],
  ['a trim and a flip', [TRIM, FLIP], 2.52, 6.36],
] as const

const [PLAIN] = SOURCES
const [, , CUT] = EDITS
const CASES = [
  ...EDITS.map((edit) => ({ title: `${edit[0]} of ${PLAIN[0]}`, of: PLAIN, edit })),
  ...SOURCES.slice(1).map((of) => ({ title: `${CUT[0]} of ${of[0]}`, of, edit: CUT })),
]

test.each(CASES)('$title copies the sound', async ({ of, edit }) => {
  const [, name, layout, rate, coding] = of
  const [, operations, startSec, endSec] = edit
  const video = await source(name, layout, rate, ...coding)
  const path = await render(operations, video)
  const [original, kept] = [await packetsOf(video), await packetsOf(path)]
  expect([kept.codec, kept.channels]).toEqual([original.codec, original.channels])
  const share = (endSec - startSec) / SECONDS
  expect(kept.hashes.length).toBeGreaterThanOrEqual(Math.floor(original.hashes.length * share))
  expect(original.hashes.join(' ')).toContain(kept.hashes.join(' '))
  const signs = await readSigns(path, 25)
  expect(signs.frames).toBe(Math.round((endSec - startSec) * 25))
  const seconds = Array.from({ length: SECONDS }, (_, sec) => sec - startSec)
  const shown = seconds.filter((sec) => sec >= 0 && sec < endSec - startSec)
  expect(signs.flashes).toHaveLength(shown.length)
  for (const [index, sec] of shown.entries()) {
    expect(Math.abs((signs.flashes[index] ?? NaN) - sec)).toBeLessThan(0.001)
    expect(Math.abs((signs.tones[index] ?? NaN) - sec)).toBeLessThan(0.004)
  }
})

test('a codec that is not copied keeps its channels', async () => {
  const video = await source('ac3.mkv', '5.1', 48_000, '-c:a', 'ac3')
  const path = await render([FLIP], video)
  expect(await packetsOf(path)).toMatchObject({ channels: 6, codec: 'aac' })
  const channels = await decodeChannels(path, 6)
  for (const channel of [0, 1, 2, 4, 5]) {
    expect(Math.max(...(channels[channel]?.subarray(48_000, 53_000) ?? []))).toBeGreaterThan(0.4)
  }
  const { warnings } = compile({ operations: [FLIP], output: null }, await survey({ video }))
  expect(warnings.map(({ code }) => code)).not.toContain('channels-downmixed')
})

test('a ladder is in stereo, and 5.1 where a rendition asks for it', async () => {
  const video = await source('ladder.mp4', '5.1', 48_000, '-c:a', 'aac')
  const renditions = [{ name: 'plain' }, { name: 'surround', audio_channels: 6 as const }]
  const plan = compile({ operations: [FLIP], output: { renditions } }, await survey({ video }), COPIES)
  const files = await renderPlan(studio, plan)
  expect(await packetsOf(files.get('plain') ?? '')).toMatchObject({ channels: 2, codec: 'aac' })
  expect(await packetsOf(files.get('surround') ?? '')).toMatchObject({ channels: 6, codec: 'aac' })
})

test('sound that an edit changes is encoded', async () => {
  const video = await source('changed.mp4', 'stereo', 48_000, '-c:a', 'aac')
  const path = await render([FLIP, { type: 'volume', gain_db: -6 }], video)
  const [original, made] = [await packetsOf(video), await packetsOf(path)]
  expect(made.hashes.filter((hash) => original.hashes.includes(hash)).length).toBeLessThan(
    3 + made.hashes.length,
  )
})

test('the sound is copied beside a picture that is cut into chunks', async () => {
  const video = await studio.make(
    'large.mp4',
    ...lavfi("color=black:s=1280x720:r=25:d=24,drawbox=t=fill:c=white:enable='lt(mod(t,1),0.19)'"),
    ...lavfi("aevalsrc='if(lt(mod(t,1),0.1),0.5*sin(2*PI*500*t),0)|0':s=48000:d=24"),
    ...[...H264, '-c:a', 'aac'],
  )
  const operations = [{ ...TRIM, end_time: 22.52 }, FLIP]
  const spreading = { kind: 'chunks', slots: 4, threadsPerSlot: 1, partPrefix: 'parts/kept/' } as const
  const plan = compile({ operations, output: null }, await survey({ video }), spreading)
  expect(plan.passes.length).toBeGreaterThan(2)
  const path = (await renderPlan(studio, plan)).get('edited') ?? ''
  const [original, kept] = [await packetsOf(video), await packetsOf(path)]
  expect(original.hashes.join(' ')).toContain(kept.hashes.join(' '))
  const signs = await readSigns(path, 25)
  expect(signs.frames).toBe(500)
  expect(signs.flashes).toHaveLength(20)
  for (const [index, sec] of signs.flashes.entries()) {
    expect(Math.abs((signs.tones[index] ?? NaN) - sec)).toBeLessThan(0.004)
  }
}, 90_000)
