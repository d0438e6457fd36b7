import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import type { AudioTrackRequest } from '../../../src/edit/output/tracks.js'
import { ffmpeg, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { meterFile } from '../../support/loudness.js'
import { renderOutput } from '../../support/outputs/derived.js'
import { brokenHlsRules } from '../../support/outputs/hls-rules.js'
import { tracksOf } from '../../support/outputs/tracks.js'
import { compile, survey, useStudio } from '../../support/render.js'
import { copyPlan, renderPlan, spreadPlan } from '../../support/spread.js'

const studio = useStudio()

/** Each track sounds at a pitch of its own. */
const PITCHES = { de: 400, en: 900, none: 1700 }

const files = { video: '' }
beforeAll(async () => {
  const tones = Object.values(PITCHES).flatMap((pitch, index) =>
    lavfi(`sine=f=${pitch}:d=30:r=48000,volume=${index + 1}`),
  )
  files.video = await studio.make(
    'film.mkv',
    ...[...lavfi(numberedVideo({ rate: '10', seconds: 30, width: 128, height: 96 })), ...tones],
    ...['-map', '0', '-map', '1', '-map', '2', '-map', '3', ...H264, '-c:a', 'aac', '-ac', '2'],
    ...['-metadata:s:a:0', 'language=ger', '-metadata:s:a:1', 'language=eng'],
    ...['-disposition:a:0', '0', '-disposition:a:1', 'default', '-disposition:a:2', '0'],
  )
})

const track = (fields: Partial<AudioTrackRequest>): AudioTrackRequest => {
  return { track: null, language: null, name: null, default: false, ...fields }
}

const sized = (width: number): OutputRequest => ({
  renditions: [{ name: 'film', width, preset: 'ultrafast' }],
})

/** The pitch of a stretch of a track, by the changes of sign of its samples; 0: silence. */
async function pitchOf(path: string, index: number, [from, until]: readonly [number, number] = [1, 2]) {
  const bytes = await ffmpeg(
    ...['-i', path, '-map', `0:a:${index}`, '-af', `atrim=${from}:${until}`, '-ac', '1', '-ar', '48000'],
    ...['-f', 's16le', '-'],
  )
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2))
  const crossings = samples.reduce((count, value, at) => {
    const before = samples[at - 1] ?? 0
    return count + Number(before < 0 && value >= 0 && Math.max(Math.abs(before), Math.abs(value)) > 20)
  }, 0)
  return crossings / (until - from)
}

async function expectPitches(path: string, pitches: readonly number[], stretch?: readonly [number, number]) {
  const found = await Promise.all(pitches.map((_, index) => pitchOf(path, index, stretch)))
  for (const [index, pitch] of pitches.entries()) {
    expect(Math.abs((found[index] ?? 0) - pitch), `${found[index]} Hz`).toBeLessThanOrEqual(pitch * 0.02 + 2)
  }
}

async function render(
  way: 'in one pass' | 'in chunks' | 'copied',
  operations: readonly Operation[],
  output: OutputRequest,
): Promise<string> {
  const edit = { operations, output }
  const plan =
    way === 'in one pass'
      ? compile(edit, await survey(files))
      : await (way === 'in chunks' ? spreadPlan(edit, files, 4) : copyPlan(edit, files))
  expect(plan.assemblies.length, way).toBe(way === 'in one pass' ? 0 : 1)
  const [path = ''] = (await renderPlan(studio, plan)).values()
  return path
}

