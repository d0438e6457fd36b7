import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { SubtitleTrackRequest } from '../../../src/edit/output/tracks.js'
import { AAC, beeps, ffmpeg, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { cuesIn, textTrack, tracksOf } from '../../support/outputs/tracks.js'
import { compile, survey, useStudio } from '../../support/render.js'
import { renderPlan } from '../../support/spread.js'
import { ass, srt } from '../../support/subtitles.js'

const studio = useStudio()

const films = { mp4: '', mkv: '', late: '' }
beforeAll(async () => {
  const [german, signs] = [join(studio.dir(), 'files', 'de.srt'), join(studio.dir(), 'files', 'fr.ass')]
  await writeFile(german, srt([1, 2, '<i>Eins</i>'], [5, 6, 'Zwei & drei']))
  await writeFile(signs, ass(['0:00:05.00', '0:00:06.50', '{\\an8\\fs30}Sortie']))
  const film = [
    ...lavfi(numberedVideo({ rate: '25', seconds: 8, width: 128, height: 96 })),
    ...lavfi(beeps(8)),
  ]
  const given = [...film, '-i', german, '-i', signs, '-map', '0', '-map', '1', '-map', '2', '-map', '3']
  const tags = ['-metadata:s:s:0', 'language=ger', '-metadata:s:s:1', 'language=fre']
  const forced = ['-disposition:s:1', 'forced']
  films.mp4 = await studio.make('film.mp4', ...given, ...H264, ...AAC, '-c:s', 'mov_text', ...tags, ...forced)
  const title = ['-metadata:s:s:0', 'title=Untertitel']
  films.mkv = await studio.make(
    'film.mkv',
    ...given,
    ...H264,
    ...AAC,
    '-c:s',
    'copy',
    ...tags,
    ...title,
    ...forced,
  )
  // The clock of the file begins at 10 s.
  films.late = join(studio.dir(), 'files', 'late.mkv')
  await ffmpeg('-i', films.mkv, '-map', '0', '-c', 'copy', '-output_ts_offset', '10', films.late)
})

const kept = (track: number, fields: Partial<SubtitleTrackRequest> = {}): SubtitleTrackRequest => ({
  ...textTrack('', 'x'),
  ...{ subtitles: null, language: null, track },
  ...fields,
})

async function render(video: string, operations: readonly Operation[], tracks: SubtitleTrackRequest[]) {
  const renditions = [{ name: 'small', width: 64, preset: 'ultrafast' }] as const
  const plan = compile({ operations, output: { renditions, subtitles: tracks } }, await survey({ video }))
  const [path = ''] = (await renderPlan(studio, plan)).values()
  return path
}

const rounded = (cues: readonly (readonly [number, number, string])[]) =>
  cues.map(([start, end, text]) => [Math.round(start * 50) / 50, Math.round(end * 50) / 50, text])

test.each(['mp4', 'mkv', 'late'] as const)(
  'text tracks of the video are kept, with their languages, and move with the edit: %s',
  async (name) => {
    const trim: Operation = { type: 'trim', start_time: 4, end_time: 7, mode: 'exact' }
    const path = await render(
      films[name],
      [trim],
      [kept(0, { default: true }), kept(1, { name: 'Panneaux' })],
    )
    expect(await tracksOf(path, 's')).toEqual([
      {
        ...{ codec: 'mov_text', language: 'deu', isDefault: true, isForced: false },
        name: name === 'mp4' ? 'Deutsch' : 'Untertitel',
      },
      { codec: 'mov_text', language: 'fra', name: 'Panneaux', isDefault: false, isForced: true },
    ])
    expect(rounded(await cuesIn(path, 0))).toEqual([[1, 2, 'Zwei & drei']])
    expect(rounded(await cuesIn(path, 1))).toEqual([[1, 2.5, 'Sortie']])
  },
)
