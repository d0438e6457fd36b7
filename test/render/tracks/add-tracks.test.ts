import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import { ffmpeg } from '../../support/lavfi.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { chapters, chaptersOf, cuesIn, textTrack, titleOf, tracksOf } from '../../support/outputs/tracks.js'
import { compile, type EditFiles, survey, useStudio } from '../../support/render.js'
import { copyPlan, renderPlan, spreadPlan } from '../../support/spread.js'
import { ass, srt } from '../../support/subtitles.js'

const studio = useStudio()

const files: { video: string; assets: Record<string, string> } = { video: '', assets: {} }
beforeAll(async () => {
  const picture = lavfi(numberedVideo({ rate: '10', seconds: 30, width: 128, height: 96 }))
  files.video = await studio.make('film.mp4', ...picture, ...lavfi(beeps(30)), ...H264, ...AAC)
  const texts = {
    'de.srt': srt([1, 2, '<i>Hallo</i> Welt'], [4, 6.5, 'Zwei\nZeilen'], [8, 9.5, '1 & 2 > 0']),
    'hi.vtt': 'WEBVTT\n\n00:01.000 --> 00:02.000 line:0\nनमस्ते\n\n00:08.000 --> 00:09.000\nअंत\n',
    'fr.ass': ass(['0:00:01.00', '0:00:02.00', '{\\an8}Bonjour'], ['0:00:05.00', '0:00:06.00', 'Signes']),
  }
  for (const [name, text] of Object.entries(texts)) {
    files.assets[name] = join(studio.dir(), 'files', name)
    await writeFile(files.assets[name], text)
  }
})

const TRACKS: OutputRequest = {
  subtitles: [
    textTrack('de.srt', 'de', { default: true }),
    textTrack('hi.vtt', 'hi-IN', { name: 'Hindi; SDH = \\ #1' }),
    textTrack('fr.ass', 'fr', { forced: true }),
  ],
  title: 'Ein Film: „a=b; #1“',
  chapters: chapters([0, 'Eins'], [3.5, 'Zwei; drei']),
}

/** Large enough to be cut into chunks, or small. */
const sized = (width: number): OutputRequest => ({
  renditions: [{ name: 'film', width, preset: 'ultrafast' }],
})

type Way = 'in one pass' | 'in chunks' | 'copied'

async function render(way: Way, operations: readonly Operation[], output: OutputRequest): Promise<string> {
  const edit = { operations, output }
  const given: EditFiles = files
  const plan =
    way === 'in one pass'
      ? compile(edit, await survey(given))
      : await (way === 'in chunks' ? spreadPlan(edit, given, 4) : copyPlan(edit, given))
  expect(plan.assemblies.length, way).toBe(way === 'in one pass' ? 0 : 1)
  const [path = ''] = (await renderPlan(studio, plan)).values()
  return path
}

const CUES = {
  de: [
    [1, 2, 'Hallo Welt'],
    [4, 6.5, 'Zwei\nZeilen'],
    [8, 9.5, '1 & 2 > 0'],
  ],
  hi: [
    [1, 2, 'नमस्ते'],
    [8, 9, 'अंत'],
  ],
  fr: [
    [1, 2, 'Bonjour'],
    [5, 6, 'Signes'],
  ],
}

describe('every container of films has the tracks, the title and the chapters', () => {
  test.each([
    ['mp4', 'in one pass', 'mov_text'],
    ['mp4', 'in chunks', 'mov_text'],
    ['mp4', 'copied', 'mov_text'],
    ['mov', 'in one pass', 'mov_text'],
    ['mkv', 'in one pass', 'subrip'],
    ['mkv', 'in chunks', 'subrip'],
    ['webm', 'in one pass', 'webvtt'],
    ['webm', 'in chunks', 'webvtt'],
  ] as const)('%s %s', async (container, way, codec) => {
    const shape = way === 'copied' ? {} : { container, ...sized(way === 'in chunks' ? 640 : 64) }
    const path = await render(way, [], { ...TRACKS, ...shape })
    const found = await tracksOf(path, 's')
    expect(found.map((track) => track.codec)).toEqual([codec, codec, codec])
    const german = container === 'mov' ? 'ger' : 'deu'
    expect(found.map(({ language }) => language)).toEqual([german, 'hin', 'fra'])
    // MOV has no field for that.
    const isForced = container !== 'mov'
    expect(found.map((track) => track.isForced)).toEqual([false, false, isForced])
    expect(found.map(({ name }) => name)).toEqual(['Deutsch', 'Hindi; SDH = \\ #1', 'Français (forced)'])
    expect(found.map(({ isDefault }) => isDefault)).toEqual([true, false, false])
    const cues = await Promise.all([0, 1, 2].map((track) => cuesIn(path, track)))
    const near = (list: readonly (readonly [number, number, string])[]) =>
      list.map(([start, end, text]) => [Math.round(start * 50) / 50, Math.round(end * 50) / 50, text])
    expect(cues.map(near)).toEqual([CUES.de, CUES.hi, CUES.fr])
    expect(await titleOf(path)).toBe('Ein Film: „a=b; #1“')
    expect(await chaptersOf(path)).toEqual([
      [0, 3.5, 'Eins'],
      [3.5, 30, 'Zwei; drei'],
    ])
  })
})

test('nothing else of a file changes: its pictures and its sound are the same without the tracks', async () => {
  const hashes = async (output: OutputRequest) => {
    const path = await render('in one pass', [], { ...sized(64), ...output })
    const streams = ['-map', '0:v', '-map', '0:a', '-c', 'copy', '-f', 'streamhash', '-']
    return (await ffmpeg('-i', path, ...streams)).toString('utf8')
  }
  expect(await hashes(TRACKS)).toBe(await hashes({}))
})