describe('all sound tracks are kept, each with its own sound', () => {
  test.each([
    ['mp4', 'in one pass'],
    ['mp4', 'in chunks'],
    ['mp4', 'copied'],
    ['mkv', 'in one pass'],
    ['mkv', 'in chunks'],
    ['webm', 'in one pass'],
    ['mov', 'in one pass'],
  ] as const)('%s %s', async (container, way) => {
    const shape = way === 'copied' ? {} : { container, ...sized(way === 'in chunks' ? 640 : 64) }
    const path = await render(way, [], { audio_tracks: 'all', ...shape })
    const found = await tracksOf(path, 'a')
    expect(found.map(({ name }) => name)).toEqual(['Deutsch', 'English', 'Track 3'])
    expect(found.map(({ isDefault }) => isDefault)).toEqual([false, true, false])
    const [german, unknown] = container === 'mov' ? ['ger', undefined] : ['deu', 'und']
    expect(found.map(({ language }) => language).slice(0, 2)).toEqual([german, 'eng'])
    expect([unknown, undefined, 'und']).toContain(found[2]?.language)
    await expectPitches(path, [PITCHES.de, PITCHES.en, PITCHES.none])
  })
})

test('tracks are chosen by number and language, named, and edited alike', async () => {
  const trim: Operation = {
    type: 'trim',
    segments: [
      { start_time: 2, end_time: 4 },
      { start_time: 8, end_time: 12 },
    ],
    mode: null,
  }
  const quiet: Operation = { type: 'mute', start_time: 0, end_time: 1 }
  const path = await render('in one pass', [trim, { type: 'speed', factor: 2 }, quiet], {
    ...sized(64),
    audio_tracks: [
      track({ track: 2, language: 'fr', name: 'Commentaire' }),
      track({ language: 'deu', default: true }),
    ],
  })
  expect(await tracksOf(path, 'a')).toEqual([
    { codec: 'aac', language: 'fra', name: 'Commentaire', isDefault: false, isForced: false },
    { codec: 'aac', language: 'deu', name: 'Deutsch', isDefault: true, isForced: false },
  ])
  await expectPitches(path, [0, 0], [0.2, 0.8])
  await expectPitches(path, [PITCHES.none, PITCHES.de], [1.2, 2.8])
})

test('each track is brought to the loudness that is asked for', async () => {
  const quieter: Operation = { type: 'loudness', target_lufs: -27, true_peak_db: -1 }
  const edit = {
    operations: [quieter],
    output: { ...sized(64), audio_tracks: [track({ track: 0 }), track({ track: 1 })] },
  }
  const [file] = await studio.renderEdit(edit, files)
  for (const index of [0, 1]) {
    const { lufs } = await meterFile(file?.path ?? '', index)
    expect(Math.abs(lufs + 27), `track ${index}: ${lufs} LUFS`).toBeLessThanOrEqual(0.3)
  }
})

test('HLS has them as a group, and DASH as adaptation sets', async () => {
  const { paths } = await renderOutput(
    studio,
    {
      renditions: [
        { name: 'large', width: 128, preset: 'superfast' },
        { name: 'small', width: 64, preset: 'superfast' },
      ],
      packaging: 'hls+dash',
      hls: { audio_only: true, i_frames: true },
      audio_tracks: 'all',
    },
    files,
  )
  const [hls = '', dash = ''] = [paths.get('hls'), paths.get('dash')]
  expect(await brokenHlsRules(hls)).toEqual([])
  const master = await readFile(hls, 'utf8')
  expect(master.split('\n').filter((line) => line.includes('TYPE=AUDIO'))).toEqual(
    [
      'NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="media_2.m3u8"',
      'NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="media_3.m3u8"',
      'NAME="Track 3",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="media_4.m3u8"',
    ].map((line) => `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",${line}`),
  )
  await expectPitches(hls, [PITCHES.de, PITCHES.en, PITCHES.none])
  await expectPitches(dash, [PITCHES.de, PITCHES.en, PITCHES.none])
  const manifest = await readFile(dash, 'utf8')
  const sets = manifest.split('<AdaptationSet').filter((set) => set.includes('contentType="audio"'))
  expect(sets.map((set) => /\slang="([^"]*)"/.exec(set)?.[1])).toEqual(['de', 'en', undefined])
  expect(sets.map((set) => /<Label>([^<]*)/.exec(set)?.[1])).toEqual(['Deutsch', 'English', 'Track 3'])
  expect(sets.map((set) => /role:2011" value="([^"]*)"/.exec(set)?.[1])).toEqual([
    'alternate',
    'main',
    'alternate',
  ])
})
